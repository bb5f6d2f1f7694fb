// A decimal number as people type it, exact: digits and a count of decimals.
//
// One grammar for amounts and rates: an optional minus, digits (in groups of three
// by commas, or none), an optional point with decimals. Anything that two people
// could read as two numbers is BadInput and names both (DOMAIN rule 12).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace purser {

class Decimal {
public:
    static Decimal parse(std::string_view text);

    std::int64_t digits() const { return digits_; }  // 123450 for "1234.50"
    int scale() const { return scale_; }             // 2 for "1234.50"

    std::string text() const;                      // "1234.50"
    std::string rounded_text(int decimals) const;  // cut to so many decimals, for a hint
    std::string as_thousands() const;              // "1.234" read as "1,234", for a hint

private:
    Decimal(std::int64_t digits, int scale) : digits_(digits), scale_(scale) {}
    std::int64_t digits_;
    int scale_;
};

}  // namespace purser
