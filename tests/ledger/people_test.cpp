#include "ledger/people.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

Money usd(std::string_view text) { return Money::parse(text, Currency::parse("USD")); }

PolicyTier tier(std::string_view from, std::string_view up_to, Role role, int count) {
    std::optional<Money> most;
    if (!up_to.empty()) most = usd(up_to);
    return {parse_date(from), most, role, count};
}

const std::vector<PolicyTier>& sample_policy() {
    static const std::vector<PolicyTier> policy{
        tier("2018-01-01", "5000.00", Role::chair, 2),
        tier("2017-04-01", "1000.00", Role::finance, 1),
        tier("2017-04-01", "5000.00", Role::chair, 1),
        tier("2017-04-01", "5000.00", Role::board, 1),
        tier("2017-04-01", "", Role::chair, 2),
    };
    return policy;
}

}  // namespace

TEST_CASE("A policy asks by day and amount; an edge belongs to the lower tier", "[DOMAIN 4.1]") {
    struct Row {
        std::string on, amount, needed;
    };
    const auto row = GENERATE(values<Row>({
        {"2017-03-31", "0.01", "1 approval of role chair"},  // no policy yet: one chair
        {"2017-03-31", "9999999.00", "1 approval of role chair"},
        {"2017-04-01", "999.99", "1 approval of role finance"},
        {"2017-04-01", "1000.00", "1 approval of role finance"},
        {"2017-04-01", "1000.01", "1 approval of role chair and 1 approval of role board"},
        {"2017-12-31", "5000.00", "1 approval of role chair and 1 approval of role board"},
        {"2017-12-31", "5000.01", "2 approvals of role chair"},
        {"2018-01-01", "1.00", "2 approvals of role chair"},
        {"2018-01-01", "5000.00", "2 approvals of role chair"},
    }));
    CAPTURE(row.on, row.amount);
    const auto needed = approvals_needed(sample_policy(), usd(row.amount), parse_date(row.on));
    CHECK(missing_text(needed, {}) == row.needed);
    CHECK_FALSE(is_complete(needed, {}));
}

TEST_CASE("An amount above every tier is covered by no policy") {
    CHECK(refusal_of([] {
              approvals_needed(sample_policy(), usd("5000.01"), parse_date("2018-01-01"));
          }) == "no_policy_covers");
}

TEST_CASE("A role is for all reviews or for one") {
    const User user{"ann", false, {{Role::chair, ReviewKey::parse("SSR2")}, {Role::viewer, {}}}};
    CHECK(user.has(Role::chair, ReviewKey::parse("SSR2")));
    CHECK_FALSE(user.has(Role::chair, ReviewKey::parse("CCT")));
    CHECK_FALSE(user.has(Role::chair, ReviewKey::book()));
    CHECK(user.has(Role::viewer, ReviewKey::parse("CCT")));
    CHECK_FALSE(user.has(Role::admin, ReviewKey::parse("SSR2")));
    const Verdict said = verdict([&] {
        require(user, ReviewKey::parse("CCT"), {Role::finance, Role::chair}, "close months");
    });
    CHECK(said.rule == Rule::not_permitted);
    CHECK(said.message == "ann may not close months");
    CHECK(said.hint == "ask a user who has the role finance or chair for CCT");
}

TEST_CASE("Who is disabled may do nothing") {
    World world;
    world.grant("travel", "100.00");
    const auto number = world.submit("travel", "1.00");
    const auto settled = world.settle("travel", "1.00");
    for (auto& [name, user] : world.users) user.disabled = true;
    CHECK(refusal_of([&] { world.grant("travel", "1.00"); }) == "user_disabled");
    CHECK(refusal_of([&] { world.approve(number); }) == "user_disabled");
    CHECK(refusal_of([&] { world.approve(settled); }) == "user_disabled");
    CHECK(refusal_of([&] { world.reject(number); }) == "user_disabled");
    CHECK(refusal_of([&] { world.withdraw(number); }) == "user_disabled");
}

TEST_CASE("Expenses are submitted by finance and support, approved and rejected by a chair") {
    struct Row {
        std::string user, submit, approve;
    };
    const auto row = GENERATE(values<Row>({
        {"otto", "", "not_permitted"},
        {"sue", "", "not_permitted"},
        {"carl", "not_permitted", ""},
        {"bob", "not_permitted", "not_permitted"},
        {"ada", "not_permitted", "not_permitted"},
        {"vera", "not_permitted", "not_permitted"},
    }));
    CAPTURE(row.user);
    World world;
    world.grant("travel", "100.00");
    CHECK(refusal_of([&] { world.submit("travel", "1.00", 0, "", row.user); }) == row.submit);
    const auto number = world.submit("travel", "1.00");
    CHECK(refusal_of([&] { world.approve(number, row.user); }) == row.approve);
    const auto other = world.submit("travel", "1.00");
    CHECK(refusal_of([&] { world.reject(other, row.user); }) == row.approve);
}

TEST_CASE("Nobody decides on the own expense, and nobody else takes it back") {
    World world;
    world.grant("travel", "100.00");
    const auto number = world.submit("travel", "1.00", 0, "", "fay");
    CHECK(refusal_of([&] { world.approve(number, "fay"); }) == "own_document");
    CHECK(refusal_of([&] { world.reject(number, "fay"); }) == "own_document");
    CHECK(refusal_of([&] { world.withdraw(number, "", "olga"); }) == "not_permitted");
    CHECK(refusal_of([&] { world.withdraw(number, "", "fay"); }).empty());
}

TEST_CASE("Several approvals are of different persons, in the roles that are missing",
          "[MODEL 2 several approvals]") {
    World world;
    world.grant("travel", "10000.00");
    world.policy = {tier("2017-01-01", "", Role::chair, 2), tier("2017-01-01", "", Role::board, 1)};
    const auto number = world.submit("travel", "1.00");
    world.approve(number, "carl");
    CHECK(world.moved().empty());
    CHECK(world.expense(number).state == ExpenseState::submitted);
    CHECK(world.last().body.text("missing") ==
          "1 approval of role chair and 1 approval of role board");
    CHECK(refusal_of([&] { world.approve(number, "carl"); }) == "already_approved");
    CHECK(refusal_of([&] { world.approve(number, "otto"); }) == "not_permitted");
    world.approve(number, "bob");
    CHECK(world.moved().empty());
    CHECK(refusal_of([&] { world.approve(number, "bob"); }) == "already_approved");
    world.approve(number, "cora");
    CHECK(world.expense(number).state == ExpenseState::approved);
    CHECK(world.held("travel").find("FY17 spent 1.00") != std::string::npos);
    CHECK(approvals_text(world.expense(number).approvals) == "carl=chair,bob=board,cora=chair");
}

TEST_CASE("A lighter policy of the same day lets the next approval complete") {
    World world;
    world.grant("travel", "10000.00");
    world.policy = {tier("2017-01-01", "", Role::chair, 2)};
    const auto number = world.submit("travel", "1.00");
    world.approve(number, "carl");
    world.policy = {tier("2017-02-01", "", Role::chair, 1)};
    CHECK(refusal_of([&] { world.approve(number, "carl"); }) == "already_approved");
    CHECK(refusal_of([&] { world.approve(number, "cora"); }).empty());
    CHECK(world.expense(number).state == ExpenseState::approved);
}

TEST_CASE("The policy of the expense's own day counts") {
    World world;
    world.grant("travel", "10000.00", "", "2017-01-01");
    world.policy = {tier("2017-01-01", "", Role::chair, 1), tier("2017-06-01", "", Role::chair, 2)};
    const auto before = world.submit("travel", "1.00", 0, "2017-05-31");
    world.approve(before);
    CHECK(world.expense(before).state == ExpenseState::approved);
    const auto after = world.submit("travel", "1.00", 0, "2017-06-01");
    world.approve(after);
    CHECK(world.expense(after).state == ExpenseState::submitted);
}

TEST_CASE("A chair may reject what no policy covers, and the submitter take it back") {
    World world;
    world.grant("travel", "10000.00");
    world.policy = {tier("2017-01-01", "10.00", Role::chair, 1)};
    const auto number = world.submit("travel", "10.01");
    CHECK(refusal_of([&] { world.approve(number); }) == "no_policy_covers");
    CHECK(refusal_of([&] { world.reject(number); }).empty());
    const auto other = world.submit("travel", "10.01");
    CHECK(refusal_of([&] { world.withdraw(other); }).empty());
}

TEST_CASE("Who a policy names may reject, without being a chair") {
    World world;
    world.grant("travel", "10000.00");
    world.policy = {tier("2017-01-01", "", Role::finance, 1)};
    const auto number = world.submit("travel", "1.00");
    CHECK(refusal_of([&] { world.reject(number, "bob"); }) == "not_permitted");
    CHECK(refusal_of([&] { world.reject(number, "otto"); }).empty());
}

TEST_CASE("Stated approvals are of enough different persons, never of who records them") {
    struct Row {
        std::vector<std::string> approved_by;
        std::string refused;
    };
    const auto row = GENERATE(values<Row>({
        {{"carl", "cora"}, ""},
        {{"vera", "carl", "cora"}, ""},
        {{"carl"}, "not_permitted"},
        {{"carl", "carl"}, "not_permitted"},
        {{"carl", "bob"}, "not_permitted"},
        {{}, "not_permitted"},
        {{"carl", "cora", "olga"}, "own_document"},
    }));
    CAPTURE(row.approved_by);
    World world;
    world.grant("travel", "100.00");
    world.policy = {tier("2017-01-01", "", Role::chair, 2)};
    CHECK(refusal_of([&] { world.settle("travel", "1.00", 0, "", row.approved_by); }) ==
          row.refused);
}

TEST_CASE("A stated approver agrees once, and no money moves") {
    World world;
    world.grant("travel", "100.00");
    const auto number = world.settle("travel", "1.00");
    CHECK(world.expense(number).approvals.at(0).stated);
    CHECK(refusal_of([&] { world.approve(number, "cora"); }) == "wrong_state");
    world.approve(number, "carl");
    CHECK(world.moved().empty());
    CHECK_FALSE(world.expense(number).approvals.at(0).stated);
    CHECK(world.expense(number).state == ExpenseState::approved);
    CHECK(refusal_of([&] { world.approve(number, "carl"); }) == "wrong_state");
}

TEST_CASE("Approvals are read back from their text") {
    const auto text = GENERATE(as<std::string>{}, "", "ann=chair", "ann=chair?",
                               "ann=chair,bob.x-1=board?,c_d=finance");
    CHECK(approvals_text(parse_approvals(text)) == text);
}

TEST_CASE("A role that does not exist is refused with the nearest one") {
    CHECK(parse_role("finance") == Role::finance);
    CHECK_THROWS_AS(parse_role("financ"), BadInput);
    CHECK_THROWS_AS(parse_role(""), BadInput);
}

TEST_CASE("Users see whom they work with, and an admin all") {
    const auto ssr2 = ReviewKey::parse("SSR2");
    const auto cct = ReviewKey::parse("CCT");
    const User carl{"carl", false, {{Role::chair, ssr2}, {Role::viewer, cct}}};
    const User sam{"sam", false, {{Role::support, cct}, {Role::viewer, ssr2}}};
    const User fred{"fred", false, {{Role::finance, {}}}};
    const User ada{"ada", false, {{Role::admin, {}}, {Role::chair, cct}}};
    const User vera{"vera", false, {{Role::viewer, {}}}};
    const User local{"local", false, {{Role::admin, cct}}};
    const auto seen = [](const User& reader, const User& user) {
        std::string text;
        const auto found = as_seen_by(reader, user);
        if (!found) return std::string("hidden");
        for (const Grant& grant : found->grants) text += grant_text(grant) + ' ';
        return text;
    };
    CHECK(seen(carl, sam) == "viewer@SSR2 ");  // their work at CCT is not carl's
    CHECK(seen(carl, carl) == "chair@SSR2 viewer@CCT ");
    CHECK(seen(carl, fred) == "finance ");
    CHECK(seen(carl, ada) == "admin ");
    CHECK(seen(carl, local) == "hidden");
    CHECK(seen(sam, carl) == "viewer@CCT ");
    CHECK(seen(fred, sam) == "support@CCT viewer@SSR2 ");
    CHECK(seen(ada, sam) == "support@CCT viewer@SSR2 ");
    CHECK(seen(local, carl) == "viewer@CCT ");  // an admin of one review is none of the book
    for (const User& other : {carl, sam, fred, ada, local}) CHECK(seen(vera, other) == "hidden");
    CHECK(seen(vera, vera) == "viewer ");
}
