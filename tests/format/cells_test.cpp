#include "format/cells.hpp"

#include <catch2/catch.hpp>

#include "format/format.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

using report::Type;
using report::Value;

struct Print {
    const char* amount;
    const char* currency;
    const char* whole;
    const char* exact;
};

TEST_CASE("Whole money has a dash for zero, brackets below zero, and never a minus zero",
          "[DOMAIN 6.3][DOMAIN 6.10]") {
    const auto row = GENERATE(values<Print>({
        {"95000.00", "USD", "$ 95,000", "95,000.00"},
        {"0.00", "USD", "$ -", "0.00"},
        {"0.49", "USD", "$ -", "0.49"},
        {"0.50", "USD", "$ 1", "0.50"},
        {"-0.40", "USD", "$ -", "(0.40)"},
        {"-0.49", "USD", "$ -", "(0.49)"},
        {"-0.50", "USD", "$ (1)", "(0.50)"},
        {"-1250.00", "USD", "$ (1,250)", "(1,250.00)"},
        {"999.50", "USD", "$ 1,000", "999.50"},
        {"-999.50", "USD", "$ (1,000)", "(999.50)"},
        {"37000000.00", "USD", "$ 37,000,000", "37,000,000.00"},
        {"1.05", "USD", "$ 1", "1.05"},
        {"0.00", "EUR", "EUR -", "0.00"},
        {"1234.50", "EUR", "EUR 1,235", "1,234.50"},
        {"1234", "JPY", "JPY 1,234", "1,234"},
        {"-1.500", "KWD", "KWD (2)", "(1.500)"},
        {"-92233720368547758.07", "USD", "$ (92,233,720,368,547,758)",
         "(92,233,720,368,547,758.07)"},
    }));
    const Value value = Money::parse(row.amount, Currency::parse(row.currency));
    CAPTURE(row.amount, row.currency);
    CHECK(print(value, Type::whole_money) == row.whole);
    CHECK(print(value, Type::money) == row.exact);
}

TEST_CASE("Other values print for people and for programs") {
    const Value day = parse_date("2017-03-04");
    CHECK(print(day, Type::date) == "4-Mar-2017");
    CHECK(machine_text(day) == "2017-03-04");
    CHECK(print(Value{}, Type::money) == "n/a");
    CHECK(print(Value{}, Type::text).empty());
    CHECK(machine_text(Value{}).empty());
    CHECK(print(Value{std::int64_t{-1234567}}, Type::count) == "(1,234,567)");
    CHECK(print(Value{std::int64_t{-123}}, Type::count) == "(123)");
    CHECK(machine_text(Value{std::int64_t{-1234567}}) == "-1234567");
    CHECK(print(Value{true}, Type::text) == "yes");
    CHECK(machine_text(Value{false}) == "false");
    const Value list = std::vector<std::string>{"a", "b"};
    CHECK(print(list, Type::text) == "a, b");
    CHECK(machine_text(list) == "a; b");
    CHECK(machine_text(Value{Money::parse("-1234.50", Currency::parse("USD"))}) == "-1234.50");
}

TEST_CASE("A format is known by its name, and a near one is suggested") {
    for (const Format format :
         {Format::text, Format::markdown, Format::html, Format::csv, Format::json, Format::xlsx}) {
        CHECK(parse_format(name(format)) == format);
        CHECK(is_binary(format) == (format == Format::xlsx));
    }
    try {
        parse_format("markdwon");
        FAIL("it is no format");
    } catch (const BadInput& error) {
        CHECK(std::string(error.what()) == "'markdwon' is not a format");
        CHECK(error.hint() == "did you mean markdown?");
    }
    CHECK_THROWS_AS(parse_format(""), BadInput);
}

}  // namespace
}  // namespace purser::format
