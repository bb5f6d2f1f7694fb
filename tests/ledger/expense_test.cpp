#include "ledger/expense.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// A review in June 2017 with 1,000.00 for FY17 and 1,000.00 for FY18 in travel.
World two_years(const SettingValues& settings = {}) {
    World world(with(settings));
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    world.grant("travel", "1000.00", "FY18", "2017-03-01");
    return world;
}

}  // namespace

TEST_CASE("A direct expense is requested, then spent, or given back",
          "[MODEL 2 submit][MODEL 2 approve][MODEL 2 undo]") {
    World world = two_years();
    const auto approved = world.submit("travel", "10.00", 0, "2017-06-10");
    CHECK(world.moved() == "10.00 FY17 free > FY17 requested");
    CHECK(world.expense(approved).state == ExpenseState::submitted);
    world.approve(approved);
    CHECK(world.moved() == "10.00 FY17 requested > FY17 spent");
    CHECK(to_text(world.last().posted_on) == "2017-06-10");
    CHECK(world.expense(approved).state == ExpenseState::approved);
    const auto rejected = world.submit("travel", "5.00");
    world.reject(rejected);
    CHECK(world.moved() == "5.00 FY17 requested > FY17 free");
    CHECK(world.expense(rejected).state == ExpenseState::rejected);
    const auto withdrawn = world.submit("travel", "5.00");
    world.withdraw(withdrawn);
    CHECK(world.moved() == "5.00 FY17 requested > FY17 free");
    CHECK(world.expense(withdrawn).state == ExpenseState::withdrawn);
    for (const auto number : {approved, rejected, withdrawn}) {
        CHECK(refusal_of([&] { world.approve(number); }) == "wrong_state");
        CHECK(refusal_of([&] { world.reject(number); }) == "wrong_state");
        CHECK(refusal_of([&] { world.withdraw(number); }) == "wrong_state");
    }
}

TEST_CASE("Against a commitment an expense claims what nobody else does, the excess is asked for",
          "[DOMAIN 6.8][MODEL 2 submit against]") {
    // A commitment of 100.00; before this expense 40.00 is used, 30.00 claimed by another.
    struct Row {
        std::string amount, claimed, moved, approved;
    };
    const auto row = GENERATE(values<Row>({
        {"20.00", "20.00", "", "20.00 FY17 committed > FY17 spent"},
        {"30.00", "30.00", "", "30.00 FY17 committed > FY17 spent"},
        {"30.01", "30.00", "0.01 FY17 free > FY17 requested",
         "30.00 FY17 committed > FY17 spent, 0.01 FY17 requested > FY17 spent"},
        {"130.00", "30.00", "100.00 FY17 free > FY17 requested",
         "30.00 FY17 committed > FY17 spent, 100.00 FY17 requested > FY17 spent"},
    }));
    CAPTURE(row.amount);
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "40.00", against);
    world.submit("travel", "30.00", against);
    const auto number = world.submit("travel", row.amount, against);
    CHECK(world.moved() == row.moved);
    CHECK(world.expense(number).claimed == world.money(row.claimed));
    world.approve(number);
    CHECK(world.moved() == row.approved);
}

TEST_CASE("Approved against a commitment, money left over of what was asked for is free again",
          "[MODEL 2 approve against]") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-06-30");
    const auto first = world.submit("travel", "80.00", against);
    const auto second = world.submit("travel", "70.00", against);
    CHECK(world.moved() == "50.00 FY17 free > FY17 requested");
    world.reject(first);
    CHECK(world.moved().empty());
    world.approve(second);
    CHECK(world.moved() == "70.00 FY17 committed > FY17 spent, 50.00 FY17 requested > FY17 free");
    CHECK(world.commitment(against).rest() == world.money("30.00"));
}

TEST_CASE("A claim that alone held the rest releases it when it falls", "[MODEL 2 undo]") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-06-30");
    const auto claims = world.submit("travel", "60.00", against);
    world.settle("travel", "70.00", against);
    CHECK(world.moved() == "40.00 FY17 committed > FY17 spent, 30.00 FY17 free > FY17 spent");
    CHECK(world.commitment(against).rest() == world.money("60.00"));
    SECTION("approved: the over-run stays") {
        world.approve(claims);
        CHECK(world.moved() == "60.00 FY17 committed > FY17 spent");
        CHECK(world.commitment(against).over_run() == world.money("30.00"));
    }
    SECTION("withdrawn: only what is not used stays committed") {
        world.withdraw(claims);
        CHECK(world.moved() == "30.00 FY17 committed > FY17 free");
        CHECK(world.commitment(against).rest() == world.money("30.00"));
    }
}

TEST_CASE("A commitment of a later year gives its money back there, the expense's year pays",
          "[DOMAIN 6.4][MODEL 2 approve later year]") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-09-01", "2017-06-20");
    const auto number = world.submit("travel", "130.00", against, "2017-06-20");
    CHECK(world.moved() == "30.00 FY17 free > FY17 requested");
    world.approve(number);
    CHECK(world.moved() ==
          "100.00 FY18 committed > FY18 free, 100.00 FY17 free > FY17 spent, "
          "30.00 FY17 requested > FY17 spent");
    CHECK(world.held("travel") == "FY17 free 870.00, FY17 spent 130.00, FY18 free 1000.00");
}

TEST_CASE("The year that pays for a later year's commitment is asked by its control, to the cent") {
    struct Row {
        std::string amount, refused;
        bool settled;
    };
    const auto row = GENERATE(values<Row>({
        {"1000.00", "", false},
        {"1000.01", "over_fiscal_year", false},
        {"1000.00", "", true},
        {"1000.01", "over_fiscal_year", true},
    }));
    CAPTURE(row.amount, row.settled);
    World world = two_years({{"control.fiscal-year", "stop"}});
    // Of the later commitment 600.00 is there; the excess is asked for in the same sum.
    const auto against = world.open("travel", "600.00", "2017-09-01");
    CHECK(refusal_of([&] {
              if (row.settled) {
                  world.settle("travel", row.amount, against);
              } else {
                  world.approve(world.submit("travel", row.amount, against));
              }
          }) == row.refused);
}

TEST_CASE("What was left over counts when the year's control is asked at approval") {
    World world = two_years({{"control.fiscal-year", "stop"}});
    const auto against = world.open("travel", "600.00", "2017-09-01");
    const auto first = world.submit("travel", "600.00", against);
    const auto second = world.submit("travel", "600.00", against);  // all of it asked for
    world.withdraw(first);
    world.settle("travel", "400.00");
    CHECK(world.held("travel").find("FY17 free") == std::string::npos);
    world.approve(second);
    CHECK(world.moved() ==
          "600.00 FY18 committed > FY18 free, 600.00 FY17 free > FY17 spent, "
          "600.00 FY17 requested > FY17 free");
}

TEST_CASE("Money of a year that is over is not used from a later one until it is closed",
          "[MODEL 2 approve earlier year]") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-06-30");
    world.today = parse_date("2017-07-20");
    const Verdict said = verdict([&] { world.submit("travel", "10.00", against); });
    CHECK(said.rule == Rule::year_over);
    CHECK(said.day() == "2017-06-30");
    const auto june = world.submit("travel", "10.00", against, said.day());
    const Verdict late = verdict([&] { world.approve(june, "carl", "2017-07-01"); });
    CHECK(late.rule == Rule::year_over);
    CHECK(late.day() == "2017-06-30");
    world.close_month("2017-06");
    world.approve(june);
    CHECK(to_text(world.last().posted_on) == "2017-07-01");
    CHECK(world.moved() == "10.00 FY18 committed > FY18 spent");
    world.approve(world.submit("travel", "20.00", against));
    CHECK(world.moved() == "20.00 FY18 committed > FY18 spent");
}

TEST_CASE("An expense of the new year on a commitment moved back to the old one waits") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-09-01", "2017-06-01");
    world.today = parse_date("2017-07-20");
    const auto number = world.submit("travel", "10.00", against, "2017-07-10");
    world.amend(against, {.expected = "2017-06-20", .on = "2017-06-25"});
    const Verdict said = verdict([&] { world.approve(number); });
    CHECK(said.rule == Rule::year_over);
    CHECK(said.day().empty());  // no day fits
    world.amend(against, {.expected = "2017-09-01", .on = "2017-06-30"});
    CHECK_NOTHROW(world.approve(number));
}

TEST_CASE("A settled expense is submitted and approved in one event", "[MODEL 2 settled]") {
    World world = two_years();
    const auto direct = world.settle("travel", "10.00");
    CHECK(world.moved() == "10.00 FY17 free > FY17 spent");
    CHECK(world.expense(direct).state == ExpenseState::approved);
    CHECK(approvals_text(world.expense(direct).approvals) == "carl=chair?");
    CHECK(world.expense(direct).reserved.is_zero());
    const auto against = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "100.01", against);
    CHECK(world.moved() == "100.00 FY17 committed > FY17 spent, 0.01 FY17 free > FY17 spent");
    CHECK(world.commitment(against).used == world.money("100.01"));
}

TEST_CASE("Only what a settled expense gets from free is asked of the controls") {
    struct Row {
        std::string amount, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"600.00", ""},
        {"2000.00", ""},
        {"2000.01", "over_envelope"},
    }));
    World world = two_years();
    const auto against = world.open("travel", "600.00", "2017-06-30");
    CHECK(refusal_of([&] { world.settle("travel", row.amount, against); }) == row.refused);
}

TEST_CASE("A new expense has an amount, a reason, a category, and an open commitment of it") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-06-30", "2017-06-10");
    const auto proposed = world.propose("travel", "1.00", "2017-06-30");
    CHECK_THROWS_AS(world.submit("travel", "0.00"), BadInput);
    CHECK_THROWS_AS(world.submit("travel", "-0.01"), BadInput);
    CHECK(refusal_of([&] { world.submit("hotel", "1.00"); }) == "unknown_category");
    CHECK(refusal_of([&] { world.submit("experts", "1.00", against); }) == "other_category");
    CHECK(refusal_of([&] { world.submit("travel", "1.00", proposed); }) == "wrong_state");
    const Verdict early = verdict([&] { world.submit("travel", "1.00", against, "2017-06-09"); });
    CHECK(early.rule == Rule::before_commitment);
    CHECK(early.day() == "2017-06-10");
    CHECK_NOTHROW(world.submit("travel", "1.00", against, early.day()));

    const auto submit = [&](const ExpenseDraft& draft, const ExpenseContext& context) {
        expense::submit(world.facts("olga"), draft, context);
    };
    ExpenseDraft silent = world.draft("travel", "1.00");
    silent.why = " ";
    CHECK_THROWS_AS(submit(silent, world.context()), BadInput);
    ExpenseDraft foreign = world.draft("travel", "1.00");
    foreign.commitment = DocumentId::parse("CCT-C1");
    CHECK(refusal_of([&] { submit(foreign, world.context()); }) == "other_review");
    ExpenseDraft dated = world.draft("travel", "1.00");
    dated.document_on = parse_date("2017-07-01");
    CHECK(refusal_of([&] { submit(dated, world.context()); }) == "in_the_future");
    dated.document_on = world.today;
    CHECK(refusal_of([&] { submit(dated, world.context()); }).empty());
    ExpenseContext twice = world.context();
    twice.same_invoice = DocumentId::parse("SSR2-E1");
    CHECK(refusal_of([&] { submit(world.draft("travel", "1.00"), twice); }) == "duplicate_invoice");
}

TEST_CASE("A settled expense takes of a commitment only what is there on its day") {
    World world = two_years();
    const auto against = world.open("travel", "100.00", "2017-06-30", "2017-03-10");
    world.amend(against, {.amount = "300.00", .on = "2017-05-10"});
    CHECK_NOTHROW(world.settle("travel", "100.00", against, "2017-04-10"));
    const Verdict said = verdict([&] { world.settle("travel", "0.01", against, "2017-04-10"); });
    CHECK(said.rule == Rule::before_commitment);
    CHECK(said.day() == "2017-05-10");
    CHECK_NOTHROW(world.settle("travel", "0.01", against, said.day()));
}

TEST_CASE("An expense folded from the log is what was asked") {
    World world = two_years();
    const auto against = world.open("travel", "5.00", "2017-06-30", "2017-05-01");
    ExpenseDraft draft = world.draft("travel", "15.06", against, "2017-06-10");
    draft.document_on = parse_date("2017-05-20");
    draft.original = Original{Money::parse("100.00", Currency::parse("DKK")), Rate::parse("0.1506"),
                              parse_date("2017-05-19"), "Nationalbanken"};
    draft.invoice = "2017/4";
    draft.type = "hotel";
    ExpenseContext context = world.context(against);
    context.payee = 7;
    context.receipt = std::string(64, 'a');
    const Event& event = world.apply("sue", expense::submit(world.facts("sue"), draft, context));
    const Expense& document = world.expense(1);
    CHECK(document.amount == world.money("15.06"));
    CHECK(document.claimed == world.money("5.00"));
    CHECK(document.reserved == world.money("10.06"));
    CHECK(document.commitment == against);
    CHECK(document.payee == 7);
    CHECK(document.invoice == "2017/4");
    CHECK(document.submitted_by == "sue");
    CHECK(document.document_on == draft.document_on);
    CHECK(to_text(document.posted_on) == "2017-06-10");
    CHECK(event.body.text("original_amount") == "100.00");
    CHECK(event.body.text("original_currency") == "DKK");
    CHECK(event.body.text("rate") == "0.1506");
    CHECK(event.body.text("rate_date") == "2017-05-19");
    CHECK(event.body.text("rate_source") == "Nationalbanken");
    CHECK(event.body.text("payee") == "SSR2-P7");
    CHECK(event.body.text("receipt") == std::string(64, 'a'));
    CHECK(event.reason == "air fare");
}
