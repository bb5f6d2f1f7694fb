#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <string>
#include <vector>

#include "values/decimal.hpp"
#include "values/error.hpp"
#include "values/money.hpp"
#include "values/rate.hpp"

using namespace purser;

namespace {

__extension__ using Wide = __int128;

constexpr auto most = std::numeric_limits<std::int64_t>::max();

rc::Gen<std::int64_t> minor_units() {
    // Half of them small, so that ties and signs come up; never the one without a counterpart.
    return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-1000, 1001),
                          rc::gen::inRange<std::int64_t>(-most, most));
}

Currency any_currency() {
    return Currency::parse(*rc::gen::element("USD", "EUR", "DKK", "JPY", "KWD", "CLF"));
}

std::vector<std::int64_t> weights() {
    auto all = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1000)));
    all.back() += 1;
    return all;
}

// A rate of up to six decimals, as its digits and its scale.
struct Digits {
    std::int64_t digits;
    int scale;
    std::string text() const {
        std::string whole = std::to_string(digits);
        const auto decimals = static_cast<std::size_t>(scale);
        if (decimals == 0) return whole;
        if (whole.size() <= decimals) whole.insert(0, decimals + 1 - whole.size(), '0');
        whole.insert(whole.size() - decimals, 1, '.');
        return whole;
    }
};

Digits any_rate() {
    return {*rc::gen::inRange<std::int64_t>(1, 5'000'000), *rc::gen::inRange(0, 7)};
}

Wide ten_to(int exponent) {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

}  // namespace

TEST_CASE("Money keeps these laws") {
    rc::prop("parse(text(x)) is x, grouped or not", [] {
        const Money amount = Money::of_minor(*minor_units(), any_currency());
        RC_ASSERT(Money::parse(amount.text(), amount.currency()) == amount);
        RC_ASSERT(Money::parse(amount.grouped(), amount.currency()) == amount);
    });

    rc::prop("taking away undoes adding, or the sum was refused", [] {
        const Currency usd = Currency::parse("USD");
        const Money a = Money::of_minor(*minor_units(), usd);
        const Money b = Money::of_minor(*minor_units(), usd);
        const Wide exact = Wide{a.amount_minor()} + b.amount_minor();
        const bool fits = exact <= most && exact >= std::numeric_limits<std::int64_t>::min();
        if (!fits) {
            RC_ASSERT_THROWS_AS(a + b, Refused);
            return;
        }
        RC_ASSERT((a + b).amount_minor() == exact);
        RC_ASSERT((a + b) == (b + a));
        RC_ASSERT((a + b) - b == a);
    });

    rc::prop("a split adds up, and no part is a whole unit away from its exact share", [] {
        const Money amount = Money::of_minor(*minor_units(), any_currency());
        const auto shares = weights();
        const auto parts = amount.split(shares);
        RC_ASSERT(parts.size() == shares.size());
        Wide all = 0;
        for (const auto share : shares) all += share;
        Money sum = Money::zero(amount.currency());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i];
            const Wide off =
                Wide{parts[i].amount_minor()} * all - Wide{amount.amount_minor()} * shares[i];
            RC_ASSERT((off < 0 ? -off : off) < all);
            if (shares[i] == 0) RC_ASSERT(parts[i].is_zero());
        }
        RC_ASSERT(sum == amount);
    });

    rc::prop("equal weights differ by one minor unit at most, the first ones having more", [] {
        const Money amount = Money::of_minor(*minor_units(), any_currency());
        const auto count = *rc::gen::inRange<std::size_t>(1, 50);
        const auto parts = amount.split(std::vector<std::int64_t>(count, 1));
        const auto size = [](const Money& part) {
            return part.is_negative() ? -part.amount_minor() : part.amount_minor();
        };
        for (std::size_t i = 1; i < parts.size(); ++i)
            RC_ASSERT(size(parts[i - 1]) >= size(parts[i]));
        RC_ASSERT(size(parts.front()) - size(parts.back()) <= 1);
    });

    rc::prop("whole units are the nearest ones", [] {
        const Money amount = Money::of_minor(*minor_units(), any_currency());
        const Wide unit = amount.currency().minor_per_unit();
        for (const auto rounding : {Rounding::half_even, Rounding::half_away}) {
            const Wide whole = amount.whole_units(rounding);
            const Wide off = whole * unit - amount.amount_minor();
            const Wide twice = 2 * (off < 0 ? -off : off);
            RC_ASSERT(twice <= unit);
            if (twice == unit && rounding == Rounding::half_even) RC_ASSERT(whole % 2 == 0);
        }
    });
}

TEST_CASE("Decimals and rates keep these laws") {
    rc::prop("a decimal prints as it was typed", [] {
        const auto digits = any_rate();
        RC_ASSERT(Decimal::parse(digits.text()).text() == digits.text());
        RC_ASSERT(Decimal::parse("-" + digits.text()).digits() == -digits.digits);
        RC_ASSERT(Rate::parse(digits.text()).text() == digits.text());
    });

    rc::prop("a conversion is the nearest amount, and the even one on a tie", [] {
        const Money amount =
            Money::of_minor(*rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'001), any_currency());
        const Currency into = any_currency();
        const auto rate = any_rate();
        const Wide exact = Wide{amount.amount_minor()} * rate.digits * ten_to(into.decimals());
        const Wide unit = ten_to(rate.scale + amount.currency().decimals());
        const Wide got = Rate::parse(rate.text()).convert(amount, into).amount_minor();
        const Wide off = got * unit - exact;
        const Wide twice = 2 * (off < 0 ? -off : off);
        RC_ASSERT(twice <= unit);
        if (twice == unit) RC_ASSERT(got % 2 == 0);
    });

    rc::prop("a conversion of the opposite is the opposite", [] {
        const Money amount =
            Money::of_minor(*rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'001), any_currency());
        const Rate rate = Rate::parse(any_rate().text());
        const Currency into = any_currency();
        RC_ASSERT(rate.convert(-amount, into) == -rate.convert(amount, into));
    });

    rc::prop("text that is a number to nobody is BadInput or Refused, never anything else", [] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("0123456789,.-kM $+e")));
        try {
            const Decimal decimal = Decimal::parse(text);
            RC_ASSERT(Decimal::parse(decimal.text()).digits() == decimal.digits());
        } catch (const BadInput&) {
        } catch (const Refused&) {
        }
    });
}
