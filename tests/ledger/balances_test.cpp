#include "ledger/balances.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <rapidcheck.h>

#include "values/error.hpp"

using namespace purser;

namespace {

const Currency dollars = Currency::parse("USD");
const Date start = parse_date("2017-06-20");

Money usd(std::int64_t cents) { return Money::of_minor(cents, dollars); }
Date day(int n) { return start + date::days{n}; }

// Movements as they come: day and amount. The plain model adds them up, every time.
using Moves = std::vector<std::pair<int, std::int64_t>>;

std::int64_t plain_at(const Moves& movements, int n) {
    std::int64_t sum = 0;
    for (const auto& [on, amount] : movements) sum += on <= n ? amount : 0;
    return sum;
}

constexpr int last_day = 12;  // movements are on days 0 to 10

Moves any_movements() {
    return *rc::gen::container<Moves>(
        rc::gen::pair(rc::gen::inRange(0, 11), rc::gen::inRange<std::int64_t>(-50, 51)));
}

Series series_of(const Moves& movements) {
    Series series;
    for (const auto& [on, amount] : movements) series.add(day(on), amount);
    return series;
}

Account travel(Bucket bucket, int year = 0) {
    std::optional<FiscalYear> in;
    if (year != 0) in = FiscalYear(year);
    return {"travel", in, bucket};
}

}  // namespace

TEST_CASE("A series says what it holds on any day") {
    const Series series = series_of({{5, 100}, {2, -30}, {5, 1}});
    CHECK(series.at(day(1)) == 0);
    CHECK(series.at(day(2)) == -30);
    CHECK(series.at(day(4)) == -30);
    CHECK(series.at(day(5)) == 71);
    CHECK(series.at(Date::min()) == 0);
    CHECK(series.at(Date::max()) == 71);
    CHECK(Series().at(day(0)) == 0);
}

TEST_CASE("The lowest of a series is from a day on, with the first day it is so") {
    const Series series = series_of({{0, 100}, {3, -60}, {5, 60}, {7, -60}, {9, 100}});
    CHECK(series.lowest_from(day(-1)) == std::pair{std::int64_t{0}, day(-1)});
    CHECK(series.lowest_from(day(0)) == std::pair{std::int64_t{40}, day(3)});
    CHECK(series.lowest_from(day(4)) == std::pair{std::int64_t{40}, day(4)});
    CHECK(series.lowest_from(day(6)) == std::pair{std::int64_t{40}, day(7)});
    CHECK(series.lowest_from(day(9)) == std::pair{std::int64_t{140}, day(9)});
    CHECK(Series().lowest_from(day(0)) == std::pair{std::int64_t{0}, day(0)});
}

TEST_CASE("A series is above a floor from a day on for good") {
    const Series series = series_of({{0, 100}, {3, -60}, {5, 60}});
    CHECK(series.first_day_above(day(-5), 50) == day(5));
    CHECK(series.first_day_above(day(-5), 40) == day(0));  // nothing is there before
    CHECK(series.first_day_above(day(-5), 0) == day(-5));
    CHECK(series.first_day_above(day(1), 40) == day(1));
    CHECK(series.first_day_above(day(1), 41) == day(5));
    CHECK(series.first_day_above(day(6), 100) == day(6));
    CHECK(series.first_day_above(day(6), 101) == Date::max());
    CHECK(Series().first_day_above(day(0), 1) == Date::max());
    CHECK(Series().first_day_above(day(0), 0) == day(0));
}

TEST_CASE("A series says of every day what plain addition says") {
    CHECK(rc::check([] {
        const Moves movements = any_movements();
        const Series series = series_of(movements);
        for (int n = -1; n <= last_day; ++n) {
            RC_ASSERT(series.at(day(n)) == plain_at(movements, n));
            std::pair<std::int64_t, Date> lowest{plain_at(movements, n), day(n)};
            for (int later = n; later <= last_day; ++later) {
                const std::int64_t there = plain_at(movements, later);
                if (there < lowest.first) lowest = {there, day(later)};
            }
            RC_ASSERT(series.lowest_from(day(n)) == lowest);
        }
    }));
}

TEST_CASE("The first day above a floor is what trying each day finds") {
    CHECK(rc::check([] {
        const Moves movements = any_movements();
        const auto floor = *rc::gen::inRange<std::int64_t>(-60, 60);
        const Series series = series_of(movements);
        for (int n = -1; n <= last_day; ++n) {
            Date first = Date::max();
            for (int later = last_day; later >= n && plain_at(movements, later) >= floor; --later) {
                first = day(later);
            }
            RC_ASSERT(series.first_day_above(day(n), floor) == first);
        }
    }));
}

TEST_CASE("Entries in any order of arrival give the same figures") {
    CHECK(rc::check([] {
        const std::vector<Account> accounts{
            travel(Bucket::authority),           travel(Bucket::unallotted),
            travel(Bucket::free, 2017),          travel(Bucket::spent, 2017),
            travel(Bucket::free, 2018),          travel(Bucket::committed, 2018),
            {"experts", {}, Bucket::unallotted}, {"experts", FiscalYear(2017), Bucket::free},
        };
        const auto account = rc::gen::elementOf(accounts);
        using Arrival = std::tuple<Account, Account, std::int64_t, int>;
        const auto arrivals = *rc::gen::container<std::vector<Arrival>>(rc::gen::tuple(
            account, account, rc::gen::inRange<std::int64_t>(1, 100), rc::gen::inRange(0, 11)));
        auto shuffled = arrivals;
        const auto keys =
            *rc::gen::container<std::vector<int>>(arrivals.size(), rc::gen::arbitrary<int>());
        for (std::size_t i = 0; i < shuffled.size(); ++i) {
            std::swap(shuffled[i],
                      shuffled[static_cast<std::size_t>(keys[i] & 0x7fffffff) % shuffled.size()]);
        }
        const auto filled = [](const auto& all) {
            Balances balances(dollars);
            for (const auto& [from, to, cents, on] : all) {
                balances.apply({{from, to, usd(cents)}}, day(on));
            }
            return balances;
        };
        Balances a = filled(arrivals);
        Balances b = filled(shuffled);
        const std::vector<FreeScope> scopes{{{}, {}},
                                            {"travel", {}},
                                            {"experts", {}},
                                            {{}, FiscalYear(2017)},
                                            {{}, FiscalYear(2018)}};
        for (int n = -1; n <= last_day; ++n) {
            Money sum = usd(0);
            for (const auto& each : accounts) {
                RC_ASSERT(a.at(each, day(n)) == b.at(each, day(n)));
                RC_ASSERT(a.lowest_from(each, day(n)) == b.lowest_from(each, day(n)));
                sum += a.at(each, day(n));
            }
            RC_ASSERT(sum.is_zero());
            for (const auto& scope : scopes) {
                RC_ASSERT(a.lowest_free(scope, day(n)) == b.lowest_free(scope, day(n)));
                // The message's make-up adds up to what the control compares.
                const auto [free, on] = a.lowest_free(scope, day(n));
                const Breakdown parts = a.breakdown(scope, on);
                RC_ASSERT(parts.approved - parts.spent - parts.committed - parts.requested == free);
            }
        }
        RC_ASSERT(a.take_pending() == b.take_pending());
    }));
}

TEST_CASE("What moved is handed over once, summed per account and day") {
    Balances balances(dollars);
    balances.add(travel(Bucket::unallotted), day(0), usd(100));  // as loaded: not pending
    balances.apply({{travel(Bucket::unallotted), travel(Bucket::free, 2017), usd(30)},
                    {travel(Bucket::unallotted), travel(Bucket::free, 2017), usd(5)}},
                   day(1));
    const auto pending = balances.take_pending();
    REQUIRE(pending.size() == 2);
    CHECK(pending.at({day(1), travel(Bucket::unallotted)}) == -35);
    CHECK(pending.at({day(1), travel(Bucket::free, 2017)}) == 35);
    CHECK(balances.take_pending().empty());
    CHECK(balances.last(travel(Bucket::unallotted)) == usd(65));
}

TEST_CASE("An account that never moved holds nothing") {
    const Balances balances(dollars);
    CHECK(balances.at(travel(Bucket::spent, 2017), day(0)).is_zero());
    CHECK(balances.lowest_from(travel(Bucket::spent, 2017), day(0)).is_zero());
    CHECK(balances.lowest_free({}, day(0)) == std::pair{usd(0), day(0)});
    CHECK(balances.first_day_above(travel(Bucket::spent, 2017), day(0), usd(0)) == day(0));
    CHECK(balances.first_day_above(travel(Bucket::spent, 2017), day(0), usd(1)) == Date::max());
}

TEST_CASE("Sums that would overflow are refused") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    Balances balances(dollars);
    balances.add(travel(Bucket::unallotted), day(0), usd(most - 1));
    CHECK_NOTHROW(balances.add(travel(Bucket::unallotted), day(1), usd(1)));
    CHECK_THROWS_AS(balances.add(travel(Bucket::unallotted), day(1), usd(1)), Refused);
    CHECK_THROWS_AS(balances.add(travel(Bucket::free, 2017), day(1), usd(-1)), Refused);
}
