// GitHub's Markdown: tables, notes as a list.
// Everything in a text that Markdown or HTML would read is escaped, so that it is shown.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_markdown(const report::Document& document, std::ostream& out);

}  // namespace purser::format
