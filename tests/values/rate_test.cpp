#include "values/rate.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

namespace {

Money money(std::string_view text, std::string_view code) {
    return Money::parse(text, Currency::parse(code));
}

template <class Left, class Right>
concept multiplies = requires(Left left, Right right) {
    left* right;
};
static_assert(!multiplies<Money, Rate>);  // convert names the currency that comes out
static_assert(!std::is_convertible_v<double, Rate>);
static_assert(!std::is_constructible_v<Rate, double>);

}  // namespace

TEST_CASE("A conversion rounds once, half to even", "[DOMAIN 4.11]") {
    struct Row {
        const char* amount;
        const char* from;
        const char* rate;
        const char* into;
        const char* result;
    };
    const auto row = GENERATE(values<Row>({
        {"100.00", "EUR", "1.0725", "USD", "107.25"},
        {"1.00", "EUR", "1", "USD", "1.00"},
        {"100.00", "DKK", "0.1506", "USD", "15.06"},
        {"10000", "JPY", "0.0089", "USD", "89.00"},
        {"12.50", "USD", "112.345", "JPY", "1404"},  // 1404.3125
        {"1.500", "KWD", "3.25", "USD", "4.88"},     // 4.875: to the even 88
        {"1.000", "KWD", "3.285", "USD", "3.28"},    // 3.285: to the even 28
        {"0.01", "EUR", "0.5", "USD", "0.00"},       // ties
        {"0.03", "EUR", "0.5", "USD", "0.02"},
        {"0.05", "EUR", "0.5", "USD", "0.02"},
        {"0.07", "EUR", "0.5", "USD", "0.04"},
        {"-0.03", "EUR", "0.5", "USD", "-0.02"},
        {"-0.05", "EUR", "0.5", "USD", "-0.02"},
        {"0.05", "EUR", "0.499999999999", "USD", "0.02"},  // and beside one
        {"0.05", "EUR", "0.500000000001", "USD", "0.03"},
        {"0.03", "EUR", "0.499999999999", "USD", "0.01"},
        {"92233720368547758.07", "EUR", "1", "USD", "92233720368547758.07"},
        {"-92233720368547758.07", "EUR", "1", "USD", "-92233720368547758.07"},
    }));
    CAPTURE(row.amount, row.from, row.rate, row.into);
    const Money result =
        Rate::parse(row.rate).convert(money(row.amount, row.from), Currency::parse(row.into));
    CHECK(result == money(row.result, row.into));
}

TEST_CASE("A conversion that a book cannot hold is refused") {
    const Currency usd = Currency::parse("USD");
    CHECK_THROWS_AS(Rate::parse("1.01").convert(money("92233720368547758.07", "EUR"), usd),
                    Refused);
    CHECK_THROWS_AS(Rate::parse("1").convert(money("9223372036854775807", "JPY"), usd), Refused);
    CHECK_THROWS_AS(Rate::parse("9223372036854775807").convert(money("1.00", "EUR"), usd), Refused);
}

TEST_CASE("A rate is a number above zero and keeps its text") {
    CHECK(Rate::parse("0.1506").text() == "0.1506");
    CHECK(Rate::parse("1.0700").text() == "1.0700");
    CHECK(Rate::parse("1,234.5").text() == "1234.5");
    CHECK(refusal([] { Rate::parse("0"); }) == "a rate is above zero, not 0");
    CHECK(refusal([] { Rate::parse("-1.5"); }) == "a rate is above zero, not -1.5");
    CHECK_THROWS_AS(Rate::parse("1,07"), BadInput);
    CHECK_THROWS_AS(Rate::parse(""), BadInput);
    CHECK_THROWS_AS(Rate::parse("1/3"), BadInput);
}
