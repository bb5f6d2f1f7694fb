// What every writer asks about a section or a table before it prints it.
//
// Which columns are for people, which neighbours share a heading, which notes a title carries,
// and which table stands for the whole document.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/document.hpp"

namespace purser::format {

// Places of the columns that people see, in order.
std::vector<std::size_t> printed_columns(const report::Table& table);

// Neighbours in `columns` under one heading; columns without one make groups with title "".
struct Group {
    std::string title;
    std::size_t first;  // a place in `columns`
    std::size_t count;
};
std::vector<Group> groups_of(const report::Table& table, const std::vector<std::size_t>& columns);
bool has_groups(const std::vector<Group>& groups);

// "(1)(3)": the notes of this column, or of the whole table when the key is "".
std::string markers(const std::vector<report::Note>& notes, const std::string& column_key);

// "Approved Budget (2)"
std::string marked(const std::string& title, const std::vector<report::Note>& notes,
                   const std::string& column_key);

// The table's title with the marks of the notes on the whole table; "" when it has no title.
std::string table_title(const report::Table& table, const std::vector<report::Note>& notes);

// Those marks, when the table has no title to carry them; and the section's title with them.
std::string section_marks(const report::Section& section);
std::string section_title(const report::Section& section);

// Nothing in it that a page shows: a section for programs alone.
bool prints_nothing(const report::Section& section);

// The table that is marked as primary, else the first that does not stand on a worksheet of its
// own; null when there is none.
const report::Table* primary_table(const report::Section& body);

inline bool on_own_worksheet(const report::Table& table) { return !table.worksheet.empty(); }

// In all formats but the workbook.
inline bool is_printed(const report::Table& table) {
    return !on_own_worksheet(table) || !table.worksheet_only;
}

}  // namespace purser::format
