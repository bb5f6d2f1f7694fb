#include "values/decimal.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

TEST_CASE("A decimal keeps its digits and how many of them stand behind the point") {
    struct Row {
        const char* typed;
        std::int64_t digits;
        int scale;
        const char* text;
    };
    const auto row = GENERATE(values<Row>({
        {"1234.50", 123450, 2, "1234.50"},
        {"0", 0, 0, "0"},
        {"-0.05", -5, 2, "-0.05"},
        {"1,234,567", 1234567, 0, "1234567"},
        {"12,345.6", 123456, 1, "12345.6"},
        {"0.000000000001", 1, 12, "0.000000000001"},
        {"9223372036854775807", 9223372036854775807, 0, "9223372036854775807"},
        {"-9.223372036854775807", 0, 0, nullptr},  // more than 12 decimals
        {"9223372.036854775807", 9223372036854775807, 12, "9223372.036854775807"},
    }));
    CAPTURE(row.typed);
    if (row.text == nullptr) {
        CHECK_THROWS_AS(Decimal::parse(row.typed), BadInput);
        return;
    }
    const Decimal decimal = Decimal::parse(row.typed);
    CHECK(decimal.digits() == row.digits);
    CHECK(decimal.scale() == row.scale);
    CHECK(decimal.text() == row.text);
}

TEST_CASE("What is not one clear number is refused") {
    const auto* const text =
        GENERATE("", " ", "-", "--5", "+5", "5-", ".", ".5", "5.", "1.2.3", "1..2", "1,2",
                 "1,23,456", ",123", "1,234,", "1234,567", "12,34.5", "1,,234", "1.234,50", "007",
                 "00", "0,123,456.", "-007", "1e3", "0x10", "5 000", "5'000", "1 ", " 1", "5 USD",
                 "USD 5", "(5)", "½", "٣", "nan", "inf", "1_000", "5%", "0.1234567890123");
    CAPTURE(text);
    CHECK_THROWS_AS(Decimal::parse(text), BadInput);
}

TEST_CASE("A number of too many digits is refused as too large") {
    const auto* const text = GENERATE("9223372036854775808", "-9223372036854775808",
                                      "9223372.036854775808", "100000000000000000000");
    CAPTURE(text);
    CHECK_THROWS_AS(Decimal::parse(text), Refused);
}

TEST_CASE("A hint names what the number may have meant") {
    CHECK(refusal([] { Decimal::parse("3,5"); }) ==
          "'3,5' is not one clear number | write 3.5, or 35 if that is meant");
    CHECK(refusal([] { Decimal::parse("10-20"); }) ==
          "'10-20' is not one clear number | "
          "'10' or '20'? write one number, in full, like 1,234.50");
    CHECK(refusal([] { Decimal::parse("about 5"); }) ==
          "'about 5' is not one clear number | write it like 1234.50 or 1,234.50");
    CHECK(Decimal::parse("1.234").as_thousands() == "1,234");
    CHECK(Decimal::parse("-12.345").as_thousands() == "-12,345");
    CHECK(Decimal::parse("1.239").rounded_text(2) == "1.23");
    CHECK(Decimal::parse("1.239").rounded_text(0) == "1");
}
