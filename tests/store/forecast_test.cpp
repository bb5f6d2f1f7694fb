// Own forecasts and meetings to come in the book, and what the controls would say.
#include "desk.hpp"

using namespace purser;

TEST_CASE("What was said of a forecast is known as of each act, also when made again") {
    Desk desk;
    const Receipt first = desk.book().set_forecast(
        desk.carl(), desk.ssr2, {"travel", desk.money("290000"), "three meetings", {}});
    const Instant then = desk.now;
    desk.now += std::chrono::hours{1};
    desk.book().set_forecast(desk.carl(), desk.ssr2,
                             {"travel", desk.money("280000"), "two meetings", {}});
    desk.book().plan_meeting(
        desk.olga(), desk.ssr2,
        {"WASHINGTON", "travel", desk.money("60000"), Desk::day("2018-08-24"), "agreed", {}});
    const auto told = [&](std::optional<Instant> known_at) {
        std::string text;
        for (const auto& one : desk.book().said(desk.ssr2, "forecast.", known_at)) {
            text += one.actor + ' ' + one.setting.name + '=' + one.setting.value + " (" +
                    one.reason + ")\n";
        }
        return text;
    };
    const std::string all =
        "carl forecast.own/carl/travel=290000.00 (three meetings)\n"
        "carl forecast.own/carl/travel=280000.00 (two meetings)\n"
        "olga forecast.plan/WASHINGTON=travel 2018-08-24 60000.00 (agreed)\n";
    CHECK(told({}) == all);
    CHECK(told(then) == "carl forecast.own/carl/travel=290000.00 (three meetings)\n");
    CHECK(desk.book().said(desk.ssr2, "state").size() == 1);
    CHECK(first.id == first.event);
    desk.book().rebuild(desk.olga(), {});
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
    CHECK(told({}) == all);
}

TEST_CASE("A commitment is tried on the controls without being recorded") {
    Desk desk;
    const Head before = desk.book().head(desk.ssr2);
    const auto tried = [&](const char* amount, const char* expected) {
        return desk.book().try_commitment(desk.ssr2,
                                          {"travel",
                                           desk.money(amount),
                                           "Washington",
                                           CommitmentKind::meeting,
                                           Desk::day(expected),
                                           false,
                                           {}},
                                          desk.now);
    };
    CHECK_FALSE(tried("550000.00", "2018-08-24").stopped);
    CHECK(tried("550000.00", "2018-08-24").warnings.size() == 2);  // category and fiscal year
    CHECK(tried("550000.01", "2018-08-24").stopped->rule == "over_envelope");
    CHECK(tried("550000.01", "2018-08-24").hint.find("0.01 USD more") != std::string::npos);
    desk.book().open_commitment(desk.olga(), desk.ssr2,
                                {"travel",
                                 desk.money("1"),
                                 "Madrid",
                                 CommitmentKind::meeting,
                                 Desk::day("2017-08-24"),
                                 false,
                                 {}});
    CHECK(desk.book().head(desk.ssr2).seq == before.seq + 1);
    CHECK(refusal([&] {
              desk.book().try_commitment(desk.ssr2,
                                         {"hotels",
                                          desk.money("1"),
                                          "Washington",
                                          CommitmentKind::meeting,
                                          Desk::day("2018-08-24"),
                                          false,
                                          {}},
                                         desk.now);
          }) == Rule::unknown_category);
    desk.book().change_state(desk.olga(), desk.ssr2, ReviewState::finished, "done", {});
    CHECK(refusal([&] { tried("1", "2018-08-24"); }) == Rule::review_finished);
}

TEST_CASE("Stated approvals are told by who has not agreed yet, until they do") {
    Desk desk;
    ImportRequest settled;
    settled.approved_by = {"carl"};
    desk.import({desk.draft("80.00", "2017-04-02"), desk.draft("90.00", "2017-04-03")}, settled);
    auto stated = desk.book().stated_approvals(desk.ssr2);
    REQUIRE(stated.size() == 1);
    CHECK(stated[0].user == "carl");
    CHECK(stated[0].first.text() == "SSR2-E1");
    CHECK(stated[0].count == 2);
    desk.book().approve_expense(desk.carl(), desk.expense(1), {});
    stated = desk.book().stated_approvals(desk.ssr2);
    REQUIRE(stated.size() == 1);
    CHECK(stated[0].first.text() == "SSR2-E2");
    desk.book().approve_expense(desk.carl(), desk.expense(2), {});
    CHECK(desk.book().stated_approvals(desk.ssr2).empty());
}
