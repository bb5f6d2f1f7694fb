// One self-contained page: no script, no request, good on a phone, on paper and in the dark.
// Frame and style are the files of reports/; every text is escaped, rows are streamed.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_html(const report::Document& document, std::ostream& out);

}  // namespace purser::format
