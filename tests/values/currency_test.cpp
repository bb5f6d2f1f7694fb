#include "values/currency.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

TEST_CASE("A currency has the decimals of ISO 4217") {
    struct Row {
        const char* code;
        int decimals;
        std::int64_t minor_per_unit;
    };
    const auto row = GENERATE(values<Row>({
        {"USD", 2, 100},
        {"EUR", 2, 100},
        {"DKK", 2, 100},
        {"AED", 2, 100},
        {"ZWL", 2, 100},
        {"JPY", 0, 1},
        {"ISK", 0, 1},
        {"XPF", 0, 1},
        {"KWD", 3, 1000},
        {"TND", 3, 1000},
        {"CLF", 4, 10000},
    }));
    const Currency currency = Currency::parse(row.code);
    CHECK(currency.code() == row.code);
    CHECK(currency.decimals() == row.decimals);
    CHECK(currency.minor_per_unit() == row.minor_per_unit);
    CHECK(currency == Currency::parse(row.code));
}

TEST_CASE("A code that is not one is refused, with the nearest") {
    CHECK(refusal([] { Currency::parse("usd"); }) ==
          "'usd' is not a currency code of ISO 4217 | did you mean USD?");
    CHECK(refusal([] { Currency::parse("EURO"); }) ==
          "'EURO' is not a currency code of ISO 4217 | did you mean EUR?");
    const auto* const text = GENERATE("", "US", "USDX", "QQQ", "XAU", "ED ", " AE", "$", "D A");
    CAPTURE(text);
    CHECK_THROWS_AS(Currency::parse(text), BadInput);
}
