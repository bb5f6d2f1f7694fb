// On which day each act posts: its default, what refuses another, and which day the hint names.
#include <catch2/catch.hpp>
#include <functional>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// 1,000.00 of travel for FY17; an expense and a proposal of 10 May, a commitment of 10 April.
struct Desk {
    World world;
    std::int64_t expense = 0, proposal = 0, commitment = 0;
};

Desk desk() {
    Desk result;
    World& world = result.world;
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    result.commitment = world.open("travel", "100.00", "2017-06-30", "2017-04-10");
    result.proposal = world.propose("travel", "50.00", "2017-06-30", "2017-05-10");
    result.expense = world.submit("travel", "10.00", 0, "2017-05-10");
    return result;
}

using Act = std::function<void(Desk&, const std::string&)>;
struct Deed {
    std::string name;
    Act act;
    std::string own, posted, posted_closed;  // by default; once May is closed
};

std::vector<Deed> deeds() {
    return {
        {"approve", [](Desk& d, const std::string& on) { d.world.approve(d.expense, "carl", on); },
         "2017-05-10", "2017-05-10", "2017-06-01"},
        {"reject", [](Desk& d, const std::string& on) { d.world.reject(d.expense, "carl", on); },
         "2017-05-10", "2017-05-10", "2017-06-01"},
        {"withdraw", [](Desk& d, const std::string& on) { d.world.withdraw(d.expense, on); },
         "2017-05-10", "2017-05-10", "2017-06-01"},
        {"reject proposal",
         [](Desk& d, const std::string& on) { d.world.reject_commitment(d.proposal, on); },
         "2017-05-10", "2017-05-10", "2017-06-01"},
        {"confirm", [](Desk& d, const std::string& on) { d.world.confirm(d.proposal, "", on); },
         "2017-05-10", "2017-06-20", "2017-06-20"},
        {"amend",
         [](Desk& d, const std::string& on) {
             d.world.amend(d.commitment, {.amount = "120.00", .on = on});
         },
         "2017-04-10", "2017-06-20", "2017-06-20"},
        {"close", [](Desk& d, const std::string& on) { d.world.close(d.commitment, on); },
         "2017-04-10", "2017-06-20", "2017-06-20"},
    };
}

Desk desk_on_20_june() {
    Desk result = desk();
    result.world.today = parse_date("2017-06-20");
    return result;
}

}  // namespace

TEST_CASE("A decision posts on the document's own day, what happens to it later posts today") {
    for (const auto& deed : deeds()) {
        CAPTURE(deed.name);
        Desk open = desk_on_20_june();
        deed.act(open, "");
        CHECK(to_text(open.world.last().posted_on) == deed.posted);
        Desk closed = desk_on_20_june();
        closed.world.close_month("2017-05");
        deed.act(closed, "");
        CHECK(to_text(closed.world.last().posted_on) == deed.posted_closed);
    }
}

TEST_CASE("An increase happens to a commitment later: rejecting it posts today") {
    Desk on_desk = desk_on_20_june();
    on_desk.world.amend(on_desk.commitment, {.amount = "120.00", .proposed = true});
    on_desk.world.reject_commitment(on_desk.commitment);
    CHECK(to_text(on_desk.world.last().posted_on) == "2017-06-20");
}

TEST_CASE("No step is dated before its document, in a closed month, or after today") {
    for (const auto& deed : deeds()) {
        CAPTURE(deed.name);
        struct Row {
            std::string on, refused, hinted;
        };
        const Date own = parse_date(deed.own);
        const std::vector<Row> rows{
            {deed.own, "", ""},
            {to_text(previous_day(own)), "before_document", deed.own},
            {"2017-06-20", "", ""},
            {"2017-06-21", "in_the_future", "2017-06-20"},
        };
        for (const auto& row : rows) {
            CAPTURE(row.on);
            Desk on_desk = desk_on_20_june();
            const Verdict said = verdict([&] { deed.act(on_desk, row.on); });
            CHECK((said.rule ? name(*said.rule) : "") == row.refused);
            CHECK(said.day() == row.hinted);
            if (said.rule) CHECK_NOTHROW(deed.act(on_desk, said.day()));
        }
        Desk closed = desk_on_20_june();
        closed.world.close_month("2017-05");
        const Verdict said = verdict([&] { deed.act(closed, "2017-05-31"); });
        CHECK(said.rule == Rule::period_closed);
        CHECK(said.day() == "2017-06-01");
        CHECK_NOTHROW(deed.act(closed, said.day()));
    }
}

TEST_CASE("The hint of a closed month is not before the document") {
    for (const auto& deed : deeds()) {
        CAPTURE(deed.name);
        Desk closed = desk_on_20_june();
        closed.world.close_month("2017-03");
        const Verdict said = verdict([&] { deed.act(closed, "2017-03-31"); });
        CHECK(said.rule == Rule::period_closed);
        CHECK(said.day() == deed.own);
        CHECK_NOTHROW(deed.act(closed, said.day()));
    }
}

TEST_CASE("One of several approvals, and agreeing, keep to the same days") {
    World world;
    world.policy = {{Date::min(), {}, Role::chair, 2}};
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    const auto waits = world.submit("travel", "10.00", 0, "2017-05-10");
    const auto settled = world.settle("travel", "10.00", 0, "2017-05-10", {"carl", "cora"});
    for (const auto number : {waits, settled}) {
        const Verdict early = verdict([&] { world.approve(number, "carl", "2017-05-09"); });
        CHECK(early.rule == Rule::before_document);
        CHECK(early.day() == "2017-05-10");
        CHECK(refusal_of([&] { world.approve(number, "carl", "2017-07-01"); }) == "in_the_future");
        world.approve(number, "carl");
        CHECK(to_text(world.last().posted_on) == "2017-05-10");
    }
    world.close_month("2017-05");
    world.approve(settled, "cora");
    CHECK(to_text(world.last().posted_on) == "2017-06-01");
}

TEST_CASE("What is committed later is not taken away before") {
    World world;
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    const auto number = world.open("travel", "100.00", "2017-06-30", "2017-04-10");
    world.amend(number, {.amount = "150.00", .on = "2017-05-20"});
    for (const char* on : {"2017-04-10", "2017-05-19"}) {
        CAPTURE(on);
        const Verdict said = verdict([&] { world.close(number, on); });
        CHECK(said.rule == Rule::before_document);
        CHECK(said.day() == "2017-05-20");
    }
    const Verdict down =
        verdict([&] { world.amend(number, {.amount = "49.99", .on = "2017-04-10"}); });
    CHECK(down.rule == Rule::before_document);
    CHECK_NOTHROW(world.amend(number, {.amount = "50.00", .on = "2017-04-10"}));
    CHECK(world.held("travel", "2017-04-10") == "FY17 free 1000.00");
    CHECK_NOTHROW(world.close(number, "2017-05-20"));
}

TEST_CASE("An approval waits for the day from which the commitment holds its money") {
    World world;
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    world.grant("travel", "1000.00", "FY18", "2017-03-01");
    SECTION("the rest grew") {
        const auto against = world.open("travel", "10.00", "2017-06-30", "2017-04-10");
        const auto number = world.submit("travel", "30.00", against, "2017-04-12");
        world.amend(against, {.amount = "50.00", .on = "2017-05-20"});
        CHECK(refusal_of([&] { world.approve(number, "carl", "2017-05-19"); }) ==
              "before_document");
        world.approve(number);
        CHECK(to_text(world.last().posted_on) == "2017-05-20");
        CHECK(world.moved() ==
              "30.00 FY17 committed > FY17 spent, 20.00 FY17 requested > "
              "FY17 free");
    }
    SECTION("the money came into another year") {
        const auto against = world.open("travel", "30.00", "2017-06-30", "2017-04-10");
        const auto number = world.submit("travel", "30.00", against, "2017-04-12");
        world.amend(against, {.expected = "2017-09-01", .on = "2017-05-20"});
        world.approve(number);
        CHECK(to_text(world.last().posted_on) == "2017-05-20");
    }
}

TEST_CASE("Every other act posts today") {
    World world;
    world.today = parse_date("2017-06-20");
    world.grant("travel", "100.00");
    CHECK(to_text(world.last().posted_on) == "2017-06-20");
    world.allot("travel", "100.00", "FY17");
    CHECK(to_text(world.last().posted_on) == "2017-06-20");
    world.open("travel", "10.00", "2017-06-30");
    CHECK(to_text(world.last().posted_on) == "2017-06-20");
    world.submit("travel", "10.00");
    CHECK(to_text(world.last().posted_on) == "2017-06-20");
    CHECK(refusal_of([&] { world.submit("travel", "1.00", 0, "2017-06-21"); }) == "in_the_future");
    CHECK(refusal_of([&] { world.open("travel", "1.00", "2017-06-30", "2017-06-21"); }) ==
          "in_the_future");
}

TEST_CASE("An expense in a closed month names the first open day and the invoice's date") {
    World world;
    world.grant("travel", "100.00", "FY17", "2017-03-01");
    world.close_month("2017-05");
    const Verdict said = verdict([&] { world.submit("travel", "1.00", 0, "2017-05-31"); });
    CHECK(said.rule == Rule::period_closed);
    CHECK(said.message == "SSR2 is closed through 2017-05-31, nothing posts on 2017-05-31");
    CHECK(said.hint ==
          "try: --on 2017-06-01, the first open day; --document-date keeps the date "
          "of an invoice");
    CHECK_NOTHROW(world.submit("travel", "1.00", 0, said.day()));
}

TEST_CASE("A commitment of a year that is over is amended in that year, or after its close") {
    World world;
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    world.grant("travel", "1000.00", "FY18", "2017-03-01");
    const auto number = world.open("travel", "100.00", "2017-06-30", "2017-04-10");
    world.today = parse_date("2017-07-15");
    const auto move_on = [&](const std::string& on) {
        world.amend(number, {.expected = "2017-09-01", .on = on});
    };
    const Verdict said = verdict([&] { move_on(""); });
    CHECK(said.rule == Rule::year_over);
    CHECK(said.day() == "2017-06-30");
    CHECK(said.hint ==
          "try: --on 2017-06-30, a later expected date of its commitment, or close "
          "FY17 first");
    CHECK(refusal_of([&] { world.close(number); }) == "year_over");
    SECTION("in June") {
        move_on(said.day());
        CHECK(world.commitment(number).year == FiscalYear(2018));
    }
    SECTION("after the close") {
        world.close_month("2017-06");
        move_on("");
        CHECK(world.moved().empty());
        world.close(number);
        CHECK(world.moved() == "100.00 FY18 committed > FY18 free");
    }
}
