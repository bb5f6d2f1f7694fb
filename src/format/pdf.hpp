// The same page as html, on paper: WeasyPrint makes it, as a program, from the print style.
//
// PDF/A-3b with embedded fonts; the same Document gives the same bytes as long as WeasyPrint and
// the fonts are the same. Broken, naming the Debian package, where WeasyPrint is missing.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_pdf(const report::Document& document, std::ostream& out);

}  // namespace purser::format
