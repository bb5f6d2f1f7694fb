// GitHub's Markdown: tables, with everything in a text escaped that Markdown would read.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_markdown(const report::Document& document, std::ostream& out);

}  // namespace purser::format
