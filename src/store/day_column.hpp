// A day that may be absent, as tables hold it: ISO text, or "" where there is none.
// The rows of expenses and of requests read and write their days with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "values/date.hpp"

namespace purser {

inline std::string day_text(const std::optional<Date>& day) { return day ? to_text(*day) : ""; }

inline std::optional<Date> read_day(std::string_view text) {
    if (text.empty()) return {};
    return parse_date(text);
}

}  // namespace purser
