// What people expect: what a review will have cost at completion, and which meetings are to come.
//
// Both are recorded with a reason and move nothing; the latest counts, and earlier ones stay on
// the record. An own figure stands under its author's name, beside what is computed
// (ledger/projection.hpp) and never in it. A meeting to come is everybody's: the schedule counts
// it at its estimate until it is asked for as a commitment and taken out here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/commitment.hpp"
#include "ledger/facts.hpp"

namespace purser {

struct SetForecast {
    std::string category;  // "" for the review as a whole
    Money amount;          // at completion: what is spent by then, all of it
    std::string why;
    std::optional<Date> on;  // the day from which it counts

    Body asked() const;
};

struct PlanMeeting {
    std::string code;  // one word, as a category's: "WASHINGTON"
    std::string category;
    Money amount;
    Date expected;
    std::string why;
    std::optional<Date> on;

    Body asked() const;
};

// A setting as it was made: by whom, and why.
struct SaidSetting {
    Setting setting;
    std::string actor;
    std::string reason;
};

struct OwnForecast {
    std::string user;
    std::string category;  // "" for the review as a whole
    Money amount;
    Date on;
    std::string why;
};

struct PlannedMeeting {
    std::string code;
    std::string category;
    Date expected;
    Money amount;
};

namespace forecast {

// Finance, support and chairs; a closed month is allowed. Refuses unknown_category,
// review_finished, nothing_changes, in_the_future.
Entry set(const Facts& facts, const SetForecast& ask);
// Takes one's own figure back. Refuses nothing_changes when there is none.
Entry withdraw(const Facts& facts, const std::string& category, const Decide& ask);

// A meeting that is to come, or its other day or price. Refuses as set() does.
Entry plan(const Facts& facts, const PlanMeeting& ask);
// Takes it out: it was asked for, or will not be. Refuses nothing_changes when it is not planned.
Entry unplan(const Facts& facts, const std::string& code, const Decide& ask);

}  // namespace forecast

// The beginning of the names of the settings that these are kept as.
inline constexpr std::string_view own_forecast_prefix = "forecast.own/";
inline constexpr std::string_view planned_prefix = "forecast.plan/";
// What counts on a day of all that was said up to some event, by person, then category.
std::vector<OwnForecast> own_forecasts(const std::vector<SaidSetting>& said, Date day,
                                       Currency currency);
std::vector<PlannedMeeting> planned_meetings(const std::vector<SaidSetting>& said, Date day,
                                             Currency currency);

}  // namespace purser
