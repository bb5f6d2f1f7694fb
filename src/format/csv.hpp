// The primary table alone, as RFC 4180 has it: keys as header, the total row last.
// Amounts are exact and days ISO; a text that looks like a formula gets an apostrophe before it.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_csv(const report::Document& document, std::ostream& out);

}  // namespace purser::format
