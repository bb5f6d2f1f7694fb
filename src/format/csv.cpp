#include "format/csv.hpp"

#include <ostream>
#include <string>
#include <string_view>

#include "format/cells.hpp"
#include "format/outline.hpp"

namespace purser::format {
namespace {

using report::Row;
using report::Table;
using report::Value;

constexpr std::string_view line_end = "\r\n";  // RFC 4180

// A spreadsheet would take such a text for a formula; the apostrophe keeps it a text.
bool looks_like_formula(std::string_view text) {
    return !text.empty() &&
           std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void put_text(std::string_view text, std::ostream& out) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out << text;
        return;
    }
    out << '"';
    for (const char c : text) {
        if (c == '"') out << '"';
        out << c;
    }
    out << '"';
}

bool is_text(const Value& value) {
    return std::holds_alternative<std::string>(value) ||
           std::holds_alternative<std::vector<std::string>>(value);
}

void put_value(const Value& value, std::ostream& out) {
    const std::string text = machine_text(value);
    put_text(is_text(value) && looks_like_formula(text) ? '\'' + text : text, out);
}

void put_row(const Row& row, std::ostream& out) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out << ',';
        put_value(row[i], out);
    }
    out << line_end;
}

void put_table(const Table& table, std::ostream& out) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (i > 0) out << ',';
        put_text(table.columns[i].key, out);
    }
    out << line_end;
    table.rows([&](const Row& row) { put_row(row, out); });
    if (table.total && table.total_is_data) put_row(*table.total, out);
}

// A document without a table is its fields.
void put_fields(const report::Section& section, std::ostream& out) {
    for (const report::Field& field : section.fields) {
        if (field.key.empty()) continue;
        put_text(field.key, out);
        out << ',';
        put_value(field.value, out);
        out << line_end;
    }
    for (const report::Section& inner : section.sections) put_fields(inner, out);
}

}  // namespace

void write_csv(const report::Document& document, std::ostream& out) {
    if (const Table* table = primary_table(document.body)) {
        put_table(*table, out);
        return;
    }
    out << "field,value" << line_end;
    put_fields(document.body, out);
}

}  // namespace purser::format
