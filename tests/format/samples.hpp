// Small Documents to print: a sheet like the real one, and tables of hostile texts.
#pragma once

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "format/format.hpp"
#include "report/document.hpp"

namespace purser::format::test {

using report::Column;
using report::Document;
using report::Row;
using report::Section;
using report::Table;
using report::Type;
using report::Value;

inline Money usd(const char* text) { return Money::parse(text, Currency::parse("USD")); }

inline std::string written(const Document& document, Format format) {
    std::ostringstream out;
    write(document, format, out);
    return out.str();
}

// One table, primary, of these columns and rows.
inline Document document_of(std::vector<Column> columns, std::vector<Row> rows) {
    Document document(report::Audience::finance);
    document.title = "Sample";
    document.as_of = parse_date("2017-03-14");
    Table table;
    table.key = "rows";
    table.primary = true;
    table.columns = std::move(columns);
    table.rows = report::rows_of(std::move(rows));
    document.body.tables.push_back(std::move(table));
    return document;
}

inline Document document_of_texts(const std::vector<std::string>& texts) {
    std::vector<Row> rows;
    for (const std::string& text : texts) rows.push_back({Value{text}});
    return document_of({{.key = "why", .title = "Why"}}, rows);
}

// What a person may type to do harm, or without meaning any.
inline const std::vector<std::string> hostile_texts{
    "=HYPERLINK(\"http://x\",\"hotel\")",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "a | b",
    "say \"hello\", he said",
    "two\nlines",
    "<script>alert(1)</script>",
    "# not a heading",
    "1. not a list",
    "*not* _marked_ `up` [a](http://x)",
    "&amp; {{title}} {{{body}}}",
    "Žarko Kecić, 王小明",
    "_x0041_",
    "",
};

inline Value money(const char* text) { return usd(text); }

// Rows of (category, title, approved, spent, committed, remaining), a register of what was spent,
// and checks of the one against the other.
struct Sheet {
    std::vector<std::pair<std::string, std::vector<std::string>>> rows;
    std::vector<std::string> total;
    std::vector<std::pair<std::string, std::string>> register_rows;  // category, amount
};

inline Row sheet_row(const std::string& name, const std::vector<std::string>& amounts) {
    Row row{Value{name}, Value{"The " + name}};
    for (const std::string& amount : amounts) row.push_back(money(amount.c_str()));
    return row;
}

inline Section financial(const Sheet& sheet) {
    Section section;
    section.key = "financial";
    section.title = "Section II: Financial Resources";
    Table table;
    table.key = "rows";
    table.primary = true;
    const std::string year = "Fiscal year 2017";
    table.columns = {
        {.key = "category", .title = "", .machine_only = true},
        {.key = "title", .title = "Direct Review Costs"},
        {.key = "approved",
         .title = "Approved Budget",
         .type = Type::whole_money,
         .group = year,
         .total = true},
        {.key = "spent",
         .title = "Spent to Date",
         .type = Type::whole_money,
         .group = year,
         .total = true},
        {.key = "committed",
         .title = "Committed Services",
         .type = Type::whole_money,
         .group = year,
         .total = true},
        {.key = "remaining",
         .title = "Remaining",
         .type = Type::whole_money,
         .group = "Whole review",
         .formula = {{"approved", 1}, {"spent", -1}, {"committed", -1}},
         .total = true},
    };
    std::vector<Row> rows;
    for (const auto& [name, amounts] : sheet.rows) rows.push_back(sheet_row(name, amounts));
    table.rows = report::rows_of(rows);
    table.total = sheet_row("total", sheet.total);
    section.tables.push_back(table);

    Table entries;
    entries.key = "register";
    entries.worksheet = "Register";
    entries.empty_text = "No entries yet.";
    entries.columns = {
        {.key = "why", .title = "Why"},
        {.key = "category", .title = "Category", .machine_only = true},
        {.key = "posted_on", .title = "Posted on", .type = Type::date},
        {.key = "amount", .title = "Amount", .type = Type::money, .total = true},
    };
    std::vector<Row> entry_rows;
    for (const auto& [category, amount] : sheet.register_rows) {
        entry_rows.push_back({Value{std::string("=1+1")}, Value{category},
                              Value{parse_date("2017-03-14")}, money(amount.c_str())});
    }
    entries.rows = report::rows_of(entry_rows);
    section.tables.push_back(entries);

    for (const auto& [name, amounts] : sheet.rows) {
        section.checks.push_back({name + ", spent",
                                  "rows",
                                  name,
                                  "spent",
                                  usd(amounts[1].c_str()),
                                  "register",
                                  "amount",
                                  {{"category", name}}});
    }
    section.checks.push_back({"total, remaining",
                              "rows",
                              "total",
                              "remaining",
                              usd(sheet.total[3].c_str()),
                              "",
                              "",
                              {}});
    section.notes = {{"Approved includes a grant.", {"approved"}},
                     {"As of one day.", {"spent", "committed"}},
                     {"Cells are rounded one by one.", {}}};
    return section;
}

inline Document fact_sheet(const Sheet& sheet) {
    Document document(report::Audience::finance);
    document.title = "SSR2 Fact Sheet";
    document.subtitle = "Fact sheet as of: 14-Mar-2017";
    document.as_of = parse_date("2017-03-14");
    document.body.fields = {{"review", "Review", Value{std::string("SSR2")}},
                            {"as_of", "", Value{document.as_of}, Type::date},
                            {"", "Chair", Value{std::string("TBD")}},
                            {"site", "Wiki page", Value{}},
                            {"open", "Month open", Value{true}}};
    document.body.sections.push_back(financial(sheet));
    return document;
}

inline Document usual_sheet() {
    return fact_sheet({
        .rows = {{"services", {"200000.00", "1234.50", "0.00", "198765.50"}},
                 {"travel", {"350000.00", "351250.40", "-0.40", "-1250.00"}}},
        .total = {"550000.00", "352484.90", "-0.40", "197515.50"},
        .register_rows = {{"services", "1234.50"}, {"travel", "351300.40"}, {"travel", "-50.00"}},
    });
}

inline Document empty_sheet() {
    return fact_sheet({
        .rows = {{"services", {"0.00", "0.00", "0.00", "0.00"}},
                 {"travel", {"0.00", "0.00", "0.00", "0.00"}}},
        .total = {"0.00", "0.00", "0.00", "0.00"},
        .register_rows = {},
    });
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace purser::format::test
