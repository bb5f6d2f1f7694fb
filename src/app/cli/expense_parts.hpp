// What the verbs of expenses share: amounts in another currency, and what an expense is by now.
//
// An amount in another currency has a rate, its day and its source, all three (DOMAIN rule 11).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/session.hpp"

namespace purser::cli {

struct RateOptions {
    Argument rate, rate_on, source;
    bool any() const { return rate.given() || rate_on.given() || source.given(); }
};
RateOptions rate_options(Verb& verb);

// BadInput when a rate is given for an amount in the review's own currency.
void refuse_rate(const RateOptions& options, Currency own, const std::string& hint);
// An amount of another currency with its rate. BadInput when a part of that is missing.
Original original_of(const RateOptions& options, const Money& amount, Currency own);

// "120.00 USD of travel", with what the invoice says in its own currency.
std::string amount_text(const Money& amount, const std::string& category,
                        const std::optional<Original>& original);
// "350,000.00 of SSR2, 41,000.00 of travel": what an approver will find free.
std::string free_text(const std::vector<FreeOf>& free);
// What still stands between an expense and its money being spent, or how it ended.
std::string state_text(Session& session, const DocumentId& id);

}  // namespace purser::cli
