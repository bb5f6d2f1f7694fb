#include "values/proportion.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

#include "values/error.hpp"

namespace purser {

Money proportion(const Money& amount, std::int64_t numerator, std::int64_t denominator,
                 Rounding rounding) {
    using Wide = boost::multiprecision::checked_int256_t;
    Wide product = Wide(amount.amount_minor()) * numerator;
    Wide divisor = denominator;
    if (divisor < 0) {
        product = -product;
        divisor = -divisor;
    }
    Wide result = product / divisor;
    const Wide twice_rest = abs(Wide(product % divisor)) * 2;
    const bool half_goes_away = rounding == Rounding::half_away || result % 2 != 0;
    if (twice_rest > divisor || (twice_rest == divisor && half_goes_away)) {
        result += product < 0 ? -1 : 1;
    }
    if (abs(result) > std::numeric_limits<std::int64_t>::max()) {
        throw Refused(Rule::amount_too_large,
                      "a share of " + amount.with_code() + " is more than a book can hold");
    }
    return Money::of_minor(static_cast<std::int64_t>(result), amount.currency());
}

}  // namespace purser
