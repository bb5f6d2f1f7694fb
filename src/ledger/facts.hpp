// What every rule is told, and the questions that all rules ask first.
//
// A rule is a pure function: facts and a request in, an Entry out, or Refused. It reads no
// clock and no database; what it needs to know stands in its arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/balances.hpp"
#include "ledger/event.hpp"
#include "ledger/people.hpp"
#include "ledger/review.hpp"
#include "values/error.hpp"

namespace purser {

struct Facts {
    const Review& review;
    const Balances& balances;
    const User& actor;
    const std::vector<PolicyTier>& policy;
    Date today;                         // UTC
    std::vector<User> delegators = {};  // in whose place the actor may decide today
};

// Refuses not_permitted or user_disabled unless the actor has one of the roles here.
void require(const Facts& facts, const std::vector<Role>& roles, std::string_view deed);

// The accounting date of an act: the one asked for, else `otherwise`. Refuses in_the_future and
// period_closed; the hint names the day that would do.
Date posting_day(const Facts& facts, std::optional<Date> asked, Date otherwise);
// The same for a Board decision, which may take effect in a closed month (DOMAIN rule 7).
Date decision_day(const Facts& facts, std::optional<Date> asked);

// A later act on a document, which bounds its day from both sides.
struct Step {
    std::string document;            // "SSR2-E17"
    Date from;                       // the document's own date
    std::optional<FiscalYear> year;  // in which the money lies that it moves, if any
    Rule before = Rule::before_document;
};

// The first day from `from` on which the transfers may post: the day is open, and what they take
// leaves requested and committed below zero on no day (MODEL.md 4).
Date first_fitting_day(const Facts& facts, Date from, const std::vector<Transfer>& transfers);
// The accounting date of a step: the one asked for, else `otherwise`, else the first that fits.
// Refuses in_the_future, period_closed, step.before, year_over (money that lies in a year is not
// used from a later year's day until the year is closed, MODEL.md 4); the hint names a day that
// would do, where there is one.
Date step_day(const Facts& facts, const Step& step, const std::vector<Transfer>& transfers,
              std::optional<Date> asked, std::optional<Date> otherwise = {});

void refuse_finished(const Facts& facts);

// Where a use in that category and year draws from: the year's free money, or unallotted money
// where the review has no fiscal budgets.
Account source(const Review& review, const std::string& category, FiscalYear year);
Account bucket(const std::string& category, FiscalYear year, Bucket bucket);

// Adds a transfer unless the amount is zero; a negative amount goes the other way.
void move(std::vector<Transfer>& transfers, const Account& from, const Account& to,
          const Money& amount);

void require_positive(const Money& amount);                               // BadInput
std::string require_reason(std::string_view why, std::string_view what);  // BadInput when empty

}  // namespace purser
