#include "ledger/delegation.hpp"

#include <catch2/catch.hpp>

#include "ledger/mandate.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

User user(const std::string& name, const std::vector<Role>& roles) {
    User result{name, false, {}};
    for (const Role role : roles) result.grants.push_back({role, {}});
    return result;
}

Delegation days(const std::string& from, const std::string& until) {
    return {"carl", "dora", parse_date(from), parse_date(until), false};
}

// A world with a direct expense of olga's that waits, and dora, who acts for carl.
struct Waiting {
    World world;
    std::int64_t number = 0;

    explicit Waiting(const std::vector<Role>& roles = {Role::viewer}) {
        world.users["dora"] = user("dora", roles);
        world.grant("travel", "500.00", "FY17", "2017-03-01");
        number = world.submit("travel", "50.00");
    }
    Facts facts(const std::vector<std::string>& delegators) const {
        Facts facts = world.facts("dora");
        for (const auto& name : delegators) facts.delegators.push_back(world.users.at(name));
        return facts;
    }
    Entry approve(const std::vector<std::string>& delegators,
                  const std::string& payee_user = {}) const {
        return expense::approve(facts(delegators), world.expense(number), nullptr, {}, payee_user);
    }
    std::string refusal(const std::vector<std::string>& delegators,
                        const std::string& payee_user = {}) const {
        return refusal_of([&] { approve(delegators, payee_user); });
    }
};

}  // namespace

TEST_CASE("A delegation holds from its first day to its last, both included") {
    const std::vector<User> users{user("carl", {Role::chair}), user("dora", {Role::viewer})};
    const auto row = GENERATE(values<std::pair<std::string, bool>>({
        {"2017-04-02", false},
        {"2017-04-03", true},
        {"2017-04-13", true},
        {"2017-04-14", true},
        {"2017-04-15", false},
    }));
    CAPTURE(row.first);
    const auto found = delegation::delegators_of("dora", {days("2017-04-03", "2017-04-14")}, users,
                                                 parse_date(row.first));
    CHECK(found.size() == (row.second ? 1 : 0));
}

TEST_CASE("What is ended or disabled does not count, and two delegations of one are one") {
    std::vector<User> users{user("carl", {Role::chair}), user("dora", {Role::viewer})};
    std::vector<Delegation> existing{days("2017-04-01", "2017-04-30"),
                                     days("2017-04-02", "2017-05-30")};
    const auto count = [&](const std::string& delegate) {
        return delegation::delegators_of(delegate, existing, users, parse_date("2017-04-10"))
            .size();
    };
    CHECK(count("dora") == 1);
    CHECK(count("carl") == 0);
    existing.front().ended = true;
    CHECK(count("dora") == 1);
    existing.back().ended = true;
    CHECK(count("dora") == 0);
    existing.back().ended = false;
    users.front().disabled = true;
    CHECK(count("dora") == 0);
}

TEST_CASE("A delegate approves in the delegator's role, and the event names both") {
    const Waiting waiting;
    CHECK(waiting.refusal({}) == "not_permitted");
    CHECK(waiting.refusal({"vera"}) == "not_permitted");
    const Entry entry = waiting.approve({"carl"});
    CHECK(entry.body.text("role") == "chair");
    CHECK(entry.body.text("on_behalf_of") == "carl");
    Expense document = waiting.world.expense(waiting.number);
    fold(document, Event{entry, waiting.world.review().key(), 99, {}, "dora"});
    CHECK(document.state == ExpenseState::approved);
    CHECK(approvals_text(document.approvals) == "dora/carl=chair");
}

TEST_CASE("An own role comes before a delegator's") {
    const Waiting waiting({Role::chair});
    CHECK(waiting.approve({"carl"}).body.text("on_behalf_of").empty());
}

TEST_CASE("Nobody decides on what they or their delegator submitted or are paid") {
    const Waiting waiting({Role::chair});
    CHECK(waiting.refusal({}).empty());
    CHECK(waiting.refusal({"olga"}) == "own_document");
    CHECK(waiting.refusal({"carl", "olga"}) == "own_document");
    CHECK(waiting.refusal({}, "dora") == "own_payment");
    CHECK(waiting.refusal({"carl"}, "carl") == "own_payment");
    CHECK(waiting.refusal({}, "carl").empty());
}

TEST_CASE("One mandate counts once, whether its owner or a delegate uses it") {
    Waiting waiting;
    waiting.world.policy = {{parse_date("2017-01-01"), {}, Role::chair, 2}};
    waiting.world.apply("dora", waiting.approve({"carl"}));
    CHECK(refusal_of([&] { waiting.world.approve(waiting.number, "carl"); }) == "already_approved");
    CHECK(waiting.refusal({"carl"}) == "already_approved");
    waiting.world.approve(waiting.number, "cora");
    CHECK(waiting.world.expense(waiting.number).state == ExpenseState::approved);

    Waiting other;
    other.world.policy = waiting.world.policy;
    other.world.approve(other.number, "carl");
    CHECK(other.refusal({"carl"}) == "not_permitted");
    CHECK(other.refusal({"carl", "cora"}).empty());
}

TEST_CASE("A delegate confirms and rejects proposals in a chair's place") {
    Waiting waiting;
    World& world = waiting.world;
    const auto number = world.propose("travel", "20.00", "2017-06-30");
    const auto confirm = [&](const std::vector<std::string>& delegators) {
        return commitment::confirm(waiting.facts(delegators), world.commitment(number), {}, {});
    };
    CHECK(refusal_of([&] { confirm({}); }) == "not_permitted");
    CHECK(refusal_of([&] { confirm({"carl", "sue"}); }) == "own_document");
    CHECK(confirm({"carl"}).body.text("on_behalf_of") == "carl");
    CHECK(commitment::reject(waiting.facts({"carl"}), world.commitment(number), {"no", {}})
              .body.text("on_behalf_of") == "carl");
}

TEST_CASE("Approvals on behalf of another are read back from their text") {
    const std::string text = "ann=chair,dora/carl=chair,bob=board?";
    const auto approvals = parse_approvals(text);
    REQUIRE(approvals.size() == 3);
    CHECK(approvals[1].user == "dora");
    CHECK(approvals[1].on_behalf_of == "carl");
    CHECK(approvals_text(approvals) == text);
}
