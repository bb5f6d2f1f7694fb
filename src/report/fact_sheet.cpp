#include "report/fact_sheet.hpp"

#include <algorithm>

#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "report/pictures.hpp"
#include "report/register.hpp"
#include "report/sheet_notes.hpp"
#include "report/worksheets.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

constexpr const char* total_row = "total";
constexpr const char* whole_review = "Whole review";

// The day from which the review is paused or finished, on the sheet's day.
std::optional<Date> halted_since(const Figures& figures) {
    const auto since = figures.review.state_since();
    const bool halted = figures.review.state() != ReviewState::running;
    return halted && since && *since <= figures.as_of ? since : std::nullopt;
}

void add_text(Section& section, const Review& review, std::string_view setting, const char* label) {
    const std::string& text = review.text(setting);
    if (!text.empty()) section.fields.push_back(printed("", label, text));
}

Section overview(const Review& review) {
    Section section;
    section.title = "Overview";
    if (!review.text("overview").empty()) section.paragraphs = {review.text("overview")};
    section.fields.push_back(printed("", "Review", review.name()));
    const std::string& chair = review.text("chair");
    section.fields.push_back(printed("", "Chair", chair.empty() ? "TBD" : chair));
    add_text(section, review, "wiki", "Wiki page");
    add_text(section, review, "input-address", "Input");
    add_text(section, review, "questions-address", "Questions");
    return section;
}

std::string months(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " Month" : " Months");
}

// Months completed on the sheet's day; a finished review counts through the day it finished.
std::int64_t duration(const Figures& figures) {
    const Date start = figures.review.start();
    const auto halted = halted_since(figures);
    if (halted && figures.review.state() == ReviewState::finished) {
        return completed_months(start, next_day(*halted));
    }
    return completed_months(start, figures.as_of);
}

Section review_status(const Figures& figures) {
    const Review& review = figures.review;
    const std::int64_t so_far = duration(figures);
    const std::int64_t total = completed_months(review.start(), next_day(review.expected()));
    Section section;
    section.key = "status";
    section.title = "Review Status";
    auto& fields = section.fields;
    fields.push_back(printed("start", "Start Date", review.start(), Type::date));
    fields.push_back(for_programs("duration_months", so_far));
    fields.push_back(printed("", "Review Duration to Date", months(so_far)));
    fields.push_back(
        printed("expected_completion", "Expected Completion", review.expected(), Type::date));
    fields.push_back(for_programs("total_months", total));
    fields.push_back(printed("", "Total Expected Duration", months(total)));
    if (const auto since = halted_since(figures)) {
        const bool paused = review.state() == ReviewState::paused;
        fields.push_back(printed("", paused ? "Paused since" : "Finished on", *since, Type::date));
    }
    return section;
}

Section people() {
    Section section;
    section.title = "Section I: People";
    Table table;
    table.key = "people";
    table.worksheet = "People";
    table.worksheet_only = false;
    table.columns = {column("member", "Member"), column("body", "Body"), column("region", "Region"),
                     column("from", "From", Type::date), column("to", "To", Type::date)};
    table.rows = rows_of({});
    table.empty_text = "None recorded.";
    section.tables.push_back(std::move(table));
    return section;
}

Section milestones() {
    Section section;
    section.title = "Section III: Milestones";
    Table table;
    table.key = "milestones";
    table.worksheet = "Milestones";
    table.worksheet_only = false;
    table.columns = {column("title", "Milestone"), column("planned", "Planned", Type::date),
                     column("revised", "Revised", Type::date),
                     column("actual", "Actual", Type::date), column("status", "Status")};
    table.rows = rows_of({});
    table.empty_text = "None recorded.";
    section.tables.push_back(std::move(table));
    return section;
}

Column money_column(std::string key, std::string title, const std::string& group) {
    Column result = sum_column(std::move(key), std::move(title), Type::whole_money);
    result.group = group;
    return result;
}

std::vector<Column> sheet_columns(const Figures& figures, Layout layout) {
    std::vector<Column> columns{hidden_column("category"), column("title", "Direct Review Costs")};
    if (layout == Layout::envelope) {
        columns.push_back(money_column("approved", "Approved Budget", whole_review));
        columns.push_back(money_column("spent_to_date", "Spent to Date", whole_review));
        columns.push_back(money_column("committed", "Committed Services", whole_review));
        columns.push_back(money_column("spent_and_committed_to_date",
                                       "Total Spent and Committed to Date", whole_review));
        columns.back().formula = {{"spent_to_date", 1}, {"committed", 1}};
        columns.push_back(money_column("remaining", "Remaining", whole_review));
        columns.back().formula = {{"approved", 1}, {"spent_to_date", -1}, {"committed", -1}};
        return columns;
    }
    const std::string year = figures.fiscal_year().text();
    const std::string group = "Fiscal year " + year;
    columns.push_back(money_column("fy_approved", year + " Approved Budget", group));
    columns.push_back(money_column("fy_spent", year + " Budget Spent to Date", group));
    columns.push_back(money_column("fy_committed", "Committed " + year + " Services", group));
    columns.push_back(money_column("fy_remaining", "Remaining " + year + " Budget", group));
    columns.back().formula = {{"fy_approved", 1}, {"fy_spent", -1}, {"fy_committed", -1}};
    columns.push_back(
        money_column("spent_to_date", "Actual Expenses Review to Date", whole_review));
    columns.push_back(money_column("spent_and_committed_to_date",
                                   "Total Spent and Committed to Date", whole_review));
    return columns;
}

// One line of the sheet: of a category, or of all.
struct Line {
    std::string code;
    std::string title;
    Amounts year;
    Amounts review;
};

Row values_of(const Line& line, Layout layout, bool has_budget) {
    const Money to_date = line.review.spent + line.review.committed;
    if (layout == Layout::envelope) {
        return {line.code,
                line.title,
                line.review.approved,
                line.review.spent,
                line.review.committed,
                to_date,
                line.review.remaining()};
    }
    return {line.code,
            line.title,
            has_budget ? Value(line.year.approved) : Value(),
            line.year.spent,
            line.year.committed,
            has_budget ? Value(line.year.remaining()) : Value(),
            line.review.spent,
            to_date};
}

// Which column of the register adds up to a column of the sheet; "" where none does.
struct Source {
    const char* column;
    const char* entries;
    bool of_year;
};
constexpr std::array<Source, 6> sources{{
    {"fy_approved", "approved", true},
    {"fy_spent", "spent", true},
    {"fy_committed", "committed", true},
    {"approved", "approved", false},
    {"committed", "committed", false},
    {"spent_to_date", "spent", false},
}};

void add_checks(Section& section, const Figures& figures, const Table& sheet, const Row& row,
                const Table* entries) {
    const auto& code = std::get<std::string>(row[0]);
    for (std::size_t i = 2; i < row.size(); ++i) {
        const auto* amount = std::get_if<Money>(&row[i]);
        if (amount == nullptr) continue;
        const Column& column = sheet.columns[i];
        Check check{std::get<std::string>(row[1]) + ", " + column.title,
                    sheet.key,
                    code,
                    column.key,
                    *amount,
                    {},
                    {},
                    {}};
        const auto* source = std::find_if(sources.begin(), sources.end(), [&](const Source& one) {
            return one.column == column.key;
        });
        if (entries != nullptr && source != sources.end()) {
            check.sum_table = entries->key;
            check.sum_column = source->entries;
            if (code != total_row) check.where.push_back({"category", code});
            if (source->of_year) {
                check.where.push_back({"fiscal_year", figures.fiscal_year().text()});
            }
        }
        section.checks.push_back(std::move(check));
    }
}

Section financial(const Figures& figures, const Table* entries) {
    const Layout layout = layout_of(figures.review);
    const FiscalYear year = figures.fiscal_year();
    const bool has_budget = figures.review.fiscal_budget();
    Section section;
    section.key = "financial";
    section.title = "Section II: Financial Resources";
    section.fields = {for_programs("fiscal_year", year.text()),
                      for_programs("currency", std::string(figures.review.currency().code()))};
    Table table;
    table.key = "rows";
    table.columns = sheet_columns(figures, layout);
    table.primary = true;
    std::vector<Row> rows;
    for (const auto& category : figures.categories) {
        rows.push_back(values_of(
            {category.category.code, category.category.title, category.in(year), category.total},
            layout, has_budget));
    }
    table.total =
        values_of({total_row, "Total", figures.in(year), figures.envelope()}, layout, has_budget);
    for (const Row& row : rows) add_checks(section, figures, table, row, entries);
    add_checks(section, figures, table, *table.total, entries);
    section.notes = sheet_notes(figures, layout, table.columns);
    table.rows = rows_of(std::move(rows));
    section.tables.push_back(std::move(table));
    return section;
}

// What a sheet says of its own state.
std::string mark_of(const Sheet& sheet) {
    const auto on = [](const std::optional<Date>& day) { return to_print(day.value()); };
    switch (sheet.state) {
        case SheetState::issued:
            return "ISSUED on " + to_print(sheet.issued_on) + ", not yet approved by the chairs";
        case SheetState::approved: return "APPROVED by the chairs on " + on(sheet.decided_on);
        case SheetState::withheld: return "NOT APPROVED BY THE CHAIRS: " + sheet.why;
        case SheetState::posted:
            return "POSTED on " + on(sheet.posted_on) + ", approved by the chairs on " +
                   on(sheet.decided_on);
        case SheetState::withdrawn: return "WITHDRAWN on " + on(sheet.withdrawn_on);
    }
    return {};
}

std::string target_text(const Target& target) {
    return to_print(target.original) +
           (target.revised ? ", revised to " + to_print(*target.revised) : "");
}

// What a numbered sheet has and a draft has not.
void put_number(Document& document, const ReviewKey& key, const Sheet& sheet) {
    const std::string id = DocumentId{key, DocumentKind::sheet, sheet.number}.text();
    const std::string mark = mark_of(sheet);
    const bool is_chairs_own =
        sheet.state == SheetState::approved || sheet.state == SheetState::posted;
    document.title = "Fact Sheet " + id;
    document.banner = is_chairs_own ? "" : mark;
    auto& fields = document.body.fields;
    for (Field& field : fields) {
        if (field.key == "number") field.value = id;
        if (field.key == "state") field.value = std::string(name(sheet.state));
    }
    const auto& target = sheet.target;
    const Value restates = sheet.restates == 0
                               ? Value()
                               : Value(DocumentId{key, DocumentKind::sheet, sheet.restates}.text());
    for (Field& field : std::vector<Field>{
             for_programs("mark", mark),
             for_programs("target", target ? Value(target->original) : Value()),
             for_programs("revised", target ? value_of(target->revised) : Value()),
             for_programs("off_calendar", sheet.off_calendar),
             for_programs("restates", restates),
             for_programs("issued_on", sheet.issued_on),
             for_programs("decided_on", value_of(sheet.decided_on)),
             for_programs("posted_on", value_of(sheet.posted_on)),
             printed("", "Number", id),
             printed("", is_chairs_own ? "State" : "", mark),
             printed("", "Date of Financials", sheet.as_of, Type::date),
             printed("", target ? "Target Posting Date" : "", target ? target_text(*target) : ""),
             printed("", sheet.off_calendar ? "Calendar" : "", "off the calendar"),
             printed("", sheet.restates == 0 ? "" : "Restates", restates),
         }) {
        if (!field.key.empty() || !field.label.empty()) fields.push_back(std::move(field));
    }
}

Section ledger(const Figures& figures) {
    Section section;
    section.key = "ledger";
    section.title = "Ledger";
    section.fields = {printed("events", "Entries in the log", figures.events, Type::count),
                      printed("head", "Hash of the last", figures.head)};
    return section;
}

}  // namespace

Document fact_sheet(const Figures& figures, std::optional<Table> entries) {
    const Review& review = figures.review;
    const std::string& key = review.key().text();
    if (review.text("start").empty()) {
        throw Refused(Rule::unknown_review, key + " was not open yet at that instant",
                      "ask for a later --known-at");
    }
    Document document;
    document.title = key + " Fact Sheet";
    document.subtitle = "Fact sheet as of: " + to_print(figures.as_of);
    if (figures.known_at) document.subtitle += ", as known at " + to_text(*figures.known_at);
    if (!review.is_closed(figures.as_of)) document.banner = "DRAFT, month open";
    document.as_of = figures.as_of;
    document.body.fields = {
        for_programs("review", key),
        for_programs("as_of", figures.as_of),
        for_programs("closed_through", value_of(review.closed_through())),
        for_programs("layout",
                     std::string(layout_of(review) == Layout::envelope ? "envelope" : "2017")),
        for_programs("number", {}),
        for_programs("state", std::string("draft")),
    };
    if (figures.known_at) {
        document.body.fields.push_back(for_programs("known_at", to_text(*figures.known_at)));
    }
    auto& sections = document.body.sections;
    sections = {overview(review), review_status(figures), people()};
    sections.push_back(financial(figures, entries ? &*entries : nullptr));
    sections.push_back(milestones());
    sections.push_back(ledger(figures));
    if (entries) {
        // In a section of its own: the notes of the sheet are not about its columns.
        sections.emplace_back();
        sections.back().tables.push_back(std::move(*entries));
    }
    return document;
}

namespace {

// What is more than the figures of one day: the pictures, and the worksheets of the workbook.
void complete(Document& document, Book& book, const Figures& figures,
              std::optional<Instant> known_at, Audience audience) {
    auto& sections = document.body.sections;
    const auto financial = std::find_if(sections.begin(), sections.end(),
                                        [](const Section& one) { return one.key == "financial"; });
    const auto months = book.by_month(figures.review.key(), figures.as_of, known_at);
    financial->sections = {envelope_bars(figures), burn(figures, months)};
    for (Section& section : sections) {
        for (const Table& table : section.tables) {
            if (table.key != "milestones") continue;
            if (auto chart = timeline(table, figures.as_of))
                section.charts.push_back(std::move(*chart));
        }
    }
    sections.emplace_back();
    sections.back().tables = worksheets(book, figures, audience);
    document.worksheet = "Fact sheet";
}

}  // namespace

Document fact_sheet(Book& book, const ReviewKey& key, std::optional<Date> as_of,
                    std::optional<Instant> known_at, Date today, Audience audience) {
    if (!as_of) {
        const Review known =
            known_at ? book.figures(key, today, known_at).review : book.review(key);
        as_of = known.closed_through().value_or(today);
    }
    const Figures figures = book.figures(key, *as_of, known_at);
    std::optional<Table> entries;
    if (audience != Audience::public_) {
        RegisterFilter filter;
        filter.as_of = as_of;
        filter.known_at = known_at;
        entries = register_table(book, key, filter, audience, figures.events);
        entries->worksheet = "Register";
        entries->primary = false;
    }
    Document document = fact_sheet(figures, std::move(entries));
    complete(document, book, figures, known_at, audience);
    return document;
}

Document fact_sheet(Book& book, const ReviewKey& key, const Sheet& sheet) {
    Figures figures = book.figures(key, sheet.as_of, sheet.known_at);
    figures.known_at.reset();  // that is said by the log that it was made from
    figures.events = sheet.events;
    figures.head = sheet.head;
    Document document = fact_sheet(figures, {});
    complete(document, book, figures, sheet.known_at, Audience::public_);
    put_number(document, key, sheet);
    return document;
}

}  // namespace purser::report
