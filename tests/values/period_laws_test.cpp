#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "values/period.hpp"

using namespace purser;

namespace {

// Any day of some two thousand years.
Date any_day() { return Date(date::days{*rc::gen::inRange(-250'000, 500'000)}); }
FiscalCalendar any_calendar() { return FiscalCalendar(*rc::gen::inRange(1, 13)); }

}  // namespace

TEST_CASE("Months and fiscal years keep these laws") {
    rc::prop("a month holds its days, and the next one begins where it ends", [] {
        const Date day = any_day();
        const Month month = Month::of(day);
        RC_ASSERT(month.first_day() <= day);
        RC_ASSERT(day <= month.last_day());
        RC_ASSERT(next_day(month.last_day()) == month.next().first_day());
        RC_ASSERT(Month::of(month.first_day()) == month);
        RC_ASSERT(Month::of(month.last_day()) == month);
        RC_ASSERT(Month::parse(month.text()) == month);
    });

    rc::prop("months sort as their days do", [] {
        const Date a = any_day();
        const Date b = any_day();
        if (a <= b) RC_ASSERT(Month::of(a) <= Month::of(b));
        RC_ASSERT((Month::of(a) < Month::of(b)) ==
                  (Month::of(a).last_day() < Month::of(b).first_day()));
    });

    rc::prop("each day is in one fiscal year, which begins where the one before ends", [] {
        const FiscalCalendar calendar = any_calendar();
        const Date day = any_day();
        const FiscalYear year = calendar.year_of(day);
        RC_ASSERT(calendar.first_day(year) <= day);
        RC_ASSERT(day <= calendar.last_day(year));
        RC_ASSERT(next_day(calendar.last_day(year)) == calendar.first_day(year.next()));
        RC_ASSERT(calendar.year_of(calendar.first_day(year)) == year);
        RC_ASSERT(calendar.year_of(calendar.last_day(year)) == year);
        RC_ASSERT(FiscalYear::parse(year.text()) == year);
    });

    rc::prop("a fiscal year ends in the calendar year whose name it has, with its last month", [] {
        const FiscalCalendar calendar = any_calendar();
        const Month month = Month::of(any_day());
        const FiscalYear year = calendar.year_of(month.first_day());
        const date::year_month_day end(calendar.last_day(year));
        RC_ASSERT(static_cast<int>(end.year()) == year.number());
        RC_ASSERT(calendar.is_last_month(month) == (month.last_day() == calendar.last_day(year)));
    });

    rc::prop("a span holds its days from the first up to the one before its end", [] {
        const Span span{any_day(), any_day()};
        const Date day = any_day();
        RC_ASSERT(span.contains(day) == (span.first <= day && day < span.end));
        RC_ASSERT(span.contains(span.first) != span.empty());
        RC_ASSERT(!span.contains(span.end));
    });
}
