// What a review will have cost at completion, computed by a method that is stated.
//
// By each method a category's estimate is spent + committed + requested + plan for the rest.
// Run rate: the average month of a window of closed months goes on to the end; what is committed
// and requested is spent out of it, and counts in full where it is more. Scheduled: what is
// promised, asked for and known to come, each at its estimate. Exact; each category's projection
// is rounded once, half to even. Own figures (ledger/forecast.hpp) take no part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/figures.hpp"
#include "ledger/review.hpp"
#include "values/decimal.hpp"

namespace purser {

// The days that are still to come, both included; none when `until` is before `from`.
struct Rest {
    Date from, until;
    bool empty() const { return until < from; }
};

// A stretch of days counted in months, exact: a day is a part of its own month.
inline constexpr std::int64_t parts_per_month = 377'580;  // divisible by 28, 29, 30 and 31
std::int64_t month_parts(const Rest& rest);
// "11 months and 1 of 31 days", "no time".
std::string months_text(const Rest& rest);

// Whether the review ran on some day of the month, by the history of its setting "state".
bool ran_in(Month month, const std::vector<Setting>& states);
ReviewState state_on(Date day, const std::vector<Setting>& states);

// The months whose spending is averaged: the last closed ones up to a day, so many that count.
struct WindowMonth {
    Month month;
    bool counts;  // a month in which the review was paused or finished on every day does not
};
std::vector<WindowMonth> window(const Review& review, Date as_of, std::int64_t months,
                                const std::vector<Setting>& states);

// What is known of a category, or of anything that is projected by itself.
struct Known {
    std::string category;
    Amounts now;
    Money window;   // spent in the months that count
    Money planned;  // to come, at its estimate, and neither committed nor requested
};

struct Estimate {
    Money spent, committed, requested, plan;

    static Estimate zero(Currency currency);
    Money to_come() const { return committed + requested + plan; }
    Money at_completion() const { return spent + to_come(); }
    Estimate& operator+=(const Estimate& other);
};

// Where `months` is 0 there is no rate, and this is not asked.
Estimate by_run_rate(const Known& known, std::int64_t months, const Rest& rest);
Estimate by_schedule(const Known& known);

// When what is free now is used up by what is planned beyond commitments and requests.
struct FreeEnd {
    bool already = false;        // nothing is free now
    std::optional<Month> month;  // absent otherwise: some is free to the end
};
std::string to_text(const FreeEnd& end);  // "used up", "2017-11", "lasts"
FreeEnd run_rate_end(const std::vector<Known>& all, std::int64_t months, const Rest& rest);

struct Planned {
    Date on;
    Money amount;
};
FreeEnd scheduled_end(const Money& free, std::vector<Planned> planned);

// What is set aside for what nobody foresees: a part of all that is still to come, or an amount.
class Cushion {
public:
    // "10%", "7.5%", "15000.00"; "" is none. BadInput below zero, or above 100 %.
    static Cushion parse(std::string_view text, Currency currency);
    Money of(const Money& to_come) const;  // a percentage rounded half to even
    std::string text() const;              // "15,000.00 USD", "10 % of what is still to come"
    bool is_none() const;

private:
    explicit Cushion(std::variant<Decimal, Money> size) : size_(size) {}
    std::variant<Decimal, Money> size_;
};

}  // namespace purser
