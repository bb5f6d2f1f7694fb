// The list of a review's fact sheets, and of the days on which they are due.
#include "report/catalogue.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

std::string id_text(const ReviewKey& key, std::int64_t number) {
    return DocumentId{key, DocumentKind::sheet, number}.text();
}

// A remark after those that are there.
void add(std::string& remarks, const std::string& remark) {
    remarks += (remarks.empty() ? "" : "; ") + remark;
}

Value original_of(const std::optional<Target>& target) {
    return target ? Value(target->original) : Value();
}

Value revised_of(const std::optional<Target>& target) {
    return target ? value_of(target->revised) : Value();
}

Row sheet_row(const ReviewKey& key, const std::vector<Sheet>& sheets, const Sheet& sheet) {
    const bool is_over =
        sheet.state == SheetState::withheld || sheet.state == SheetState::withdrawn;
    const Sheet* const by = is_over ? nullptr : superseding(sheets, sheet);
    std::string remarks;
    if (by != nullptr) add(remarks, "by " + id_text(key, by->number));
    if (sheet.restates != 0) add(remarks, "restates " + id_text(key, sheet.restates));
    if (sheet.off_calendar) add(remarks, "off the calendar");
    if (sheet.state == SheetState::withheld) add(remarks, sheet.why);
    if (sheet.state == SheetState::withdrawn) add(remarks, sheet.withdrawn_why);
    return {id_text(key, sheet.number),
            sheet.as_of,
            std::string(by != nullptr ? "superseded" : name(sheet.state)),
            sheet.issued_on,
            value_of(sheet.decided_on),
            value_of(sheet.posted_on),
            text_or_absent(remarks),
            by == nullptr ? Value() : Value(id_text(key, by->number)),
            sheet.restates == 0 ? Value() : Value(id_text(key, sheet.restates)),
            sheet.off_calendar,
            original_of(sheet.target),
            revised_of(sheet.target),
            sheet.issued_by,
            text_or_absent(sheet.decided_by),
            text_or_absent(sheet.why),
            value_of(sheet.withdrawn_on),
            text_or_absent(sheet.withdrawn_why),
            sheet.events,
            sheet.head};
}

Table sheet_table(const ReviewKey& key, const std::vector<Sheet>& sheets, bool posted_only) {
    Table table;
    table.key = "sheets";
    table.primary = true;
    table.empty_text = posted_only ? "No fact sheet is posted yet." : "No fact sheet issued yet.";
    table.columns = {column("id", "ID"),
                     column("as_of", "Financials", Type::date),
                     column("state", "State"),
                     column("issued_on", "Issued", Type::date),
                     column("decided_on", "Decided", Type::date),
                     column("posted_on", "Posted", Type::date),
                     column("remarks", "Remarks"),
                     hidden_column("superseded_by"),
                     hidden_column("restates"),
                     hidden_column("off_calendar"),
                     hidden_column("target", Type::date),
                     hidden_column("revised", Type::date),
                     hidden_column("issued_by"),
                     hidden_column("decided_by"),
                     hidden_column("why"),
                     hidden_column("withdrawn_on", Type::date),
                     hidden_column("withdrawn_why"),
                     hidden_column("events", Type::count),
                     hidden_column("head")};
    std::vector<Row> rows;
    for (const Sheet& sheet : sheets) {
        if (posted_only && sheet.state != SheetState::posted) continue;
        rows.push_back(sheet_row(key, sheets, sheet));
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

std::string state_of(const DueSheet& due, Date today) {
    if (due.is_settled()) return std::string(name(*due.state));
    if (due.days_late(today) > 0) return "late";
    if (due.state) return std::string(name(*due.state));
    return due.financials < today ? "due" : "to come";
}

std::string remark_on(const DueSheet& due, Date today) {
    const std::int64_t late = due.days_late(today);
    std::string remarks = due.off_calendar ? "off the calendar" : "";
    if (late > 0) {
        add(remarks, counted(late, "day") + " late");
    } else if (!due.is_settled() && due.financials < today) {
        add(remarks, "in " + counted((due.target.day() - today).count(), "day"));
    }
    return remarks;
}

Table due_table(const ReviewKey& key, const std::vector<DueSheet>& days, Date today) {
    Table table;
    table.key = "due";
    table.title = "When they are due";
    table.empty_text = "No day on which a fact sheet is due.";
    table.columns = {column("financials", "Financials", Type::date),
                     column("target", "Target", Type::date),
                     column("revised", "Revised to", Type::date),
                     column("state", "State"),
                     column("sheet", "Sheet"),
                     column("remarks", "Remarks"),
                     hidden_column("off_calendar"),
                     hidden_column("days_late", Type::count)};
    std::vector<Row> rows;
    for (const DueSheet& due : days) {
        rows.push_back(
            {due.financials, due.target.original, value_of(due.target.revised),
             state_of(due, today), due.sheet == 0 ? Value() : Value(id_text(key, due.sheet)),
             text_or_absent(remark_on(due, today)), due.off_calendar, due.days_late(today)});
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

}  // namespace

Document sheets(Book& book, const ReviewKey& key, Date today, Audience audience) {
    const bool posted_only = audience == Audience::public_;
    Document document(audience);
    document.title = key.text() + " Fact Sheets";
    document.subtitle = "As of " + to_print(today);
    document.as_of = today;
    document.body.fields = {for_programs("review", key.text()), for_programs("as_of", today)};
    document.body.tables.push_back(sheet_table(key, book.sheets(key), posted_only));
    if (!posted_only) {
        document.body.tables.push_back(due_table(key, book.due_sheets(key, today), today));
    }
    return document;
}

}  // namespace purser::report
