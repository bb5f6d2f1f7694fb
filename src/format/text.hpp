// A page for a terminal: aligned tables, numbers at the right, wrapped texts, notes below.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_text(const report::Document& document, std::ostream& out);

}  // namespace purser::format
