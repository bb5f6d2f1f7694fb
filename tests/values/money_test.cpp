#include "values/money.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "refusal.hpp"
#include "values/date.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

Money money(std::string_view text, std::string_view code = "USD") {
    return Money::parse(text, Currency::parse(code));
}

Money usd(std::int64_t cents) { return Money::of_minor(cents, Currency::parse("USD")); }

// What must not compile.
template <class Number>
concept makes_money = requires(Number number, Currency currency) {
    Money::of_minor(number, currency);
};
template <class Left, class Right>
concept adds = requires(Left left, Right right) {
    left + right;
};
template <class Left, class Right>
concept takes_away = requires(Left left, Right right) {
    left - right;
};
template <class Left, class Right>
concept multiplies = requires(Left left, Right right) {
    left* right;
};
template <class Left, class Right>
concept divides = requires(Left left, Right right) {
    left / right;
};
template <class Left, class Right>
concept compares = requires(Left left, Right right) {
    left < right;
};

static_assert(makes_money<std::int64_t>);
static_assert(makes_money<int>);
static_assert(!makes_money<double>);
static_assert(!makes_money<float>);
static_assert(!makes_money<long double>);
static_assert(adds<Money, Money>);
static_assert(!adds<Money, int>);
static_assert(!adds<Money, double>);
static_assert(!adds<Money, Date>);
static_assert(!adds<Money, Instant>);
static_assert(!takes_away<Money, std::int64_t>);
static_assert(!multiplies<Money, Money>);
static_assert(!multiplies<Money, int>);
static_assert(!multiplies<Money, double>);
static_assert(!divides<Money, int>);
static_assert(!divides<Money, Money>);
static_assert(compares<Money, Money>);
static_assert(!compares<Money, int>);
static_assert(!std::is_default_constructible_v<Money>);
static_assert(!std::is_convertible_v<std::int64_t, Money>);
static_assert(!std::is_convertible_v<Money, std::int64_t>);

}  // namespace

TEST_CASE("Money is read as it is written and printed with all its decimals") {
    struct Row {
        const char* typed;
        const char* code;
        std::int64_t minor;
        const char* text;
        const char* grouped;
    };
    const auto row = GENERATE(values<Row>({
        {"1234.50", "USD", 123450, "1234.50", "1,234.50"},
        {"95,000", "USD", 9500000, "95000.00", "95,000.00"},
        {"95,000.00", "USD", 9500000, "95000.00", "95,000.00"},
        {"550,000", "USD", 55000000, "550000.00", "550,000.00"},
        {"37,000,000.00", "USD", 3700000000, "37000000.00", "37,000,000.00"},
        {"0", "USD", 0, "0.00", "0.00"},
        {"-0", "USD", 0, "0.00", "0.00"},
        {"0.01", "USD", 1, "0.01", "0.01"},
        {"0.1", "USD", 10, "0.10", "0.10"},
        {"1.05", "USD", 105, "1.05", "1.05"},
        {"1.5", "USD", 150, "1.50", "1.50"},
        {"-0.05", "USD", -5, "-0.05", "-0.05"},
        {"-0.40", "USD", -40, "-0.40", "-0.40"},
        {"999.99", "USD", 99999, "999.99", "999.99"},
        {"1,000.00", "USD", 100000, "1000.00", "1,000.00"},
        {"-1,000.00", "USD", -100000, "-1000.00", "-1,000.00"},
        {"0", "JPY", 0, "0", "0"},
        {"95,000", "JPY", 95000, "95000", "95,000"},
        {"-7", "JPY", -7, "-7", "-7"},
        {"1.234", "KWD", 1234, "1.234", "1.234"},
        {"1.05", "KWD", 1050, "1.050", "1.050"},
        {"-0.005", "KWD", -5, "-0.005", "-0.005"},
        {"1,234.5678", "CLF", 12345678, "1234.5678", "1,234.5678"},
    }));
    CAPTURE(row.typed, row.code);
    const Money amount = money(row.typed, row.code);
    CHECK(amount.amount_minor() == row.minor);
    CHECK(amount.text() == row.text);
    CHECK(amount.grouped() == row.grouped);
    CHECK(amount.with_code() == std::string(row.grouped) + ' ' + row.code);
    CHECK(money(row.text, row.code) == amount);
    CHECK(money(row.grouped, row.code) == amount);
}

TEST_CASE("An amount that can be read in two ways is refused with both", "[DOMAIN 4.12]") {
    struct Row {
        const char* typed;
        const char* code;
        const char* says;
    };
    const auto row = GENERATE(values<Row>({
        {"1.234", "USD",
         "'1.234' has 3 decimals, USD has 2 | write 1.23, or 1,234 if that is meant"},
        {"1,42", "USD", "'1,42' is not one clear number | write 1.42, or 142 if that is meant"},
        {"95k", "USD", "'95k' is not one clear number | write 95,000, or 95 if that is meant"},
        {"8-9M", "USD",
         "'8-9M' is not one clear number | '8' or '9M'? write one number, in full, like 1,234.50"},
        {"12.345", "EUR",
         "'12.345' has 3 decimals, EUR has 2 | write 12.34, or 12,345 if that is meant"},
        {"1.5", "JPY", "'1.5' has 1 decimal, JPY has 0 | write 1"},
        {"1.000", "JPY", "'1.000' has 3 decimals, JPY has 0 | write 1, or 1,000 if that is meant"},
        {"0.12345", "KWD", "'0.12345' has 5 decimals, KWD has 3 | write 0.123"},
        {"2M", "USD", "'2M' is not one clear number | write 2,000,000, or 2 if that is meant"},
        {"$5", "USD", "'$5' is not one clear number | leave the currency sign out"},
        {"€5", "EUR", "'€5' is not one clear number | leave the currency sign out"},
    }));
    CAPTURE(row.typed, row.code);
    CHECK(refusal([&] { money(row.typed, row.code); }) == row.says);
}

TEST_CASE("Money reaches to the last cent of 64 bits and not one further", "[DOMAIN 6.11]") {
    CHECK(money("92233720368547758.07").amount_minor() == most);
    CHECK(money("-92,233,720,368,547,758.07").amount_minor() == -most);
    CHECK(money("9223372036854775807", "JPY").amount_minor() == most);
    const auto* const over =
        GENERATE("92233720368547758.08", "-92233720368547758.08", "92233720368547759",
                 "9223372036854775807", "99999999999999999999999999");
    CAPTURE(over);
    CHECK_THROWS_AS(money(over), Refused);
}

TEST_CASE("The largest and the smallest amount print without overflow") {
    CHECK(usd(most).grouped() == "92,233,720,368,547,758.07");
    CHECK(usd(least).grouped() == "-92,233,720,368,547,758.08");
    CHECK(usd(least).text() == "-92233720368547758.08");
}

TEST_CASE("A sum that would overflow is refused and changes nothing", "[DOMAIN 6.11]") {
    Money high = usd(most - 1);
    high += usd(1);
    CHECK(high == usd(most));
    CHECK_THROWS_AS(high += usd(1), Refused);
    CHECK(high == usd(most));
    CHECK_THROWS_AS(high -= usd(-1), Refused);
    CHECK(high == usd(most));

    Money low = usd(least + 1);
    low -= usd(1);
    CHECK(low == usd(least));
    CHECK_THROWS_AS(low -= usd(1), Refused);
    CHECK(low == usd(least));
    CHECK_THROWS_AS(-low, Refused);
    CHECK(-usd(most) == usd(-most));
}

TEST_CASE("Two currencies do not meet") {
    Money dollars = money("1.00");
    const Money yen = money("100", "JPY");
    CHECK(refusal([&] { dollars += yen; }) == "1.00 USD and 100 JPY are not of one currency");
    CHECK_THROWS_AS(dollars -= yen, BadInput);
    CHECK_THROWS_AS(dollars < yen, BadInput);
    CHECK(dollars == money("1.00"));
    CHECK(dollars != yen);
    CHECK(Money::zero(dollars.currency()) != Money::zero(yen.currency()));
}

TEST_CASE("Money is in order") {
    for (std::int64_t cents = -3; cents <= 3; ++cents) {
        CAPTURE(cents);
        CHECK(usd(cents) < usd(cents + 1));
        CHECK(usd(cents) >= usd(cents));
        CHECK(usd(cents).is_zero() == (cents == 0));
        CHECK(usd(cents).is_negative() == (cents < 0));
        CHECK(usd(cents).is_positive() == (cents > 0));
    }
}

TEST_CASE("Whole units round as the name of the rounding says") {
    struct Row {
        const char* amount;
        std::int64_t half_even;
        std::int64_t half_away;
    };
    const auto row = GENERATE(values<Row>({
        {"0.00", 0, 0},
        {"0.49", 0, 0},
        {"0.50", 0, 1},
        {"0.51", 1, 1},
        {"1.49", 1, 1},
        {"1.50", 2, 2},
        {"2.50", 2, 3},
        {"2.51", 3, 3},
        {"-0.40", 0, 0},
        {"-0.50", 0, -1},
        {"-1.50", -2, -2},
        {"-2.49", -2, -2},
        {"-2.50", -2, -3},
        {"92233720368547758.07", 92233720368547758, 92233720368547758},
    }));
    CAPTURE(row.amount);
    CHECK(money(row.amount).whole_units(Rounding::half_even) == row.half_even);
    CHECK(money(row.amount).whole_units(Rounding::half_away) == row.half_away);
}

TEST_CASE("Whole units of a currency without decimals are the amount") {
    CHECK(money("5", "JPY").whole_units(Rounding::half_even) == 5);
    CHECK(money("-5", "JPY").whole_units(Rounding::half_away) == -5);
    CHECK(money("1.500", "KWD").whole_units(Rounding::half_even) == 2);
    CHECK(money("0.499", "KWD").whole_units(Rounding::half_away) == 0);
    CHECK(usd(least).whole_units(Rounding::half_away) == -92233720368547758);
}

TEST_CASE("Splitting money loses no cent and gives the rest to the largest remainder",
          "[DOMAIN 6.12]") {
    struct Row {
        std::int64_t cents;
        std::vector<std::int64_t> weights;
        std::vector<std::int64_t> parts;
    };
    const auto row = GENERATE(values<Row>({
        {100, {1}, {100}},
        {100, {1, 1}, {50, 50}},
        {101, {1, 1}, {51, 50}},
        {100, {1, 1, 1}, {34, 33, 33}},
        {200, {1, 1, 1}, {67, 67, 66}},
        {-100, {1, 1, 1}, {-34, -33, -33}},
        {100, {1, 2}, {33, 67}},
        {100, {0, 1, 0}, {0, 100, 0}},
        {1, {1, 1}, {1, 0}},
        {0, {3, 4}, {0, 0}},
        {10, {1, 6}, {1, 9}},
        {most, {1, 1}, {most / 2 + 1, most / 2}},
        {most, {most, most}, {most / 2 + 1, most / 2}},
        {least, {1, 0}, {least, 0}},
    }));
    CAPTURE(row.cents, row.weights);
    std::vector<std::int64_t> parts;
    for (const Money& part : usd(row.cents).split(row.weights)) {
        parts.push_back(part.amount_minor());
    }
    CHECK(parts == row.parts);
}

TEST_CASE("A split without a weight is refused") {
    CHECK(refusal([] { usd(100).split({}); }) == "the weights of a split are all zero");
    CHECK(refusal([] { usd(100).split({0, 0}); }) == "the weights of a split are all zero");
    CHECK(refusal([] { usd(100).split({2, -1}); }) == "a weight of a split is below zero");
}
