#include "app/web/links.hpp"

#include <variant>

#include "app/web/address.hpp"

namespace purser::web {
namespace {

using report::Row;
using report::Section;
using report::Table;

bool is_amount(const report::Column& column) {
    return column.type == report::Type::money || column.type == report::Type::whole_money;
}

// The entries of a row of figures, which begins with its category's code, for programs alone.
std::string register_of(const std::string& review, Date as_of, const Section& section,
                        const std::string& category) {
    std::string year;
    for (const auto& field : section.fields) {
        const auto* const text = std::get_if<std::string>(&field.value);
        if (section.key == "fiscal_year" && field.key == "name" && text != nullptr) year = *text;
    }
    return "/register/" + review +
           query_of({{"category", category == "total" ? "" : category},
                     {"fiscal-year", year},
                     {"as-of", to_text(as_of)}});
}

// A list of records leads to each of them, and their amounts to what was charged to it.
std::string record_of(const std::string& review, const std::string& noun, const std::string& code,
                      const report::Column& column) {
    if (is_amount(column)) return "/register/" + review + query_of({{noun, code}});
    return column.key == "code" ? '/' + noun + "/show/" + review + '/' + encoded(code) : "";
}

std::string text_at(const Table& table, const Row& row, const char* key) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto* const text = std::get_if<std::string>(&row.at(i));
        if (table.columns[i].key == key && text != nullptr) return *text;
    }
    return {};
}

// The day of one of the two sides that figures are compared of.
std::string side_of(const Section& section, const std::string& side) {
    for (const Section& inner : section.sections) {
        for (const auto& field : inner.fields) {
            const auto* const day = std::get_if<Date>(&field.value);
            if (inner.key == side && field.key == "as_of" && day != nullptr) return to_text(*day);
        }
    }
    return {};
}

// Either figure leads to what made it, their difference to the entries between the two days.
std::string change_of(const std::string& review, const Section& section, const Table& table,
                      const Row& row, const std::string& column) {
    if (column == "difference") {
        return "/changes/" + review +
               query_of({{"from", side_of(section, "then")}, {"to", side_of(section, "now")}});
    }
    return "/factsheet/explain/" + review +
           query_of({{"as-of", side_of(section, column)},
                     {"row", text_at(table, row, "row")},
                     {"column", text_at(table, row, "column")}});
}

// What makes a figure: entries, decisions on the envelope, or a document that it is of.
std::string made_of(const std::string& review, Date day, const std::string& of) {
    for (const char* const decided : {"approved", "unallotted", "carried_in", "plan"}) {
        if (of == decided) return "/envelope/show/" + review;
    }
    for (const char* const entered : {"spent", "committed", "requested", "free", "remaining"}) {
        if (of == entered) return "/register/" + review + query_of({{"as-of", to_text(day)}});
    }
    if (of == "forecast") return "/forecast/" + review;
    if (of == "held") return "/request/list/" + review;
    return address_of(of);
}

// An amount of a document leads to its entries; what only asks has none, and leads to its page. A
// total leads to all of them.
std::string entries_of(const std::string& review, Date as_of, const Table& table,
                       const std::string& id) {
    const auto document = document_of(id);
    if (!document) return made_of(review, as_of, table.key == "requests" ? "held" : "spent");
    const bool moves =
        document->kind == DocumentKind::expense || document->kind == DocumentKind::commitment;
    return moves ? "/register/" + review + query_of({{"id", id}}) : address_of(id);
}

std::string target_of(const std::string& review, Date as_of, const Section& section,
                      const Table& table, const Row& row, const report::Column& column) {
    const std::string& first = table.columns.front().key;
    const auto* const code = std::get_if<std::string>(&row.front());
    const auto* const day = std::get_if<Date>(&row.front());
    if (table.key == "alerts") {
        if (column.key == "settle") return page_of_command(text_at(table, row, "settle"));
        return column.key == "review" && code != nullptr ? '/' + *code : "";
    }
    if (review.empty()) return {};
    if (day != nullptr && table.key == "months" && is_amount(column)) {
        return made_of(review, *day, column.key);
    }
    if (code == nullptr) return {};
    if (first == "figure" && is_amount(column)) {
        return change_of(review, section, table, row, column.key);
    }
    if (first == "id" && is_amount(column)) return entries_of(review, as_of, table, *code);
    if (first == "event" && column.key == "event") return address_of(text_at(table, row, "id"));
    if (first == "code" && table.key == "meetings") {
        return record_of(review, "meeting", *code, column);
    }
    if (first == "code" && table.key == "work_items") {
        return record_of(review, "work-item", *code, column);
    }
    if (first == "id" && column.key == "member") return address_of(*code);
    const bool is_figure = is_amount(column) && (first == "code" || first == "category");
    if (!is_figure || code->find('+') != std::string::npos) return {};  // of rows together
    if (section.key == "financial" && table.key == "rows") {
        return "/factsheet/explain/" + review +
               query_of({{"as-of", to_text(as_of)}, {"row", *code}, {"column", column.key}});
    }
    return register_of(review, as_of, section, *code);
}

}  // namespace

format::Links links_of(const std::string& review, Date as_of) {
    format::Links links;
    links.text = [](const std::string& text) { return address_of(text); };
    links.figure = [=](const std::string& of) {
        return review.empty() ? std::string() : made_of(review, as_of, of);
    };
    links.cell = [=](const Section& section, const Table& table, const Row& row,
                     const report::Column& column) {
        return target_of(review, as_of, section, table, row, column);
    };
    return links;
}

}  // namespace purser::web
