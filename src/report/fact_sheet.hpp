// The fact sheet of one day (DOMAIN 3), in the review's layout.
//
// Pure: everything stands in the figures and records. With a register the workbook proves that the
// figures are the sums of its entries.
#pragma once

#include <optional>

#include "ledger/figures.hpp"
#include "ledger/records.hpp"
#include "report/document.hpp"
#include "report/single_contract.hpp"
#include "store/book.hpp"

namespace purser::report {

// Refuses unknown_review when the review was not yet open at the instant of the figures.
// What is merged is given only as a sum, and then there must be no entries.
Document fact_sheet(const Figures& figures, const Records& records, Audience audience,
                    std::optional<Table> entries = {}, const Merged& merged = {});

// The day of a sheet when none is named: the last closed one, before any close today.
Date sheet_day(Book& book, const ReviewKey& key, std::optional<Instant> known_at, Date today);

}  // namespace purser::report
