#include "values/date.hpp"

#include <array>
#include <optional>

#include "values/error.hpp"

namespace purser {
namespace {

bool two_digits(std::string_view text, std::size_t at, int& value) {
    const char a = text[at];
    const char b = text[at + 1];
    if (a < '0' || a > '9' || b < '0' || b > '9') return false;
    value = (a - '0') * 10 + (b - '0');
    return true;
}

void put(std::string& out, unsigned value, int width) {
    std::string digits = std::to_string(value);
    out.append(static_cast<std::size_t>(width) - digits.size(), '0');
    out += digits;
}

// The days that parse_date knows.
constexpr Date first_day = date::year{100} / 1 / 1;
constexpr Date last_day = date::year{9999} / 12 / 31;

// "T09:30:00" or "T09:30:00.123" from the front of `text`, which keeps the rest.
std::optional<std::chrono::milliseconds> take_time(std::string_view& text) {
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    const bool shaped = text.size() > 9 && text[3] == ':' && text[6] == ':' &&
                        two_digits(text, 1, hours) && two_digits(text, 4, minutes) &&
                        two_digits(text, 7, seconds);
    if (!shaped || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
    text.remove_prefix(9);
    int thousandths = 0;
    if (text.front() == '.') {
        int unit = 100;
        for (text.remove_prefix(1); !text.empty() && text.front() >= '0' && text.front() <= '9';
             text.remove_prefix(1)) {
            if (unit == 0) return std::nullopt;  // finer than an Instant
            thousandths += (text.front() - '0') * unit;
            unit /= 10;
        }
        if (unit == 100) return std::nullopt;  // a point and no digit
    }
    return std::chrono::hours{hours} + std::chrono::minutes{minutes} +
           std::chrono::seconds{seconds} + std::chrono::milliseconds{thousandths};
}

// "Z" or "+02:00", likewise.
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (text.starts_with('Z')) {
        text.remove_prefix(1);
        return std::chrono::minutes{0};
    }
    int hours = 0;
    int minutes = 0;
    const bool shaped = text.size() >= 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
                        two_digits(text, 1, hours) && two_digits(text, 4, minutes);
    if (!shaped || hours > 23 || minutes > 59) return std::nullopt;
    const auto size = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    const bool is_behind = text[0] == '-';
    text.remove_prefix(6);
    return is_behind ? -size : size;
}

}  // namespace

Date parse_date(std::string_view text) {
    int century = 0;
    int year = 0;
    int month = 0;
    int day = 0;
    if (text.size() == 10 && text[4] == '-' && text[7] == '-' && two_digits(text, 0, century) &&
        two_digits(text, 2, year) && two_digits(text, 5, month) && two_digits(text, 8, day)) {
        const date::year_month_day ymd{date::year{century * 100 + year},
                                       date::month{static_cast<unsigned>(month)},
                                       date::day{static_cast<unsigned>(day)}};
        if (ymd.ok() && century > 0) return ymd;
        throw BadInput("there is no day " + std::string(text));
    }
    throw BadInput("'" + std::string(text) + "' is not a date", "write it like 2017-03-14");
}

Instant parse_instant(std::string_view text) {
    if (text.size() >= 20 && text[10] == 'T') {
        auto rest = text.substr(10);
        const auto time = take_time(rest);
        const auto offset = take_offset(rest);
        if (time && offset && rest.empty()) {
            const Instant instant = parse_date(text.substr(0, 10)) + *time - *offset;
            if (day_of(instant) >= first_day && day_of(instant) <= last_day) return instant;
        }
    }
    throw BadInput("'" + std::string(text) + "' is not an instant",
                   "write it like 2017-03-14T09:30:00Z");
}

std::string to_text(Date day) {
    const date::year_month_day ymd{day};
    std::string out;
    out.reserve(10);
    put(out, static_cast<unsigned>(static_cast<int>(ymd.year())), 4);
    out += '-';
    put(out, static_cast<unsigned>(ymd.month()), 2);
    out += '-';
    put(out, static_cast<unsigned>(ymd.day()), 2);
    return out;
}

std::string to_text(Instant instant) {
    const Date day = day_of(instant);
    const date::hh_mm_ss<std::chrono::milliseconds> time{instant - day};
    std::string out = to_text(day);
    out += 'T';
    put(out, static_cast<unsigned>(time.hours().count()), 2);
    out += ':';
    put(out, static_cast<unsigned>(time.minutes().count()), 2);
    out += ':';
    put(out, static_cast<unsigned>(time.seconds().count()), 2);
    out += '.';
    put(out, static_cast<unsigned>(time.subseconds().count()), 3);
    out += 'Z';
    return out;
}

std::string to_print(Date day) {
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const date::year_month_day ymd{day};
    return std::to_string(static_cast<unsigned>(ymd.day())) + '-' +
           months.at(static_cast<unsigned>(ymd.month()) - 1) + '-' +
           std::to_string(static_cast<int>(ymd.year()));
}

Date day_of(Instant instant) { return date::floor<date::days>(instant); }

int completed_months(Date from, Date until) {
    if (until < from) return 0;
    const date::year_month_day a{from};
    const date::year_month_day b{until};
    const auto months = (b.year() / b.month() - a.year() / a.month()).count();
    return b.day() < a.day() ? months - 1 : months;
}

}  // namespace purser
