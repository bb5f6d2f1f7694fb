#include "ledger/controls.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// 1,000.00 in the envelope: travel 600.00 of which FY17 has 400.00; experts 400.00, all in FY17.
World thousand(const SettingValues& settings) {
    World world(with(settings));
    world.grant("travel", "200.00", "", "2017-03-01");
    world.grant("travel", "400.00", "FY17", "2017-03-01");
    world.grant("experts", "400.00", "FY17", "2017-03-01");
    return world;
}

SettingValues controls(const std::string& envelope, const std::string& category,
                       const std::string& year) {
    return {{"control.envelope", envelope},
            {"control.category", category},
            {"control.fiscal-year", year}};
}

}  // namespace

TEST_CASE("Each control stops, warns or is off, to the cent", "[DOMAIN 4.2][MODEL 6 stop]") {
    struct Row {
        std::string envelope, category, year, amount, refused, warned;
    };
    const auto row = GENERATE(values<Row>({
        {"stop", "stop", "stop", "600.00", "", ""},
        {"stop", "stop", "stop", "600.01", "over_category", ""},
        {"stop", "warn", "stop", "800.00", "", "over_category"},
        {"stop", "warn", "stop", "800.01", "over_fiscal_year", ""},
        {"stop", "warn", "warn", "800.01", "", "over_category over_fiscal_year"},
        {"stop", "warn", "warn", "1000.00", "", "over_category over_fiscal_year"},
        {"stop", "warn", "warn", "1000.01", "over_envelope", ""},
        {"warn", "warn", "warn", "1000.01", "", "over_envelope over_category over_fiscal_year"},
        {"off", "warn", "warn", "1000.01", "", "over_category over_fiscal_year"},
        {"off", "off", "warn", "1000.01", "", "over_fiscal_year"},
        {"off", "off", "off", "1000.01", "", ""},
        {"warn", "stop", "warn", "1000.01", "over_category", ""},
    }));
    CAPTURE(row.envelope, row.category, row.year, row.amount);
    World world = thousand(controls(row.envelope, row.category, row.year));
    const auto acts = std::vector<std::function<void()>>{
        [&] { world.submit("travel", row.amount); },
        [&] { world.settle("travel", row.amount); },
        [&] { world.open("travel", row.amount, "2017-06-30"); },
        [&] { world.propose("travel", row.amount, "2017-06-30"); },
    };
    const auto which = GENERATE(range(0, 4));
    CAPTURE(which);
    CHECK(refusal_of(acts[static_cast<std::size_t>(which)]) == row.refused);
    if (row.refused.empty()) CHECK(world.warned() == row.warned);
}

TEST_CASE("By default the envelope stops, categories and years warn") {
    const World world;
    CHECK(world.review().control(Limit::envelope) == Control::stop);
    CHECK(world.review().control(Limit::category) == Control::warn);
    CHECK(world.review().control(Limit::fiscal_year) == Control::warn);
}

TEST_CASE("A control compares the smallest free money on any later day") {
    // 1,000.00 from March, of which 300.00 is spent in May.
    struct Row {
        std::string on, amount, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-06-01", "700.00", ""},
        {"2017-06-01", "700.01", "over_envelope"},
        {"2017-04-01", "700.00", ""},
        {"2017-04-01", "700.01", "over_envelope"},  // 1,000.00 on that day
        {"2017-02-28", "0.01", "over_envelope"},    // before the grant
    }));
    CAPTURE(row.on, row.amount);
    World world = thousand(controls("stop", "off", "off"));
    world.settle("travel", "300.00", 0, "2017-05-10");
    CHECK(refusal_of([&] { world.submit("travel", row.amount, 0, row.on); }) == row.refused);
}

TEST_CASE("Money that comes later helps only from its day on") {
    World world = thousand(controls("stop", "off", "off"));
    world.grant("travel", "500.00", "", "2017-06-10");
    CHECK(refusal_of([&] { world.submit("travel", "1000.01", 0, "2017-06-09"); }) ==
          "over_envelope");
    CHECK(refusal_of([&] { world.submit("travel", "1500.00", 0, "2017-06-10"); }).empty());
}

TEST_CASE("Deficits of others count against the envelope and the year") {
    World world = thousand(controls("stop", "warn", "stop"));
    world.settle("experts", "500.00");  // 100.00 over its own
    CHECK(refusal_of([&] { world.submit("travel", "300.01"); }) == "over_fiscal_year");
    CHECK(refusal_of([&] { world.submit("travel", "300.00"); }).empty());
}

TEST_CASE("A refusal shows how the compared total is made up") {
    World world = thousand(controls("stop", "warn", "warn"));
    world.settle("travel", "100.00");
    world.open("experts", "250.00", "2017-06-30");
    world.submit("travel", "30.00");
    const Verdict said = verdict([&] { world.submit("travel", "620.01"); });
    CHECK(said.message ==
          "SSR2-E3 needs 620.01 USD of the envelope, 620.00 is free\n"
          "  free = 1,000.00 approved - 100.00 spent - 250.00 committed - 30.00 requested");
    CHECK(said.hint.find("--amount 0.01") != std::string::npos);
}

TEST_CASE("A refusal names the later day on which the money is least") {
    World world = thousand(controls("off", "stop", "warn"));
    world.settle("travel", "100.00", 0, "2017-05-10");
    const Verdict said = verdict([&] { world.submit("travel", "500.01", 0, "2017-04-01"); });
    CHECK(said.rule == Rule::over_category);
    CHECK(said.message ==
          "SSR2-E2 needs 500.01 USD of Travel, 500.00 is free on 2017-05-10\n"
          "  free = 600.00 approved - 100.00 spent - 0.00 committed - 0.00 requested");
    CHECK(said.hint ==
          "try: purser budget move SSR2 --from CODE --to travel --amount 0.01 "
          "--why \"…\"");
}

TEST_CASE("A year's total is of all categories and leaves out what no year was given") {
    World world = thousand(controls("off", "off", "stop"));
    world.settle("experts", "100.00");
    const Verdict said = verdict([&] { world.submit("travel", "700.01"); });
    CHECK(said.message ==
          "SSR2-E2 needs 700.01 USD of FY17, 700.00 is free\n"
          "  free = 800.00 approved - 100.00 spent - 0.00 committed - 0.00 requested");
    CHECK(said.hint ==
          "try: purser budget allot SSR2 --fiscal-year FY17 --category travel "
          "--amount 0.01");
}

TEST_CASE("A warning says the same as the refusal would") {
    World world = thousand(controls("stop", "warn", "off"));
    world.submit("travel", "600.01");
    REQUIRE(world.last().warnings.size() == 1);
    CHECK(world.last().warnings[0].rule == "over_category");
    CHECK(world.last().warnings[0].message ==
          "SSR2-E1 needs 600.01 USD of Travel, 600.00 is free\n"
          "  free = 600.00 approved - 0.00 spent - 0.00 committed - 0.00 requested");
}

TEST_CASE("A control that cannot be read refuses, whatever money there is", "[DOMAIN 4.2]") {
    struct Row {
        std::string setting, value, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"control.envelope", "stop", ""},
        {"control.envelope", "Stop", "over_envelope"},
        {"control.category", "", "over_category"},
        {"control.fiscal-year", "maybe", "over_fiscal_year"},
    }));
    CAPTURE(row.setting, row.value);
    const World world = thousand({});
    Review review = world.review();
    review.apply({row.setting, row.value, world.today, 9});
    const Facts facts{review, world.balances(), world.users.at("olga"), {}, world.today};
    CHECK(refusal_of([&] {
              expense::submit(facts, world.draft("travel", "0.01"), world.context());
          }) == row.refused);
}

TEST_CASE("Without fiscal budgets the year's control is not asked") {
    WorldOptions options = with(controls("stop", "stop", "stop"));
    options.fiscal_budget = false;
    World world(options);
    world.grant("travel", "100.00");
    CHECK(refusal_of([&] { world.submit("travel", "100.00"); }).empty());
    CHECK(world.warned().empty());
    CHECK(refusal_of([&] { world.submit("travel", "0.01"); }) == "over_envelope");
}

TEST_CASE("Nothing is asked of what draws nothing") {
    World world = thousand(controls("stop", "stop", "stop"));
    const auto against = world.open("travel", "400.00", "2017-06-30");
    world.lower("travel", "200.00");
    world.lower("experts", "400.00", "FY17");
    CHECK(refusal_of([&] { world.submit("travel", "400.00", against); }).empty());
    CHECK(refusal_of([&] { world.approve(1); }).empty());
    CHECK(refusal_of([&] { world.submit("travel", "0.01"); }) == "over_envelope");
}
