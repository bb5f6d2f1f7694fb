#include "ledger/envelope.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// "travel 5.00, travel FY17 5.00": what the last act decided.
std::string decided(const World& world) {
    std::string result;
    for (const auto& decision : decisions(world.last(), world.review().currency())) {
        result += (result.empty() ? "" : ", ") + decision.category +
                  (decision.year ? ' ' + decision.year->text() : "") + ' ' + decision.amount.text();
    }
    return result;
}

}  // namespace

TEST_CASE("A grant comes from authority and waits for a year", "[MODEL 2 grant]") {
    World world;
    world.grant("travel", "350000.00", "", "2017-03-15");
    CHECK(world.moved() == "350000.00 authority > unallotted");
    CHECK(decided(world) == "travel 350000.00");
    CHECK(world.held("travel") == "unallotted 350000.00");
    CHECK(world.held("travel", "2017-03-14").empty());
    CHECK(to_text(world.last().posted_on) == "2017-03-15");
}

TEST_CASE("A grant with a fiscal year is given to that year at once") {
    World world;
    world.grant("travel", "350000.00", "FY17");
    CHECK(world.moved() == "350000.00 authority > unallotted, 350000.00 unallotted > FY17 free");
    CHECK(decided(world) == "travel 350000.00, travel FY17 350000.00");
}

TEST_CASE("A lowering goes back to authority, out of a year where one is named") {
    World world;
    world.grant("travel", "100.00");
    world.lower("travel", "30.00");
    CHECK(world.moved() == "30.00 unallotted > authority");
    CHECK(decided(world) == "travel -30.00");
    world.allot("travel", "70.00", "FY17");
    world.lower("travel", "20.00", "FY17");
    CHECK(world.moved() == "20.00 FY17 free > unallotted, 20.00 unallotted > authority");
    CHECK(decided(world) == "travel -20.00, travel FY17 -20.00");
    CHECK(world.held("travel") == "FY17 free 50.00");
}

TEST_CASE("Lowering below use is recorded, with a warning", "[MODEL 2 lower]") {
    struct Row {
        std::string amount, year, warned, held;
    };
    const auto row = GENERATE(values<Row>({
        {"60.00", "", "", "FY17 free 30.00, FY17 spent 10.00"},
        {"60.01", "", "more_than_there", "unallotted -0.01, FY17 free 30.00, FY17 spent 10.00"},
        {"30.00", "FY17", "", "unallotted 60.00, FY17 spent 10.00"},
        {"30.01", "FY17", "more_than_there", "unallotted 60.00, FY17 free -0.01, FY17 spent 10.00"},
    }));
    CAPTURE(row.amount, row.year);
    World world;
    world.grant("travel", "100.00");
    world.allot("travel", "40.00", "FY17");
    world.settle("travel", "10.00");
    world.lower("travel", row.amount, row.year);
    CHECK(world.warned() == row.warned);
    CHECK(world.held("travel") == row.held);
}

TEST_CASE("A lowering is compared with every later day, not only with its own") {
    World world;
    world.grant("travel", "100.00", "", "2017-03-01");
    world.allot("travel", "40.00", "FY17", "2017-05-01");
    world.lower("travel", "60.01", "", "2017-04-01");
    CHECK(world.warned() == "more_than_there");
}

TEST_CASE("Allotting and taking back never exceed what is there, to the cent", "[MODEL 2 allot]") {
    struct Row {
        std::string allot, unallot, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"100.00", "", ""},
        {"100.01", "", "more_than_there"},
        {"100.00", "75.00", ""},
        {"100.00", "75.01", "more_than_there"},
    }));
    CAPTURE(row.allot, row.unallot);
    World world;
    world.grant("travel", "100.00");
    CHECK(refusal_of([&] {
              world.allot("travel", row.allot, "FY17");
              if (row.unallot.empty()) return;
              world.settle("travel", "25.00");
              world.unallot("travel", row.unallot, "FY17");
          }) == row.refused);
}

TEST_CASE("An allotment crosses from unallotted to the year and back") {
    World world;
    world.grant("travel", "100.00");
    world.allot("travel", "60.00", "FY18");
    CHECK(world.moved() == "60.00 unallotted > FY18 free");
    CHECK(decided(world) == "travel FY18 60.00");
    world.unallot("travel", "10.00", "FY18");
    CHECK(world.moved() == "10.00 FY18 free > unallotted");
    CHECK(decided(world) == "travel FY18 -10.00");
}

TEST_CASE("An allotment may use what is there on every day from its own on") {
    struct Row {
        std::string on, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-06-10", ""}, {"2017-06-09", "more_than_there"},  // 40.00 until the second grant
    }));
    World world;
    world.grant("travel", "40.00", "", "2017-06-01");
    world.grant("travel", "60.00", "", "2017-06-10");
    CHECK(refusal_of([&] { world.allot("travel", "40.01", "FY17", row.on); }) == row.refused);
}

TEST_CASE("A move between categories leaves the total as it is", "[DOMAIN 4.4][MODEL 2 move]") {
    World world;
    world.grant("travel", "100.00", "FY17");
    world.grant("travel", "20.00");
    world.move("travel", "experts", "20.00");
    CHECK(world.moved() == "20.00 unallotted > unallotted");
    CHECK(decided(world) == "travel -20.00, experts 20.00");
    world.move("travel", "experts", "30.00", "FY17");
    CHECK(world.moved() == "30.00 FY17 free > FY17 free");
    CHECK(decided(world) == "travel -30.00, travel FY17 -30.00, experts 30.00, experts FY17 30.00");
    CHECK(world.held("travel") == "FY17 free 70.00");
    CHECK(world.held("experts") == "unallotted 20.00, FY17 free 30.00");
    CHECK(refusal_of([&] { world.move("travel", "experts", "0.01"); }) == "more_than_there");
    CHECK(refusal_of([&] { world.move("travel", "experts", "70.01", "FY17"); }) ==
          "more_than_there");
    CHECK_THROWS_AS(world.move("travel", "travel", "1.00"), BadInput);
}

TEST_CASE("Under stop a move leaves the category's free money above zero") {
    // 100.00 is granted and 80.00 used of a year that was given nothing: 20.00 is free.
    struct Row {
        std::string control, amount, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"stop", "20.00", ""},
        {"stop", "20.01", "more_than_there"},
        {"warn", "100.00", ""},
        {"warn", "100.01", "more_than_there"},
    }));
    CAPTURE(row.control, row.amount);
    World world(with({{"control.category", row.control}}));
    world.grant("travel", "100.00");
    world.settle("travel", "80.00");
    CHECK(refusal_of([&] { world.move("travel", "experts", row.amount); }) == row.refused);
}

TEST_CASE("Under stop taking back leaves the year's free money above zero") {
    struct Row {
        std::string control, amount, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"stop", "20.00", ""},
        {"stop", "20.01", "more_than_there"},
        {"warn", "100.00", ""},
    }));
    CAPTURE(row.control, row.amount);
    World world(with({{"control.fiscal-year", row.control}}));
    world.grant("travel", "100.00", "FY17");
    world.grant("experts", "80.00");
    world.settle("experts", "80.00");
    CHECK(refusal_of([&] { world.unallot("travel", row.amount, "FY17"); }) == row.refused);
}

TEST_CASE("Only grants and lowerings take effect in a closed month", "[DOMAIN 4.7]") {
    World world;
    world.grant("travel", "100.00", "FY17", "2017-03-15");
    world.close_month("2017-04");
    CHECK_NOTHROW(world.grant("travel", "10.00", "", "2017-04-30"));
    CHECK_NOTHROW(world.lower("travel", "5.00", "", "2017-03-20"));
    CHECK_NOTHROW(world.grant("travel", "10.00", "FY17", "2017-04-30"));
    CHECK(world.held("travel", "2017-04-30") == "unallotted 5.00, FY17 free 110.00");
    const Verdict said = verdict([&] { world.allot("travel", "5.00", "FY17", "2017-04-30"); });
    CHECK(said.rule == Rule::period_closed);
    CHECK(said.day() == "2017-05-01");
    CHECK_NOTHROW(world.allot("travel", "5.00", "FY17", said.day()));
    CHECK(refusal_of([&] { world.move("travel", "experts", "5.00", "FY17", "2017-04-30"); }) ==
          "period_closed");
    CHECK(refusal_of([&] { world.unallot("travel", "5.00", "FY17", "2017-04-30"); }) ==
          "period_closed");
}

TEST_CASE("A year's budget changes until the year is over, and not once it is closed") {
    World world;
    world.grant("travel", "100.00", "FY17", "2017-03-15");
    world.grant("travel", "50.00", "", "2017-03-15");
    world.today = parse_date("2017-07-20");
    const auto acts = std::vector<std::function<void(const std::string&)>>{
        [&](const std::string& on) { world.allot("travel", "1.00", "FY17", on); },
        [&](const std::string& on) { world.unallot("travel", "1.00", "FY17", on); },
        [&](const std::string& on) { world.grant("travel", "1.00", "FY17", on); },
        [&](const std::string& on) { world.lower("travel", "1.00", "FY17", on); },
        [&](const std::string& on) { world.move("travel", "experts", "1.00", "FY17", on); },
    };
    for (const auto& act : acts) {
        const Verdict said = verdict([&] { act(""); });
        CHECK(said.rule == Rule::year_over);
        CHECK(said.day() == "2017-06-30");
        CHECK_NOTHROW(act(said.day()));
    }
    world.close_month("2017-06");
    for (const auto& act : acts) {
        const Verdict said = verdict([&] { act("2017-06-30"); });
        CHECK(said.rule == Rule::year_over);
        CHECK(said.day().empty());
    }
}

TEST_CASE("Without fiscal budgets no year holds money of its own") {
    WorldOptions options;
    options.fiscal_budget = false;
    World world(options);
    world.grant("travel", "100.00");
    CHECK(refusal_of([&] { world.grant("travel", "1.00", "FY17"); }) == "fiscal_budget_off");
    CHECK(refusal_of([&] { world.allot("travel", "1.00", "FY17"); }) == "fiscal_budget_off");
    CHECK(refusal_of([&] { world.unallot("travel", "1.00", "FY17"); }) == "fiscal_budget_off");
    CHECK(refusal_of([&] { world.move("travel", "experts", "1.00", "FY17"); }) ==
          "fiscal_budget_off");
    CHECK_NOTHROW(world.move("travel", "experts", "1.00"));
}

TEST_CASE("An act of authority has an amount above zero, a reason, a known category, a past day") {
    World world;
    const auto grant = [&](const std::string& category, const std::string& amount,
                           const std::string& why, const std::string& on) {
        BudgetChange ask{category, world.money(amount), why, {}, parse_date(on)};
        world.apply("olga", envelope::grant(world.facts("olga"), ask));
    };
    CHECK_THROWS_AS(grant("travel", "0.00", "why", "2017-06-30"), BadInput);
    CHECK_THROWS_AS(grant("travel", "-0.01", "why", "2017-06-30"), BadInput);
    CHECK_THROWS_AS(grant("travel", "0.01", " \n ", "2017-06-30"), BadInput);
    CHECK(refusal_of([&] { grant("traval", "0.01", "why", "2017-06-30"); }) == "unknown_category");
    CHECK(refusal_of([&] { grant("travel", "0.01", "why", "2017-07-01"); }) == "in_the_future");
    CHECK(refusal_of([&] { grant("travel", "0.01", "why", "2017-06-30"); }).empty());
    CHECK_THROWS_AS(
        envelope::allot(world.facts("olga"), {"travel", world.money("1.00"), "", {}, {}}),
        BadInput);
}

TEST_CASE("Finance and the Board record grants, finance alone allots") {
    struct Row {
        std::string user;
        std::string grant, allot;
    };
    const auto row = GENERATE(values<Row>({
        {"olga", "", ""},
        {"bob", "", "not_permitted"},
        {"ada", "not_permitted", "not_permitted"},
        {"sue", "not_permitted", "not_permitted"},
        {"carl", "not_permitted", "not_permitted"},
        {"vera", "not_permitted", "not_permitted"},
    }));
    CAPTURE(row.user);
    World world;
    world.grant("travel", "100.00");
    const BudgetChange ask{"travel", world.money("1.00"), "why", FiscalYear(2017), {}};
    CHECK(refusal_of([&] { envelope::grant(world.facts(row.user), ask); }) == row.grant);
    CHECK(refusal_of([&] { envelope::lower(world.facts(row.user), ask); }) == row.grant);
    CHECK(refusal_of([&] { envelope::allot(world.facts(row.user), ask); }) == row.allot);
    CHECK(refusal_of([&] { envelope::unallot(world.facts(row.user), ask); }) ==
          (row.allot.empty() ? "more_than_there" : row.allot));
}
