#include <catch2/catch.hpp>

#include "shown.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;
using report::Audience;

}  // namespace

TEST_CASE("An audience is named, and a wrong name is answered with the right ones") {
    for (const Audience audience : {Audience::finance, Audience::chair, Audience::public_}) {
        CHECK(report::parse_audience(report::name(audience)) == audience);
    }
    CHECK_THROWS_AS(report::parse_audience("everybody"), BadInput);
}

TEST_CASE("A commitment in the list has the members of the contract") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    const auto document =
        report::commitments(world.book, world.key, parse_date("2017-05-15"), Audience::finance);
    const auto& list = table(document, "commitments");
    const Lines members = keys(list);
    for (const char* key : {"id", "category", "amount", "used", "claimed", "rest", "over_run",
                            "expected", "fiscal_year", "state"}) {
        CHECK(std::find(members.begin(), members.end(), key) != members.end());
    }
    CHECK(cell(list, "SSR2-C1", "used") == "8200.75");
    CHECK(cell(list, "SSR2-C1", "rest") == "86799.25");
    CHECK(cell(list, "SSR2-C1", "fiscal_year") == "FY17");
    CHECK(cell(list, "Total", "rest") == "86799.25");
    CHECK(notes(document.body).empty());
}

TEST_CASE("A commitment past its expected day is pointed out while it lives") {
    World world;
    world.today = "2017-06-20";
    world.fill();
    const auto late = [&](const char* day) {
        return notes(
            report::commitments(world.book, world.key, parse_date(day), Audience::finance).body);
    };
    CHECK(late("2017-05-15").empty());
    CHECK(late("2017-05-16") ==
          Lines{"1 expected: Past the expected day and not closed: SSR2-C1."});
    world.book.close_commitment(world.by("olga"), DocumentId::parse("SSR2-C1"), {"held", {}});
    CHECK(late("2017-05-16").empty());
}

TEST_CASE("A commitment's page shows its expenses and what was done with it") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1", "A. Traveller");
    const auto page =
        report::commitment(world.book, DocumentId::parse("SSR2-C1"), Audience::finance);
    CHECK(field(page.body, "for") == "two meetings");
    CHECK(field(page.body, "Kind") == "meeting");
    CHECK(rows_shown(table(page, "events")).size() == 1);
    REQUIRE(rows_shown(table(page, "expenses")).size() == 1);
    CHECK(rows_shown(table(page, "expenses"))[0].find("Traveller") == std::string::npos);
}

TEST_CASE("A held commitment's page names the request that it waits for, as long as it waits") {
    World world;
    world.fill();
    world.book.add_user(world.by("olga"), {"bob", {{Role::board, {}}}});
    const auto request = world.book.submit_request(
        world.by("carl"), world.key, {"travel", world.money("600000"), "two more meetings", {}});
    const DocumentId id = DocumentId::parse(request.id);
    world.book.open_commitment(world.by("olga"), world.key,
                               {"travel",
                                world.money("600000"),
                                "two meetings",
                                CommitmentKind::meeting,
                                parse_date("2017-06-20"),
                                false,
                                {},
                                id});
    const auto page = [&](const char* commitment) {
        return report::commitment(world.book, DocumentId::parse(commitment), Audience::finance);
    };
    CHECK(field(page("SSR2-C2").body, "held_for") == "SSR2-R1");
    CHECK(field(page("SSR2-C1").body, "held_for") == "null");
    world.book.decide_request(
        world.by("bob"), id, {world.money("600000"), "17-7", {}, {}, {}, parse_date("2017-03-20")});
    CHECK(field(page("SSR2-C2").body, "held_for") == "null");
}

TEST_CASE("The list of expenses has the members that a file of them has") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1", "A. Traveller");
    world.submit("services", "12", "2017-03-21");
    const auto document = report::expenses(world.book, world.key, {}, Audience::finance);
    const auto& list = table(document, "expenses");
    CHECK(cell(list, "SSR2-E1", "payee") == "A. Traveller");
    CHECK(cell(list, "SSR2-E1", "commitment") == "SSR2-C1");
    CHECK(cell(list, "SSR2-E1", "approvals") == "carl (chair)");
    CHECK(cell(list, "SSR2-E2", "state") == "submitted");
    CHECK(cell(list, "SSR2-E2", "commitment") == "null");
    CHECK(cell(list, "SSR2-E2", "why") == "a hotel");
    ExpenseFilter filter;
    filter.state = ExpenseState::submitted;
    CHECK(rows_shown(
              table(report::expenses(world.book, world.key, filter, Audience::finance), "expenses"))
              .size() == 1);
    CHECK_THROWS_AS(report::expenses(world.book, world.key, {}, Audience::public_), Refused);
}

TEST_CASE("An expense's page shows its events, and its payee to finance alone") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1", "A. Traveller");
    const DocumentId id = DocumentId::parse("SSR2-E1");
    const auto page = report::expense(world.book, id, parse_date(world.today), Audience::finance);
    CHECK(field(page.body, "payee") == "A. Traveller");
    CHECK(field(page.body, "posted_on") == "2017-03-20");
    CHECK(field(page.body, "Invoice") == "none");  // empty fields are not printed
    CHECK(field(page.body, "invoice") == "null");
    CHECK(rows_shown(table(page, "events")).size() == 2);
    CHECK(field(report::expense(world.book, id, parse_date(world.today), Audience::chair).body,
                "payee") == "none");
    CHECK_THROWS_AS(report::expense(world.book, id, parse_date(world.today), Audience::public_),
                    Refused);
    CHECK_THROWS_AS(report::expense(world.book, DocumentId::parse("SSR2-E9"),
                                    parse_date(world.today), Audience::finance),
                    Refused);
}

TEST_CASE("The envelope lists its decisions with their reasons, and what they come to") {
    World world;
    world.today = "2017-07-20";
    world.fill();
    world.lower("travel", "1000", "2017-04-01");
    world.book.move(
        world.by("olga"), world.key,
        {"services", "travel", world.money("500"), "needed there", {}, parse_date("2017-04-02")});
    world.set("year-end.free", "lapse");
    world.close("2017-06");
    const auto document = report::envelope(world.book, world.key, parse_date("2018-12-31"),
                                           report::Audience::finance);
    CHECK(rows_shown(table(document, "categories")) ==
          Lines{"services | Services | 200000.00 | 0.00 | -500.00 | -50000.00 | 149500.00 | "
                "149500.00",
                "travel | Travel | 350000.00 | -1000.00 | 500.00 | -25000.00 | 324500.00 | "
                "229500.00",
                "total | Total | 550000.00 | -1000.00 | 0.00 | -75000.00 | 474000.00 | 379000.00"});
    const auto decisions = rows_shown(table(document, "decisions"));
    CHECK(decisions.front() ==
          "SSR2#4 | 2017-03-15 | envelope.grant | services | null | 200000.00 | as decided "
          "| null | null");
    CHECK(std::count_if(decisions.begin(), decisions.end(), [](const std::string& line) {
              return line.find("needed there") != std::string::npos;
          }) == 2);
}

TEST_CASE("Reviews, one review, its categories, users and policies are lists of settings") {
    World world;
    CHECK(
        rows_shown(table(report::reviews(world.book, {}, report::Audience::finance), "reviews")) ==
        Lines{"SSR2 | Second Review | running | 2017-03-02 | 2018-03-01 | USD | null"});
    const auto page = report::review(world.book, world.key, report::Audience::finance);
    CHECK(field(section(page, "settings"), "control.envelope") == "stop");
    CHECK(field(section(page, "settings"), "chair") == "null");
    CHECK(rows_shown(table(report::categories(world.book, world.key, report::Audience::finance),
                           "categories")) ==
          Lines{"services | Services | false", "travel | Travel | false"});
    CHECK(rows_shown(table(report::users(world.book, {}, report::Audience::finance), "users")) ==
          Lines{"carl | chair | false", "olga | admin, finance | false", "sue | support | false"});
    CHECK(rows_shown(
              table(report::policies(world.book, world.key, report::Audience::finance), "policies"))
              .empty());
    world.book.add_policy(world.by("olga"), {world.key, parse_date("2017-03-01"),
                                             world.money("5000"), Role::chair, 2});
    CHECK(
        rows_shown(table(report::policies(world.book, world.key, report::Audience::finance),
                         "policies")) ==
        Lines{"2017-03-01 | 5000.00 | chair | 2 | up to 5,000.00 USD: 2 approvals of role chair"});
    CHECK_THROWS_AS(
        report::policies(world.book, ReviewKey::parse("SSR3"), report::Audience::finance), Refused);
}

TEST_CASE("A month's check-list names what is open and how to settle it") {
    World world;
    world.today = "2017-04-20";
    world.fill();
    const auto items = [&] {
        return rows_shown(table(
            report::check_list(world.book, world.key, Month::parse("2017-03"), Audience::finance),
            "check_list"));
    };
    CHECK(items().empty());
    world.submit("travel", "500", "2017-03-20");
    REQUIRE(items().size() == 1);
    CHECK(items()[0].find("SSR2-E1") != std::string::npos);
}

}  // namespace purser::test
