// A Document as plain text, so that a failing test is read at a glance.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"

namespace purser::test {

// "50000.00", "2017-03-14", "null", "a, b"
inline std::string shown(const report::Value& value) {
    struct Show {
        std::string operator()(std::monostate) const { return "null"; }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(const Money& money) const { return money.text(); }
        std::string operator()(Date day) const { return to_text(day); }
        std::string operator()(std::int64_t count) const { return std::to_string(count); }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(const std::vector<std::string>& texts) const {
            std::string result;
            for (const auto& text : texts) result += (result.empty() ? "" : ", ") + text;
            return result;
        }
    };
    return std::visit(Show{}, value);
}

inline std::vector<std::string> texts(const std::vector<report::Paragraph>& paragraphs) {
    std::vector<std::string> result;
    for (const auto& paragraph : paragraphs) result.push_back(paragraph.text());
    return result;
}

inline std::string shown(const report::Row& row) {
    std::string result;
    for (const auto& value : row) result += (result.empty() ? "" : " | ") + shown(value);
    return result;
}

inline std::vector<std::string> rows_shown(const report::Table& table) {
    std::vector<std::string> result;
    table.rows([&](const report::Row& row) { result.push_back(shown(row)); });
    if (table.total) result.push_back(shown(*table.total));
    return result;
}

inline const report::Section* find_section(const report::Section& section, const std::string& key) {
    if (section.key == key) return &section;
    for (const auto& inner : section.sections) {
        if (const auto* found = find_section(inner, key)) return found;
    }
    return nullptr;
}

inline const report::Section& section(const report::Document& document, const std::string& key) {
    return *find_section(document.body, key);
}

inline const report::Table* find_table(const report::Section& section, const std::string& key) {
    for (const auto& table : section.tables) {
        if (table.key == key) return &table;
    }
    for (const auto& inner : section.sections) {
        if (const auto* found = find_table(inner, key)) return found;
    }
    return nullptr;
}

inline const report::Table& table(const report::Document& document, const std::string& key) {
    return *find_table(document.body, key);
}

// The value of a field, by its key in JSON or its label in print; "none" when there is none.
inline std::string field(const report::Section& section, const std::string& name) {
    for (const auto& field : section.fields) {
        if (field.key == name || field.label == name) return shown(field.value);
    }
    return "none";
}

inline std::vector<std::string> keys(const report::Table& table) {
    std::vector<std::string> result;
    for (const auto& column : table.columns) result.push_back(column.key);
    return result;
}

// One figure of a table: of the row that begins with `code` (the total's first cell is "total").
inline std::string cell(const report::Table& table, const std::string& code,
                        const std::string& key) {
    std::string result = "none";
    std::size_t at = 0;
    while (table.columns.at(at).key != key) ++at;
    const auto look = [&](const report::Row& row) {
        if (shown(row.at(0)) == code) result = shown(row.at(at));
    };
    table.rows(look);
    if (table.total) look(*table.total);
    return result;
}

// The notes of a sheet as "1 fy_approved: text".
inline std::vector<std::string> notes(const report::Section& section) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < section.notes.size(); ++i) {
        const auto& note = section.notes[i];
        std::string line = std::to_string(i + 1);
        for (const auto& column : note.columns) line += ' ' + column;
        result.push_back(line + ": " + note.text);
    }
    return result;
}

// The note with these words in it, or "".
inline std::string note_with(const report::Section& section, const std::string& words) {
    for (const auto& note : notes(section)) {
        if (note.find(words) != std::string::npos) return note;
    }
    return {};
}

}  // namespace purser::test
