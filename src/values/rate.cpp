#include "values/rate.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

#include "values/error.hpp"

namespace purser {
namespace {

using Wide = boost::multiprecision::checked_int256_t;

Wide power_of_ten(int exponent) {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

}  // namespace

Rate Rate::parse(std::string_view text) {
    const Decimal value = Decimal::parse(text);
    if (value.digits() <= 0) throw BadInput("a rate is above zero, not " + std::string(text));
    return Rate(value);
}

Money Rate::convert(const Money& amount, Currency into) const {
    const Wide product =
        Wide(amount.amount_minor()) * value_.digits() * power_of_ten(into.decimals());
    const Wide divisor = power_of_ten(value_.scale() + amount.currency().decimals());
    Wide result = product / divisor;
    const Wide twice_rest = abs(Wide(product % divisor)) * 2;
    if (twice_rest > divisor || (twice_rest == divisor && result % 2 != 0)) {
        result += product < 0 ? -1 : 1;
    }
    if (abs(result) > std::numeric_limits<std::int64_t>::max()) {
        throw Refused(Rule::amount_too_large,
                      amount.with_code() + " at " + text() + " is more than a book can hold");
    }
    return Money::of_minor(static_cast<std::int64_t>(result), into);
}

}  // namespace purser
