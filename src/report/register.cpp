#include "report/register.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "report/parts.hpp"
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

// What an entry is about. A decision on an expense says it by the expense it decides on, so the
// undecided ones are remembered from their submission; the book is asked for what came before.
class Subjects {
public:
    Subjects(Book& book, const ReviewKey& key, bool with_payee)
        : book_(book), with_payee_(with_payee) {
        for (const auto& commitment : book.commitments(key)) {
            const DocumentId id{key, DocumentKind::commitment, commitment.number};
            commitments_.emplace(id.text(), commitment.what);
        }
    }

    struct Subject {
        std::string what;
        std::string payee;
    };

    Subject of(const Event& event) {
        switch (event.act) {
            case Act::expense_submit: return undecided_[event.subject] = as_asked(event);
            case Act::expense_settle: return as_asked(event);
            case Act::expense_approve:
            case Act::expense_reject:
            case Act::expense_withdraw:
            case Act::expense_refund:
            case Act::expense_reverse: return decided(event);
            case Act::expense_amend:
                undecided_.erase(event.subject);  // its texts may be others now
                return decided(event);
            case Act::year_close: return {"close of " + event.subject, {}};
            default: break;
        }
        const auto commitment = commitments_.find(event.subject);
        if (commitment == commitments_.end()) return {event.reason, {}};
        return {with_reason(commitment->second, event.reason), {}};
    }

private:
    static std::string with_reason(const std::string& what, const std::string& reason) {
        return reason.empty() ? what : what + " (" + reason + ')';
    }

    Subject as_asked(const Event& event) {
        const std::string payee(event.body.text("payee"));
        if (payee.empty() || !with_payee_) return {event.reason, {}};
        auto known = payees_.find(payee);
        if (known == payees_.end()) {
            known = payees_.emplace(payee, view(event).payee).first;
        }
        return {event.reason, known->second};
    }

    Subject decided(const Event& event) {
        const bool is_last = event.body.has("state");  // of several approvals
        if (event.transfers.empty()) {
            if (is_last) undecided_.erase(event.subject);
            return {};
        }
        Subject subject;
        if (const auto known = undecided_.extract(event.subject); !known.empty()) {
            subject = known.mapped();
        } else {
            const ExpenseView expense = view(event);
            subject = {expense.why, with_payee_ ? expense.payee : std::string()};
        }
        subject.what = with_reason(subject.what, event.reason);
        return subject;
    }

    ExpenseView view(const Event& event) {
        return book_.expense(DocumentId::parse(event.subject, DocumentKind::expense));
    }

    Book& book_;
    bool with_payee_;
    std::map<std::string, std::string> commitments_;
    std::map<std::string, std::string> payees_;
    std::map<std::string, Subject> undecided_;
};

std::vector<Column> register_columns(bool with_payee) {
    std::vector<Column> columns{
        column("event", "Event"),
        column("posted_on", "Posted on", Type::date),
        column("act", "Act"),
        hidden_column("id"),
        hidden_column("document_date", Type::date),
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

void add_effects(Row& row, const Amounts& amounts) {
    for (const Money& amount :
         {amounts.approved, amounts.spent, amounts.committed, amounts.requested, amounts.free}) {
        row.emplace_back(amount);
    }
}

Row register_row(const Event& event, const Effect& effect, const Subjects::Subject& subject,
                 bool with_payee) {
    Row row{
        event_id(event.review, event.seq),
        event.posted_on,
        std::string(name(event.act)),
        text_or_absent(event.subject),
        value_of(event.document_on),
        effect.category,
        effect.year ? Value(effect.year->text()) : Value(),
        subject.what,
    };
    if (with_payee) row.emplace_back(text_or_absent(subject.payee));
    add_effects(row, effect.amounts);
    return row;
}

std::optional<Date> last_day(const RegisterFilter& filter) {
    if (!filter.to || !filter.as_of) return filter.to ? filter.to : filter.as_of;
    return std::min(*filter.to, *filter.as_of);
}

Amounts figure(const Figures& figures, const RegisterFilter& filter) {
    Amounts sum = Amounts::zero(figures.review.currency());
    for (const auto& category : figures.categories) {
        if (!filter.category.empty() && category.category.code != filter.category) continue;
        sum += filter.year ? category.in(*filter.year) : category.total;
    }
    return sum;
}

// The sum of the rows, known from the figures of two days without reading the entries; and the
// length of the log that they were made from.
std::pair<Amounts, std::int64_t> total_of(Book& book, const ReviewKey& key,
                                          const RegisterFilter& filter) {
    const Date last = last_day(filter).value_or(end_of_time);
    const Figures until = book.figures(key, last, filter.known_at);
    Amounts sum = figure(until, filter);
    if (!filter.from) return {sum, until.events};
    const Date before = std::min(previous_day(*filter.from), last);
    const Amounts less = figure(book.figures(key, before, filter.known_at), filter);
    sum.approved -= less.approved;
    sum.spent -= less.spent;
    sum.committed -= less.committed;
    sum.requested -= less.requested;
    sum.free -= less.free;
    return {sum, until.events};
}

void require_reader(Audience audience) {
    if (audience != Audience::public_) return;
    throw Refused(Rule::not_permitted, "the entries behind the figures are not public",
                  "the public sees the sheet: purser factsheet show");
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

Table register_table(Book& book, const ReviewKey& key, const RegisterFilter& filter,
                     Audience audience, std::int64_t events) {
    const bool with_payee = audience == Audience::finance;
    Table table;
    table.key = "register";
    table.columns = register_columns(with_payee);
    table.primary = true;
    table.empty_text = "No entries.";
    table.rows = [&book, key, filter, with_payee, events](const RowSink& sink) {
        Subjects subjects(book, key, with_payee);
        EventFilter span;
        span.from = filter.from;
        span.to = last_day(filter);
        span.known_at = filter.known_at;
        span.by_day = true;
        book.each_event(key, span, [&](const StoredEvent& stored) {
            const Event& event = stored.event;
            if (event.seq > events) return;
            const auto subject = subjects.of(event);
            for (const Effect& effect : effects(event)) {
                if (!filter.category.empty() && effect.category != filter.category) continue;
                if (filter.year && effect.year != filter.year) continue;
                sink(register_row(event, effect, subject, with_payee));
            }
        });
    };
    return table;
}

Document register_of(Book& book, const ReviewKey& key, const RegisterFilter& filter,
                     Audience audience) {
    require_reader(audience);
    const Review review = book.review(key);
    if (!filter.category.empty()) review.category(filter.category);
    Document document;
    document.title = key.text() + " Register";
    const auto last = last_day(filter);
    if (filter.from) document.subtitle = "From " + to_print(*filter.from);
    if (last) document.subtitle += (filter.from ? " to " : "Up to ") + to_print(*last);
    document.as_of = last.value_or(review.closed_through().value_or(review.start()));
    document.body.fields = {for_programs("review", key.text()),
                            for_programs("currency", std::string(review.currency().code()))};
    const auto [total, events] = total_of(book, key, filter);
    Table table = register_table(book, key, filter, audience, events);
    Row row{std::string("Total")};
    while (table.columns.at(row.size()).key != "approved") row.emplace_back();
    add_effects(row, total);
    table.total = std::move(row);
    table.total_is_data = false;
    document.body.tables.push_back(std::move(table));
    return document;
}

}  // namespace purser::report
