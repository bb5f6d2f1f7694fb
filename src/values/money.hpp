// An exact amount of one currency, counted in its minor unit (cents).
//
// Money never meets floating point: such code does not compile. It never mixes
// currencies and never overflows: such sums are refused. Dividing needs a named
// Rounding, so each lost cent is a decision that somebody wrote down.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "values/currency.hpp"

namespace purser {

enum class Rounding {
    half_even,  // conversions: no drift over many
    half_away,  // whole units in print: what spreadsheets show
};

class Money {
public:
    // "1234.50", "95,000", "-0.05". BadInput, with both readings, when ambiguous (DOMAIN rule 12).
    static Money parse(std::string_view text, Currency currency);
    static Money of_minor(std::int64_t amount_minor, Currency currency) {
        return Money(amount_minor, currency);
    }
    static Money of_minor(std::floating_point auto, Currency) = delete;
    static Money zero(Currency currency) { return Money(0, currency); }

    std::int64_t amount_minor() const { return minor_; }
    Currency currency() const { return currency_; }
    bool is_zero() const { return minor_ == 0; }
    bool is_negative() const { return minor_ < 0; }
    bool is_positive() const { return minor_ > 0; }

    std::string text() const;                           // "-1234.50": for machines
    std::string grouped() const;                        // "-1,234.50"
    std::string with_code() const;                      // "-1,234.50 USD"
    std::int64_t whole_units(Rounding rounding) const;  // 2 for 1.50 away from zero

    // Parts proportional to the weights that add up exactly (largest remainder; DOMAIN case 12).
    // Weights are not negative and not all zero, else BadInput.
    std::vector<Money> split(const std::vector<std::int64_t>& weights) const;

    // An equal share for each of so many, above zero: 1,000.00 for 3 is 333.33, and a cent is lost.
    Money divided(std::int64_t by, Rounding rounding) const;

    Money& operator+=(const Money& other);
    Money& operator-=(const Money& other);
    Money operator-() const;
    friend Money operator+(Money a, const Money& b) { return a += b; }
    friend Money operator-(Money a, const Money& b) { return a -= b; }
    friend bool operator==(const Money&, const Money&) = default;
    friend std::strong_ordering operator<=>(const Money& a, const Money& b);

private:
    Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
    std::int64_t minor_;
    Currency currency_;
};

}  // namespace purser
