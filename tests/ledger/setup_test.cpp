#include "ledger/setup.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

const Date today = parse_date("2017-06-30");
const User ada{"ada", false, {{Role::admin, {}}}};
const User olga{"olga", false, {{Role::finance, {}}}};
const User local{"lee", false, {{Role::admin, ReviewKey::parse("SSR2")}}};

OpenReview opening() {
    return {ReviewKey::parse("SSR2"),
            "Second review",
            parse_date("2017-03-02"),
            parse_date("2018-03-01"),
            Currency::parse("USD"),
            7,
            true,
            {}};
}

void change(World& world, ReviewState state, const std::string& on) {
    std::optional<Date> day;
    if (!on.empty()) day = parse_date(on);
    world.apply("olga", setup::change_state(world.facts("olga"), state, "as decided", day));
}

}  // namespace

TEST_CASE("A new book's first user is admin and finance") {
    const Entry entry = setup::init("ada", today);
    CHECK(entry.subject == "ada");
    CHECK(canonical_body(entry) == R"({"grants":["admin","finance"]})");
}

TEST_CASE("An admin adds users, and roles to those who are there") {
    const AddUser ask{"carl", {{Role::chair, ReviewKey::parse("SSR2")}, {Role::viewer, {}}}};
    const Entry entry = setup::add_user(ada, {}, ask, today);
    CHECK(entry.body.list("grants") == std::vector<std::string>{"chair@SSR2", "viewer"});
    const User carl{"carl", false, {{Role::viewer, {}}}};
    CHECK(setup::add_user(ada, carl, ask, today).body.list("grants") ==
          std::vector<std::string>{"chair@SSR2"});
    const User all{"carl", false, ask.grants};
    CHECK(refusal_of([&] { setup::add_user(ada, all, ask, today); }) == "already_exists");
    const User gone{"carl", true, ask.grants};
    CHECK(setup::add_user(ada, gone, ask, today).body.list("grants").size() == 2);
    CHECK(refusal_of([&] { setup::add_user(olga, {}, ask, today); }) == "not_permitted");
    CHECK(refusal_of([&] { setup::add_user(local, {}, ask, today); }) == "not_permitted");
    CHECK_THROWS_AS(setup::add_user(ada, {}, {"carl", {}}, today), BadInput);
}

TEST_CASE("A grant of a role is read back from its text") {
    const auto text = GENERATE(as<std::string>{}, "admin", "chair@SSR2", "finance@A-1");
    CHECK(grant_text(parse_grant(text)) == text);
}

TEST_CASE("An admin disables others, once, and keeps the own account") {
    CHECK(setup::disable_user(ada, olga, today).subject == "olga");
    User gone = olga;
    gone.disabled = true;
    CHECK(refusal_of([&] { setup::disable_user(ada, gone, today); }) == "nothing_changes");
    CHECK(refusal_of([&] { setup::disable_user(ada, ada, today); }) == "not_permitted");
    CHECK(refusal_of([&] { setup::disable_user(olga, ada, today); }) == "not_permitted");
}

TEST_CASE("A password is one's own to set, or an admin's") {
    CHECK(refusal_of([&] { setup::set_password(olga, olga, "aa", today); }).empty());
    CHECK(refusal_of([&] { setup::set_password(ada, olga, "aa", today); }).empty());
    CHECK(refusal_of([&] { setup::set_password(olga, ada, "aa", today); }) == "not_permitted");
    User gone = olga;
    gone.disabled = true;
    CHECK(refusal_of([&] { setup::set_password(gone, gone, "aa", today); }) == "user_disabled");
}

TEST_CASE("A link to choose a password is one's own to make, or an admin's, and says until when") {
    const Instant until = parse_instant("2017-07-17T09:00:00.000Z");
    const Entry made = setup::invite(ada, olga, until, today);
    CHECK(made.subject == "olga");
    CHECK(canonical_body(made) == R"({"until":"2017-07-17T09:00:00.000Z"})");
    CHECK(refusal_of([&] { setup::invite(olga, olga, until, today); }).empty());
    CHECK(refusal_of([&] { setup::invite(olga, ada, until, today); }) == "not_permitted");
    User gone = olga;
    gone.disabled = true;
    CHECK(refusal_of([&] { setup::invite(ada, gone, until, today); }) == "user_disabled");
    CHECK(refusal_of([&] { setup::invite(gone, gone, until, today); }) == "user_disabled");
}

TEST_CASE("An admin signs others out, and the log says of what") {
    CHECK(canonical_body(setup::sign_out(ada, olga, {"session 0a1b"}, today)) ==
          R"({"ended":["session 0a1b"]})");
    CHECK(refusal_of([&] { setup::sign_out(ada, olga, {}, today); }) == "nothing_changes");
    CHECK(refusal_of([&] { setup::sign_out(olga, olga, {"session 0a1b"}, today); }) ==
          "not_permitted");
}

TEST_CASE("A policy asks for one to nine persons, up to an amount above zero") {
    AddPolicy ask{ReviewKey::parse("SSR2"), today, {}, Role::chair, 1};
    const auto add = [&] { return setup::add_policy(ada, ask, today); };
    CHECK(canonical_body(add()) ==
          R"({"count":1,"from":"2017-06-30","review":"SSR2","role":"chair"})");
    for (const int count : {1, 9}) {
        ask.count = count;
        CHECK_NOTHROW(add());
    }
    for (const int count : {0, 10, -1}) {
        ask.count = count;
        CHECK_THROWS_AS(add(), BadInput);
    }
    ask.count = 2;
    ask.up_to = Money::parse("0.01", Currency::parse("USD"));
    CHECK_NOTHROW(add());
    ask.up_to = Money::parse("0.00", Currency::parse("USD"));
    CHECK_THROWS_AS(add(), BadInput);
    CHECK(refusal_of([&] { setup::add_policy(olga, ask, today); }) == "not_permitted");
}

TEST_CASE("A review is opened with every setting that a rule asks for") {
    const World world;
    const Review& review = world.review();
    CHECK(review.name() == "Second review");
    CHECK(review.currency() == Currency::parse("USD"));
    CHECK(review.calendar().start_month() == 7);
    CHECK(review.fiscal_budget());
    CHECK(review.state() == ReviewState::running);
    CHECK(to_text(review.start()) == "2017-03-02");
    CHECK(review.text("year-end.free") == "carry");
    CHECK(review.text("year-end.commitments") == "carry");
    CHECK(review.text("layout") == "2017");
    CHECK(review.text("chair").empty());
    CHECK_FALSE(review.closed_through().has_value());
}

TEST_CASE("A review needs a name, an end after its start, and a day that has come") {
    CHECK_NOTHROW(setup::open_review(ada, opening(), today));
    CHECK(refusal_of([&] { setup::open_review(olga, opening(), today); }) == "not_permitted");
    OpenReview ask = opening();
    ask.name = " ";
    CHECK_THROWS_AS(setup::open_review(ada, ask, today), BadInput);
    ask = opening();
    ask.expected = ask.start;
    CHECK_NOTHROW(setup::open_review(ada, ask, today));
    ask.expected = previous_day(ask.start);
    CHECK_THROWS_AS(setup::open_review(ada, ask, today), BadInput);
    ask = opening();
    ask.fiscal_year_start = 13;
    CHECK_THROWS_AS(setup::open_review(ada, ask, today), BadInput);
    ask = opening();
    ask.on = next_day(today);
    CHECK(refusal_of([&] { setup::open_review(ada, ask, today); }) == "in_the_future");
}

TEST_CASE("Settings take the values that exist, and say so when nothing changes") {
    World world;
    world.set({{"control.category", "stop"}, {"chair", "TBD"}});
    CHECK(world.review().control(Limit::category) == Control::stop);
    CHECK(world.review().text("chair") == "TBD");
    CHECK(refusal_of([&] { world.set({{"control.category", "stop"}}); }) == "nothing_changes");
    CHECK_THROWS_AS(world.set({{"control.category", "halt"}}), BadInput);
    CHECK_THROWS_AS(world.set({{"closed-through", "2017-03-31"}}), BadInput);
    CHECK_THROWS_AS(world.set({{"state", "finished"}}), BadInput);
    CHECK_THROWS_AS(world.set({{"currency", "EUR"}}), BadInput);
    CHECK_THROWS_AS(world.set({{"start", "2017-02-30"}}), BadInput);
    world.set({{"control.category", "stop"}, {"layout", "envelope"}});
    CHECK(world.last().body.list("settings") == std::vector<std::string>{"layout=envelope"});
}

TEST_CASE("Fiscal budgets are fixed once money has moved") {
    World world;
    world.set({{"fiscal-budget", "off"}});
    CHECK_FALSE(world.review().fiscal_budget());
    world.grant("travel", "1.00");
    CHECK(refusal_of([&] { world.set({{"fiscal-budget", "on"}}); }) == "setting_fixed");
}

TEST_CASE("A review is paused, resumed and finished, each when it can be") {
    World world;
    CHECK(refusal_of([&] { change(world, ReviewState::running, ""); }) == "review_not_paused");
    change(world, ReviewState::paused, "2017-05-10");
    CHECK(world.review().state() == ReviewState::paused);
    CHECK(refusal_of([&] { change(world, ReviewState::paused, ""); }) == "review_paused");
    const Verdict early = verdict([&] { change(world, ReviewState::running, "2017-05-09"); });
    CHECK(early.rule == Rule::before_document);
    CHECK(early.day() == "2017-05-10");
    change(world, ReviewState::running, early.day());
    CHECK(world.review().state() == ReviewState::running);
    change(world, ReviewState::finished, "");
    CHECK(refusal_of([&] { change(world, ReviewState::paused, ""); }) == "review_finished");
    CHECK(refusal_of([&] { change(world, ReviewState::finished, ""); }) == "review_finished");
    change(world, ReviewState::running, "");
    CHECK(world.review().state() == ReviewState::running);
}

TEST_CASE("A finished review takes nothing new, and finishes what it has") {
    World world;
    world.grant("travel", "100.00");
    const auto against = world.open("travel", "10.00", "2017-06-30");
    const auto waits = world.submit("travel", "1.00", against);
    change(world, ReviewState::finished, "");
    CHECK(refusal_of([&] { world.grant("travel", "1.00"); }) == "review_finished");
    CHECK(refusal_of([&] { world.allot("travel", "1.00", "FY17"); }) == "review_finished");
    CHECK(refusal_of([&] { world.move("travel", "experts", "1.00"); }) == "review_finished");
    CHECK(refusal_of([&] { world.open("travel", "1.00", "2017-06-30"); }) == "review_finished");
    CHECK(refusal_of([&] { world.submit("travel", "1.00"); }) == "review_finished");
    CHECK(refusal_of([&] { world.category("staff", "Staff"); }) == "review_finished");
    CHECK_NOTHROW(world.approve(waits));
    CHECK_NOTHROW(world.close(against));
    CHECK_NOTHROW(world.lower("travel", "1.00"));
    CHECK_NOTHROW(world.close_month("2017-05"));
}

TEST_CASE("A category has a code of its own and a title") {
    World world;
    world.category("staff", "ICANN Org Support");
    CHECK(world.review().category("staff").title == "ICANN Org Support");
    CHECK_FALSE(world.review().category("staff").overhead);
    CHECK(refusal_of([&] { world.category("staff", "Again"); }) == "already_exists");
    CHECK_THROWS_AS(world.category("other", " "), BadInput);
    const Verdict said = verdict([&] { world.review().category("stafff"); });
    CHECK(said.rule == Rule::unknown_category);
    CHECK(said.hint == "did you mean staff?");
}
