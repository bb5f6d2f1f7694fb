// Balances in the database: a row per account and day with movement.
//
// Kept in the same transaction as the events that move them, so a figure of any day is one
// short sum and no page scans the log.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "ledger/balances.hpp"
#include "ledger/review.hpp"
#include "store/database.hpp"

namespace purser {

Balances load_balances(Database& database, const Review& review);
Movements load_movements(Database& database, const ReviewKey& review);
// Adds to what is there.
void save_movements(Database& database, const ReviewKey& review, const Movements& movements);

// What each account holds at the end of a day.
std::map<Account, Money> sum_balances(Database& database, const Review& review, Date day);

// What each account moved in a month, up to a day, for the buckets that `Use` is made of.
struct MonthMovement {
    std::string category;
    Bucket bucket;
    Month month;
    Money amount;
};
std::vector<MonthMovement> load_months_moved(Database& database, const Review& review, Date until);

// Each account that money was ever in, with the first day.
std::vector<std::pair<Account, Date>> load_accounts_moved(Database& database,
                                                          const ReviewKey& review);

}  // namespace purser
