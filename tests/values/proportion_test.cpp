#include "values/proportion.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <rapidcheck/catch.h>

#include "refusal.hpp"

namespace purser::test {
namespace {

const Currency usd = Currency::parse("USD");

struct Row {
    std::int64_t minor, numerator, denominator;
    Rounding rounding;
    std::int64_t share;
};

}  // namespace

TEST_CASE("A share of an amount is rounded once, by the rule that is named") {
    const auto row = GENERATE(values<Row>({
        {100, 1, 2, Rounding::half_even, 50},
        {1, 1, 2, Rounding::half_even, 0},
        {3, 1, 2, Rounding::half_even, 2},
        {1, 1, 2, Rounding::half_away, 1},
        {-1, 1, 2, Rounding::half_away, -1},
        {-3, 1, 2, Rounding::half_even, -2},
        {100, 1, 3, Rounding::half_even, 33},
        {200, 1, 3, Rounding::half_even, 67},
        {200, -1, -3, Rounding::half_even, 67},
        {200, 1, -3, Rounding::half_even, -67},
        {std::numeric_limits<std::int64_t>::max(), 377'580, 377'580, Rounding::half_even,
         std::numeric_limits<std::int64_t>::max()},
    }));
    CAPTURE(row.minor, row.numerator, row.denominator);
    CHECK(proportion(Money::of_minor(row.minor, usd), row.numerator, row.denominator, row.rounding)
              .amount_minor() == row.share);
}

TEST_CASE("A share that no amount can hold is refused") {
    const Money most = Money::of_minor(std::numeric_limits<std::int64_t>::max(), usd);
    CHECK(refusal([&] { proportion(most, 2, 1, Rounding::half_even); }) ==
          "a share of 92,233,720,368,547,758.07 USD is more than a book can hold");
}

TEST_CASE("Two shares that make a whole differ from it by at most one minor unit") {
    rc::prop("a/n + (n-a)/n", [] {
        const auto minor = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
        const auto whole = *rc::gen::inRange<std::int64_t>(1, 100'000);
        const auto part = *rc::gen::inRange<std::int64_t>(0, whole + 1);
        const Money amount = Money::of_minor(minor, usd);
        const Money sum = proportion(amount, part, whole, Rounding::half_even) +
                          proportion(amount, whole - part, whole, Rounding::half_even);
        const auto off = (sum - amount).amount_minor();
        RC_ASSERT(off >= -1);
        RC_ASSERT(off <= 1);
    });
}

}  // namespace purser::test
