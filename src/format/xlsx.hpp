// A workbook: typed numbers, live formulas beside the ledger's figures, and a check of the two.
//
// Worksheet one is the document. The section with the primary table comes first, so that its
// header can stay in view. Tables with a worksheet name follow on their own, with a filter.
// A formula is written only where it gives the ledger's figure; its cached value is that figure.
// The cell named `check` says "agrees with the ledger" when every line of the block below does.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "report/document.hpp"

namespace purser::format {

inline constexpr std::uint32_t rows_of_a_sheet = 1'048'576;

// Refuses (amount_too_large) what a spreadsheet would not keep exactly. Broken when a file cannot
// be written. A table that passes `sheet_rows` goes on on 'Name 2'.
void write_xlsx(const report::Document& document, std::ostream& out,
                std::uint32_t sheet_rows = rows_of_a_sheet);

}  // namespace purser::format
