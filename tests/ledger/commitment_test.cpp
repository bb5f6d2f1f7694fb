#include "ledger/commitment.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// A review in June 2017 with 1,000.00 for FY17 and 1,000.00 for FY18 in travel.
World two_years() {
    World world;
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    world.grant("travel", "1000.00", "FY18", "2017-03-01");
    return world;
}

// "open 100.00, used 0.00, claimed 0.00, reserved 0.00, FY17".
std::string show(const Commitment& document) {
    return std::string(name(document.state)) + ' ' + document.amount.text() + ", used " +
           document.used.text() + ", claimed " + document.claimed.text() + ", reserved " +
           document.reserved.text() + ", " + document.year.text();
}

}  // namespace

TEST_CASE("A commitment is committed in the year of its expected date, or of its own if later",
          "[MODEL 2 open]") {
    struct Row {
        std::string on, expected, moved;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-06-01", "2017-06-20", "95.00 FY17 free > FY17 committed"},
        {"2017-06-01", "2017-06-30", "95.00 FY17 free > FY17 committed"},
        {"2017-06-01", "2017-07-01", "95.00 FY18 free > FY18 committed"},
        {"2017-07-01", "2017-06-30", "95.00 FY18 free > FY18 committed"},
        {"2017-06-01", "2016-06-30", "95.00 FY17 free > FY17 committed"},
    }));
    CAPTURE(row.on, row.expected);
    World world = two_years();
    world.today = parse_date("2017-07-10");
    const auto number = world.open("travel", "95.00", row.expected, row.on);
    CHECK(world.moved() == row.moved);
    CHECK(world.commitment(number).state == CommitmentState::open);
    CHECK(to_text(world.last().posted_on) == row.on);
}

TEST_CASE("A proposal is requested; confirming makes it committed, rejecting gives it back",
          "[DOMAIN 4.5][MODEL 2 propose][MODEL 2 confirm]") {
    World world = two_years();
    const auto kept = world.propose("travel", "95.00", "2017-06-30");
    CHECK(world.moved() == "95.00 FY17 free > FY17 requested");
    CHECK(show(world.commitment(kept)) ==
          "proposed 95.00, used 0.00, claimed 0.00, reserved 95.00, FY17");
    world.confirm(kept);
    CHECK(world.moved() == "95.00 FY17 requested > FY17 committed");
    CHECK(show(world.commitment(kept)) ==
          "open 95.00, used 0.00, claimed 0.00, reserved 0.00, FY17");
    const auto refused = world.propose("travel", "5.00", "2017-06-30");
    world.reject_commitment(refused);
    CHECK(world.moved() == "5.00 FY17 requested > FY17 free");
    CHECK(show(world.commitment(refused)) ==
          "rejected 5.00, used 0.00, claimed 0.00, reserved 0.00, FY17");
    CHECK(refusal_of([&] { world.confirm(refused); }) == "wrong_state");
    CHECK(refusal_of([&] { world.reject_commitment(kept); }) == "wrong_state");
}

TEST_CASE("Confirmed at another price, the difference comes from or goes to free",
          "[MODEL 2 confirm]") {
    struct Row {
        std::string price, moved, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"95.00", "95.00 FY17 requested > FY17 committed", ""},
        {"94.99", "94.99 FY17 requested > FY17 committed, 0.01 FY17 requested > FY17 free", ""},
        {"95.01", "95.00 FY17 requested > FY17 committed, 0.01 FY17 free > FY17 committed", ""},
        {"2000.00", "95.00 FY17 requested > FY17 committed, 1905.00 FY17 free > FY17 committed",
         ""},
        {"2000.01", "", "over_envelope"},
    }));
    CAPTURE(row.price);
    World world = two_years();
    const auto number = world.propose("travel", "95.00", "2017-06-30");
    const std::string refused = refusal_of([&] { world.confirm(number, row.price); });
    CHECK(refused == row.refused);
    if (refused.empty()) {
        CHECK(world.moved() == row.moved);
        CHECK(world.commitment(number).amount == world.money(row.price));
    }
}

TEST_CASE("Nobody confirms or rejects what they proposed") {
    World world = two_years();
    const auto number = world.propose("travel", "95.00", "2017-06-30", "", "fay");
    CHECK(refusal_of([&] { world.confirm(number, "", "", "fay"); }) == "own_document");
    CHECK(refusal_of([&] { world.reject_commitment(number, "", "fay"); }) == "own_document");
    CHECK(refusal_of([&] { world.confirm(number, "", "", "carl"); }).empty());
    world.amend(number, {.amount = "100.00", .proposed = true, .by = "fay"});
    CHECK(refusal_of([&] { world.confirm(number, "", "", "fay"); }) == "own_document");
    CHECK(refusal_of([&] { world.confirm(number, "", "", "carl"); }).empty());
}

TEST_CASE("An amendment moves free money up to the new rest, controls asked for the increase",
          "[MODEL 2 amend commitment]") {
    struct Row {
        std::string amount, moved, refused;
    };
    const auto row = GENERATE(values<Row>({
        {"120.00", "20.00 FY17 free > FY17 committed", ""},
        {"80.00", "20.00 FY17 committed > FY17 free", ""},
        {"70.00", "30.00 FY17 committed > FY17 free", ""},  // 40.00 used, 30.00 claimed
        {"69.99", "", "below_used"},
        {"2000.00", "1900.00 FY17 free > FY17 committed", ""},
        {"2000.01", "", "over_envelope"},
    }));
    CAPTURE(row.amount);
    World world = two_years();
    const auto number = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "40.00", number);
    world.submit("travel", "30.00", number);
    const std::string refused = refusal_of([&] { world.amend(number, {.amount = row.amount}); });
    CHECK(refused == row.refused);
    if (refused.empty()) CHECK(world.moved() == row.moved);
}

TEST_CASE("A proposal is amended within what is requested") {
    World world = two_years();
    const auto number = world.propose("travel", "95.00", "2017-06-30");
    world.amend(number, {.amount = "90.00", .by = "sue"});
    CHECK(world.moved() == "5.00 FY17 requested > FY17 free");
    world.amend(number, {.amount = "96.00", .expected = "2017-07-01"});
    CHECK(world.moved() == "90.00 FY17 requested > FY17 free, 96.00 FY18 free > FY18 requested");
    CHECK(show(world.commitment(number)) ==
          "proposed 96.00, used 0.00, claimed 0.00, reserved 96.00, FY18");
    CHECK(world.commitment(number).asked_by == "sue");
}

TEST_CASE("A new expected date in another year moves the rest there, whole", "[MODEL 2 expected]") {
    World world = two_years();
    const auto number = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "40.00", number);
    world.amend(number, {.expected = "2017-09-01"});
    CHECK(world.moved() == "60.00 FY17 committed > FY17 free, 60.00 FY18 free > FY18 committed");
    world.amend(number, {.amount = "110.00", .expected = "2017-06-01"});
    CHECK(world.moved() == "60.00 FY18 committed > FY18 free, 70.00 FY17 free > FY17 committed");
    world.amend(number, {.expected = "2017-05-01"});
    CHECK(world.moved().empty());
    CHECK(refusal_of([&] { world.amend(number, {.expected = "2017-05-01"}); }) ==
          "nothing_changes");
}

TEST_CASE("Another year is asked for all that it will give, in one sum") {
    struct Row {
        std::string amount, refused;
        bool proposed;
    };
    const auto row = GENERATE(values<Row>({
        {"1000.00", "", false},
        {"1000.01", "over_fiscal_year", false},
        {"1000.00", "", true},
        {"1000.01", "over_fiscal_year", true},
    }));
    CAPTURE(row.amount, row.proposed);
    World world(with({{"control.fiscal-year", "stop"}}));
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    world.grant("travel", "1000.00", "FY18", "2017-03-01");
    const auto number = world.open("travel", "600.00", "2017-06-30");
    CHECK(refusal_of([&] {
              world.amend(
                  number,
                  {.amount = row.amount, .expected = "2017-07-01", .proposed = row.proposed});
          }) == row.refused);
}

TEST_CASE("An increase that is proposed waits in requested for its confirmation") {
    World world = two_years();
    const auto number = world.open("travel", "100.00", "2017-06-30");
    world.amend(number, {.amount = "130.00", .proposed = true, .by = "sue"});
    CHECK(world.moved() == "30.00 FY17 free > FY17 requested");
    CHECK(show(world.commitment(number)) ==
          "open 100.00, used 0.00, claimed 0.00, reserved 30.00, FY17");
    CHECK(refusal_of([&] { world.amend(number, {.amount = "140.00"}); }) == "wrong_state");
    SECTION("confirmed") {
        world.confirm(number);
        CHECK(world.moved() == "30.00 FY17 requested > FY17 committed");
        CHECK(show(world.commitment(number)) ==
              "open 130.00, used 0.00, claimed 0.00, reserved 0.00, FY17");
    }
    SECTION("confirmed in part") {
        world.confirm(number, "110.00");
        CHECK(world.moved() ==
              "10.00 FY17 requested > FY17 committed, 20.00 FY17 requested > FY17 free");
    }
    SECTION("rejected: the commitment stays as it was") {
        world.reject_commitment(number);
        CHECK(world.moved() == "30.00 FY17 requested > FY17 free");
        CHECK(show(world.commitment(number)) ==
              "open 100.00, used 0.00, claimed 0.00, reserved 0.00, FY17");
    }
    SECTION("closed: both go back") {
        world.close(number);
        CHECK(world.moved() ==
              "100.00 FY17 committed > FY17 free, 30.00 FY17 requested > FY17 free");
    }
    SECTION("used beyond it meanwhile: nothing is left to commit") {
        world.settle("travel", "150.00", number);
        world.confirm(number);
        CHECK(world.moved() == "30.00 FY17 requested > FY17 free");
        CHECK(world.commitment(number).over_run() == world.money("20.00"));
    }
}

TEST_CASE("Closing releases the rest, unless an expense is undecided",
          "[DOMAIN 4.5][MODEL 2 close commitment]") {
    World world = two_years();
    const auto number = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "40.00", number);
    const auto waits = world.submit("travel", "10.00", number);
    CHECK(refusal_of([&] { world.close(number); }) == "undecided_expenses");
    world.approve(waits);
    world.close(number);
    CHECK(world.moved() == "50.00 FY17 committed > FY17 free");
    CHECK(world.commitment(number).under_run() == world.money("50.00"));
    CHECK(world.commitment(number).over_run().is_zero());
    CHECK(refusal_of([&] { world.close(number); }) == "wrong_state");
    CHECK(refusal_of([&] { world.amend(number, {.amount = "1.00"}); }) == "wrong_state");
}

TEST_CASE("Closing a proposal gives back what it asked for") {
    World world = two_years();
    const auto number = world.propose("travel", "95.00", "2017-06-30");
    world.close(number);
    CHECK(world.moved() == "95.00 FY17 requested > FY17 free");
    CHECK(world.commitment(number).state == CommitmentState::closed);
}

TEST_CASE("An over-run commitment has no rest, and its date can still change", "[DOMAIN 6.8]") {
    World world = two_years();
    const auto number = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "150.00", number);
    CHECK(world.moved() == "100.00 FY17 committed > FY17 spent, 50.00 FY17 free > FY17 spent");
    CHECK(world.commitment(number).over_run() == world.money("50.00"));
    CHECK_NOTHROW(world.amend(number, {.expected = "2017-06-15"}));
    const Verdict said = verdict([&] { world.amend(number, {.amount = "149.99"}); });
    CHECK(said.rule == Rule::below_used);
    CHECK(said.hint == "try: --amount 150.00");
    CHECK_NOTHROW(world.amend(number, {.amount = "150.00"}));
    CHECK(world.moved().empty());
    world.amend(number, {.amount = "150.01"});
    CHECK(world.moved() == "0.01 FY17 free > FY17 committed");
}

TEST_CASE("A commitment has an amount, a text, a category, and who may open it") {
    World world = two_years();
    CHECK_THROWS_AS(world.open("travel", "0.00", "2017-06-30"), BadInput);
    CHECK(refusal_of([&] { world.open("hotel", "1.00", "2017-06-30"); }) == "unknown_category");
    CHECK(refusal_of([&] { world.open("travel", "1.00", "2017-06-30", "", "sue"); }) ==
          "not_permitted");
    CHECK(refusal_of([&] { world.propose("travel", "1.00", "2017-06-30", "", "carl"); }) ==
          "not_permitted");
    const OpenCommitment ask{"travel",
                             world.money("1.00"),
                             " ",
                             CommitmentKind::contract,
                             parse_date("2017-06-30"),
                             false,
                             {}};
    const DocumentId id = DocumentId::parse("SSR2-C9");
    CHECK_THROWS_AS(commitment::open(world.facts("olga"), ask, id), BadInput);
    const auto number = world.open("travel", "1.00", "2017-06-30");
    CHECK(refusal_of([&] { world.close(number, "", "sue"); }) == "not_permitted");
    CHECK(refusal_of([&] { world.confirm(number, "", "", "olga"); }) == "not_permitted");
    CHECK(refusal_of([&] { world.amend(number, {.amount = "2.00", .by = "sue"}); }) ==
          "not_permitted");
}

TEST_CASE("A commitment folded from the log is what was asked") {
    World world = two_years();
    const auto number = world.open("travel", "95.00", "2017-05-13", "2017-03-15");
    const Commitment& document = world.commitment(number);
    CHECK(document.number == 1);
    CHECK(document.kind == CommitmentKind::meeting);
    CHECK(document.category == "travel");
    CHECK(document.what == "Madrid");
    CHECK(document.asked_by == "olga");
    CHECK(to_text(document.expected) == "2017-05-13");
    CHECK(to_text(document.posted_on) == "2017-03-15");
    CHECK(document.seq == world.last().seq);
}
