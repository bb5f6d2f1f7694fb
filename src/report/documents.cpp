// The documents that money is tied to: expenses and commitments, as lists and one by one.
#include <algorithm>

#include "ledger/commitment_history.hpp"
#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/expense_fields.hpp"
#include "report/expense_history.hpp"
#include "report/history.hpp"
#include "report/parts.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

Table expense_table(Book& book, const ReviewKey& key, const ExpenseFilter& filter,
                    Audience audience, const ContractPrices& prices) {
    Table table;
    table.key = "expenses";
    table.columns = expense_columns(key, book.review(key).currency(), audience);
    table.rows = [&book, key, filter, audience, prices](const RowSink& sink) {
        book.each_expense(key, filter, [&](const ExpenseView& view) {
            Row row;
            const bool shown = prices.shows(view.expense);
            for (Field& field : expense_fields(key, view, audience, shown)) {
                row.push_back(std::move(field.value));
            }
            return sink(row);
        });
    };
    table.empty_text = "No expenses.";
    return table;
}

// "SSR2-E4 (SSR2-C1)": the listed expenses that came too late for their commitment.
std::string late_expenses(Book& book, const ReviewKey& key, ExpenseFilter filter) {
    filter.late = true;
    std::string text;
    book.each_expense(key, filter, [&](const ExpenseView& view) {
        text += (text.empty() ? "" : ", ") + expense_id(key, view.expense.number) + " (" +
                commitment_id(key, view.expense.closed) + ')';
    });
    return text;
}

// What each control will find free once it is approved: what an approver looks at.
Section after_approval(Book& book, const DocumentId& id, Date today, Audience audience) {
    Section section;
    section.key = "after_this";
    section.title = "After this";
    for (const FreeOf& one : free_after(book, id, today, audience)) {
        std::string key(name(one.limit));
        std::replace(key.begin(), key.end(), '-', '_');
        section.fields.push_back(printed(key, "Free of " + one.of, one.amount, Type::money));
    }
    return section;
}

bool is_alive(const Commitment& commitment) {
    return commitment.state == CommitmentState::open ||
           commitment.state == CommitmentState::proposed;
}

// What is asked for waits for a decision, so it stays also where amounts are left out.
Row commitment_row(const ReviewKey& key, const Commitment& commitment, const Money& committed,
                   bool with_amounts) {
    const auto amount = [&](const Money& one) { return with_amounts ? Value(one) : Value(); };
    return {commitment_id(key, commitment.number),
            commitment.what,
            commitment.category,
            std::string(name(commitment.kind)),
            std::string(name(commitment.state)),
            commitment.expected,
            amount(commitment.amount),
            amount(commitment.used),
            amount(commitment.claimed),
            amount(committed),
            amount(commitment.over_run()),
            amount(commitment.under_run()),
            commitment.reserved,
            commitment.year.text(),
            commitment.posted_on,
            commitment.asked_by,
            text_or_absent(commitment.meeting)};
}

std::vector<Column> commitment_columns() {
    return {column("id", "ID"),
            column("for", "For"),
            column("category", "Category"),
            hidden_column("kind"),
            column("state", "State"),
            column("expected", "Expected", Type::date),
            sum_column("amount", "Amount"),
            sum_column("used", "Used"),
            hidden_column("claimed", Type::money),
            sum_column("rest", "Rest"),
            sum_column("over_run", "Over-run"),
            sum_column("under_run", "Under-run"),
            hidden_column("requested", Type::money),
            hidden_column("fiscal_year"),
            hidden_column("posted_on", Type::date),
            hidden_column("asked_by"),
            hidden_column("meeting")};
}

// What one commitment's page calls what the list hides.
const char* label_of(const Column& column) {
    struct Name {
        const char* key;
        const char* label;
    };
    for (const Name& name : {Name{"kind", "Kind"},
                             {"claimed", "Claimed by undecided expenses"},
                             {"requested", "Requested"},
                             {"fiscal_year", "Fiscal year"},
                             {"posted_on", "Posted on"},
                             {"asked_by", "Asked by"},
                             {"meeting", "Meeting"}}) {
        if (column.key == name.key) return name.label;
    }
    return column.title.c_str();
}

}  // namespace

Document expenses(Book& book, const ReviewKey& key, const ExpenseFilter& filter,
                  Audience audience) {
    refuse_public(audience, "single expenses are");
    const Review review = book.review(key);
    Document document(audience);
    document.title = key.text() + " Expenses";
    document.as_of = filter.to.value_or(review.closed_through().value_or(review.start()));
    document.body.fields = {for_programs("review", key.text()),
                            for_programs("currency", std::string(review.currency().code()))};
    Table table = expense_table(book, key, filter, audience, ContractPrices(book, key, audience));
    table.primary = true;
    document.body.tables.push_back(std::move(table));
    if (std::string late = late_expenses(book, key, filter); !late.empty()) {
        document.body.notes.push_back(
            {"Came after the close of its commitment: " + std::move(late) + ".", {"why"}});
    }
    return document;
}

Document expense(Book& book, const DocumentId& id, Date today, Audience audience) {
    refuse_public(audience, "single expenses are");
    const ExpenseView view = book.expense(id);
    const ContractPrices prices(book, id.review, audience);
    const bool shown = prices.shows(view.expense);
    Document document(audience);
    document.title = id.text();
    document.as_of = view.expense.posted_on;
    document.body.fields = expense_fields(id.review, view, audience, shown);
    hide_absent(document.body.fields);
    // What its history says to have changed has amounts in it.
    document.body.tables.push_back(shown ? expense_history(book, id) : event_table(book, id));
    if (!shown) document.body.notes.push_back({prices.left_out(), {}});
    if (view.expense.state == ExpenseState::submitted) {
        document.body.sections.push_back(after_approval(book, id, today, audience));
    }
    return document;
}

namespace {

// As they stand now, or stood: from rows where they say it, else from the log.
std::vector<CommitmentAt> commitments_at(Book& book, const Review& review, Date today,
                                         const CommitmentFilter& filter) {
    std::vector<CommitmentAt> result;
    const auto add = [&](const CommitmentAt& at) {
        const bool meant = (filter.category.empty() || at.document.category == filter.category) &&
                           (!filter.state || at.document.state == *filter.state);
        if (meant) result.push_back(at);
    };
    if (!filter.known_at && filter.as_of.value_or(today) >= today) {
        for (const Commitment& one : book.commitments(review.key())) add({one, one.rest()});
        return result;
    }
    CommitmentHistory history(review);
    EventFilter events;
    events.to = filter.as_of;
    events.known_at = filter.known_at;
    book.each_event(review.key(), events,
                    [&](const StoredEvent& stored) { history.apply(stored.event); });
    for (const auto& [number, at] : history.commitments()) add(at);
    return result;
}

Table commitment_table(const Review& review, const std::vector<CommitmentAt>& commitments,
                       const ContractPrices& prices) {
    Table table;
    table.key = "commitments";
    table.columns = commitment_columns();
    table.primary = true;
    table.empty_text = "No commitments.";
    std::vector<Row> rows;
    Row total{std::string("Total")};
    total.resize(table.columns.size());
    for (std::size_t i = 0; i < total.size(); ++i) {
        if (table.columns[i].total) total[i] = Money::zero(review.currency());
    }
    for (const CommitmentAt& at : commitments) {
        rows.push_back(
            commitment_row(review.key(), at.document, at.committed, prices.shows(at.document)));
        for (std::size_t i = 0; i < total.size(); ++i) {
            const auto* amount = std::get_if<Money>(&rows.back()[i]);
            if (auto* sum = std::get_if<Money>(&total[i]); sum && amount) *sum += *amount;
        }
    }
    if (!rows.empty()) table.total = std::move(total);
    table.total_is_data = false;
    table.rows = rows_of(std::move(rows));
    return table;
}

Document commitment_document(const Review& review, Date day, Audience audience) {
    Document document(audience);
    document.title = review.key().text() + " Commitments";
    document.subtitle = "On " + to_print(day);
    document.as_of = day;
    document.body.fields = {for_programs("review", review.key().text()),
                            for_programs("currency", std::string(review.currency().code()))};
    return document;
}

bool is_stale(const Commitment& commitment, Date day) {
    return is_alive(commitment) && commitment.expected < day;
}

// Those whose expected day has passed, the longest first.
Section stale(const ReviewKey& key, std::vector<CommitmentAt> commitments, Date day,
              const ContractPrices& prices) {
    std::erase_if(commitments, [&](const auto& at) { return !is_stale(at.document, day); });
    std::stable_sort(commitments.begin(), commitments.end(), [](const auto& a, const auto& b) {
        return a.document.expected < b.document.expected;
    });
    Table table;
    table.key = "stale";
    table.columns = {column("id", "ID"),
                     column("for", "For"),
                     column("expected", "Expected", Type::date),
                     column("days", "Days past", Type::count),
                     column("rest", "Still committed", Type::money),
                     column("requested", "Still requested", Type::money)};
    std::vector<Row> rows;
    for (const CommitmentAt& at : commitments) {
        const std::int64_t days = (day - at.document.expected).count();
        rows.push_back(
            {commitment_id(key, at.document.number), at.document.what, at.document.expected, days,
             prices.shows(at.document) ? Value(at.committed) : Value(), at.document.reserved});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "None: no expected day has passed.";
    Section section;
    section.title = "Past the expected day and not closed";
    section.tables.push_back(std::move(table));
    return section;
}

void tell_prices_left_out(Document& document, const std::vector<CommitmentAt>& commitments,
                          const ContractPrices& prices) {
    const bool all = std::all_of(commitments.begin(), commitments.end(),
                                 [&](const auto& at) { return prices.shows(at.document); });
    if (!all) document.body.notes.push_back({prices.left_out(), {"for"}});
}

}  // namespace

Document commitments(Book& book, const ReviewKey& key, Date today, Audience audience) {
    refuse_public(audience, "single commitments are");
    const Review review = book.review(key);
    const ContractPrices prices(book, key, audience);
    const auto all = commitments_at(book, review, today, {});
    Document document = commitment_document(review, today, audience);
    document.body.tables.push_back(commitment_table(review, all, prices));
    tell_prices_left_out(document, all, prices);
    std::string late;
    for (const CommitmentAt& at : all) {
        if (!is_stale(at.document, today)) continue;
        late += (late.empty() ? "" : ", ") + commitment_id(key, at.document.number);
    }
    if (!late.empty()) {
        document.body.notes.push_back(
            {"Past the expected day and not closed: " + late + ".", {"expected"}});
    }
    return document;
}

Document commitments(Book& book, const ReviewKey& key, Date today, const CommitmentFilter& filter,
                     Audience audience) {
    refuse_public(audience, "single commitments are");
    const Review review = book.review(key);
    const ContractPrices prices(book, key, audience);
    if (!filter.category.empty()) review.category(filter.category);
    const Date day = filter.as_of.value_or(today);
    const auto all = commitments_at(book, review, today, filter);
    Document document = commitment_document(review, day, audience);
    document.body.fields.push_back(for_programs("as_of", day));
    document.body.fields.push_back(
        printed("known_at", filter.known_at ? "As known at" : "",
                filter.known_at ? Value(to_text(*filter.known_at)) : Value()));
    document.body.tables.push_back(commitment_table(review, all, prices));
    document.body.sections.push_back(stale(key, all, day, prices));
    tell_prices_left_out(document, all, prices);
    return document;
}

Document commitment(Book& book, const DocumentId& id, Audience audience) {
    refuse_public(audience, "single commitments are");
    const Commitment commitment = book.commitment(id);
    const ContractPrices prices(book, id.review, audience);
    const bool shown = prices.shows(commitment);
    Document document(audience);
    document.title = id.text();
    document.subtitle = commitment.what;
    document.as_of = commitment.posted_on;
    Row values = commitment_row(id.review, commitment, commitment.rest(), shown);
    if (!shown) document.body.notes.push_back({prices.left_out(), {}});
    const std::vector<Column> columns = commitment_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        document.body.fields.push_back(
            printed(columns[i].key, label_of(columns[i]), std::move(values[i]), columns[i].type));
    }
    document.body.fields.push_back(
        printed("held_for", "Waits for",
                commitment.state == CommitmentState::held ? request_of(book, id) : Value()));
    hide_absent(document.body.fields);
    ExpenseFilter filter;
    filter.commitment = id.number;
    Table used = expense_table(book, id.review, filter, Audience::chair, prices);
    used.title = "Expenses against it";
    document.body.tables.push_back(std::move(used));
    if (commitment.state == CommitmentState::closed) {
        filter.commitment.reset();
        filter.after = id.number;
        Table late = expense_table(book, id.review, filter, Audience::chair, prices);
        late.key = "late_expenses";
        late.title = "Expenses that came after its close";
        document.body.tables.push_back(std::move(late));
    }
    document.body.tables.push_back(event_table(book, id));
    return document;
}

}  // namespace purser::report
