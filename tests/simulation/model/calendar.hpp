// Days, months and fiscal years as plain whole numbers, counted one by one.
//
// A day counts from 1 January 1970, a month from January of year 0. A fiscal year is named after
// the calendar year in which it ends.
#pragma once

#include <string>

namespace plain {

using Day = int;
using Month = int;

inline bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
inline int days_of_year(int year) { return is_leap(year) ? 366 : 365; }

inline int days_of_month(Month month) {
    const int of_year = month % 12 + 1;
    if (of_year == 2) return is_leap(month / 12) ? 29 : 28;
    return of_year == 4 || of_year == 6 || of_year == 9 || of_year == 11 ? 30 : 31;
}

inline Day first_day(Month month) {
    Day day = 0;
    for (int year = 1970; year < month / 12; ++year) day += days_of_year(year);
    for (Month m = month / 12 * 12; m < month; ++m) day += days_of_month(m);
    return day;
}

inline Day last_day(Month month) { return first_day(month) + days_of_month(month) - 1; }
inline Month month(int year, int of_year) { return year * 12 + of_year - 1; }
inline Day day(int year, int of_year, int of_month) {
    return first_day(month(year, of_year)) + of_month - 1;
}

inline Month month_of(Day day) {
    int year = 1970;
    for (; day >= days_of_year(year); ++year) day -= days_of_year(year);
    Month month = year * 12;
    for (; day >= days_of_month(month); ++month) day -= days_of_month(month);
    return month;
}

inline int fiscal_year(Day day, int start_month) {
    const Month month = month_of(day);
    return start_month > 1 && month % 12 + 1 >= start_month ? month / 12 + 1 : month / 12;
}

inline Day first_day_of_year(int year, int start_month) {
    return first_day(month(start_month > 1 ? year - 1 : year, start_month));
}
inline Day last_day_of_year(int year, int start_month) {
    return first_day_of_year(year + 1, start_month) - 1;
}

inline std::string padded(int number, std::size_t digits) {
    std::string text = std::to_string(number);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}
inline std::string month_text(Month month) {
    return padded(month / 12, 4) + '-' + padded(month % 12 + 1, 2);
}
inline std::string day_text(Day day) {
    const Month month = month_of(day);
    return month_text(month) + '-' + padded(day - first_day(month) + 1, 2);
}

}  // namespace plain
