// "Did you mean": the known words nearest to one that is not known.
//
// Distance is the number of letters to change, add, drop or swap, ignoring case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace purser {

// The nearest known word within a third of its length, or "" when none is near.
std::string closest(std::string_view word, const std::vector<std::string>& known);

// "did you mean travel?", or the list of up to eight known words, or "".
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace purser
