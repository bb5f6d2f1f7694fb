// The fact sheet of one day (DOMAIN 3), in the review's layout.
//
// Pure: everything stands in the figures and records. With a register the workbook proves that the
// figures are the sums of its entries.
#pragma once

#include <optional>

#include "ledger/figures.hpp"
#include "ledger/records.hpp"
#include "report/document.hpp"

namespace purser::report {

// Refuses unknown_review when the review was not yet open at the instant of the figures.
Document fact_sheet(const Figures& figures, const Records& records,
                    std::optional<Table> entries = {});

}  // namespace purser::report
