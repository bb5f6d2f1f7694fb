#include "report/fact_sheet.hpp"

#include <functional>

#include "report/catalogue.hpp"
#include "report/changes.hpp"
#include "report/parts.hpp"
#include "report/pictures.hpp"
#include "report/records.hpp"
#include "report/register.hpp"
#include "report/sheet_columns.hpp"
#include "report/single_contract.hpp"
#include "report/worksheets.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

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

Section overview(const Review& review, const std::string& chairs) {
    Section section;
    section.title = "Overview";
    if (!review.text("overview").empty()) section.paragraphs = {review.text("overview")};
    section.fields.push_back(printed("", "Review", review.name()));
    const std::string& set = review.text("chair");
    const std::string& chair = set.empty() ? chairs : set;
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

using Cell = std::function<std::optional<Money>(const SheetColumn&)>;

// One line of the sheet: of a category, of all, or of those that are given only together.
Row line(const Figures& figures, const std::vector<SheetColumn>& columns, std::string code,
         std::string title, const Cell& cell) {
    Row row{std::move(code), std::move(title)};
    for (const SheetColumn& column : columns) {
        const auto amount = column.exists(figures.review) ? cell(column) : std::nullopt;
        row.push_back(amount ? Value(*amount) : Value());
    }
    return row;
}

std::vector<Row> lines(const Figures& figures, const std::vector<SheetColumn>& columns,
                       const Merged& merged) {
    std::vector<Row> rows;
    for (const auto& one : figures.categories) {
        const std::string& code = one.category.code;
        rows.push_back(line(figures, columns, code, one.category.title,
                            [&](const SheetColumn& column) -> std::optional<Money> {
                                if (merged.hides(code, column)) return std::nullopt;
                                return column.of(one);
                            }));
    }
    if (merged.rows.empty()) return rows;
    rows.push_back(line(figures, columns, code(merged), titles(merged, figures) + " together",
                        [&](const SheetColumn& column) -> std::optional<Money> {
                            if (!merged.gives_together(column)) return std::nullopt;
                            return column.of(together(merged, figures, column.year));
                        }));
    return rows;
}

// Which column of the register adds up to a column of the sheet; "" where none does.
std::string entries_of(const SheetColumn& column) {
    if (column.terms() != 1) return {};
    return column.approved == 1 ? "approved" : column.spent == 1 ? "spent" : "committed";
}

// Each cell that has a figure is the ledger's, and the sum of entries where it is not computed.
void add_checks(Section& section, const std::vector<SheetColumn>& columns, const Table& sheet,
                const Row& row, const Table* entries) {
    const auto& code = std::get<std::string>(row[0]);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const SheetColumn& column = columns[i];
        const auto* amount = std::get_if<Money>(&row[i + 2]);
        if (amount == nullptr) continue;
        Check check{std::get<std::string>(row[1]) + ", " + column.title,
                    sheet.key,
                    code,
                    column.key,
                    *amount,
                    {},
                    {},
                    {}};
        const std::string sum = entries_of(column);
        if (entries != nullptr && !sum.empty()) {
            check.sum_table = entries->key;
            check.sum_column = sum;
            if (code != total_row) check.where.push_back({"category", code});
            if (column.year) check.where.push_back({"fiscal_year", column.year->text()});
        }
        section.checks.push_back(std::move(check));
    }
}

// Before the notes of the figures' columns, which are marked after the title.
void add_title_note(std::vector<Note>& notes, std::string text) {
    const auto place = std::find_if(notes.begin(), notes.end(), [](const Note& note) {
        return !note.columns.empty() && note.columns.front() != "title";
    });
    notes.insert(place, {std::move(text), {"title"}});
}

Section financial(const Figures& figures, const Merged& merged, const Table* entries) {
    const Layout layout = layout_of(figures.review);
    const FiscalYear year = figures.fiscal_year();
    Section section;
    section.key = "financial";
    section.title = "Section II: Financial Resources";
    section.fields = {for_programs("fiscal_year", year.text()),
                      for_programs("currency", std::string(figures.review.currency().code()))};
    Table table;
    table.key = "rows";
    table.columns = {hidden_column("category"), column("title", "Direct Review Costs")};
    const std::vector<SheetColumn> columns = sheet_columns(layout, year);
    for (Column& one : money_columns(columns, Type::whole_money)) {
        table.columns.push_back(std::move(one));
    }
    table.primary = true;
    std::vector<Row> rows = lines(figures, columns, merged);
    table.total = line(figures, columns, total_row, "Total",
                       [&](const SheetColumn& column) -> std::optional<Money> {
                           if (merged.hides(total_row, column)) return std::nullopt;
                           return column.of(figures);
                       });
    for (const Row& row : rows) add_checks(section, columns, table, row, entries);
    add_checks(section, columns, table, *table.total, entries);
    section.notes = sheet_notes(figures, layout, table.columns, merged);
    if (merged.any()) add_title_note(section.notes, merged_note(merged, figures));
    table.rows = rows_of(std::move(rows));
    section.tables.push_back(std::move(table));
    return section;
}

// What a sheet says of its own state.
std::string mark_of(const Sheet& sheet) {
    const auto on = [](const std::optional<Date>& day) {
        return day ? to_print(*day) : std::string("a day that is not known");
    };
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

Document fact_sheet(const Figures& figures, const Records& records, Audience audience,
                    std::optional<Table> entries, const Merged& merged) {
    const Review& review = figures.review;
    const std::string& key = review.key().text();
    if (review.text("start").empty()) {
        throw Refused(Rule::unknown_review, key + " was not open yet at that instant",
                      "ask for a later --known-at");
    }
    Document document(audience);
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
    sections = {overview(review, chairs_on(records, figures.as_of)), review_status(figures),
                people_section(records, review.key(), figures.as_of)};
    sections.push_back(financial(figures, merged, entries ? &*entries : nullptr));
    sections.push_back(milestones_section(records, review.key(), figures.as_of));
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
              std::optional<Instant> known_at, const Merged& merged, bool keeps_back,
              Audience audience) {
    auto& sections = document.body.sections;
    const auto financial = std::find_if(sections.begin(), sections.end(),
                                        [](const Section& one) { return one.key == "financial"; });
    // Bars per category would tell what the sheet keeps back; those of the whole review do not.
    if (merged.rows.empty()) financial->sections.push_back(envelope_bars(figures));
    const auto months = book.by_month(figures.review.key(), figures.as_of, known_at);
    financial->sections.push_back(burn(figures, months));
    sections.emplace_back();
    sections.back().tables = worksheets(book, figures, known_at, keeps_back, audience);
    document.worksheet = "Fact sheet";
}

}  // namespace

Date sheet_day(Book& book, const ReviewKey& key, std::optional<Instant> known_at, Date today) {
    const Review known = known_at ? book.figures(key, today, known_at).review : book.review(key);
    return known.closed_through().value_or(today);
}

Document fact_sheet(Book& book, const ReviewKey& key, std::optional<Date> as_of,
                    std::optional<Instant> known_at, Date today, Audience audience) {
    if (!as_of) as_of = sheet_day(book, key, known_at, today);
    const Figures figures = book.figures(key, *as_of, known_at);
    const Merged merged = merged_rows(book, figures);
    // The entries would tell what the sheet keeps back, and they are not for chairs (DOMAIN 13).
    if (merged.any() && audience == Audience::finance) audience = Audience::chair;
    std::optional<Table> entries;
    if (audience == Audience::finance) {
        RegisterFilter filter;
        filter.as_of = as_of;
        filter.known_at = known_at;
        entries = register_table(book, key, filter, audience, figures.events);
        entries->worksheet = "Register";
        entries->primary = false;
    }
    Document document =
        fact_sheet(figures, book.records(key, known_at), audience, std::move(entries), merged);
    const bool keeps_back = audience != Audience::finance && merges(book, key);
    complete(document, book, figures, known_at, merged, keeps_back, audience);
    return document;
}

Document fact_sheet(Book& book, const ReviewKey& key, const Sheet& sheet) {
    Figures figures = book.figures(key, sheet.as_of, sheet.known_at);
    figures.known_at.reset();  // that is said by the log that it was made from
    figures.events = sheet.events;
    figures.head = sheet.head;
    const bool merges = merged_at_issue(book, key, sheet);
    const Merged merged = merged_rows(book, figures, merges);
    Document document =
        fact_sheet(figures, book.records(key, sheet.known_at), Audience::public_, {}, merged);
    if (sheet.restates != 0) {
        const DocumentId id{key, DocumentKind::sheet, sheet.restates};
        const Sheet before = book.sheet(id);
        auto& sections = document.body.sections;
        sections.insert(
            sections.end() - 1,  // before the log it was made from
            restatement(book, {id.text(), book.figures(key, before.as_of, before.known_at)},
                        {DocumentId{key, DocumentKind::sheet, sheet.number}.text(), figures},
                        merges));
    }
    complete(document, book, figures, sheet.known_at, merged, merges, Audience::public_);
    put_number(document, key, sheet);
    return document;
}

}  // namespace purser::report
