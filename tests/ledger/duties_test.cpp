#include "ledger/duties.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "ledger/acts.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

const ReviewKey review = ReviewKey::parse("SSR2");

User user(const std::string& name, Role role, std::optional<ReviewKey> of = {}) {
    return {name, false, {{role, std::move(of)}}};
}

}  // namespace

TEST_CASE("Each act says who may, or the act itself says whom it concerns") {
    // Somebody's own, or the program's in the course of another act.
    const std::set<std::string> others{"book.init",          "user.password",   "user.invite",
                                       "delegate.add",       "delegate.end",    "envelope.expire",
                                       "commitment.release", "expense.release", "payee.add"};
    for (const std::string& act : known_acts()) {
        CAPTURE(act);
        const Duty& duty = duty_of(parse_act(act));
        CHECK(duty.roles.empty() == others.contains(act));
        CHECK(duty.deed.empty() == others.contains(act));
    }
}

TEST_CASE("An own role is enough, of all reviews or of this one") {
    CHECK(require(user("fred", Role::finance), {}, review, Act::period_close).role ==
          Role::finance);
    CHECK(require(user("fred", Role::finance, review), {}, review, Act::period_close).role ==
          Role::finance);
    const Verdict said = verdict([] {
        require(user("fred", Role::finance, review), {}, ReviewKey::parse("CCT"),
                Act::request_submit);
    });
    CHECK(said.rule == Rule::not_permitted);
    CHECK(said.message == "fred may not submit requests to the Board");
    CHECK(said.hint == "ask a user who has the role chair or finance for CCT");
}

TEST_CASE("What is the whole book's needs a role for all reviews") {
    CHECK_NOTHROW(require(user("root", Role::admin), {}, review, Act::policy_add));
    CHECK(refusal_of([] {
              require(user("root", Role::admin, review), {}, review, Act::policy_add);
          }) == "not_permitted");
    CHECK_NOTHROW(require(user("root", Role::admin, review), {}, review, Act::review_set));
}

TEST_CASE("Decisions are delegated, records are not") {
    const User dora = user("dora", Role::viewer);
    const std::vector<User> delegators{user("bob", Role::board), user("carl", Role::chair)};
    const Mandate mandate = require(dora, delegators, review, Act::sheet_approve);
    CHECK(mandate.role == Role::chair);
    CHECK(mandate.on_behalf_of == "carl");
    CHECK(require(user("cora", Role::chair), delegators, review, Act::sheet_approve).on_behalf_of ==
          "");
    CHECK(refusal_of([&] { require(dora, delegators, review, Act::request_submit); }) ==
          "not_permitted");
}

TEST_CASE("Who is disabled does none of it, nor does a delegate who is") {
    User carl = user("carl", Role::chair);
    carl.disabled = true;
    CHECK(refusal_of([&] { require(carl, {}, review, Act::sheet_approve); }) == "user_disabled");
    CHECK(refusal_of([&] {
              require(carl, {user("cora", Role::chair)}, review, Act::sheet_approve);
          }) == "user_disabled");
}
