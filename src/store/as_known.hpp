// The past as it was known: what must be taken off the book's balances, and what expired by itself.
//
// Shared by every read of figures, of one day or of many.
#pragma once

#include <functional>
#include <vector>

#include "ledger/account.hpp"
#include "store/database_rows.hpp"
#include "store/journal.hpp"

namespace purser {

// Transfers recorded after the chain's end as then known and dated up to a day, one by one, turned
// round: they take off what was not known (MODEL.md 4).
void each_unknown(Database& database, const Review& review, const ChainEnd& end, Date until,
                  const std::function<void(const Transfer&, Date)>& sink);

// Grants that have ended by that day and whose rest nobody has taken back yet: it is gone all the
// same (MODEL.md 2). The book records it with the next act. In order of their days.
struct EndedGrant {
    std::int64_t seq;  // of the grant
    Transfer back;
    Date on;
};
std::vector<EndedGrant> ended_grants(Database& database, const Review& review, const ChainEnd& end,
                                     Date as_of);

}  // namespace purser
