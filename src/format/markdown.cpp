#include "format/markdown.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "format/cells.hpp"
#include "format/outline.hpp"
#include "format/utf8.hpp"

namespace purser::format {
namespace {

using report::Note;
using report::Row;
using report::Section;
using report::Table;

constexpr std::size_t deepest_heading = 6;

bool contains(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void put_escaped(char c, std::string& result) {
    switch (c) {
        case '<': result += "&lt;"; return;
        case '>': result += "&gt;"; return;
        case '&': result += "&amp;"; return;
        default: break;
    }
    if (contains("\\`*_[]|~", c)) result += '\\';
    result += c;
}

// A web address is left as it is: GitHub makes a link of it, and reads no markup inside.
bool is_address(std::string_view word) {
    constexpr std::string_view allowed = "-._~:/?#@!()+,;=%";
    const bool scheme = word.starts_with("https://") || word.starts_with("http://");
    return scheme && std::all_of(word.begin(), word.end(), [&](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      contains(allowed, c);
           });
}

// What would open a list, a heading or a rule at the start of a line.
void put_line_start(std::string_view line, std::string& result) {
    if (line.empty()) return;
    if (contains("#+-=", line.front())) {
        result += '\\';
        return;
    }
    const std::size_t digits = line.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos || !contains(".)", line[digits])) return;
    result += line.substr(0, digits);
    result += '\\';
}

std::string escape_line(std::string_view line) {
    std::string result;
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    put_line_start(line, result);
    if (!result.empty() && is_digit(result.front())) line.remove_prefix(result.size() - 1);
    while (!line.empty()) {
        const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
        const std::string_view word = line.substr(0, end);
        if (is_address(word)) {
            result += word;
        } else {
            for (const char c : word) put_escaped(c, result);
        }
        line.remove_prefix(end);
        if (line.empty()) break;
        result += ' ';
        line.remove_prefix(1);
    }
    return result;
}

std::string escape(std::string_view raw, std::string_view line_break) {
    const std::string text = clean(raw);
    std::string result;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find('\n', begin);
        result += escape_line(std::string_view(text).substr(begin, end - begin));
        if (end == std::string::npos) return result;
        result += line_break;
        begin = end + 1;
    }
}

std::string in_cell(std::string_view text) { return escape(text, "<br>"); }

std::string in_heading(std::string_view text) { return escape(text, " "); }

// Two spaces would be lost in an editor; a backslash is GitHub's other line break.
std::string in_prose(std::string_view text) { return escape(text, "\\\n"); }

// A number needs no escape: it has no markup, and "(1,250)" or "-" open nothing inside a cell.
std::string cell(const report::Value& value, const report::Column& column, bool total) {
    if (is_blank(value, column, total)) return {};
    const bool number = std::holds_alternative<Money>(value) ||
                        std::holds_alternative<Date>(value) ||
                        std::holds_alternative<std::int64_t>(value);
    const std::string text =
        number ? print(value, column.type) : in_cell(print(value, column.type));
    return total && !text.empty() ? "**" + text + "**" : text;
}

void put_head(const Table& table, const std::vector<Note>& notes, std::ostream& out) {
    std::string rule = "|";
    out << '|';
    for (const std::size_t place : printed_columns(table)) {
        const report::Column& column = table.columns[place];
        out << ' ';
        if (!column.group.empty()) out << '*' << in_cell(column.group) << "*<br>";
        out << in_cell(marked(column.title, notes, column.key)) << " |";
        rule += stands_right(column.type) ? " ---: |" : " --- |";
    }
    out << '\n' << rule << '\n';
}

void put_row(const Table& table, const Row& row, bool total, std::ostream& out) {
    out << '|';
    for (const std::size_t place : printed_columns(table)) {
        out << ' ' << cell(row.at(place), table.columns[place], total) << " |";
    }
    out << '\n';
}

void put_table(const Table& table, const std::vector<Note>& notes, std::ostream& out) {
    const std::string title = table_title(table, notes);
    if (!title.empty()) out << "\n**" << in_heading(title) << "**\n";
    out << '\n';
    bool begun = false;
    const auto begin = [&] {
        if (!begun) put_head(table, notes, out);
        begun = true;
    };
    table.rows([&](const Row& row) {
        begin();
        put_row(table, row, false, out);
    });
    if (!begun && !table.empty_text.empty()) {
        out << '*' << in_heading(table.empty_text) << "*\n";
        return;
    }
    begin();
    if (table.total) put_row(table, *table.total, true, out);
}

void put_fields(const std::vector<report::Field>& fields, std::ostream& out) {
    bool begun = false;
    for (const report::Field& field : fields) {
        if (field.label.empty()) continue;
        if (!begun) out << '\n';
        begun = true;
        const std::string value = escape(print(field.value, field.type), "\\\n  ");
        out << "- **" << in_heading(field.label) << (value.empty() ? ":**" : ":** ") << value
            << '\n';
    }
}

void put_notes(const std::vector<Note>& notes, std::ostream& out) {
    if (!notes.empty()) out << '\n';
    for (std::size_t i = 0; i < notes.size(); ++i) {
        out << i + 1 << ". " << escape(notes[i].text, "\\\n   ") << '\n';
    }
}

void put_section(const Section& section, std::size_t depth, std::ostream& out) {
    if (prints_nothing(section)) return;
    if (depth > 1 && !section.title.empty()) {
        const std::string marks = repeat("#", std::min(depth, deepest_heading));
        out << '\n' << marks << ' ' << in_heading(section_title(section)) << '\n';
    }
    for (const report::Paragraph& paragraph : section.paragraphs)
        out << '\n' << in_prose(paragraph.text()) << '\n';
    put_fields(section.fields, out);
    for (const Table& table : section.tables) {
        if (is_printed(table)) put_table(table, section.notes, out);
    }
    put_notes(section.notes, out);
    for (const Section& inner : section.sections) put_section(inner, depth + 1, out);
}

}  // namespace

void write_markdown(const report::Document& document, std::ostream& out) {
    out << "# " << in_heading(document.title) << '\n';
    if (!document.subtitle.empty()) out << '\n' << in_prose(document.subtitle) << '\n';
    if (!document.banner.empty()) out << "\n> **" << in_heading(document.banner) << "**\n";
    put_section(document.body, 1, out);
}

}  // namespace purser::format
