// The controls: whether free money may be drawn for a use (MODEL.md 3, DOMAIN rule 2).
//
// Each of envelope, category and fiscal year stops, warns or is off. Compared is the smallest
// free money on any day from the act's date on, so no later day is overdrawn either.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/facts.hpp"

namespace purser {

struct Draw {
    std::string document;  // for the message: "SSR2-E17"
    std::string category;
    FiscalYear year;
    Money amount;  // in the review's currency; zero or less draws nothing
    Date on;
    std::optional<Money> of_year = {};  // what the year gives, if other: money that changes years
    std::optional<Money> of_category = {};  // what the category gives, if other
};

// The warnings of the controls that warn. Refuses over_envelope, over_category or
// over_fiscal_year, showing how the compared total is made up.
std::vector<Warning> check_controls(const Facts& facts, const Draw& draw);
// The same for an act that may wait for a request to the Board: nothing where a control stops it,
// and what that control said goes to `stopped`.
std::optional<std::vector<Warning>> check_or_wait(const Facts& facts, const Draw& draw,
                                                  Warning& stopped);

// What one control finds free: the least on any day from the date asked on.
struct FreeOf {
    Limit limit;
    std::string of;  // "the envelope", "Travel", "FY17"
    Money amount;    // may be negative where the control only warns
};

// Of each control that a use in that category and year is asked, whatever it would say; of the
// fiscal year only where the review has fiscal budgets.
std::vector<FreeOf> free_of(const Review& review, const Balances& balances,
                            const std::string& category, FiscalYear year, Date on);

}  // namespace purser
