#include "format/outline.hpp"

#include <algorithm>

namespace purser::format {
namespace {

using report::Note;
using report::Section;
using report::Table;

template <typename Accept> const Table* find_table(const Section& section, const Accept& accept) {
    for (const Table& table : section.tables) {
        if (is_printed(table) && accept(table)) return &table;
    }
    for (const Section& inner : section.sections) {
        if (const Table* found = find_table(inner, accept)) return found;
    }
    return nullptr;
}

bool belongs(const Note& note, const std::string& column_key) {
    if (column_key.empty()) return note.columns.empty();
    return std::find(note.columns.begin(), note.columns.end(), column_key) != note.columns.end();
}

}  // namespace

std::vector<std::size_t> printed_columns(const Table& table) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!table.columns[i].machine_only) places.push_back(i);
    }
    return places;
}

std::vector<Group> groups_of(const Table& table, const std::vector<std::size_t>& columns) {
    std::vector<Group> groups;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& title = table.columns[columns[i]].group;
        if (!groups.empty() && groups.back().title == title) {
            ++groups.back().count;
        } else {
            groups.push_back({title, i, 1});
        }
    }
    return groups;
}

bool has_groups(const std::vector<Group>& groups) {
    return std::any_of(groups.begin(), groups.end(),
                       [](const Group& group) { return !group.title.empty(); });
}

std::string markers(const std::vector<Note>& notes, const std::string& column_key) {
    std::string result;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        if (belongs(notes[i], column_key)) result += '(' + std::to_string(i + 1) + ')';
    }
    return result;
}

std::string marked(const std::string& title, const std::vector<Note>& notes,
                   const std::string& column_key) {
    const std::string marks = markers(notes, column_key);
    return marks.empty() ? title : title + ' ' + marks;
}

std::string table_title(const Table& table, const std::vector<Note>& notes) {
    return table.title.empty() ? std::string() : marked(table.title, notes, "");
}

std::string section_marks(const Section& section) {
    const bool carries = section.tables.empty() || section.tables.front().title.empty();
    return carries ? markers(section.notes, "") : std::string();
}

std::string section_title(const Section& section) {
    const std::string marks = section_marks(section);
    return marks.empty() ? section.title : section.title + ' ' + marks;
}

bool prints_nothing(const Section& section) {
    const auto& fields = section.fields;
    return section.title.empty() && section.paragraphs.empty() && section.charts.empty() &&
           section.notes.empty() &&
           std::all_of(fields.begin(), fields.end(),
                       [](const auto& f) { return f.label.empty(); }) &&
           std::all_of(section.tables.begin(), section.tables.end(),
                       [](const Table& table) { return !is_printed(table); }) &&
           std::all_of(section.sections.begin(), section.sections.end(), prints_nothing);
}

const Table* primary_table(const Section& body) {
    if (const Table* table = find_table(body, [](const Table& t) { return t.primary; }))
        return table;
    return find_table(body, [](const Table&) { return true; });
}

}  // namespace purser::format
