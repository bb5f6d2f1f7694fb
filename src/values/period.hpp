// Months (the periods that are closed) and fiscal years with a start month.
//
// A fiscal year is named after the calendar year in which it ends: with start month 7,
// FY18 is July 2017 to June 2018. Spans are half-open: `first` is in, `end` is not.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "values/date.hpp"

namespace purser {

class Month {
public:
    static Month parse(std::string_view text);  // "2017-03"
    static Month of(Date day);

    Date first_day() const;
    Date last_day() const;
    Month next() const;
    std::string text() const;  // "2017-03"

    friend bool operator==(const Month&, const Month&) = default;
    friend auto operator<=>(const Month& a, const Month& b) { return a.value_ <=> b.value_; }

private:
    explicit Month(int value) : value_(value) {}
    int value_;  // months since year 0
};

class FiscalYear {
public:
    static FiscalYear parse(std::string_view text);  // "FY17" is 2017; "FY1995" in full
    explicit FiscalYear(int number);                 // 2017; BadInput outside 1000-9999

    int number() const { return number_; }
    std::string text() const;  // "FY17"; outside 2000-2099 with four digits
    FiscalYear next() const { return FiscalYear(number_ + 1); }

    friend auto operator<=>(const FiscalYear&, const FiscalYear&) = default;

private:
    int number_;
};

class FiscalCalendar {
public:
    explicit FiscalCalendar(int start_month);  // 1 to 12, else BadInput

    int start_month() const { return start_month_; }
    FiscalYear year_of(Date day) const;
    Date first_day(FiscalYear year) const;
    Date last_day(FiscalYear year) const;
    bool is_last_month(Month month) const;
    bool is_quarter_end(Month month) const;

private:
    int start_month_;
};

struct Span {
    Date first;
    Date end;  // the first day after it

    bool contains(Date day) const { return first <= day && day < end; }
    bool empty() const { return end <= first; }
};

}  // namespace purser
