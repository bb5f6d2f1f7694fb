#include "ledger/forecast.hpp"

#include <catch2/catch.hpp>

#include "ledger/thresholds.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

std::string told(const std::vector<OwnForecast>& own) {
    std::string text;
    for (const OwnForecast& one : own) {
        text += (text.empty() ? "" : ", ") + one.user + ' ' +
                (one.category.empty() ? "all" : one.category) + ' ' + one.amount.text();
    }
    return text;
}

SetForecast figure(const World& world, const std::string& category, const std::string& amount,
                   const std::string& on = {}) {
    SetForecast ask{category, world.money(amount), "three more meetings", {}};
    if (!on.empty()) ask.on = parse_date(on);
    return ask;
}

std::vector<SaidSetting> said(const World& world) {
    std::vector<SaidSetting> result;
    for (const Event& event : world.log()) {
        for (const Setting& one : settings(event)) {
            result.push_back({one, event.actor, event.reason});
        }
    }
    return result;
}

std::string on(const World& world, const std::string& day) {
    return told(own_forecasts(said(world), parse_date(day), world.review().currency()));
}

}  // namespace

TEST_CASE("Each person's own figure stands by itself, the latest of a day counts") {
    World world;
    const auto set = [&](const std::string& who, const SetForecast& ask) {
        world.apply(who, forecast::set(world.facts(who), ask));
    };
    set("carl", figure(world, "travel", "290000", "2017-05-01"));
    set("olga", figure(world, "", "268000", "2017-05-10"));
    set("carl", figure(world, "travel", "280000", "2017-06-01"));
    set("carl", figure(world, "travel", "285000", "2017-05-20"));  // recorded late
    CHECK(on(world, "2017-04-30").empty());
    CHECK(on(world, "2017-05-09") == "carl travel 290000.00");
    CHECK(on(world, "2017-05-20") == "carl travel 285000.00, olga all 268000.00");
    CHECK(on(world, "2017-06-30") == "carl travel 280000.00, olga all 268000.00");
    world.apply("olga", forecast::withdraw(world.facts("olga"), "", {{}, {}}));
    CHECK(on(world, "2017-06-30") == "carl travel 280000.00");
    CHECK(world.last().transfers.empty());
}

TEST_CASE("An own figure is recorded by those who work with the money, and only when it is new") {
    World world;
    world.apply("carl", forecast::set(world.facts("carl"), figure(world, "travel", "290000")));
    const auto by = [&](const std::string& who, const SetForecast& ask) {
        return refusal_of([&] { forecast::set(world.facts(who), ask); });
    };
    CHECK(by("carl", figure(world, "travel", "290000")) == "nothing_changes");
    CHECK(by("cora", figure(world, "travel", "290000")).empty());
    CHECK(by("sue", figure(world, "travel", "0")).empty());
    CHECK(by("vera", figure(world, "travel", "1")) == "not_permitted");
    CHECK(by("bob", figure(world, "travel", "1")) == "not_permitted");
    CHECK(by("olga", figure(world, "hotels", "1")) == "unknown_category");
    CHECK(by("olga", figure(world, "travel", "1", "2017-07-01")) == "in_the_future");
    CHECK_THROWS_AS(by("olga", figure(world, "travel", "-0.01")), BadInput);
    CHECK(refusal_of([&] {
              forecast::withdraw(world.facts("carl"), "", {{}, {}});
          }) == "nothing_changes");
    CHECK(refusal_of([&] {
              forecast::withdraw(world.facts("olga"), "travel", {{}, {}});
          }) == "nothing_changes");
}

TEST_CASE("A finished review takes no forecast, but one can be taken back") {
    World world;
    world.apply("carl", forecast::set(world.facts("carl"), figure(world, "travel", "290000")));
    world.apply("ada", setup::change_state(world.facts("ada"), ReviewState::finished, "done", {}));
    CHECK(refusal_of([&] { forecast::set(world.facts("carl"), figure(world, "travel", "1")); }) ==
          "review_finished");
    CHECK(refusal_of([&] { forecast::withdraw(world.facts("carl"), "travel", {{}, {}}); }).empty());
}

TEST_CASE("A meeting to come is planned, moved to another day or price, and taken out") {
    World world;
    const auto plan = [&](const std::string& amount, const std::string& expected,
                          const std::string& since, const std::string& category = "travel") {
        return forecast::plan(world.facts("carl"),
                              {"WASHINGTON", category, world.money(amount), parse_date(expected),
                               "agreed", parse_date(since)});
    };
    const auto on_day = [&](const std::string& day) {
        std::string text;
        for (const auto& one :
             planned_meetings(said(world), parse_date(day), world.review().currency())) {
            text += one.code + ' ' + one.category + ' ' + to_text(one.expected) + ' ' +
                    one.amount.text();
        }
        return text;
    };
    world.apply("carl", plan("60000", "2018-08-24", "2017-05-01"));
    world.apply("carl", plan("65000.50", "2018-08-22", "2017-06-01"));
    CHECK(on_day("2017-04-30").empty());
    CHECK(on_day("2017-05-31") == "WASHINGTON travel 2018-08-24 60000.00");
    CHECK(on_day("2017-06-30") == "WASHINGTON travel 2018-08-22 65000.50");
    CHECK(refusal_of([&] { plan("65000.50", "2018-08-22", "2017-06-02"); }) == "nothing_changes");
    CHECK(refusal_of([&] { plan("1", "2018-08-22", "2017-06-02", "hotels"); }) ==
          "unknown_category");
    CHECK_THROWS_AS(plan("0", "2018-08-22", "2017-06-02"), BadInput);
    world.apply("olga", forecast::unplan(world.facts("olga"), "WASHINGTON", {{}, {}}));
    CHECK(on_day("2017-06-30").empty());
    CHECK(refusal_of([&] {
              forecast::unplan(world.facts("olga"), "WASHINGTON", {{}, {}});
          }) == "nothing_changes");
}

TEST_CASE("A threshold is a number of days or a percentage, or off") {
    World world;
    CHECK(threshold(world.review(), "free") == 10);
    CHECK(threshold(world.review(), "stale") == 14);
    world.set({{"alert.free", "25%"}, {"alert.stale", "off"}});
    CHECK(threshold(world.review(), "free") == 25);
    CHECK_FALSE(threshold(world.review(), "stale"));
    for (const char* wrong : {"10", "100%", "-1%", "1.5%", "%", "", "Off"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(check_setting("alert.free", wrong), BadInput);
    }
    for (const char* wrong : {"10%", "-1", "3651", "1.5", "a week"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(check_setting("alert.stale", wrong), BadInput);
    }
    for (const char* wrong : {"0", "61", "-3", "2.5", "three"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(check_setting("forecast.months", wrong), BadInput);
    }
    for (const Threshold& one : thresholds()) {
        CHECK_NOTHROW(check_threshold(one, one.usual));
        CHECK_NOTHROW(check_threshold(one, "off"));
    }
}

}  // namespace purser::test
