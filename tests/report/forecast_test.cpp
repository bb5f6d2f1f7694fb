#include <catch2/catch.hpp>

#include "shown.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

// 30,000 of Travel are spent in each of May to July 2017, out of SSR2's beginning.
struct Spending : World {
    Spending() {
        fill();
        today = "2017-08-31";
        for (const char* day : {"2017-05-10", "2017-06-10", "2017-07-10"}) {
            allot("travel", "40000", day < std::string("2017-07") ? "FY17" : "FY18", day);
            spend("travel", "30000", day);
        }
    }
    report::Document ask(const report::ForecastAsk& what = {},
                         report::Audience audience = report::Audience::finance) {
        return report::forecast(book, key, what, by("olga").now, audience);
    }
    void expect(const char* user, const std::string& category, const std::string& amount,
                const std::string& on = {}) {
        SetForecast own{category, money(amount), "as the chairs reckon", {}};
        if (!on.empty()) own.on = parse_date(on);
        book.set_forecast(by(user), key, own);
    }
};

Lines head(const report::Document& document) { return texts(document.body.sections[0].paragraphs); }
std::string rest(const report::Document& document) {
    return field(document.body.sections[0], "The rest of the review");
}
std::string method(const report::Document& document, const std::string& name) {
    for (const auto& section : document.body.sections) {
        if (section.title == "How each figure is made") return field(section, name);
    }
    return "none";
}

report::ForecastAsk as_of(const std::string& day) {
    report::ForecastAsk ask;
    ask.as_of = parse_date(day);
    return ask;
}

report::ForecastAsk meeting(World& world, const std::string& amount, const std::string& expected,
                            const std::string& category = {}) {
    report::ForecastAsk ask;
    ask.what_if = report::WhatIf{"Washington", category, world.money(amount), parse_date(expected)};
    return ask;
}

}  // namespace

TEST_CASE("Each estimate at completion says its method, and the range is over the methods") {
    Spending world;
    world.close("2017-07");
    const auto document = world.ask(as_of("2017-07-31"));
    CHECK(head(document) ==
          Lines{"At completion the review will have cost 185,000.00 (scheduled) to 300,967.74 USD "
                "(run rate), of 550,000.00 USD approved: at least 249,032.26 USD would be left.",
                "Some money is free up to the expected completion, by every method."});
    CHECK(rest(document) == "1-Aug-2017 to 1-Mar-2018, 7 months and 1 of 31 days");
    CHECK(rows_shown(table(document, "lines")) ==
          Lines{"run_rate | Run rate | services | Services | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | "
                "200000.00 | 200000.00",
                "run_rate | Run rate | travel | Travel | 90000.00 | 95000.00 | 0.00 | 115967.74 | "
                "300967.74 | 350000.00 | 49032.26",
                "run_rate | Run rate | total | Total | 90000.00 | 95000.00 | 0.00 | 115967.74 | "
                "300967.74 | 550000.00 | 249032.26",
                "scheduled | Scheduled | services | Services | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | "
                "200000.00 | 200000.00",
                "scheduled | Scheduled | travel | Travel | 90000.00 | 95000.00 | 0.00 | 0.00 | "
                "185000.00 | 350000.00 | 165000.00",
                "scheduled | Scheduled | total | Total | 90000.00 | 95000.00 | 0.00 | 0.00 | "
                "185000.00 | 550000.00 | 365000.00"});
    CHECK(method(document, "Run rate").find("the last 3 closed months spent on average") == 5);
    CHECK(rows_shown(table(document, "months")) ==
          Lines{"2017-05 | 0.00 | 30000.00 | 30000.00 | true | yes",
                "2017-06 | 0.00 | 30000.00 | 30000.00 | true | yes",
                "2017-07 | 0.00 | 30000.00 | 30000.00 | true | yes"});
}

TEST_CASE("Two people's own figures stand beside the computed ones, with every difference") {
    Spending world;
    world.close("2017-07");
    world.expect("carl", "", "290000");
    world.expect("olga", "services", "20000");
    world.expect("olga", "travel", "248000");
    const auto document = world.ask();
    CHECK(rows_shown(table(document, "estimates")) ==
          Lines{"services | Services | 200000.00 | 0.00 | 0.00 | 0.00 | null | 20000.00",
                "travel | Travel | 350000.00 | 90000.00 | 270967.74 | 185000.00 | null | 248000.00",
                "total | Total | 550000.00 | 90000.00 | 270967.74 | 185000.00 | 290000.00 | "
                "268000.00"});
    const Lines pairs = rows_shown(table(document, "differences"));
    CHECK(pairs.size() == 6);
    CHECK(pairs.front() == "Run rate less Scheduled | 0.00 | 85967.74 | 85967.74");
    CHECK(pairs.back() == "carl's own less olga's own | null | null | 22000.00");
    CHECK(rows_shown(table(document, "own")).front() ==
          "carl | total | 290000.00 | 2017-08-31 | as the chairs reckon");
    // In no computed figure, nor in the range.
    CHECK(head(document).front() == head(world.ask(as_of("2017-08-31"))).front());
    CHECK(head(document).front().find("290,000") == std::string::npos);
    // Of an earlier day they are not known; half of somebody's figures make no total.
    CHECK(rows_shown(table(world.ask(as_of("2017-08-30")), "own")).empty());
    world.book.withdraw_forecast(world.by("olga"), world.key, "travel", {{}, {}});
    CHECK(cell(table(world.ask(), "estimates"), "total", "own_olga") == "null");
}

TEST_CASE("The schedule counts meetings to come at their estimates until their day") {
    Spending world;
    world.close("2017-07");
    world.book.plan_meeting(world.by("carl"), world.key,
                            {"WASHINGTON", "travel", world.money("370000"),
                             parse_date("2017-12-10"), "agreed", parse_date("2017-08-01")});
    const auto document = world.ask(as_of("2017-08-31"));
    CHECK(rows_shown(table(document, "methods"))[1] ==
          "scheduled | Scheduled | 555000.00 | 0.00 | 555000.00 | -5000.00 | 2017-12");
    CHECK(rows_shown(table(document, "planned")) ==
          Lines{"WASHINGTON | travel | 2017-12-10 | 370000.00"});
    world.today = "2017-12-10";
    CHECK(rows_shown(table(world.ask(), "planned")).empty());
    CHECK(rows_shown(table(world.ask(as_of("2017-07-31")), "planned")).empty());
}

TEST_CASE("A cushion is a line of its own and in no estimate") {
    Spending world;
    world.close("2017-07");
    report::ForecastAsk ask = as_of("2017-07-31");
    ask.cushion = "10%";
    const auto document = world.ask(ask);
    CHECK(rows_shown(table(document, "methods")) ==
          Lines{"run_rate | Run rate | 300967.74 | 21096.77 | 322064.51 | 227935.49 | lasts",
                "scheduled | Scheduled | 185000.00 | 9500.00 | 194500.00 | 355500.00 | lasts"});
    world.set("forecast.cushion", "5000");
    world.set("forecast.months", "1");
    CHECK(rows_shown(table(world.ask(as_of("2017-08-31")), "methods")).front() ==
          "run_rate | Run rate | 270967.74 | 5000.00 | 275967.74 | 274032.26 | lasts");
    CHECK(rows_shown(table(world.ask(as_of("2017-08-31")), "months")).size() == 1);
}

TEST_CASE("Free money ends in a month by one method and not by the other") {
    Spending world;
    world.close("2017-07");
    world.lower("services", "200000", "2017-08-01");
    world.lower("travel", "100000", "2017-08-01");
    const auto document = world.ask(as_of("2017-08-31"));
    CHECK(head(document)[0] ==
          "At completion the review will have cost 185,000.00 (scheduled) to 270,967.74 USD (run "
          "rate), of 250,000.00 USD approved: up to 20,967.74 USD too little.");
    CHECK(head(document)[1] ==
          "Free money ends in Feb-2018 (run rate) at the earliest; at the latest it lasts to the "
          "expected completion (scheduled).");
    world.lower("travel", "65000", "2017-08-15");
    CHECK(head(world.ask(as_of("2017-08-31")))[1] == "No money is free any more.");
    world.lower("travel", "5000", "2017-08-15");
    CHECK(head(world.ask(as_of("2017-08-31")))[1] ==
          "The free money is used up, by 5,000.00 USD more than there is.");
}

TEST_CASE("Without a closed month there is no run rate, and the forecast says so") {
    World empty;
    const auto ask = [](World& world) {
        return report::forecast(world.book, world.key, {}, world.by("olga").now,
                                report::Audience::chair);
    };
    CHECK(head(ask(empty)) ==
          Lines{"At completion the review will have cost 0.00 USD (scheduled), of 0.00 USD "
                "approved: 0.00 USD would be left.",
                "No money is free any more."});
    empty.fill();
    CHECK(method(ask(empty), "Run rate") ==
          "not told: no month is closed in which the review ran.");
    CHECK(rows_shown(table(ask(empty), "methods")) ==
          Lines{"scheduled | Scheduled | 95000.00 | 0.00 | 95000.00 | 455000.00 | lasts"});
    // A closed month without expenses is a rate of zero.
    empty.today = "2017-04-10";
    empty.close("2017-03");
    CHECK(rows_shown(table(ask(empty), "methods")).front() ==
          "run_rate | Run rate | 95000.00 | 0.00 | 95000.00 | 455000.00 | lasts");
    CHECK(method(ask(empty), "Run rate").find("Only 1 of the 3 months wanted is closed.") !=
          std::string::npos);
}

TEST_CASE("Nothing is projected beyond the expected completion, nor of a finished review") {
    Spending world;
    world.close("2017-07");
    world.set("expected", "2017-08-15");
    auto document = world.ask(as_of("2017-08-31"));
    CHECK(rest(document) == "the expected completion, 15-Aug-2017, has passed");
    CHECK(rows_shown(table(document, "methods")).front() ==
          "run_rate | Run rate | 185000.00 | 0.00 | 185000.00 | 365000.00 | lasts");
    CHECK(head(document)[1] == "Nothing more is projected, so what is free stays free.");
    world.set("expected", "2018-03-01");
    world.book.change_state(world.by("olga"), world.key, ReviewState::finished, "done", {});
    document = world.ask(as_of("2017-08-31"));
    CHECK(rest(document) == "the review is finished: no time is left");
    // Of an earlier day it was still running.
    CHECK(rest(world.ask(as_of("2017-08-30"))).find("31-Aug-2017 to 1-Mar-2018") == 0);
}

TEST_CASE("Paused months are left out of the rate, and a paused review is projected as resumed") {
    Spending world;
    world.book.change_state(world.by("olga"), world.key, ReviewState::paused, "",
                            parse_date("2017-06-01"));
    world.book.change_state(world.by("olga"), world.key, ReviewState::running, "",
                            parse_date("2017-07-05"));
    world.book.change_state(world.by("olga"), world.key, ReviewState::paused, "",
                            parse_date("2017-08-20"));
    world.close("2017-07");
    const auto document = world.ask(as_of("2017-08-31"));
    CHECK(rows_shown(table(document, "months"))[2] ==
          "2017-06 | 0.00 | 30000.00 | 30000.00 | false | no, the review did not run");
    CHECK(rows_shown(table(document, "months")).size() == 4);  // April to July
    const std::string text = method(document, "Run rate");
    CHECK(text.find("1 month in which the review was paused or finished throughout is left out.") !=
          std::string::npos);
    CHECK(text.find("projected as if it went on the next day") != std::string::npos);
    CHECK(field(document.body.sections[0], "state") == "paused");
}

TEST_CASE("A what-if shows before and after, asks the controls, and writes nothing") {
    Spending world;
    world.close("2017-07");
    const Head before = world.book.head(world.key);
    auto document = world.ask(meeting(world, "60000", "2017-12-10"));
    const auto& fits = section(document, "what_if");
    CHECK(fits.paragraphs.front().text() ==
          "Nothing is written. On 10-Dec-2017, 60,000.00 USD of Travel: it could be recorded, "
          "with a warning: SSR2-C2 needs 60,000.00 USD of FY18, 10,000.00 is free; free = "
          "135,000.00 approved - 30,000.00 spent - 95,000.00 committed - 0.00 requested.");
    CHECK(rows_shown(table(document, "figures")) ==
          Lines{"Free of the envelope | 365000.00 | 305000.00 | -60000.00",
                "Free of Travel | 165000.00 | 105000.00 | -60000.00",
                "Free of FY18 | 10000.00 | -50000.00 | -60000.00",
                "At completion: Run rate | 270967.74 | 270967.74 | 0.00",
                "At completion: Scheduled | 185000.00 | 245000.00 | 60000.00"});
    CHECK(field(fits, "warnings") == "over_fiscal_year");
    document = world.ask(meeting(world, "365000.01", "2018-02-01", "services"));
    CHECK(field(section(document, "what_if"), "stopped_by") == "over_envelope");
    CHECK(rows_shown(table(document, "free_ends"))[1] == "Scheduled | lasts | used up");
    CHECK(world.book.head(world.key).hash == before.hash);
    CHECK(world.book.figures(world.key, parse_date("2017-08-31"), {}).envelope().free ==
          world.money("365000"));
}

TEST_CASE("A what-if is asked of today, of a category that is known, and not by the public") {
    World world;
    world.grant("travel", "1000", "2017-03-15");
    const auto ask = [&](const report::ForecastAsk& what,
                         report::Audience audience = report::Audience::finance) {
        return report::forecast(world.book, world.key, what, world.by("olga").now, audience);
    };
    report::ForecastAsk past = meeting(world, "10", "2017-12-10", "travel");
    past.as_of = parse_date("2017-03-20");
    CHECK_THROWS_AS(ask(past), BadInput);
    CHECK_THROWS_AS(ask(meeting(world, "10", "2017-12-10")), BadInput);  // no meeting says it
    CHECK_THROWS_AS(ask(meeting(world, "10", "2017-12-10", "hotels")), Refused);
    CHECK_THROWS_AS(ask({}, report::Audience::public_), Refused);
    CHECK_NOTHROW(ask(meeting(world, "10", "2017-12-10", "travel")));
}

TEST_CASE("Without fiscal budgets a what-if names no fiscal year") {
    WorldOptions options{};
    options.fiscal_budget = false;
    World world(options);
    world.grant("travel", "1000", "2017-03-15");
    const auto document =
        report::forecast(world.book, world.key, meeting(world, "10", "2018-12-10", "travel"),
                         world.by("olga").now, report::Audience::finance);
    CHECK(section(document, "what_if").paragraphs.front().text() ==
          "Nothing is written. On 10-Dec-2018, 10.00 USD of Travel: it fits: no control stops it "
          "or warns.");
    CHECK(cell(table(document, "figures"), "Free of FY19", "after") == "none");
}

}  // namespace purser::test
