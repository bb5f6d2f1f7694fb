#include "intake/columns.hpp"

#include <algorithm>
#include <utility>

#include "values/closest.hpp"

namespace purser::intake {
namespace {

constexpr std::size_t required_count = 4;

bool is_required(Column column) { return static_cast<std::size_t>(column) < required_count; }

std::optional<Column> column_named(std::string_view name) {
    const auto* const at = std::find(column_names.begin(), column_names.end(), name);
    if (at == column_names.end()) return std::nullopt;
    return static_cast<Column>(at - column_names.begin());
}

std::string listed(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) list += ',';
        list += column_names[i];
    }
    return list;
}

Problem unknown(const Record& header, std::string_view name, std::size_t at) {
    if (name.empty()) {
        return {header.line, "", "column " + std::to_string(at + 1) + " has no name",
                "name it or take it out"};
    }
    static const std::vector<std::string> known(column_names.begin(), column_names.end());
    std::string hint = did_you_mean(name, known);
    if (hint.empty()) hint = "known: " + listed(column_names.size());
    return {header.line, shown(name), "there is no column '" + shown(name) + "'", std::move(hint)};
}

// A first line that holds none of our columns is not a bad header but none at all.
Problem no_header(const Record& first) {
    const auto text = Columns::trim(first.fields.front());
    if (first.fields.size() == 1 && text.find_first_of(";\t") != std::string_view::npos) {
        return {first.line, "", "the columns are not separated by commas",
                "save it as CSV with commas, in UTF-8"};
    }
    return {first.line, "", "the first line names none of the columns",
            "begin the file with: " + listed(required_count)};
}

}  // namespace

std::string_view Columns::trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::variant<Columns, std::vector<Problem>> Columns::parse(const Record& header) {
    Columns columns;
    std::vector<Problem> problems;
    for (std::size_t at = 0; at < header.fields.size(); ++at) {
        const auto text = trim(header.fields[at]);
        const auto column = column_named(text);
        if (!column) {
            problems.push_back(unknown(header, text, at));
            continue;
        }
        auto& position = columns.position_[static_cast<std::size_t>(*column)];
        if (position) {
            problems.push_back({header.line, std::string(text), "the column stands twice",
                                "keep one of columns " + std::to_string(*position + 1) + " and " +
                                    std::to_string(at + 1)});
            continue;
        }
        position = at;
        columns.order_.push_back(*column);
    }
    if (columns.order_.empty()) return std::vector{no_header(header)};
    for (std::size_t i = 0; i < column_names.size(); ++i) {
        if (columns.position_[i] || !is_required(static_cast<Column>(i))) continue;
        problems.push_back({header.line, std::string(column_names[i]), "the column is missing",
                            "required: " + listed(required_count)});
    }
    if (!problems.empty()) return problems;
    return columns;
}

std::string shown(std::string_view cell) {
    constexpr std::size_t longest = 60;
    std::string text(cell.substr(0, longest));
    if (cell.size() > longest) {
        // Not in the middle of a letter: take continuation bytes and their first byte off.
        while (!text.empty() && (static_cast<unsigned char>(cell[text.size()]) & 0xC0U) == 0x80U) {
            text.pop_back();
        }
        text += "…";
    }
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

}  // namespace purser::intake
