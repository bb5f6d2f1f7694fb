#include "values/period.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"
#include "values/money.hpp"

using namespace purser;
using purser::test::refusal;

namespace {

template <class Left, class Right>
concept adds = requires(Left left, Right right) {
    left + right;
};
template <class Left, class Right>
concept compares = requires(Left left, Right right) {
    left < right;
};
static_assert(!adds<Month, int>);
static_assert(!adds<FiscalYear, int>);
static_assert(!compares<Month, FiscalYear>);
static_assert(!compares<Month, Date>);
static_assert(!std::is_convertible_v<int, FiscalYear>);
static_assert(!std::is_convertible_v<int, FiscalCalendar>);

Date day(const char* text) { return parse_date(text); }

}  // namespace

TEST_CASE("A month has its first and last day and its next") {
    struct Row {
        const char* month;
        const char* first;
        const char* last;
        const char* next;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-03", "2017-03-01", "2017-03-31", "2017-04"},
        {"2017-02", "2017-02-01", "2017-02-28", "2017-03"},
        {"2016-02", "2016-02-01", "2016-02-29", "2016-03"},
        {"2017-01", "2017-01-01", "2017-01-31", "2017-02"},
        {"2017-12", "2017-12-01", "2017-12-31", "2018-01"},
    }));
    CAPTURE(row.month);
    const Month month = Month::parse(row.month);
    CHECK(month.text() == row.month);
    CHECK(to_text(month.first_day()) == row.first);
    CHECK(to_text(month.last_day()) == row.last);
    CHECK(month.next().text() == row.next);
    CHECK(Month::of(day(row.first)) == month);
    CHECK(Month::of(day(row.last)) == month);
    CHECK(month < month.next());
    CHECK(next_day(month.last_day()) == month.next().first_day());
}

TEST_CASE("What is not a month is refused") {
    CHECK(refusal([] { Month::parse("March"); }) ==
          "'March' is not a month | write it like 2017-03");
    const auto* const text = GENERATE("", "2017-13", "2017-00", "2017-3", "2017-03-01", "2017/03",
                                      "17-03", "2017-0x", "0000-01");
    CAPTURE(text);
    CHECK_THROWS_AS(Month::parse(text), BadInput);
}

TEST_CASE("A fiscal year has a short name in this century") {
    CHECK(FiscalYear::parse("FY17").number() == 2017);
    CHECK(FiscalYear::parse("FY2017").text() == "FY17");
    CHECK(FiscalYear::parse("FY00").text() == "FY00");
    CHECK(FiscalYear::parse("FY1999").text() == "FY1999");
    CHECK(FiscalYear(2099).text() == "FY99");
    CHECK(FiscalYear(2100).text() == "FY2100");
    CHECK(FiscalYear(1999).next().text() == "FY00");
    for (int number = 1990; number <= 2110; ++number) {
        CHECK(FiscalYear::parse(FiscalYear(number).text()) == FiscalYear(number));
    }
}

TEST_CASE("What is not a fiscal year is refused") {
    CHECK(refusal([] { FiscalYear::parse("17"); }) ==
          "'17' is not a fiscal year | write it like FY17");
    const auto* const text =
        GENERATE("", "FY", "FY1", "FY017", "FY20170", "fy17", "FY-1", "2017", "FY 17", "FY0999");
    CAPTURE(text);
    CHECK_THROWS_AS(FiscalYear::parse(text), BadInput);
    CHECK_THROWS_AS(FiscalYear(999), BadInput);
    CHECK_THROWS_AS(FiscalYear(10000), BadInput);
}

TEST_CASE("A day belongs to the fiscal year in which its year ends") {
    struct Row {
        int start_month;
        const char* day;
        const char* year;
        const char* first;
        const char* last;
    };
    const auto row = GENERATE(values<Row>({
        {7, "2017-06-30", "FY17", "2016-07-01", "2017-06-30"},
        {7, "2017-07-01", "FY18", "2017-07-01", "2018-06-30"},
        {7, "2017-10-27", "FY18", "2017-07-01", "2018-06-30"},
        {7, "2017-12-31", "FY18", "2017-07-01", "2018-06-30"},
        {7, "2018-01-01", "FY18", "2017-07-01", "2018-06-30"},
        {1, "2017-01-01", "FY17", "2017-01-01", "2017-12-31"},
        {1, "2017-12-31", "FY17", "2017-01-01", "2017-12-31"},
        {12, "2017-11-30", "FY17", "2016-12-01", "2017-11-30"},
        {12, "2017-12-01", "FY18", "2017-12-01", "2018-11-30"},
        {3, "2016-02-29", "FY16", "2015-03-01", "2016-02-29"},
        {3, "2016-03-01", "FY17", "2016-03-01", "2017-02-28"},
    }));
    CAPTURE(row.start_month, row.day);
    const FiscalCalendar calendar(row.start_month);
    const FiscalYear year = calendar.year_of(day(row.day));
    CHECK(year.text() == row.year);
    CHECK(to_text(calendar.first_day(year)) == row.first);
    CHECK(to_text(calendar.last_day(year)) == row.last);
}

TEST_CASE("With any start month each day is in one fiscal year, and each year has one last month") {
    for (int start = 1; start <= 12; ++start) {
        const FiscalCalendar calendar(start);
        int last_months = 0;
        for (Month month = Month::parse("2016-01"); month < Month::parse("2018-01");
             month = month.next()) {
            CAPTURE(start, month.text());
            const FiscalYear year = calendar.year_of(month.first_day());
            CHECK(calendar.year_of(month.last_day()) == year);
            CHECK(calendar.first_day(year) <= month.first_day());
            CHECK(month.last_day() <= calendar.last_day(year));
            const bool is_last = calendar.year_of(month.next().first_day()) != year;
            CHECK(calendar.is_last_month(month) == is_last);
            last_months += is_last ? 1 : 0;
        }
        CHECK(last_months == 2);
    }
}

TEST_CASE("A fiscal year starts in a real month") {
    CHECK(refusal([] { FiscalCalendar(0); }) ==
          "a fiscal year starts in a month from 1 to 12, not 0");
    CHECK_THROWS_AS(FiscalCalendar(13), BadInput);
    CHECK_THROWS_AS(FiscalCalendar(-7), BadInput);
}

TEST_CASE("A span holds its first day and not its end") {
    const Span span{day("2017-07-01"), day("2018-07-01")};
    CHECK_FALSE(span.contains(day("2017-06-30")));
    CHECK(span.contains(day("2017-07-01")));
    CHECK(span.contains(day("2018-06-30")));
    CHECK_FALSE(span.contains(day("2018-07-01")));
    CHECK_FALSE(span.empty());
    CHECK(Span{day("2017-07-01"), day("2017-07-01")}.empty());
    CHECK_FALSE(Span{day("2017-07-01"), day("2017-07-01")}.contains(day("2017-07-01")));
}
