#include "values/date.hpp"

#include <array>
#include <optional>

#include "values/error.hpp"

namespace purser {
namespace {

// The number that two digits write, or one below zero.
int two_digits(std::string_view text, std::size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens <= 9 && ones <= 9 ? static_cast<int>(tens * 10 + ones) : -1;
}

// Writes a number over zeros, so that it ends before a place.
void put(std::string& over, std::size_t end, unsigned value) {
    for (; value > 0; value /= 10) over.at(--end) = static_cast<char>('0' + value % 10);
}

// The days that parse_date knows.
constexpr Date first_day = date::year{100} / 1 / 1;
constexpr Date last_day = date::year{9999} / 12 / 31;

// "T09:30:00" or "T09:30:00.123" from the front of `text`, which keeps the rest.
std::optional<std::chrono::milliseconds> take_time(std::string_view& text) {
    if (text.size() <= 9 || text[3] != ':' || text[6] != ':') return std::nullopt;
    const int hours = two_digits(text, 1);
    const int minutes = two_digits(text, 4);
    const int seconds = two_digits(text, 7);
    if (hours < 0 || minutes < 0 || seconds < 0 || hours > 23 || minutes > 59 || seconds > 59) {
        return std::nullopt;
    }
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
    const bool shaped = text.size() >= 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
    if (!shaped) return std::nullopt;
    const int hours = two_digits(text, 1);
    const int minutes = two_digits(text, 4);
    if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) return std::nullopt;
    const auto size = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    const bool is_behind = text[0] == '-';
    text.remove_prefix(6);
    return is_behind ? -size : size;
}

}  // namespace

Date parse_date(std::string_view text) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const int century = two_digits(text, 0);
        const int year = two_digits(text, 2);
        const int month = two_digits(text, 5);
        const int day = two_digits(text, 8);
        if (century >= 0 && year >= 0 && month >= 0 && day >= 0) {
            const date::year_month_day ymd{date::year{century * 100 + year},
                                           date::month{static_cast<unsigned>(month)},
                                           date::day{static_cast<unsigned>(day)}};
            if (ymd.ok() && century > 0) return ymd;
            throw BadInput("there is no day " + std::string(text));
        }
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
    std::string out = "0000-00-00";
    put(out, 4, static_cast<unsigned>(static_cast<int>(ymd.year())));
    put(out, 7, static_cast<unsigned>(ymd.month()));
    put(out, 10, static_cast<unsigned>(ymd.day()));
    return out;
}

std::string to_text(Instant instant) {
    const Date day = day_of(instant);
    const date::hh_mm_ss<std::chrono::milliseconds> time{instant - day};
    std::string out = to_text(day) + "T00:00:00.000Z";
    put(out, 13, static_cast<unsigned>(time.hours().count()));
    put(out, 16, static_cast<unsigned>(time.minutes().count()));
    put(out, 19, static_cast<unsigned>(time.seconds().count()));
    put(out, 23, static_cast<unsigned>(time.subseconds().count()));
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
