// From when on something is worth an alert: a setting of each review, with a default.
//
// Set with `review set KEY --alert NAME=VALUE`; "off" silences it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/review.hpp"

namespace purser {

struct Threshold {
    std::string_view name;     // "stale", of the setting "alert.stale"
    std::string_view usual;    // "14"; as a percentage "10%"
    std::string_view meaning;  // "days past the expected day of a commitment"
    bool is_percentage() const { return usual.back() == '%'; }
};

const std::vector<Threshold>& thresholds();
// What counts in a review, in percent or days; absent when off. `name` is one of them.
std::optional<std::int64_t> threshold(const Review& review, std::string_view name);
// BadInput unless "off", or 0 to 3650 days, or 0% to 99%.
void check_threshold(const Threshold& of, std::string_view value);

}  // namespace purser
