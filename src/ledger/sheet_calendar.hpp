// When fact sheets are due (DOMAIN 3): by the 10th of the second month after the day of their
// figures, for each quarter or each month as the review's setting `sheet-calendar` says.
//
// A day that the calendar does not have can be given a target too: an off-calendar sheet. A target
// can be revised; the original stays known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/facts.hpp"

namespace purser {

// By which day a sheet is to be posted.
struct Target {
    Date original;
    std::optional<Date> revised = {};

    Date day() const { return revised.value_or(original); }
    friend bool operator==(const Target&, const Target&) = default;
};

// A target that somebody set, for the figures of one day.
struct SheetTarget {
    Date financials;
    std::int64_t seq;  // of the event that set it last
    Target target;
    friend bool operator==(const SheetTarget&, const SheetTarget&) = default;
};

struct SetSheetTarget {
    Date financials;
    Date target;
    std::optional<Date> revised;

    Body asked() const;
};

// 31 Dec -> 10 Feb.
Date regular_target(Date financials);
// Whether the calendar has a sheet of that day: the last of a month, or of a fiscal quarter.
bool is_on_calendar(const Review& review, Date financials);
// The target of a sheet of that day: the one that was set, else the calendar's, else none.
std::optional<Target> target_of(const Review& review, const std::vector<SheetTarget>& set,
                                Date financials);
// The calendar's days from the review's start to the first that is not over, at most to the first
// on or after the expected completion (of a finished review: its end), or the last closed day
// where that is later.
std::vector<Date> calendar_days(const Review& review, Date today);

namespace sheet {

// By finance. Refuses setting_fixed when the original target of that day is another,
// nothing_changes. BadInput when a target is not after the day of the figures.
Entry set_target(const Facts& facts, const std::vector<SheetTarget>& set,
                 const SetSheetTarget& ask);

}  // namespace sheet

SheetTarget sheet_target(const Event& event);

}  // namespace purser
