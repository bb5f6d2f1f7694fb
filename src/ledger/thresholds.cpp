#include "ledger/thresholds.hpp"

#include <algorithm>
#include <cassert>

#include "values/decimal.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::int64_t most_days = 3650;
constexpr std::int64_t most_percent = 99;

std::optional<std::int64_t> parsed(const Threshold& of, std::string_view value) {
    if (value == "off") return {};
    const bool percentage = value.ends_with('%');
    const Decimal number = Decimal::parse(value.substr(0, value.size() - (percentage ? 1 : 0)));
    const std::int64_t most = of.is_percentage() ? most_percent : most_days;
    if (percentage != of.is_percentage() || number.scale() > 0 || number.digits() < 0 ||
        number.digits() > most) {
        throw BadInput("'" + std::string(value) + "' is no threshold of " + std::string(of.name) +
                           ": " + std::string(of.meaning),
                       of.is_percentage() ? "0% to 99%, or off" : "0 to 3650 days, or off");
    }
    return number.digits();
}

}  // namespace

const std::vector<Threshold>& thresholds() {
    static const std::vector<Threshold> all{
        {"free", "10%", "free money, in percent of what is approved"},
        {"stale", "14", "days past the expected day of a commitment"},
        {"approval", "7", "days that an expense or a proposal waits for approval"},
        {"agreement", "0", "days since settled expenses are only stated as approved"},
        {"request", "14", "days that a request to the Board is open"},
        {"held", "14", "days that an expense or a commitment is held"},
        {"sheet", "14", "days until a fact sheet is to be posted, or since then"},
        {"close", "15", "days after the end of a month that is not closed"},
        {"expiry", "30", "days until a grant ends whose money is not used"},
    };
    return all;
}

std::optional<std::int64_t> threshold(const Review& review, std::string_view name) {
    const auto of = std::find_if(thresholds().begin(), thresholds().end(),
                                 [&](const Threshold& one) { return one.name == name; });
    assert(of != thresholds().end());
    const std::string& set = review.text("alert." + std::string(name));
    return parsed(*of, set.empty() ? of->usual : std::string_view(set));
}

void check_threshold(const Threshold& of, std::string_view value) {
    static_cast<void>(parsed(of, value));
}

}  // namespace purser
