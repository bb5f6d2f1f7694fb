// Corrections: what comes back, where it goes, and what cannot be corrected so.
#include <catch2/catch.hpp>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// FY17 is open, travel has 1,000.00 in it, and the day is 30 June 2017.
World funded(const WorldOptions& options = {}) {
    World world(options);
    world.grant("travel", "5000.00", "", "2017-03-15");
    world.grant("experts", "5000.00", "", "2017-03-15");
    if (options.fiscal_budget) {
        world.allot("travel", "1000.00", "FY17", "2017-03-15");
        world.allot("experts", "1000.00", "FY17", "2017-03-15");
    }
    return world;
}

// An approved direct expense of travel on 20 March.
std::int64_t spent(World& world, const std::string& amount, std::int64_t commitment = 0) {
    const auto number = world.submit("travel", amount, commitment, "2017-03-20");
    world.approve(number);
    return number;
}

}  // namespace

TEST_CASE("A reversal takes back what was not refunded, from the day it was spent",
          "[DOMAIN 4.6][MODEL 2 reverse]") {
    World world = funded();
    const auto number = spent(world, "100.00");
    CHECK(refusal_of([&] { world.reverse(number, "", "carl"); }) == "not_permitted");
    CHECK(refusal_of([&] { world.reverse(number, "2017-03-19"); }) == "before_document");
    world.refund(number, "15.00", "2017-04-01");
    world.reverse(number);
    CHECK(world.moved() == "85.00 FY17 spent > FY17 free");
    CHECK(world.last().posted_on == parse_date("2017-03-20"));
    CHECK(world.expense(number).state == ExpenseState::reversed);
    CHECK(refusal_of([&] { world.reverse(number); }) == "wrong_state");
    CHECK(refusal_of([&] { world.refund(number, "1.00"); }) == "wrong_state");
}

TEST_CASE("A reversal is not dated before the approval that spent the money") {
    World world = funded();
    const auto number = world.submit("travel", "100.00", 0, "2017-03-20");
    world.approve(number, "carl", "2017-04-10");
    const Verdict said = verdict([&] { world.reverse(number, "2017-04-09"); });
    CHECK(said.message == "2017-04-09 is before the approval of SSR2-E1, of 2017-04-10");
    CHECK(said.day() == "2017-04-10");
    world.reverse(number);
    CHECK(world.last().posted_on == parse_date("2017-04-10"));
}

TEST_CASE("Only what is spent is reversed or refunded") {
    World world = funded();
    const auto number = world.submit("travel", "100.00", 0, "2017-03-20");
    CHECK(refusal_of([&] { world.reverse(number); }) == "wrong_state");
    CHECK(refusal_of([&] { world.refund(number, "1.00"); }) == "wrong_state");
    world.withdraw(number);
    CHECK(refusal_of([&] { world.reverse(number); }) == "wrong_state");
}

TEST_CASE("A reversal goes back to its open commitment, the over-run first to free money",
          "[MODEL 2 reverse open]") {
    struct Row {
        std::string promised, spent, more;  // two expenses; the first is reversed
        std::string moved;
    };
    const auto row = GENERATE(values<Row>({
        {"500.00", "100.00", "0.00", "100.00 FY17 spent > FY17 committed"},
        {"500.00", "100.00", "400.00", "100.00 FY17 spent > FY17 committed"},
        {"500.00", "100.00", "400.01",
         "99.99 FY17 spent > FY17 committed, 0.01 FY17 spent > FY17 free"},
        {"500.00", "100.00", "499.99",
         "0.01 FY17 spent > FY17 committed, 99.99 FY17 spent > FY17 free"},
        {"500.00", "100.00", "500.00", "100.00 FY17 spent > FY17 free"},
    }));
    CAPTURE(row.spent, row.more);
    World world = funded();
    const auto commitment = world.open("travel", row.promised, "2017-05-15", "2017-03-15");
    const auto number = spent(world, row.spent, commitment);
    if (row.more != "0.00") spent(world, row.more, commitment);
    world.reverse(number);
    CHECK(world.moved() == row.moved);
    CHECK(world.commitment(commitment).used == world.money(row.more));
}

TEST_CASE("After the commitment's close a reversal is free money, and the under-run shows it",
          "[DOMAIN 6.8][MODEL 2 reverse]") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    const auto number = spent(world, "100.00", commitment);
    world.close(commitment);
    world.reverse(number);
    CHECK(world.moved() == "100.00 FY17 spent > FY17 free");
    CHECK(world.commitment(commitment).under_run() == world.money("500.00"));
}

TEST_CASE("A reversal gives a commitment of a later year its money back there") {
    World world = funded(with({{"control.fiscal-year", "stop"}}));
    world.allot("travel", "600.00", "FY18", "2017-03-15");
    const auto commitment = world.open("travel", "500.00", "2017-08-15", "2017-03-15");
    const auto number = spent(world, "200.00", commitment);
    CHECK(world.held("travel") ==
          "unallotted 3400.00, FY17 free 800.00, FY17 spent 200.00, FY18 free 300.00, "
          "FY18 committed 300.00");
    world.reverse(number);
    CHECK(world.moved() == "200.00 FY17 spent > FY17 free, 200.00 FY18 free > FY18 committed");
}

TEST_CASE("After its year's close a reversal and a refund post in the year of their own day") {
    World world = funded();
    const auto reversed = spent(world, "100.00");
    const auto refunded = spent(world, "50.00");
    world.today = parse_date("2017-07-20");
    world.close_month("2017-06");
    world.reverse(reversed);
    CHECK(world.last().posted_on == parse_date("2017-07-01"));
    CHECK(world.moved() == "100.00 FY18 spent > FY18 free");
    world.refund(refunded, "20.00");
    CHECK(world.last().posted_on == world.today);
    CHECK(world.held("travel") ==
          "unallotted 4850.00, FY17 spent 150.00, FY18 free 120.00, FY18 spent -120.00");
}

TEST_CASE("A partial refund leaves the fee, and refunds never exceed what was spent",
          "[DOMAIN 4.6][MODEL 2 refund]") {
    World world = funded();
    const auto number = spent(world, "100.00");
    CHECK(refusal_of([&] { world.refund(number, "100.01"); }) == "more_than_spent");
    world.refund(number, "85.00", "2017-06-01");  // a cancellation less 15 %
    CHECK(world.moved() == "85.00 FY17 spent > FY17 free");
    CHECK(world.expense(number).spent() == world.money("15.00"));
    const Verdict said = verdict([&] { world.refund(number, "15.01"); });
    CHECK(said.message ==
          "a refund of 15.01 USD is more than the 15.00 that is left of SSR2-E1\n"
          "  left = 100.00 spent - 85.00 refunded");
    CHECK(said.hint == "try: --amount 15.00");
    world.refund(number, "15.00");
    CHECK(refusal_of([&] { world.reverse(number); }) == "nothing_changes");
}

TEST_CASE("A refund comes back as free money, not to the commitment") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    const auto number = spent(world, "100.00", commitment);
    world.refund(number, "40.00");
    CHECK(world.commitment(commitment).used == world.money("100.00"));
    CHECK(world.commitment(commitment).rest() == world.money("400.00"));
    world.reverse(number);
    CHECK(world.moved() == "60.00 FY17 spent > FY17 committed");
    CHECK(world.commitment(commitment).used == world.money("40.00"));
}

TEST_CASE("A foreign expense is refunded in its currency, at the refund's own rate",
          "[DOMAIN 4.11]") {
    World world = funded();
    const auto number = world.foreign("travel", {"100.00", "EUR", "1.10"}, "2017-03-20");
    world.approve(number);
    CHECK(world.held("travel").find("FY17 spent 110.00") != std::string::npos);
    world.refund(number, Foreign{"50.00", "EUR", "1.20"});
    CHECK(world.moved() == "60.00 FY17 spent > FY17 free");
    CHECK(refusal_of([&] {
              world.refund(number, Foreign{"50.01", "EUR", "0.01"});
          }) == "more_than_spent");
    CHECK_THROWS_AS(world.refund(number, "10.00"), BadInput);
    CHECK_THROWS_AS(world.refund(number, Foreign{"10.00", "CHF", "1.00"}), BadInput);
    world.refund(number, Foreign{"50.00", "EUR", "1.20"});  // all of it, at a better rate
    CHECK(world.expense(number).spent() == world.money("-10.00"));
}

TEST_CASE("A foreign amount is counted once, whatever is corrected") {
    World world = funded();
    const auto number = world.foreign("travel", {"100.00", "EUR", "1.10"}, "2017-03-20");
    world.approve(number);
    world.refund(number, Foreign{"40.00", "EUR", "1.10"});
    world.amend_expense(number, {.text = "Hotel, two nights"});
    CHECK(world.held("travel").find("FY17 spent 66.00") != std::string::npos);
    world.reverse(number);
    CHECK(world.moved() == "66.00 FY17 spent > FY17 free");
    CHECK(world.held("travel") == "unallotted 4000.00, FY17 free 1000.00");
}

TEST_CASE("Actuals are not counted twice against a commitment") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    const auto number = spent(world, "500.00", commitment);
    CHECK(world.held("travel") == "unallotted 4000.00, FY17 free 500.00, FY17 spent 500.00");
    world.reverse(number);
    CHECK(world.held("travel") == "unallotted 4000.00, FY17 free 500.00, FY17 committed 500.00");
    spent(world, "500.00", commitment);
    CHECK(world.held("travel") == "unallotted 4000.00, FY17 free 500.00, FY17 spent 500.00");
    CHECK(world.commitment(commitment).used == world.money("500.00"));
}

TEST_CASE("While undecided the difference of an amendment is reserved or freed", "[MODEL 2 edit]") {
    World world = funded();
    const auto number = world.submit("travel", "100.00", 0, "2017-03-20", "sue");
    world.amend_expense(number, {.amount = "130.00", .by = "sue"});
    CHECK(world.moved() == "30.00 FY17 free > FY17 requested");
    CHECK(world.last().posted_on == world.today);
    world.amend_expense(number, {.amount = "90.00"});
    CHECK(world.moved() == "40.00 FY17 requested > FY17 free");
    world.amend_expense(number, {.category = "experts"});
    CHECK(world.moved() == "90.00 FY17 requested > FY17 free, 90.00 FY17 free > FY17 requested");
    CHECK(world.held("travel") == "unallotted 4000.00, FY17 free 1000.00");
    CHECK(world.expense(number).category == "experts");
}

TEST_CASE("Controls ask an amendment for the difference alone") {
    World world = funded(with({{"control.category", "stop"}, {"control.fiscal-year", "off"}}));
    const auto number = world.submit("travel", "4900.00", 0, "2017-03-20");
    CHECK(refusal_of([&] { world.amend_expense(number, {.amount = "5000.01"}); }) ==
          "over_category");
    world.amend_expense(number, {.amount = "5000.00"});
    world.submit("experts", "4000.00", 0, "2017-03-20");
    CHECK(refusal_of([&] { world.amend_expense(number, {.category = "experts"}); }) ==
          "over_category");
    world.lower("travel", "1000.00");  // below what is in use: less is still allowed
    world.amend_expense(number, {.amount = "4999.99"});
    CHECK(world.warned().empty());
}

TEST_CASE("An amendment claims the rest of its commitment anew") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    const auto number = world.submit("travel", "600.00", commitment, "2017-03-20");
    CHECK(world.expense(number).claimed == world.money("500.00"));
    SECTION("less of it: the excess is free again, then the claim falls") {
        world.amend_expense(number, {.amount = "450.00"});
        CHECK(world.moved() == "100.00 FY17 requested > FY17 free");
        CHECK(world.commitment(commitment).claimed == world.money("450.00"));
    }
    SECTION("to no commitment: all of it is reserved") {
        world.amend_expense(number, {.commitment = 0});
        CHECK(world.moved() == "500.00 FY17 free > FY17 requested");
        CHECK(world.commitment(commitment).claimed == world.money("0.00"));
    }
    SECTION("to another one") {
        const auto other = world.open("travel", "100.00", "2017-05-15", "2017-03-15");
        world.amend_expense(number, {.commitment = other});
        CHECK(world.moved() == "400.00 FY17 free > FY17 requested");
        CHECK(world.commitment(commitment).claimed == world.money("0.00"));
        CHECK(world.commitment(other).claimed == world.money("100.00"));
    }
    SECTION("never to one that is younger, closed, or of another category") {
        const auto younger = world.open("travel", "100.00", "2017-05-15", "2017-03-21");
        CHECK(refusal_of([&] { world.amend_expense(number, {.commitment = younger}); }) ==
              "before_commitment");
        world.close(younger);
        CHECK(refusal_of([&] { world.amend_expense(number, {.commitment = younger}); }) ==
              "wrong_state");
        CHECK(refusal_of([&] { world.amend_expense(number, {.category = "experts"}); }) ==
              "other_category");
    }
    SECTION("money that the claim alone held is free again") {
        world.settle("travel", "450.00", commitment, "2017-03-20");  // an over-run of it
        CHECK(world.commitment(commitment).rest() == world.money("500.00"));
        world.amend_expense(number, {.commitment = 0});
        CHECK(world.moved() ==
              "500.00 FY17 free > FY17 requested, "
              "450.00 FY17 committed > FY17 free");
    }
}

TEST_CASE("An amendment fells the approvals given, and who amends cannot approve",
          "[MODEL 2 edit]") {
    World world = funded();
    world.policy = {{Date::min(), {}, Role::chair, 2}};
    const auto number = world.submit("travel", "100.00", 0, "2017-03-20", "sue");
    world.approve(number, "carl");
    CHECK(world.expense(number).approvals.size() == 1);
    CHECK(refusal_of([&] { world.amend_expense(number, {.text = "Taxi", .by = "carl"}); }) ==
          "not_permitted");
    world.amend_expense(number, {.text = "Taxi", .by = "fay"});
    CHECK(world.last().body.text("fallen") == "carl=chair");
    CHECK(world.expense(number).approvals.empty());
    CHECK(refusal_of([&] { world.approve(number, "fay"); }) == "own_document");
    CHECK(refusal_of([&] { world.reject(number, "fay"); }) == "own_document");
    world.approve(number, "carl");
    world.approve(number, "cora");
    CHECK(world.expense(number).state == ExpenseState::approved);
}

TEST_CASE("Who submitted it and finance amend; other support does not") {
    World world = funded();
    const auto number = world.submit("travel", "100.00", 0, "2017-03-20", "olga");
    CHECK(refusal_of([&] { world.amend_expense(number, {.text = "Taxi", .by = "sue"}); }) ==
          "not_permitted");
    world.amend_expense(number, {.text = "Taxi", .by = "otto"});
}

TEST_CASE("Of a decided expense the texts are amended, on the record, and no money moves",
          "[DOMAIN 4.6][MODEL 2 nothing moves]") {
    World world = funded();
    const auto number = spent(world, "100.00");
    const std::string before = world.held("travel");
    world.amend_expense(number, {.text = "Hotel, Copenhagen"});
    CHECK(world.moved().empty());
    CHECK(world.held("travel") == before);
    CHECK(world.expense(number).approvals.size() == 1);
    CHECK(world.expense(number).told == world.last().seq);
    CHECK(refusal_of([&] { world.amend_expense(number, {.text = "Hotel, Copenhagen"}); }) ==
          "nothing_changes");
    const Verdict said = verdict([&] { world.amend_expense(number, {.amount = "90.00"}); });
    CHECK(said.rule == Rule::wrong_state);
    CHECK(said.message == "SSR2-E1 is approved, its amount cannot be amended");
    CHECK(refusal_of([&] { world.amend_expense(number, {.category = "experts"}); }) ==
          "wrong_state");
    world.reverse(number);
    world.amend_expense(number, {.text = "Hotel, Copenhagen, booked twice"});
    CHECK(refusal_of([&] { world.amend_expense(number, {.amount = "90.00"}); }) == "wrong_state");
}

TEST_CASE("A late bill is a direct expense that names the closed commitment", "[DOMAIN 6.8]") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    CHECK(refusal_of([&] { world.late("travel", "80.00", commitment, "2017-06-01"); }) ==
          "wrong_state");
    const auto on_time = world.submit("travel", "550.00", commitment, "2017-05-15");
    world.approve(on_time);
    world.close(commitment, "2017-05-20");
    CHECK(refusal_of([&] { world.late("experts", "80.00", commitment, "2017-06-01"); }) ==
          "other_category");
    CHECK(refusal_of([&] { world.late("travel", "80.00", commitment, "2017-03-14"); }) ==
          "before_commitment");
    const auto number = world.late("travel", "80.00", commitment, "2017-06-01");
    CHECK(world.moved() == "80.00 FY17 free > FY17 requested");
    CHECK(world.expense(number).closed == commitment);
    CHECK(world.expense(number).commitment == 0);
    world.approve(number);
    CHECK(world.moved() == "80.00 FY17 requested > FY17 spent");
    CHECK(world.commitment(commitment).over_run() == world.money("50.00"));  // as it was closed
    CHECK(world.commitment(commitment).used == world.money("550.00"));
}

TEST_CASE("Support rescinded: the commitment goes down, and what a no-show cost stays",
          "[DOMAIN 6.9]") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    const auto flight = spent(world, "200.00", commitment);  // of a traveller who did not come
    world.amend(commitment, {.amount = "300.00"});
    CHECK(world.moved() == "200.00 FY17 committed > FY17 free");
    CHECK(refusal_of([&] { world.amend(commitment, {.amount = "199.99"}); }) == "below_used");
    CHECK(world.expense(flight).spent() == world.money("200.00"));
    CHECK(world.held("travel") ==
          "unallotted 4000.00, FY17 free 700.00, FY17 committed 100.00, FY17 spent 200.00");
}

TEST_CASE("Without fiscal budgets what comes back is unallotted again") {
    WorldOptions options;
    options.fiscal_budget = false;
    World world = funded(options);
    const auto number = spent(world, "100.00");
    world.refund(number, "30.00");
    CHECK(world.moved() == "30.00 FY17 spent > unallotted");
    world.reverse(number);
    CHECK(world.moved() == "70.00 FY17 spent > unallotted");
    CHECK(world.held("travel") == "unallotted 5000.00");
}

TEST_CASE("The amendment of an expense of a year that is over waits for its close") {
    World world = funded();
    const auto number = world.submit("travel", "100.00", 0, "2017-06-20");
    world.today = parse_date("2017-07-10");
    const Verdict said = verdict([&] { world.amend_expense(number, {.amount = "120.00"}); });
    CHECK(said.rule == Rule::year_over);
    CHECK(said.day() == "2017-06-30");
    world.close_month("2017-06");
    world.amend_expense(number, {.amount = "120.00"});
    CHECK(world.moved() == "20.00 FY18 free > FY18 requested");
    CHECK(world.expense(number).year == FiscalYear(2018));
}

TEST_CASE("An amendment asks its year only for what it does not free there", "[MODEL 2 edit]") {
    World world = funded(with({{"control.fiscal-year", "stop"}}));
    world.submit("experts", "1000.00", 0, "2017-03-20");  // all that the year has there
    const auto commitment = world.open("travel", "500.00", "2017-05-15", "2017-03-15");
    const auto number = world.submit("travel", "500.00", commitment, "2017-03-20");
    world.settle("travel", "450.00", commitment, "2017-03-20");  // an over-run: 50.00 is free
    CHECK(refusal_of([&] { world.amend_expense(number, {.amount = "500.01", .commitment = 0}); }) ==
          "over_fiscal_year");
    world.amend_expense(number, {.commitment = 0});
    CHECK(world.moved() == "500.00 FY17 free > FY17 requested, 450.00 FY17 committed > FY17 free");
    CHECK(world.held("travel").find("FY17 free") == std::string::npos);
}

TEST_CASE("What a reversal gives back to a commitment is not dated after its year",
          "[MODEL 2 reverse open]") {
    World world = funded();
    const auto commitment = world.open("travel", "500.00", "2017-06-15", "2017-03-15");
    const auto number = spent(world, "100.00", commitment);
    world.today = parse_date("2017-07-10");
    const Verdict said = verdict([&] { world.reverse(number, "2017-07-05"); });
    CHECK(said.rule == Rule::year_over);
    CHECK(said.day() == "2017-06-30");
    world.reverse(number, "2017-06-30");
    CHECK(world.moved() == "100.00 FY17 spent > FY17 committed");
}
