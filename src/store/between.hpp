// Events by where they lie on both time axes: accounting days, and numbers in the log.
//
// Each reads what it yields and little else, however long the log is: a closed month takes no
// entries, so of many that were recorded since few lie before its end.
#pragma once

#include <cstdint>
#include <functional>

#include "store/journal.hpp"

namespace purser {

// Events after the one number and up to the other; half-open.
struct Recorded {
    std::int64_t after, through;
};

using EventSink = std::function<void(const Event&)>;

// Of these those dated up to a day; and those dated after one day up to another. By accounting
// date, then as recorded.
void each_dated_until(Database& database, const Review& review, const Recorded& recorded, Date day,
                      const EventSink& sink);
void each_dated_between(Database& database, const Review& review, const Recorded& recorded,
                        Date after, Date through, const EventSink& sink);

}  // namespace purser
