// Where money can be: a bucket of one category, for one fiscal year or for none.
//
// `authority` is the source and holds the negative of what was granted; `unallotted` is granted
// and not yet given to a year; `outside` has lapsed. The other four belong to a fiscal year.
// As text "travel:unallotted", "travel:FY17:committed", in the log and in every export.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "values/money.hpp"
#include "values/period.hpp"

namespace purser {

enum class Bucket { authority, unallotted, outside, free, requested, committed, spent };

std::string_view name(Bucket bucket);
Bucket parse_bucket(std::string_view text);  // Broken when unknown: only logs hold them
bool has_year(Bucket bucket);                // free, requested, committed, spent
bool is_approved(Bucket bucket);             // all but authority and outside

struct Account {
    std::string category;
    std::optional<FiscalYear> year;
    Bucket bucket;

    static Account parse(std::string_view text);
    std::string text() const;
    friend auto operator<=>(const Account&, const Account&) = default;
};

// An amount leaves one account and enters another; the day is the event's.
struct Transfer {
    Account from;
    Account to;
    Money amount;  // above zero
};

}  // namespace purser
