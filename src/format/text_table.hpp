// A table for a terminal: columns as wide as their content, narrowed to the page by wrapping texts.
//
// The rows are run through twice: to measure, and to print; nothing is collected.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <vector>

#include "report/document.hpp"

namespace purser::format {

void write_text_table(const report::Table& table, const std::vector<report::Note>& notes,
                      std::size_t page_columns, std::ostream& out);

}  // namespace purser::format
