// An exchange rate, exact: units of the review's currency for one unit of another.
//
// Kept as the decimal text that the source gave, never as a binary fraction.
#pragma once

#include <string>
#include <string_view>

#include "values/decimal.hpp"
#include "values/money.hpp"

namespace purser {

class Rate {
public:
    static Rate parse(std::string_view text);  // "0.1506"; BadInput unless above zero

    // Converts and rounds once, half to even (DOMAIN rule 11). Refuses what overflows.
    Money convert(const Money& amount, Currency into) const;
    std::string text() const { return value_.text(); }

private:
    explicit Rate(Decimal value) : value_(value) {}
    Decimal value_;
};

}  // namespace purser
