// Authority: grants and lowerings of the envelope, allotments to years, moves between categories.
//
// Only these acts (and a year's close) change what is approved; each also states its effect as
// Decisions, which are compared with the buckets on every write.
#pragma once

#include <optional>
#include <string>

#include "ledger/document.hpp"
#include "ledger/facts.hpp"

namespace purser {

struct BudgetChange {
    std::string category;
    Money amount;
    std::string why;
    std::optional<FiscalYear> year;
    std::optional<Date> on;
    std::optional<Date> expires = {};  // of a grant: the last day on which it can be used

    Body asked() const;
};

// A grant with an end date. It counts as used last; what is left of it leaves by itself.
struct ExpiringGrant {
    std::int64_t seq;  // of the event that granted it
    std::string category;
    Money amount;
    Date expires;
    std::int64_t ended_seq = 0;  // of the event that took the rest away; 0: not yet
    friend bool operator==(const ExpiringGrant&, const ExpiringGrant&) = default;
};

struct BudgetMove {
    std::string from;
    std::string to;
    Money amount;
    std::string why;
    std::optional<FiscalYear> year;
    std::optional<Date> on;

    Body asked() const;
};

namespace envelope {

// Raises the envelope; with a year the money is given to that year at once (DOMAIN rule 3).
// Refuses in_the_future, unknown_category, review_finished. A closed month is allowed.
Entry grant(const Facts& facts, const BudgetChange& ask);
// The same as part of another act, whose rule has asked for roles and reasons.
Entry grant_of(const Facts& facts, Act act, const BudgetChange& ask);
// Takes back what a grant that has ended left free of its category, dated the day after (MODEL.md
// 2). Moves nothing when all of it is used.
Entry expire(const Facts& facts, const ExpiringGrant& grant);
// Takes unallotted money (or a year's free money) back. Below use it is recorded with a warning.
Entry lower(const Facts& facts, const BudgetChange& ask);
// Gives unallotted money to a fiscal year. Refuses more_than_there, year_over, period_closed,
// fiscal_budget_off.
Entry allot(const Facts& facts, const BudgetChange& ask);
Entry unallot(const Facts& facts, const BudgetChange& ask);
// Moves unallotted money, or a year's free money, between categories (DOMAIN rule 4).
Entry move(const Facts& facts, const BudgetMove& ask);

}  // namespace envelope

// What an act of authority decided, per category and per (category, year); none for acts of use.
std::string decision_text(const std::string& category, std::optional<FiscalYear> year,
                          const Money& amount);
std::vector<Decision> decisions(const Event& event, Currency currency);
// What of a grant is free when it has ended: min(grant, the category's free money).
Money left_of(const Balances& balances, const ExpiringGrant& grant);
// The grant with an end date that the event made, if it made one.
std::optional<ExpiringGrant> expiring(const Event& event, Currency currency);

}  // namespace purser
