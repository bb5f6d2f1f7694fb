// A Document for programs, as report/document.hpp lays it out.
// Amounts are strings with the currency's decimals; rows are streamed.
#pragma once

#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

void write_json(const report::Document& document, std::ostream& out);

}  // namespace purser::format
