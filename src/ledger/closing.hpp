// Closing months and years: after it nothing posts on or before the last day closed.
//
// Closing a fiscal year's last month is the year's close: documents and commitments go on into
// the new year, deficits are covered, free money carries, lapses or returns, all dated the first
// day of the new year, so that last year's sheets stay true (DOMAIN rules 7 and 8, MODEL.md 4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/document.hpp"
#include "ledger/facts.hpp"

namespace purser {

// One thing that a month's check-list shows; it does not stop a close.
struct CheckItem {
    std::string what;                // "SSR2-E17 of 12,500.00 USD is undecided"
    std::string settle;              // the command that settles it
    std::int64_t commitment = 0;     // of which it says an amount
    std::string without_price = {};  // the same for whom that is not
};

namespace closing {

// Refuses period_not_over, nothing_changes when the month is closed already, not_permitted.
void require_closable(const Facts& facts, Month month);
// The fiscal years whose end lies in what the close of this month would close, oldest first.
std::vector<FiscalYear> years_ending(const Facts& facts, Month month);

// Opens the month and all after it again. Refuses nothing_changes when the month is open,
// year_closed when its fiscal year is closed (MODEL.md 4), in_the_future, not_permitted.
Entry reopen_month(const Facts& facts, Month month, const std::string& why, std::optional<Date> on);
Entry close_month(const Facts& facts, Month month, const std::vector<CheckItem>& check_list);
// `alive` are the open commitments and proposals whose money lies in the year; `keep` are the
// numbers of those that carry although the review's commitments lapse.
Entry close_year(const Facts& facts, FiscalYear year, const std::vector<Commitment>& alive,
                 const std::vector<std::int64_t>& keep, const std::vector<CheckItem>& check_list);

}  // namespace closing
}  // namespace purser
