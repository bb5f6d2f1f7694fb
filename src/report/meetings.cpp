// How money relates to meetings: side by side, and one by itself.
#include <algorithm>
#include <map>

#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "report/records.hpp"

namespace purser::report {
namespace {

// What one meeting was promised and has cost.
struct Cost {
    std::optional<Money> estimate;  // absent: no commitment names it
    Money committed, spent, requested;
    bool kept_back = false;  // not all of it is told here

    // Above zero where it costs more than was promised, below where less.
    Value over_run() const {
        return estimate && !kept_back ? Value(spent + committed - *estimate) : Value();
    }
};

using Costs = std::map<std::string, Cost>;  // by code; "" for what is of none

// That which an expense names, else that of its commitment.
std::string meeting_of(Book& book, const ReviewKey& key, const ExpenseView& view) {
    if (!view.meeting.empty() || view.expense.commitment == 0) return view.meeting;
    return book.commitment({key, DocumentKind::commitment, view.expense.commitment}).meeting;
}

// What the reader may not know of a single meeting stands where no meeting is named.
Costs costs_of(Book& book, const ReviewKey& key, Currency currency, Audience audience) {
    const ContractPrices prices(book, key, audience);
    Costs costs;
    const Money none = Money::zero(currency);
    const auto of = [&](const std::string& code) -> Cost& {
        return costs.try_emplace(code, Cost{{}, none, none, none}).first->second;
    };
    of("");
    for (const Charged& one : book.charged(key)) {
        of(one.meeting).spent += one.spent;
        of(one.meeting).requested += one.requested;
    }
    each_of_contracts(book, key, prices, [&](const ExpenseView& view) {
        Cost& cost = of(meeting_of(book, key, view));
        cost.kept_back = true;
        cost.spent -= view.expense.spent();
        of("").spent += view.expense.spent();
    });
    for (const Commitment& one : book.commitments(key)) {
        const bool shown = prices.shows(one);
        Cost& cost = of(one.meeting);
        of(shown ? one.meeting : "").committed += one.rest();
        cost.requested += one.reserved;
        cost.kept_back = cost.kept_back || !shown;
        const bool counts =
            one.state != CommitmentState::rejected && one.state != CommitmentState::held;
        if (counts && !one.meeting.empty())
            cost.estimate = cost.estimate.value_or(none) + one.amount;
    }
    return costs;
}

// Rounded half to even; no figure for a meeting of nobody.
Value per_head(const Money& spent, const std::optional<std::int64_t>& heads) {
    if (!heads || *heads == 0) return {};
    return spent.divided(*heads, Rounding::half_even);
}

Value count_value(const std::optional<std::int64_t>& count) {
    return count ? Value(*count) : Value();
}

std::string state_of(const Meeting& meeting) { return meeting.cancelled ? "cancelled" : ""; }

Column sparse(Column column) {
    column.sparse = true;
    return column;
}

std::vector<Column> cost_columns() {
    return {column("estimate", "Estimate", Type::money),
            sum_column("committed", "Committed"),
            sum_column("spent", "Spent"),
            column("over_run", "Over (under) the estimate", Type::money),
            sum_column("requested", "Requested"),
            column("heads", "Heads supported", Type::count),
            column("cost_per_head", "Spent per head", Type::money)};
}

void add_cost(Row& row, const Cost& cost, const std::optional<std::int64_t>& heads) {
    row.push_back(cost.estimate && !cost.kept_back ? Value(*cost.estimate) : Value());
    row.emplace_back(cost.committed);
    row.emplace_back(cost.spent);
    row.push_back(cost.over_run());
    row.emplace_back(cost.requested);
    row.push_back(count_value(heads));
    row.push_back(per_head(cost.spent, heads));
}

// The rows of a table: meetings as recorded, then what is named and not recorded, then the rest.
std::vector<Row> cost_rows(const Records& records, const Costs& costs, Currency currency) {
    const Money none = Money::zero(currency);
    const auto cost_of = [&](const std::string& code) {
        const auto at = costs.find(code);
        return at == costs.end() ? Cost{{}, none, none, none} : at->second;
    };
    std::vector<Row> rows;
    for (const Meeting& meeting : records.meetings) {
        rows.push_back({meeting.code, meeting.title, std::string(name(meeting.kind)), meeting.from,
                        text_or_absent(state_of(meeting))});
        add_cost(rows.back(), cost_of(meeting.code), meeting.heads);
    }
    for (const auto& [code, cost] : costs) {
        if (code.empty() || records.meeting(code) != nullptr) continue;
        rows.push_back({code, std::string("(not among the meetings)"), {}, {}, {}});
        add_cost(rows.back(), cost, {});
    }
    rows.push_back({Value(), std::string("Not of a meeting"), {}, {}, {}});
    add_cost(rows.back(), cost_of(""), {});
    return rows;
}

Table meeting_table(const Records& records) {
    Table table;
    table.key = "meetings";
    table.primary = true;
    table.columns = {column("code", "Code"),
                     column("title", "Meeting"),
                     column("kind", "Kind"),
                     column("place", "Place"),
                     column("from", "From", Type::date),
                     column("to", "To", Type::date),
                     sparse(column("heads", "Heads supported", Type::count)),
                     sparse(column("attended", "Members who came", Type::count)),
                     column("state", "State")};
    std::vector<Row> rows;
    for (const Meeting& one : records.meetings) {
        rows.push_back(
            {one.code, one.title, std::string(name(one.kind)), text_or_absent(one.place), one.from,
             one.to, count_value(one.heads),
             one.has_attendance ? Value(static_cast<std::int64_t>(one.attended.size())) : Value(),
             text_or_absent(state_of(one))});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No meeting recorded yet.";
    return table;
}

Table attendance_table(const Records& records, const Meeting& meeting) {
    Table table;
    table.key = "attendance";
    table.title = "Members";
    table.columns = {column("member", "Member"), column("body", "Body"), column("came", "Came")};
    std::vector<Row> rows;
    for (const Member& member : records.members) {
        const bool came = meeting.attended.contains(member.number);
        const bool served = (!member.from || *member.from <= meeting.to) &&
                            (!member.until || meeting.from <= *member.until);
        if (!came && !served) continue;
        rows.push_back({name_or_erased(member.name), text_or_absent(member.body),
                        std::string(came ? "yes" : "no")});
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

Table commitment_table(Book& book, const ReviewKey& key, const std::string& code,
                       Audience audience) {
    const ContractPrices prices(book, key, audience);
    Table table;
    table.key = "commitments";
    table.title = "Its commitments";
    table.columns = {column("id", "ID"),
                     column("what", "For"),
                     column("state", "State"),
                     sum_column("amount", "Amount"),
                     sum_column("used", "Used"),
                     sum_column("rest", "Rest"),
                     sum_column("over_run", "Over-run")};
    std::vector<Row> rows;
    for (const Commitment& one : book.commitments(key)) {
        if (one.meeting != code) continue;
        const auto told = [&](const Money& amount) {
            return prices.shows(one) ? Value(amount) : Value();
        };
        rows.push_back({DocumentId{key, DocumentKind::commitment, one.number}.text(), one.what,
                        std::string(name(one.state)), told(one.amount), told(one.used),
                        told(one.rest()), told(one.over_run())});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No commitment names it.";
    return table;
}

Document titled(const ReviewKey& key, const std::string& what, Date as_of, Audience audience) {
    Document document(audience);
    document.title = key.text() + ' ' + what;
    document.as_of = as_of;
    document.body.fields = {for_programs("review", key.text())};
    return document;
}

}  // namespace

Document meeting_list(Book& book, const ReviewKey& key, std::optional<Instant> known_at,
                      Audience audience) {
    const Records records = book.records(key, known_at);
    Document document = titled(key, "Meetings", book.review(key).start(), audience);
    document.body.tables.push_back(meeting_table(records));
    return document;
}

Document meetings(Book& book, const ReviewKey& key, Date today, Audience audience) {
    refuse_public(audience, "what a single meeting costs is");
    const Figures figures = book.figures(key, today, {});
    const Currency currency = figures.review.currency();
    const Costs costs = costs_of(book, key, currency, audience);
    Document document = titled(key, "Meetings and what they cost", today, audience);
    document.subtitle = "As of " + to_print(today);
    document.body.fields.push_back(for_programs("as_of", today));
    document.body.fields.push_back(for_programs("currency", std::string(currency.code())));
    document.body.paragraphs = {
        "The estimate of a meeting is the sum of the commitments that name it. An expense is of the "
        "meeting that it names, else of that of its commitment."};
    if (const ContractPrices prices(book, key, audience); !prices.contracts().empty()) {
        document.body.paragraphs.emplace_back(prices.are_kept() +
                                              ": they stand in the row of what names none.");
    }
    Table table;
    table.key = "meetings";
    table.primary = true;
    table.columns = {column("code", "Code"), column("title", "Meeting"), column("kind", "Kind"),
                     column("from", "From", Type::date), column("state", "State")};
    for (Column& one : cost_columns()) table.columns.push_back(std::move(one));
    table.rows = rows_of(cost_rows(book.records(key, {}), costs, currency));
    const Amounts all = figures.envelope();
    const Cost total{{}, all.committed, all.spent, all.requested};
    table.total = Row{{}, std::string("Total"), {}, {}, {}};
    add_cost(*table.total, total, {});
    document.body.tables.push_back(std::move(table));
    return document;
}

Document meeting(Book& book, const ReviewKey& key, const std::string& code, Audience audience) {
    refuse_public(audience, "what a single meeting costs is");
    const Records records = book.records(key, {});
    const Meeting* const found = records.meeting(code);
    if (found == nullptr) {
        require_meeting(records, key, code);  // refuses unknown_meeting, did-you-mean
        throw Refused(Rule::unknown_meeting, key.text() + " has no meeting '" + code + "'",
                      "see: purser meeting list " + key.text());
    }
    const Currency currency = book.review(key).currency();
    Costs costs = costs_of(book, key, currency, audience);
    const Money none = Money::zero(currency);
    const Cost cost = costs.try_emplace(code, Cost{{}, none, none, none}).first->second;
    Document document(audience);
    document.title = key.text() + ' ' + code;
    document.subtitle = found->title;
    document.as_of = found->from;
    auto& fields = document.body.fields;
    fields = {for_programs("review", key.text()),
              for_programs("code", code),
              for_programs("title", found->title),
              printed("kind", "Kind", std::string(name(found->kind))),
              printed("state", "State", text_or_absent(state_of(*found))),
              printed("place", "Place", text_or_absent(found->place)),
              printed("from", "From", found->from, Type::date),
              printed("to", "To", found->to, Type::date),
              for_programs("currency", std::string(currency.code()))};
    hide_absent(fields);
    const auto columns = cost_columns();
    Row values;
    add_cost(values, cost, found->heads);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        fields.push_back(printed(columns[i].key, columns[i].title, values[i], columns[i].type));
    }
    document.body.tables.push_back(commitment_table(book, key, code, audience));
    if (found->has_attendance) document.body.tables.push_back(attendance_table(records, *found));
    return document;
}

}  // namespace purser::report
