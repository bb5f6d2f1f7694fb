#include "values/decimal.hpp"

#include <algorithm>

#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::size_t max_decimals = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string group(std::string digits) {
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

// The hint for the commonest mistakes; each names what the text may have meant.
std::string readings(std::string_view text) {
    const auto comma = text.find(',');
    if (comma != std::string_view::npos && text.find(',', comma + 1) == std::string_view::npos) {
        const std::string before(text.substr(0, comma));
        const std::string after(text.substr(comma + 1));
        if (all_digits(before) && all_digits(after)) {
            return "write " + before + "." + after + ", or " + before + after + " if that is meant";
        }
    }
    if (!text.empty() && all_digits(text.substr(0, text.size() - 1))) {
        const std::string number(text.substr(0, text.size() - 1));
        if (text.back() == 'k' || text.back() == 'K') {
            return "write " + group(number + "000") + ", or " + number + " if that is meant";
        }
        if (text.back() == 'm' || text.back() == 'M') {
            return "write " + group(number + "000000") + ", or " + number + " if that is meant";
        }
    }
    const auto dash = text.find('-', 1);
    if (dash != std::string_view::npos && text.size() > 1) {
        return "'" + std::string(text.substr(0, dash)) + "' or '" +
               std::string(text.substr(dash + 1)) + "'? write one number, in full, like 1,234.50";
    }
    if (text.find_first_of("$\xE2\xC2\xA3") == 0) return "leave the currency sign out";
    return "write it like 1234.50 or 1,234.50";
}

[[noreturn]] void refuse(std::string_view text) {
    throw BadInput("'" + std::string(text) + "' is not one clear number", readings(text));
}

// "1,234,567" without its commas; refuses groups that are not three digits.
std::string without_commas(std::string_view whole, std::string_view text) {
    if (whole.find(',') == std::string_view::npos) return std::string(whole);
    std::string result;
    std::size_t at = 0;
    for (bool first = true; at <= whole.size(); first = false) {
        const auto comma = std::min(whole.find(',', at), whole.size());
        const auto part = whole.substr(at, comma - at);
        if (first ? part.empty() || part.size() > 3 : part.size() != 3) refuse(text);
        result += part;
        at = comma + 1;
    }
    return result;
}

}  // namespace

Decimal Decimal::parse(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    const std::string_view size = text.substr(negative ? 1 : 0);
    const auto point = std::min(size.find('.'), size.size());
    const std::string whole = without_commas(size.substr(0, point), text);
    const std::string_view fraction = size.substr(std::min(point + 1, size.size()));
    if (!all_digits(whole)) refuse(text);
    if (point < size.size() && !all_digits(fraction)) refuse(text);
    if (whole.size() > 1 && whole.front() == '0') refuse(text);
    if (fraction.size() > max_decimals) {
        throw BadInput("'" + std::string(text) + "' has more than 12 decimals");
    }
    std::int64_t digits = 0;
    const auto add = [&](char c) {
        if (__builtin_mul_overflow(digits, std::int64_t{10}, &digits) ||
            __builtin_add_overflow(digits, std::int64_t{c - '0'}, &digits)) {
            throw Refused(Rule::amount_too_large,
                          "'" + std::string(text) +
                              "' passes 92,233,720,368,547,758.07, the most a book can hold",
                          "look for a digit too many");
        }
    };
    for (const char c : whole) add(c);
    for (const char c : fraction) add(c);
    return Decimal(negative ? -digits : digits, static_cast<int>(fraction.size()));
}

std::string Decimal::text() const {
    const bool negative = digits_ < 0;
    std::string result = std::to_string(negative ? -digits_ : digits_);
    const auto scale = static_cast<std::size_t>(scale_);
    if (scale > 0) {
        if (result.size() <= scale) result.insert(0, scale + 1 - result.size(), '0');
        result.insert(result.size() - scale, 1, '.');
    }
    return (negative ? "-" : "") + result;
}

std::string Decimal::rounded_text(int decimals) const {
    const std::string full = text();
    const auto keep = full.find('.') + static_cast<std::size_t>(decimals) + (decimals > 0 ? 1 : 0);
    return full.substr(0, keep);
}

std::string Decimal::as_thousands() const {
    const std::string whole = std::to_string(digits_ < 0 ? -digits_ : digits_);
    return (digits_ < 0 ? "-" : "") + group(whole);
}

}  // namespace purser
