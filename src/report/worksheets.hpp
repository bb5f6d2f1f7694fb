// What stands on further worksheets of the fact sheet's workbook: documents and words behind it.
//
// Rows are made when a workbook asks for them and never otherwise, of the log's first so many
// events up to the sheet's day: another day or a later entry does not change them.
#pragma once

#include <vector>

#include "ledger/figures.hpp"
#include "report/catalogue.hpp"

namespace purser::report {

// Commitments for finance alone, as they are prices of single contracts; requests for all but the
// public; for everybody what changed since the sheet posted for a day before, if there is one, and
// the definitions (DOMAIN rule 13). `known_at` as the figures were asked; `keeps_back` where what
// changed is without what the sheets keep back.
std::vector<Table> worksheets(Book& book, const Figures& figures, std::optional<Instant> known_at,
                              bool keeps_back, Audience audience);

}  // namespace purser::report
