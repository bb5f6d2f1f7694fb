#include "ledger/closing.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// FY17 of travel: 500.00 given, 120.00 spent, a commitment of 100.00 with 30.00 used and 20.00
// claimed, a proposal of 40.00, a direct expense of 50.00 that waits; experts: 60.00 too much used.
struct YearEnd {
    World world;
    std::int64_t commitment = 0, proposal = 0, claims = 0, direct = 0;
};

YearEnd year_end(const std::string& free, const std::string& commitments,
                 const std::string& unallotted = "1000.00") {
    YearEnd end{World(with({{"year-end.free", free}, {"year-end.commitments", commitments}}))};
    World& world = end.world;
    world.today = parse_date("2017-06-15");
    world.grant("travel", "500.00", "FY17", "2017-03-01");
    world.grant("experts", unallotted, "", "2017-03-01");
    world.settle("travel", "90.00");
    world.settle("experts", "60.00");
    end.commitment = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "30.00", end.commitment);
    end.claims = world.submit("travel", "20.00", end.commitment);
    end.proposal = world.propose("travel", "40.00", "2017-06-30");
    end.direct = world.submit("travel", "50.00");
    world.today = parse_date("2017-07-10");
    return end;
}

}  // namespace

TEST_CASE("A month is closed when it is over, once, and with it all before",
          "[DOMAIN 4.7][MODEL 2 nothing moves]") {
    World world;
    const auto close = [&](const std::string& month) {
        return refusal_of([&] { world.close_month(month); });
    };
    world.today = parse_date("2017-03-31");
    CHECK(close("2017-03") == "period_not_over");
    CHECK(close("2017-04") == "period_not_over");
    world.today = parse_date("2017-04-01");
    CHECK(close("2017-03").empty());
    CHECK(close("2017-03") == "nothing_changes");
    CHECK(close("2017-02") == "nothing_changes");
    CHECK(to_text(*world.review().closed_through()) == "2017-03-31");
    CHECK(to_text(world.review().first_open_day()) == "2017-04-01");
    world.today = parse_date("2017-06-01");
    CHECK(close("2017-05").empty());
    CHECK(world.review().is_closed(parse_date("2017-04-15")));
    CHECK(world.last().act == Act::period_close);
    CHECK(world.moved().empty());
}

TEST_CASE("Finance alone closes months") {
    World world;
    for (const char* user : {"ada", "sue", "carl", "bob", "vera"}) {
        CAPTURE(user);
        CHECK(refusal_of([&] {
                  closing::require_closable(world.facts(user), Month::parse("2017-03"));
              }) == "not_permitted");
    }
}

TEST_CASE("The years that a close passes through end in what it closes") {
    struct Row {
        std::string start, closed, month, years;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-03-02", "", "2017-05", ""},
        {"2017-03-02", "", "2017-06", "FY17 "},
        {"2017-03-02", "", "2018-05", "FY17 "},
        {"2017-03-02", "", "2018-06", "FY17 FY18 "},
        {"2017-03-02", "2017-05", "2017-06", "FY17 "},
        {"2017-03-02", "2017-06", "2017-07", ""},
        {"2017-03-02", "2017-06", "2018-06", "FY18 "},
        {"2017-07-01", "", "2018-06", "FY18 "},
        {"2019-01-01", "", "2018-06", ""},
    }));
    CAPTURE(row.start, row.closed, row.month);
    WorldOptions options;
    options.start = row.start;
    World world(options);
    world.today = parse_date("2020-01-01");
    if (!row.closed.empty()) world.close_month(row.closed);
    std::string years;
    for (const auto year : closing::years_ending(world.facts("olga"), Month::parse(row.month))) {
        years += year.text() + ' ';
    }
    CHECK(years == row.years);
}

TEST_CASE("Money that moved before the review's start is carried too") {
    WorldOptions options;
    options.start = "2017-08-01";
    World world(options);
    world.today = parse_date("2017-08-10");
    world.grant("travel", "100.00", "FY17", "2017-05-01");
    world.submit("travel", "40.00", 0, "2017-06-01");
    world.close_month("2017-07");
    CHECK(world.held("travel") == "unallotted 60.00, FY18 requested 40.00");
}

TEST_CASE("A year's close carries documents and commitments, covers deficits, frees the rest",
          "[MODEL 2 close documents][MODEL 2 close deficits]") {
    YearEnd end = year_end("carry", "carry");
    World& world = end.world;
    CHECK(world.held("travel") ==
          "FY17 free 220.00, FY17 requested 90.00, FY17 committed 70.00, FY17 spent 120.00");
    CHECK(world.held("experts") == "unallotted 1000.00, FY17 free -60.00, FY17 spent 60.00");
    world.close_month("2017-06");
    CHECK(world.last().act == Act::year_close);
    CHECK(world.last().subject == "FY17");
    CHECK(to_text(world.last().posted_on) == "2017-07-01");
    CHECK(world.moved() ==
          "90.00 FY17 requested > FY18 requested, 70.00 FY17 committed > FY18 committed, "
          "220.00 FY17 free > unallotted, 60.00 unallotted > FY17 free");
    CHECK(world.held("travel") ==
          "unallotted 220.00, FY17 spent 120.00, FY18 requested 90.00, FY18 committed 70.00");
    CHECK(world.held("experts") == "unallotted 940.00, FY17 spent 60.00");
    CHECK(world.held("travel", "2017-06-30") ==
          "FY17 free 220.00, FY17 requested 90.00, FY17 committed 70.00, FY17 spent 120.00");
    CHECK(world.commitment(end.commitment).year == FiscalYear(2018));
    CHECK(world.commitment(end.proposal).year == FiscalYear(2018));
    CHECK(world.expense(end.direct).year == FiscalYear(2018));
    // What was carried goes on: decided on the first open day, in the new year.
    world.approve(end.direct);
    CHECK(world.moved() == "50.00 FY18 requested > FY18 spent");
    world.approve(end.claims);
    CHECK(world.moved() == "20.00 FY18 committed > FY18 spent");
    world.confirm(end.proposal);
    CHECK(world.moved() == "40.00 FY18 requested > FY18 committed");
    world.amend(end.commitment, {.amount = "90.00"});
    CHECK(world.moved() == "10.00 FY18 committed > FY18 free");
    world.amend(end.commitment, {.expected = "2017-06-01"});
    CHECK(world.commitment(end.commitment).year == FiscalYear(2018));
    world.close(end.commitment);
    CHECK(world.moved() == "40.00 FY18 committed > FY18 free");
}

TEST_CASE("Free money carries, lapses or returns; lapsing takes at most the envelope's free",
          "[DOMAIN 4.8][MODEL 2 close free]") {
    struct Row {
        std::string free, unallotted, moved, travel;
    };
    const auto row = GENERATE(values<Row>({
        {"carry", "1000.00", "220.00 FY17 free > unallotted", "unallotted 220.00"},
        {"lapse", "1000.00", "220.00 FY17 free > outside", "outside 220.00"},
        {"return", "1000.00", "220.00 FY17 free > authority", ""},
        // 220.00 in travel, 60.00 over in experts with 30.00 of its own: 190.00 may go.
        {"lapse", "30.00", "30.00 FY17 free > unallotted, 190.00 FY17 free > outside",
         "unallotted 30.00, outside 190.00"},
        {"return", "30.00", "30.00 FY17 free > unallotted, 190.00 FY17 free > authority",
         "unallotted 30.00"},
    }));
    CAPTURE(row.free, row.unallotted);
    YearEnd end = year_end(row.free, "carry", row.unallotted);
    end.world.close_month("2017-06");
    const std::string carried =
        "90.00 FY17 requested > FY18 requested, 70.00 FY17 committed > FY18 committed, ";
    CHECK(end.world.moved() == carried + row.moved + ", 60.00 unallotted > FY17 free");
    const std::string documents = "FY17 spent 120.00, FY18 requested 90.00, FY18 committed 70.00";
    CHECK(end.world.held("travel") == (row.travel.empty() ? "" : row.travel + ", ") + documents);
}

TEST_CASE("A commitment that lapses frees what nobody claims; kept by name it carries",
          "[DOMAIN 4.8][MODEL 2 close commitments]") {
    struct Row {
        bool keep;
        std::string moved, held;
    };
    const auto row = GENERATE(values<Row>({
        {false,
         "90.00 FY17 requested > FY18 requested, 20.00 FY17 committed > FY18 committed, "
         "50.00 FY17 committed > FY17 free, 270.00 FY17 free > unallotted, "
         "60.00 unallotted > FY17 free",
         "unallotted 270.00, FY17 spent 120.00, FY18 requested 90.00, FY18 committed 20.00"},
        {true,
         "90.00 FY17 requested > FY18 requested, 70.00 FY17 committed > FY18 committed, "
         "220.00 FY17 free > unallotted, 60.00 unallotted > FY17 free",
         "unallotted 220.00, FY17 spent 120.00, FY18 requested 90.00, FY18 committed 70.00"},
    }));
    CAPTURE(row.keep);
    YearEnd end = year_end("carry", "lapse");
    std::vector<std::int64_t> keep;
    if (row.keep) keep.push_back(end.commitment);
    end.world.close_month("2017-06", keep);
    CHECK(end.world.moved() == row.moved);
    CHECK(end.world.held("travel") == row.held);
    CHECK(end.world.commitment(end.commitment).state == CommitmentState::open);
    CHECK(end.world.commitment(end.proposal).state == CommitmentState::proposed);
    end.world.approve(end.claims);
    CHECK(end.world.moved() == "20.00 FY18 committed > FY18 spent");
}

TEST_CASE("A commitment lapses to nothing only when nobody claims or asks for more of it") {
    World world(with({{"year-end.commitments", "lapse"}}));
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    const auto unused = world.open("travel", "100.00", "2017-06-30");
    const auto used_up = world.open("travel", "100.00", "2017-06-30");
    world.settle("travel", "120.00", used_up);
    const auto grows = world.open("travel", "100.00", "2017-06-30");
    world.amend(grows, {.amount = "110.00", .proposed = true});
    const auto claimed = world.open("travel", "100.00", "2017-06-30");
    world.submit("travel", "60.00", claimed);
    world.settle("travel", "70.00", claimed);  // 60.00 is left, all of it claimed
    world.today = parse_date("2017-07-10");
    world.close_month("2017-06");
    CHECK(world.last().body.list("lapsed") == std::vector<std::string>{"SSR2-C1", "SSR2-C2"});
    CHECK(world.commitment(unused).state == CommitmentState::closed);
    CHECK(world.commitment(used_up).state == CommitmentState::closed);
    CHECK(world.commitment(used_up).over_run() == world.money("20.00"));
    CHECK(world.commitment(grows).rest() == world.money("100.00"));
    CHECK(world.commitment(claimed).amount == world.money("100.00"));
    CHECK(world.held("travel") ==
          "unallotted 640.00, FY17 spent 190.00, FY18 requested 10.00, FY18 committed 160.00");
}

TEST_CASE("What lapses of a commitment may lapse from the envelope in the same close") {
    World world(with({{"year-end.free", "lapse"}, {"year-end.commitments", "lapse"}}));
    world.grant("travel", "100.00", "FY17", "2017-03-01");
    const auto number = world.open("travel", "100.00", "2017-06-30");
    world.today = parse_date("2017-07-10");
    world.close_month("2017-06");
    CHECK(world.moved() == "100.00 FY17 committed > FY17 free, 100.00 FY17 free > outside");
    CHECK(world.commitment(number).state == CommitmentState::closed);
    CHECK(world.held("travel") == "outside 100.00");
}

TEST_CASE("Money of the new year that is already used does not lapse") {
    World world(with({{"year-end.free", "lapse"}}));
    world.grant("travel", "100.00", "FY17", "2017-03-01");
    world.today = parse_date("2017-07-10");
    world.settle("travel", "70.00");  // FY18 was given nothing yet
    world.close_month("2017-06");
    CHECK(world.moved() == "70.00 FY17 free > unallotted, 30.00 FY17 free > outside");
    CHECK(world.balances().lowest_free({}, Date::min()).first.is_zero());
}

TEST_CASE("Without fiscal budgets a year's close carries what waits and nothing else") {
    struct Row {
        std::string commitments, moved, held;
    };
    const auto row = GENERATE(values<Row>({
        {"carry", "10.00 FY17 requested > FY18 requested, 40.00 FY17 committed > FY18 committed",
         "unallotted 30.00, FY17 spent 20.00, FY18 requested 10.00, FY18 committed 40.00"},
        {"lapse", "10.00 FY17 requested > FY18 requested, 40.00 FY17 committed > unallotted",
         "unallotted 70.00, FY17 spent 20.00, FY18 requested 10.00"},
    }));
    CAPTURE(row.commitments);
    WorldOptions options =
        with({{"year-end.free", "lapse"}, {"year-end.commitments", row.commitments}});
    options.fiscal_budget = false;
    World world(options);
    world.grant("travel", "100.00", "", "2017-03-01");
    world.open("travel", "40.00", "2017-06-30");
    CHECK(world.moved() == "40.00 unallotted > FY17 committed");
    world.submit("travel", "10.00");
    CHECK(world.moved() == "10.00 unallotted > FY17 requested");
    world.settle("travel", "20.00");
    CHECK(world.moved() == "20.00 unallotted > FY17 spent");
    world.today = parse_date("2017-07-10");
    world.close_month("2017-06");
    CHECK(world.moved() == row.moved);
    CHECK(world.held("travel") == row.held);
}

TEST_CASE("The check-list is printed, kept in the close, and does not stop it", "[DOMAIN 4.7]") {
    World world;
    world.today = parse_date("2017-04-05");
    const std::vector<CheckItem> list{{"SSR2-E1 is undecided", "purser expense approve SSR2-E1"}};
    const Entry entry = closing::close_month(world.facts("olga"), Month::parse("2017-03"), list);
    CHECK(entry.body.list("check_list") == std::vector<std::string>{"SSR2-E1 is undecided"});
    CHECK(entry.subject == "2017-03");
    CHECK(to_text(entry.posted_on) == "2017-04-05");
}

TEST_CASE("Reopening a month opens all after it, until its fiscal year is closed", "[DOMAIN 4.7]") {
    World world;
    world.today = parse_date("2017-05-02");
    world.close_month("2017-04");
    const auto reopen = [&](const std::string& month, const std::string& why = "late invoice",
                            const std::string& by = "olga") {
        return refusal_of([&] {
            world.apply(by, closing::reopen_month(world.facts(by), Month::parse(month), why, {}));
        });
    };
    CHECK(reopen("2017-05") == "nothing_changes");
    CHECK(reopen("2017-03", "late invoice", "carl") == "not_permitted");
    CHECK_THROWS_AS(reopen("2017-03", " "), BadInput);
    CHECK(reopen("2017-03").empty());
    CHECK(world.last().act == Act::period_reopen);
    CHECK(world.last().reason == "late invoice");
    CHECK(to_text(world.review().first_open_day()) == "2017-03-01");
    CHECK(reopen("2017-04") == "nothing_changes");

    world.today = parse_date("2017-08-02");
    world.close_month("2017-07");
    CHECK(reopen("2017-06") == "year_closed");
    CHECK(reopen("2017-07").empty());
    CHECK(to_text(*world.review().closed_through()) == "2017-06-30");
    world.close_month("2017-07");
    CHECK(world.last().act == Act::period_close);
}
