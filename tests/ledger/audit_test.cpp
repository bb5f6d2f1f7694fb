#include "ledger/audit.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// An event of a world, changed as somebody might have changed the log.
Event changed(const Event& event, std::int64_t cents) {
    Event other = event;
    other.transfers.at(0).amount += Money::of_minor(cents, Currency::parse("USD"));
    return other;
}

std::string broken(const std::function<void()>& check) {
    try {
        check();
    } catch (const Broken& found) {
        return found.what();
    }
    return {};
}

}  // namespace

TEST_CASE("Money that nobody decided on is found, to the cent", "[MODEL 6 approved]") {
    World world;
    world.grant("travel", "100.00", "FY17");
    const Event grant = world.last();
    world.move("travel", "experts", "30.00", "FY17");
    const Event move = world.last();
    CHECK(broken([&] { check_authority(grant, world.review()); }).empty());
    CHECK(broken([&] { check_authority(changed(grant, 1), world.review()); }) ==
          "SSR2#4 changes what is approved of travel by 0.01 USD that nobody decided");
    CHECK(broken([&] { check_authority(move, world.review()); }).empty());
    CHECK_FALSE(broken([&] { check_authority(changed(move, -1), world.review()); }).empty());
}

TEST_CASE("A use that crosses the border of a year is found, where years have budgets") {
    const bool fiscal_budget = GENERATE(true, false);
    WorldOptions options;
    options.fiscal_budget = fiscal_budget;
    World world(options);
    world.grant("travel", "100.00");
    world.submit("travel", "10.00");
    Event crossing = world.last();
    crossing.transfers.at(0).to.year = FiscalYear(2018);
    CHECK(broken([&] { check_authority(world.last(), world.review()); }).empty());
    CHECK(broken([&] { check_authority(crossing, world.review()); }).empty() != fiscal_budget);
}

TEST_CASE("Money that no document holds is found, to the cent",
          "[MODEL 6 requested][MODEL 6 committed]") {
    World world;
    world.grant("travel", "100.00", "FY17");
    const auto number = world.open("travel", "40.00", "2017-06-30");
    Holdings holdings;
    holdings.change(std::optional<Commitment>{}, world.commitment(number));
    CHECK(broken([&] { check_holdings(world.last(), holdings); }).empty());
    CHECK(broken([&] { check_holdings(changed(world.last(), 1), holdings); }) ==
          "SSR2#5 moves travel:FY17:committed by 0.01 USD more than its documents hold");
    CHECK_FALSE(broken([&] { check_holdings(world.last(), Holdings()); }).empty());
}

TEST_CASE("Money spent that no expense accounts for is found, to the cent") {
    World world;
    world.grant("travel", "100.00", "FY17");
    const auto number = world.settle("travel", "40.00");
    Holdings holdings;
    holdings.change(std::optional<Expense>{}, world.expense(number));
    CHECK(broken([&] { check_holdings(world.last(), holdings); }).empty());
    CHECK(broken([&] { check_holdings(changed(world.last(), 1), holdings); }) ==
          "SSR2#5 moves travel:spent by 0.01 USD more than its documents hold");
    CHECK_FALSE(broken([&] { check_holdings(world.last(), Holdings()); }).empty());
}

TEST_CASE("A refund of more than was spent is found, in the expense's currency") {
    World world;
    world.grant("travel", "100.00", "FY17");
    const auto number = world.foreign("travel", {"40.00", "EUR", "1.10"});
    world.approve(number);
    world.refund(number, Foreign{"40.00", "EUR", "0.90"});
    Expense document = world.expense(number);
    CHECK(broken([&] { check_refunds(world.last(), document); }).empty());
    document.own_refunded += Money::parse("0.01", Currency::parse("EUR"));
    CHECK(broken([&] { check_refunds(world.last(), document); }) ==
          "SSR2#7 refunds 0.01 EUR more than 40.00 EUR, which was spent");
}

TEST_CASE("An undecided expense that holds less than its amount is found") {
    World world;
    world.grant("travel", "100.00");
    const auto commitment = world.open("travel", "40.00", "2017-06-30");
    const auto number = world.submit("travel", "50.00", commitment);
    Expense expense = world.expense(number);
    CHECK(broken([&] { check_claim(world.last(), expense); }).empty());
    expense.claimed = world.money("0.00");
    CHECK(broken([&] { check_claim(world.last(), expense); }) ==
          "SSR2#6 leaves an undecided expense of 50.00 USD that claims and requests 10.00");
    expense.state = ExpenseState::rejected;
    CHECK(broken([&] { check_claim(world.last(), expense); }).empty());
}

TEST_CASE("Money that moves on a closed day is found, unless authority decided it") {
    World world;
    world.grant("travel", "100.00", "", "2017-05-01");
    const Event grant = world.last();
    world.allot("travel", "20.00", "FY17", "2017-05-01");
    const Event allotment = world.last();
    const auto fault = [&](const Event& event) {
        return broken([&] { check_day(event, world.review()); });
    };
    CHECK(fault(allotment).empty());
    world.close_month("2017-05", {});
    CHECK(fault(world.last()).empty());
    CHECK(fault(grant).empty());
    CHECK(fault(allotment) ==
          "SSR2#5 moves money on 2017-05-01, the review is closed through 2017-05-31");
}

TEST_CASE("Money of a closed year moves no more, but for what is spent in it",
          "[MODEL 6 closed year]") {
    World world;
    world.grant("travel", "100.00", "FY17");
    const auto number = world.settle("travel", "40.00");
    world.today = parse_date("2017-07-15");
    world.close_month("2017-06", {});
    world.grant("travel", "10.00", "FY18");
    Event later = world.last();
    const auto fault = [&] { return broken([&] { check_day(later, world.review()); }); };
    CHECK(fault().empty());
    later.transfers.back().to.year = FiscalYear(2017);
    CHECK(fault() == "SSR2#7 moves travel:FY17:free although FY17 is closed");
    world.refund(number, "1.00");
    later = world.last();
    later.transfers.front().from.year = FiscalYear(2017);
    CHECK(fault().empty());
}

TEST_CASE("A year's close that is not dated the first day of the new year is found") {
    World world;
    world.grant("travel", "100.00");
    world.open("travel", "40.00", "2017-06-30");
    const Review before = world.review();
    world.today = parse_date("2017-07-15");
    world.close_month("2017-06", {});
    Event close = world.last();
    CHECK(close.act == Act::year_close);
    CHECK(broken([&] { check_day(close, before); }).empty());
    for (const int off : {-1, 1}) {
        Event other = close;
        other.posted_on += date::days{off};
        CHECK_FALSE(broken([&] { check_day(other, before); }).empty());
    }
}

TEST_CASE("A use of more than is free is found under a control that stops, on any later day",
          "[MODEL 6 stop]") {
    const std::string control = GENERATE("envelope", "category", "fiscal-year");
    const std::string value = GENERATE("stop", "warn", "off");
    SettingValues settings;
    for (const std::string other : {"envelope", "category", "fiscal-year"}) {
        settings.emplace_back("control." + other, other == control ? value : "warn");
    }
    World world(with(settings));
    world.grant("travel", "100.00", "FY17", "2017-05-01");
    world.submit("travel", "60.00", 0, "2017-06-01");
    const Event use = world.last();
    world.submit("travel", "40.00", 0, "2017-06-05");
    const auto fault = [&](const Event& event, const Balances& balances) {
        return broken([&] { check_free(event, world.review(), balances); });
    };
    CHECK(fault(use, world.balances()).empty());
    Balances less = world.balances();
    less.apply({{{"travel", FiscalYear(2017), Bucket::free},
                 {"travel", FiscalYear(2017), Bucket::spent},
                 world.money("0.01")}},
               parse_date("2017-06-03"));
    CAPTURE(control, value);
    const std::string of = control == "envelope"   ? "the envelope"
                           : control == "category" ? "travel"
                                                   : "FY17";
    const std::string found = event_id(use.review, use.seq) + " uses 60.00 USD of " + of +
                              " where the control stops at zero, and leaves -0.01 free on "
                              "2017-06-05";
    CHECK(fault(use, less) == (value == "stop" ? found : ""));
}

TEST_CASE("A lowering may leave less than nothing free, a use that draws nothing may follow") {
    World world;
    world.grant("travel", "100.00", "FY17");
    const auto number = world.submit("travel", "60.00");
    world.lower("travel", "50.00", "FY17");
    const auto fault = [&] {
        return broken([&] { check_free(world.last(), world.review(), world.balances()); });
    };
    CHECK(fault().empty());
    world.approve(number);
    CHECK(fault().empty());
    world.set({{"control.envelope", "warn"}});
    world.submit("travel", "1.00");
    CHECK(fault().empty());
    world.set({{"control.envelope", "stop"}});
    CHECK(broken([&] {
              check_free(world.log().at(world.log().size() - 2), world.review(), world.balances());
          }).find("uses 1.00 USD of the envelope") != std::string::npos);
}

TEST_CASE("A grant's end on another day, a second one, and one by more than it gave are found",
          "[MODEL 2 expire]") {
    World world;
    world.grant("travel", "100.00", "", "2017-05-01");
    const ExpiringGrant grant{world.last().seq, "travel", world.money("40.00"),
                              parse_date("2017-05-31")};
    world.apply("olga", envelope::expire(world.facts("olga"), grant));
    const Event end = world.last();
    const auto fault = [&](const Event& event, const ExpiringGrant& of) {
        return broken([&] { check_end(event, of); });
    };
    CHECK(fault(end, grant).empty());
    Event early = end;
    early.posted_on = grant.expires;
    CHECK(fault(early, grant) ==
          "SSR2#5 ends the grant SSR2#4 on 2017-05-31, its last day is 2017-05-31");
    CHECK(fault(changed(end, 1), grant) ==
          "SSR2#5 takes back 40.01 USD of the grant SSR2#4 of 40.00 USD");
    ExpiringGrant ended = grant;
    ended.ended_seq = end.seq;
    CHECK(fault(end, ended) == "SSR2#5 ends the grant SSR2#4, which has ended");
}

TEST_CASE("A grant's end that takes back more than is left is found", "[MODEL 2 expire]") {
    World world;
    world.grant("travel", "100.00", "", "2017-05-01");
    const ExpiringGrant grant{world.last().seq, "travel", world.money("40.00"),
                              parse_date("2017-05-31")};
    world.submit("travel", "90.00", 0, "2017-06-05");
    world.apply("olga", envelope::expire(world.facts("olga"), grant));
    CHECK(world.moved() == "10.00 unallotted > authority");
    const auto fault = [&](const Balances& balances) {
        return broken([&] { check_free(world.last(), world.review(), balances); });
    };
    CHECK(fault(world.balances()).empty());
    Balances less = world.balances();
    less.apply({{{"travel", {}, Bucket::unallotted},
                 {"travel", {}, Bucket::authority},
                 world.money("0.01")}},
               world.last().posted_on);
    CHECK(fault(less).find("leaves -0.01 of travel free on 2017-06-05") != std::string::npos);
}

TEST_CASE("A close or a reopening that leaves another day closed is found", "[DOMAIN 4.7]") {
    World world;
    world.close_month("2017-05", {});
    const Event close = world.last();
    world.apply("olga", closing::reopen_month(world.facts("olga"), Month::parse("2017-04"),
                                              "a late bill", {}));
    const Event reopening = world.last();
    const auto fault = [&](const Event& event, const std::string& through) {
        Event other = event;
        if (!through.empty()) other.body.set_list("settings", {"closed-through=" + through});
        return broken([&] { check_day(other, world.review()); });
    };
    CHECK(fault(close, "").empty());
    CHECK(fault(close, "2017-04-30").find("closed through 2017-05-31") != std::string::npos);
    CHECK(fault(reopening, "").empty());
    CHECK(fault(reopening, "2017-04-30").find("closed through 2017-03-31") != std::string::npos);
}
