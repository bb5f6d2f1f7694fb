// A page for a terminal: aligned tables, numbers at the right, wrapped texts, notes below.
// Tables keep to 110 columns where their words allow it; nothing in a text steers the terminal.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_text(const report::Document& document, std::ostream& out);

}  // namespace purser::format
