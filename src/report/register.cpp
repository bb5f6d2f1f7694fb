#include "report/register.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "report/audience.hpp"
#include "report/parts.hpp"
#include "report/register_filter.hpp"
#include "report/subjects.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

// Later than every entry: nothing is posted after today.
const Date end_of_time = parse_date("9999-01-01");

void add(Amounts& to, Bucket bucket, const Money& amount) {
    if (is_approved(bucket)) to.approved += amount;
    switch (bucket) {
        case Bucket::unallotted:
        case Bucket::free: to.free += amount; break;
        case Bucket::requested: to.requested += amount; break;
        case Bucket::committed: to.committed += amount; break;
        case Bucket::spent: to.spent += amount; break;
        case Bucket::authority:
        case Bucket::outside: break;
    }
}

std::vector<Column> register_columns(bool with_payee) {
    std::vector<Column> columns{
        column("event", "Event"),
        column("posted_on", "Posted on", Type::date),
        column("act", "Act"),
        hidden_column("id"),
        hidden_column("document_date", Type::date),
        hidden_column("recorded_at"),
        hidden_column("actor"),
        hidden_column("meeting"),
        hidden_column("work_item"),
        column("category", "Category"),
        column("fiscal_year", "Year"),
        column("what", "What"),
    };
    if (with_payee) columns.push_back(column("payee", "Payee"));
    for (const char* key : {"approved", "spent", "committed", "requested", "free"}) {
        std::string title(key);
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
        columns.push_back(sum_column(key, title));
    }
    return columns;
}

void add_effects(Row& row, const Amounts& amounts, bool shown) {
    for (const Money& amount :
         {amounts.approved, amounts.spent, amounts.committed, amounts.requested, amounts.free}) {
        row.push_back(shown ? Value(amount) : Value());
    }
}

// An entry as it is shown: what it is about, and what it did to one category and year.
struct Shown {
    const Event& event;
    const Subject& subject;
    const Effect& effect;
    bool amounts;
};

using ShownSink = Sink<Shown>;

void each_shown(Book& book, const ReviewKey& key, const EntryFilter& filter, Audience audience,
                std::int64_t events, const ShownSink& sink) {
    const bool finance = audience == Audience::finance;
    Subjects subjects(book, key, finance);
    const ContractPrices prices(book, key, audience);
    filter.each(book, [&](const Event& event) {
        if (event.seq > events) return true;
        const Subject subject = subjects.of(event);
        if (!filter.takes(event, subject)) return true;
        for (const Effect& effect : effects(event)) {
            const bool amounts =
                prices.shows(event, subject.contract, !effect.amounts.committed.is_zero());
            if (filter.takes(effect, amounts) && !sink({event, subject, effect, amounts})) {
                return false;
            }
        }
        return true;
    });
}

Row register_row(const Shown& shown, bool with_payee) {
    const Event& event = shown.event;
    Row row{
        event_id(event.review, event.seq),
        event.posted_on,
        std::string(name(event.act)),
        text_or_absent(event.subject),
        value_of(event.document_on),
        to_text(event.recorded_at),
        event.actor,
        text_or_absent(shown.subject.meeting),
        text_or_absent(shown.subject.work_item),
        shown.effect.category,
        shown.effect.year ? Value(shown.effect.year->text()) : Value(),
        shown.subject.what,
    };
    if (with_payee) row.emplace_back(text_or_absent(shown.subject.payee));
    add_effects(row, shown.effect.amounts, shown.amounts);
    return row;
}

Amounts figure(const Figures& figures, const RegisterFilter& filter) {
    Amounts sum = Amounts::zero(figures.review.currency());
    for (const auto& category : figures.categories) {
        if (!filter.category.empty() && category.category.code != filter.category) continue;
        sum += filter.year ? category.in(*filter.year) : category.total;
    }
    return sum;
}

// The sum of the rows where the figures of two days know it, without reading the entries.
Amounts total_of_figures(Book& book, const Figures& until, const EntryFilter& filter) {
    const RegisterFilter& asked = filter.asked();
    Amounts sum = figure(until, asked);
    if (!asked.from) return sum;
    const Point before{std::min(previous_day(*asked.from), until.as_of), until.events};
    const Amounts less = figure(book.figures(until.review.key(), before), asked);
    sum.approved -= less.approved;
    sum.spent -= less.spent;
    sum.committed -= less.committed;
    sum.requested -= less.requested;
    sum.free -= less.free;
    return sum;
}

struct Totals {
    Amounts sum;
    bool left_out;  // a row without amounts
};

Totals total_of_rows(Book& book, const Figures& until, const EntryFilter& filter,
                     Audience audience) {
    Totals totals{Amounts::zero(until.review.currency()), false};
    each_shown(book, until.review.key(), filter, audience, until.events, [&](const Shown& shown) {
        if (shown.amounts) totals.sum += shown.effect.amounts;
        totals.left_out = totals.left_out || !shown.amounts;
    });
    return totals;
}

}  // namespace

std::vector<Effect> effects(const Event& event) {
    std::map<std::pair<std::string, std::optional<FiscalYear>>, Amounts> sums;
    const auto touch = [&](const Account& account, const Money& amount) {
        const Amounts zero = Amounts::zero(amount.currency());
        add(sums.try_emplace({account.category, account.year}, zero).first->second, account.bucket,
            amount);
    };
    for (const auto& transfer : event.transfers) {
        touch(transfer.from, -transfer.amount);
        touch(transfer.to, transfer.amount);
    }
    std::vector<Effect> result;
    for (const auto& [place, amounts] : sums)
        result.push_back({place.first, place.second, amounts});
    return result;
}

Table register_table(Book& book, const ReviewKey& key, const RegisterFilter& asked,
                     Audience audience, std::int64_t events) {
    const EntryFilter filter(book, book.review(key), asked, audience);
    const bool with_payee = audience == Audience::finance;
    Table table;
    table.key = "register";
    table.columns = register_columns(with_payee);
    table.primary = true;
    table.empty_text = "No entries.";
    table.rows = [&book, key, filter, audience, with_payee, events](const RowSink& sink) {
        each_shown(book, key, filter, audience, events,
                   [&](const Shown& shown) { return sink(register_row(shown, with_payee)); });
    };
    return table;
}

Document register_of(Book& book, const ReviewKey& key, const RegisterFilter& asked,
                     Audience audience) {
    refuse_public(audience, "the entries behind the figures are");
    const Review review = book.review(key);
    const EntryFilter filter(book, review, asked, audience);
    const auto last = filter.last_day();
    const Figures until = book.figures(key, last.value_or(end_of_time), asked.known_at);
    const bool by_figures = filter.is_of_figures() && audience == Audience::finance;
    const Totals totals = by_figures ? Totals{total_of_figures(book, until, filter), false}
                                     : total_of_rows(book, until, filter, audience);
    Document document(audience);
    document.title = key.text() + " Register";
    if (asked.from) document.subtitle = "From " + to_print(*asked.from);
    if (last) document.subtitle += (asked.from ? " to " : "Up to ") + to_print(*last);
    document.as_of = last.value_or(review.closed_through().value_or(review.start()));
    Section& body = document.body;
    body.fields = {for_programs("review", key.text()),
                   for_programs("currency", std::string(review.currency().code()))};
    if (const auto words = filter.words(); !words.empty()) {
        body.fields.push_back(printed("only", "Only", words));
        body.notes.push_back({"The totals are of the entries shown, not of all.", {}});
    }
    if (totals.left_out) {
        body.notes.push_back({ContractPrices(book, key, audience).left_out(), {"what"}});
    }
    Table table = register_table(book, key, asked, audience, until.events);
    Row row{std::string("Total")};
    while (table.columns.at(row.size()).key != "approved") row.emplace_back();
    add_effects(row, totals.sum, true);
    table.total = std::move(row);
    table.total_is_data = false;
    body.tables.push_back(std::move(table));
    return document;
}

}  // namespace purser::report
