// The primary table alone, RFC 4180: keys as header, exact amounts, ISO dates, total row last.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_csv(const report::Document& document, std::ostream& out);

}  // namespace purser::format
