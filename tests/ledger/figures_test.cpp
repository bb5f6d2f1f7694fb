#include "ledger/figures.hpp"

#include <catch2/catch.hpp>

#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

Amounts amounts(std::int64_t approved, std::int64_t spent, std::int64_t committed,
                std::int64_t requested) {
    const auto usd = [](std::int64_t cents) {
        return Money::of_minor(cents, Currency::parse("USD"));
    };
    return {usd(approved), usd(spent), usd(committed), usd(requested),
            usd(approved - spent - committed - requested)};
}

}  // namespace

TEST_CASE("Remaining is approved less spent and committed: requested and free",
          "[MODEL 6 identity]") {
    const Amounts figures = amounts(1000, 300, 200, 50);
    CHECK(figures.remaining().amount_minor() == 500);
    CHECK(figures.remaining() == figures.requested + figures.free);
}

TEST_CASE("The envelope and its years are the sums of their categories") {
    const World world;
    const Money none = world.money("0.00");
    const FiscalYear fy17(2017);
    const FiscalYear fy18(2018);
    const Figures figures{world.review(),
                          world.today,
                          {},
                          {{world.review().category("travel"),
                            amounts(1000, 300, 0, 0),
                            world.money("2.00"),
                            none,
                            {{fy17, amounts(500, 300, 0, 0)}, {fy18, amounts(300, 0, 0, 0)}}},
                           {world.review().category("experts"),
                            amounts(-10, 0, 0, 5),
                            none,
                            world.money("1.50"),
                            {{fy17, amounts(7, 0, 0, 5)}}}},
                          {},
                          3,
                          "",
                          {none, none, none}};
    CHECK(figures.envelope().approved == world.money("9.90"));
    CHECK(figures.held() == world.money("1.50"));
    CHECK(figures.envelope().free == world.money("6.85"));
    CHECK(figures.in(fy17).approved == world.money("5.07"));
    CHECK(figures.in(fy17).requested == world.money("0.05"));
    CHECK(figures.in(fy18).free == world.money("3.00"));
    CHECK(figures.in(FiscalYear(2019)).approved.is_zero());
    CHECK(figures.unallotted() == world.money("2.00"));
    CHECK(figures.fiscal_year() == fy17);
}

TEST_CASE("The figures of a review without categories are zero") {
    const Money none = World().money("0.00");
    const Figures figures{World().review(),  parse_date("2017-06-30"), {}, {}, {}, 0, "",
                          {none, none, none}};
    CHECK(figures.envelope().approved.is_zero());
    CHECK(figures.in(FiscalYear(2017)).free.is_zero());
    CHECK(figures.unallotted().is_zero());
}
