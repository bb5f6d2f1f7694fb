#include "values/date.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

TEST_CASE("A day is read strictly and printed in two ways") {
    struct Row {
        const char* text;
        const char* print;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-03-14", "14-Mar-2017"},
        {"2017-03-02", "2-Mar-2017"},
        {"2016-02-29", "29-Feb-2016"},
        {"2000-02-29", "29-Feb-2000"},
        {"2017-12-31", "31-Dec-2017"},
        {"2017-06-30", "30-Jun-2017"},
        {"2017-07-01", "1-Jul-2017"},
        {"0100-01-01", "1-Jan-100"},
        {"9999-12-31", "31-Dec-9999"},
    }));
    CAPTURE(row.text);
    CHECK(to_text(parse_date(row.text)) == row.text);
    CHECK(to_print(parse_date(row.text)) == row.print);
}

TEST_CASE("What is not a real day is refused") {
    CHECK(refusal([] { parse_date("2017-02-29"); }) == "there is no day 2017-02-29");
    CHECK(refusal([] { parse_date("14.3.2017"); }) ==
          "'14.3.2017' is not a date | write it like 2017-03-14");
    const auto* const text =
        GENERATE("", "2017-3-14", "17-03-14", "2017/03/14", "14-Mar-2017", "2017-13-01",
                 "2017-00-01", "2017-01-00", "2017-01-32", "2017-04-31", "1900-02-29", "2100-02-29",
                 "2017-03-14 ", " 2017-03-14", "2017-03-14T00:00:00Z", "20170314", "-017-03-14",
                 "2017-03-1x", "+017-03-14", "2017-03--4", "2017-0 -14");
    CAPTURE(text);
    CHECK_THROWS_AS(parse_date(text), BadInput);
}

TEST_CASE("An instant is UTC to the millisecond, whatever its offset") {
    struct Row {
        const char* typed;
        const char* text;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-03-14T09:30:00Z", "2017-03-14T09:30:00.000Z"},
        {"2017-03-14T09:30:00.000Z", "2017-03-14T09:30:00.000Z"},
        {"2017-03-14T09:30:00.007Z", "2017-03-14T09:30:00.007Z"},
        {"2017-03-14T09:30:00.5Z", "2017-03-14T09:30:00.500Z"},
        {"2017-03-14T09:30:00.05+00:00", "2017-03-14T09:30:00.050Z"},
        {"0100-01-01T00:00:00Z", "0100-01-01T00:00:00.000Z"},
        {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
        {"2017-03-14T23:59:59.999Z", "2017-03-14T23:59:59.999Z"},
        {"2017-03-14T00:00:00Z", "2017-03-14T00:00:00.000Z"},
        {"2017-03-14T00:30:00+01:00", "2017-03-13T23:30:00.000Z"},
        {"2017-12-31T23:30:00-00:30", "2018-01-01T00:00:00.000Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
    }));
    CAPTURE(row.typed);
    CHECK(to_text(parse_instant(row.typed)) == row.text);
    CHECK(parse_instant(row.text) == parse_instant(row.typed));
}

TEST_CASE("What is not an instant is refused") {
    const auto* const text = GENERATE(
        "", "2017-03-14", "2017-03-14T09:30:00", "2017-03-14 09:30:00Z", "2017-3-14T09:30:00Z",
        "2017-03-14T9:30:00Z", "2017-03-14T09:30Z", "2017-03-14T24:00:00Z", "2017-03-14T09:60:00Z",
        "2017-03-14T09:30:61Z", "2017-02-29T09:30:00Z", "2017-03-14T09:30:00Z ",
        "2017-03-14T09:30:00ZZ", "2017-03-14T09:30:00+1:00", " 2017-03-14T09:30:00Z",
        "+2017-03-14T09:30:00Z", "0000-03-14T09:30:00Z", "2017-03-14T09:30:00.Z",
        "2017-03-14T09:30:00+25:00", "2017-03-14T09:30:0Z", "2017-03-14T09:30:00.1234Z",
        "2017-03-14T09:30:00.-5Z", "2017-03-14T09:30:60Z", "2017-03-14T09:30:00z",
        "2017-03-14t09:30:00Z", "2017-03-14T09:30:00.5", "2017-03-14T09:30:00+02",
        "2017-03-14T09:30:00+02:00Z", "0100-01-01T00:00:00+00:01", "9999-12-31T23:59:00-00:01");
    CAPTURE(text);
    CHECK_THROWS_AS(parse_instant(text), BadInput);
}

TEST_CASE("The day of an instant is the UTC day") {
    CHECK(to_text(day_of(parse_instant("2017-03-14T00:00:00Z"))) == "2017-03-14");
    CHECK(to_text(day_of(parse_instant("2017-03-13T23:59:59.999Z"))) == "2017-03-13");
    CHECK(to_text(day_of(parse_instant("2017-03-14T01:00:00+02:00"))) == "2017-03-13");
    CHECK(to_text(day_of(parse_instant("1969-12-31T23:00:00Z"))) == "1969-12-31");
}

TEST_CASE("A day has neighbours across months and years") {
    CHECK(to_text(next_day(parse_date("2017-06-30"))) == "2017-07-01");
    CHECK(to_text(next_day(parse_date("2016-02-28"))) == "2016-02-29");
    CHECK(to_text(previous_day(parse_date("2018-01-01"))) == "2017-12-31");
}

TEST_CASE("A duration counts completed months", "[DOMAIN 6.5]") {
    struct Row {
        const char* from;
        const char* until;
        int months;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-03-02", "2017-03-02", 0},
        {"2017-03-02", "2017-04-01", 0},
        {"2017-03-02", "2017-04-02", 1},
        {"2017-03-02", "2017-03-14", 0},
        {"2017-03-02", "2018-03-01", 11},
        {"2017-03-02", "2018-03-02", 12},
        {"2017-01-31", "2017-02-28", 0},  // starts on the 31st
        {"2017-01-31", "2017-03-01", 1},
        {"2017-01-31", "2017-03-30", 1},
        {"2017-01-31", "2017-03-31", 2},
        {"2016-02-29", "2017-02-28", 11},
        {"2016-02-29", "2017-03-01", 12},
        {"2017-12-31", "2018-01-30", 0},
        {"2017-12-31", "2018-01-31", 1},
        {"2017-03-02", "2017-03-01", 0},  // not begun
        {"2017-03-02", "2016-01-01", 0},
    }));
    CAPTURE(row.from, row.until);
    CHECK(completed_months(parse_date(row.from), parse_date(row.until)) == row.months);
}

TEST_CASE("A duration to its last day inclusive counts up to the day after", "[DOMAIN 6.5]") {
    const auto inclusive = [](const char* from, const char* last) {
        return completed_months(parse_date(from), next_day(parse_date(last)));
    };
    CHECK(inclusive("2017-03-02", "2018-03-01") == 12);
    CHECK(inclusive("2017-03-02", "2018-02-28") == 11);
    CHECK(inclusive("2017-01-01", "2017-01-31") == 1);
    CHECK(inclusive("2017-01-31", "2017-02-28") == 1);
}

TEST_CASE("Days keep these laws") {
    const auto any_day = [] {
        const int first = parse_date("1000-01-01").time_since_epoch().count();
        const int last = parse_date("9999-12-31").time_since_epoch().count();
        return Date{date::days{*rc::gen::inRange(first, last + 1)}};
    };
    rc::prop("parse(text(x)) is x", [&] {
        const Date day = any_day();
        RC_ASSERT(parse_date(to_text(day)) == day);
    });
    rc::prop("texts sort as days do", [&] {
        const Date a = any_day();
        const Date b = any_day();
        RC_ASSERT((a < b) == (to_text(a) < to_text(b)));
    });
    rc::prop("parse(text(x)) is x for instants", [&] {
        const Instant instant =
            any_day() + std::chrono::milliseconds{*rc::gen::inRange(0, 86'400'000)};
        RC_ASSERT(parse_instant(to_text(instant)) == instant);
    });
    rc::prop("a day more never takes a completed month away", [&] {
        const Date from = any_day();
        const Date until = from + date::days{*rc::gen::inRange(0, 2000)};
        const int months = completed_months(from, until);
        const int later = completed_months(from, next_day(until));
        RC_ASSERT(later == months || later == months + 1);
    });
}
