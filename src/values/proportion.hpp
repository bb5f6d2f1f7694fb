// A share of an amount that is rounded once, by a rule that the caller names.
//
// The product is exact however large its factors are; what does not fit an amount is refused.
#pragma once

#include <cstdint>

#include "values/money.hpp"

namespace purser {

// amount × numerator / denominator, which is not zero. Refuses amount_too_large.
Money proportion(const Money& amount, std::int64_t numerator, std::int64_t denominator,
                 Rounding rounding);

}  // namespace purser
