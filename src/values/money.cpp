#include "values/money.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

#include "values/decimal.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

using Wide = boost::multiprecision::checked_int128_t;

[[noreturn]] void refuse_overflow() {
    throw Refused(Rule::amount_too_large,
                  "the amount would pass 92,233,720,368,547,758.07, the most a book can hold",
                  "look for an amount with too many digits");
}

void same_currency(const Money& a, const Money& b) {
    if (a.currency() == b.currency()) return;
    throw BadInput(a.with_code() + " and " + b.with_code() + " are not of one currency");
}

std::string grouped_digits(std::uint64_t value) {
    std::string digits = std::to_string(value);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

std::string print(std::int64_t minor, const Currency& currency, bool grouping) {
    const auto per_unit = static_cast<std::uint64_t>(currency.minor_per_unit());
    const std::uint64_t size = magnitude(minor);
    std::string result = minor < 0 ? "-" : "";
    result += grouping ? grouped_digits(size / per_unit) : std::to_string(size / per_unit);
    if (currency.decimals() > 0) {
        const std::string fraction = std::to_string(size % per_unit);
        result += '.';
        result.append(static_cast<std::size_t>(currency.decimals()) - fraction.size(), '0');
        result += fraction;
    }
    return result;
}

}  // namespace

Money Money::parse(std::string_view text, Currency currency) {
    const Decimal decimal = Decimal::parse(text);
    if (decimal.scale() > currency.decimals()) {
        std::string hint = "write " + decimal.rounded_text(currency.decimals());
        if (decimal.scale() == 3) hint += ", or " + decimal.as_thousands() + " if that is meant";
        throw BadInput("'" + std::string(text) + "' has " + std::to_string(decimal.scale()) +
                           (decimal.scale() == 1 ? " decimal, " : " decimals, ") +
                           std::string(currency.code()) + " has " +
                           std::to_string(currency.decimals()),
                       hint);
    }
    std::int64_t minor = decimal.digits();
    for (int i = decimal.scale(); i < currency.decimals(); ++i) {
        if (__builtin_mul_overflow(minor, std::int64_t{10}, &minor)) refuse_overflow();
    }
    return Money(minor, currency);
}

std::string Money::text() const { return print(minor_, currency_, false); }
std::string Money::grouped() const { return print(minor_, currency_, true); }
std::string Money::with_code() const { return grouped() + ' ' + std::string(currency_.code()); }

namespace {

std::int64_t divide(std::int64_t amount, std::int64_t by, Rounding rounding) {
    const std::int64_t down = amount / by;
    const std::int64_t rest = amount % by;
    const std::int64_t size = rest < 0 ? -rest : rest;
    const std::int64_t missing = by - size;  // to the next one away from zero
    const bool away =
        size > missing || (size == missing && (rounding == Rounding::half_away || down % 2 != 0));
    return away ? down + (amount < 0 ? -1 : 1) : down;
}

}  // namespace

std::int64_t Money::whole_units(Rounding rounding) const {
    return divide(minor_, currency_.minor_per_unit(), rounding);
}

Money Money::divided(std::int64_t by, Rounding rounding) const {
    if (by < 1) throw BadInput("an amount is shared by one or more, not by " + std::to_string(by));
    return Money(divide(minor_, by, rounding), currency_);
}

std::vector<Money> Money::split(const std::vector<std::int64_t>& weights) const {
    Wide total = 0;
    for (const std::int64_t weight : weights) {
        if (weight < 0) throw BadInput("a weight of a split is below zero");
        total += weight;
    }
    if (total == 0) throw BadInput("the weights of a split are all zero");
    std::vector<Money> parts;
    std::vector<Wide> rests;
    std::int64_t given = 0;
    for (const std::int64_t weight : weights) {
        const Wide product = Wide(minor_) * weight;
        const Wide part = product / total;  // toward zero; no part is larger than the whole
        parts.push_back(Money(static_cast<std::int64_t>(part), currency_));
        rests.push_back(abs(Wide(product - part * total)));
        given += parts.back().minor_;
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
    const std::int64_t step = minor_ < 0 ? -1 : 1;
    for (std::size_t i = 0; given != minor_; ++i, given += step) parts[order[i]].minor_ += step;
    return parts;
}

Money& Money::operator+=(const Money& other) {
    same_currency(*this, other);
    std::int64_t sum = 0;  // written even on overflow, when this amount must stay as it was
    if (__builtin_add_overflow(minor_, other.minor_, &sum)) refuse_overflow();
    minor_ = sum;
    return *this;
}

Money& Money::operator-=(const Money& other) {
    same_currency(*this, other);
    std::int64_t rest = 0;
    if (__builtin_sub_overflow(minor_, other.minor_, &rest)) refuse_overflow();
    minor_ = rest;
    return *this;
}

Money Money::operator-() const { return zero(currency_) - *this; }

std::strong_ordering operator<=>(const Money& a, const Money& b) {
    same_currency(a, b);
    return a.minor_ <=> b.minor_;
}

}  // namespace purser
