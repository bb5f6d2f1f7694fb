// Days and instants. A Date is always a real day; an Instant is UTC to the millisecond.
//
// Text is strict ISO: "2017-03-14" and "2017-03-14T09:30:00.000Z", nothing else.
#pragma once

#include <chrono>
#include <date/date.h>
#include <string>
#include <string_view>

namespace purser {

using Date = date::sys_days;
using Instant = date::sys_time<std::chrono::milliseconds>;

Date parse_date(std::string_view text);        // BadInput unless a real day, YYYY-MM-DD
Instant parse_instant(std::string_view text);  // RFC 3339, any offset; BadInput otherwise
std::string to_text(Date day);                 // "2017-03-14"
std::string to_text(Instant instant);          // "2017-03-14T09:30:00.000Z"
std::string to_print(Date day);                // "14-Mar-2017", as the fact sheet writes it

Date day_of(Instant instant);  // the UTC day
inline Date next_day(Date day) { return day + date::days{1}; }
inline Date previous_day(Date day) { return day - date::days{1}; }

// Completed months from `from` up to `until`: 2 Mar to 1 Apr is 0, to 2 Apr is 1 (DOMAIN case 5).
// Zero when `until` is before `from`.
int completed_months(Date from, Date until);

}  // namespace purser
