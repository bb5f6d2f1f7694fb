#include "values/period.hpp"

#include <charconv>

#include "values/error.hpp"

namespace purser {
namespace {

date::year_month year_month(int value) {
    return date::year{value / 12} / date::month{static_cast<unsigned>(value % 12 + 1)};
}

}  // namespace

Month Month::parse(std::string_view text) {
    if (text.size() == 7 && text[4] == '-') {
        try {
            return of(parse_date(std::string(text) + "-01"));
        } catch (const BadInput&) {  // said below in the month's own words
        }
    }
    throw BadInput("'" + std::string(text) + "' is not a month", "write it like 2017-03");
}

Month Month::of(Date day) {
    const date::year_month_day ymd{day};
    return Month(static_cast<int>(ymd.year()) * 12 +
                 static_cast<int>(static_cast<unsigned>(ymd.month())) - 1);
}

Date Month::first_day() const { return year_month(value_) / date::day{1}; }
Date Month::last_day() const { return year_month(value_) / date::last; }
Month Month::next() const { return Month(value_ + 1); }
std::string Month::text() const { return to_text(first_day()).substr(0, 7); }

FiscalYear::FiscalYear(int number) : number_(number) {
    if (number < 1000 || number > 9999) {
        throw BadInput("there is no fiscal year " + std::to_string(number));
    }
}

FiscalYear FiscalYear::parse(std::string_view text) {
    const std::string_view digits = text.substr(text.size() < 2 ? text.size() : 2);
    const char* const end = digits.data() + digits.size();
    unsigned number = 0;
    const bool shaped = text.substr(0, 2) == "FY" && (digits.size() == 2 || digits.size() == 4) &&
                        std::from_chars(digits.data(), end, number).ptr == end;
    if (!shaped) {
        throw BadInput("'" + std::string(text) + "' is not a fiscal year", "write it like FY17");
    }
    return FiscalYear(static_cast<int>(digits.size() == 2 ? 2000 + number : number));
}

std::string FiscalYear::text() const {
    const std::string digits = std::to_string(number_);
    return "FY" + (number_ / 100 == 20 ? digits.substr(2) : digits);
}

FiscalCalendar::FiscalCalendar(int start_month) : start_month_(start_month) {
    if (start_month < 1 || start_month > 12) {
        throw BadInput("a fiscal year starts in a month from 1 to 12, not " +
                       std::to_string(start_month));
    }
}

FiscalYear FiscalCalendar::year_of(Date day) const {
    const date::year_month_day ymd{day};
    const bool next = start_month_ > 1 &&
                      static_cast<unsigned>(ymd.month()) >= static_cast<unsigned>(start_month_);
    return FiscalYear(static_cast<int>(ymd.year()) + (next ? 1 : 0));
}

Date FiscalCalendar::first_day(FiscalYear year) const {
    const int calendar_year = start_month_ > 1 ? year.number() - 1 : year.number();
    return date::year{calendar_year} / date::month{static_cast<unsigned>(start_month_)} / 1;
}

Date FiscalCalendar::last_day(FiscalYear year) const {
    return previous_day(first_day(year.next()));
}

bool FiscalCalendar::is_last_month(Month month) const {
    return last_day(year_of(month.last_day())) == month.last_day();
}

bool FiscalCalendar::is_quarter_end(Month month) const {
    const date::year_month_day next{month.next().first_day()};
    return (static_cast<int>(static_cast<unsigned>(next.month())) - start_month_) % 3 == 0;
}

}  // namespace purser
