#include "ledger/judging.hpp"

#include <catch2/catch.hpp>

#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

const std::string head(64, 'f');

// The acts that are open, by the last word of their names: "approve reject".
std::string open_acts(const std::vector<Judged>& judged) {
    std::string text;
    for (const Judged& one : judged) {
        if (!one.is_open()) continue;
        const std::string act(name(one.act));
        text += (text.empty() ? "" : " ") + act.substr(act.rfind('.') + 1);
    }
    return text;
}

std::string rule_on(const std::vector<Judged>& judged, Act act) {
    for (const Judged& one : judged) {
        if (one.act == act && one.refused) return std::string(name(one.refused->rule()));
    }
    return {};
}

// What is open to a user, of an expense as it stands or as it would in another state.
std::vector<Judged> of(const World& world, const Expense& document, const std::string& user,
                       const std::string& paid = {}) {
    const Commitment* commitment =
        document.commitment == 0 ? nullptr : &world.commitment(document.commitment);
    return judge(world.facts(user), ExpenseFacts{document, commitment, paid});
}

std::vector<Judged> of(const World& world, const Commitment& document, const std::string& user,
                       std::int64_t undecided = 0) {
    return judge(world.facts(user), document, undecided);
}

struct Row {
    std::string user, open;
};

World world_with_money() {
    World world;
    world.grant("travel", "5000.00", "FY17", "2017-03-01");
    return world;
}

}  // namespace

TEST_CASE(
    "Of an undecided expense each role may do its own part, and nobody decides on their own") {
    World world = world_with_money();
    const auto number = world.submit("travel", "100.00", 0, "2017-04-01", "sue");
    const auto row = GENERATE(values<Row>({{"ada", ""},
                                           {"olga", "amend"},
                                           {"sue", "withdraw amend"},
                                           {"carl", "approve reject"},
                                           {"bob", ""},
                                           {"vera", ""},
                                           {"fay", "approve reject amend"}}));
    CAPTURE(row.user);
    CHECK(open_acts(of(world, world.expense(number), row.user)) == row.open);
}

TEST_CASE("Of its own document finance takes back and amends, and another approves") {
    World world = world_with_money();
    const auto number = world.submit("travel", "100.00", 0, "2017-04-01", "fay");
    CHECK(open_acts(of(world, world.expense(number), "fay")) == "withdraw amend");
    CHECK(rule_on(of(world, world.expense(number), "fay"), Act::expense_approve) == "own_document");
    CHECK(open_acts(of(world, world.expense(number), "carl", "carl")) == "reject");
    CHECK(rule_on(of(world, world.expense(number), "carl", "carl"), Act::expense_approve) ==
          "own_payment");
}

TEST_CASE("What is spent is refunded, reversed, and its texts amended") {
    World world = world_with_money();
    const auto number = world.submit("travel", "100.00", 0, "2017-04-01", "sue");
    world.approve(number);
    const auto row = GENERATE(values<Row>({{"ada", ""},
                                           {"olga", "amend refund reverse"},
                                           {"sue", "amend"},
                                           {"carl", ""},
                                           {"fay", "amend refund reverse"}}));
    CAPTURE(row.user);
    CHECK(open_acts(of(world, world.expense(number), row.user)) == row.open);
}

TEST_CASE("Each state of an expense leaves finance what it leaves") {
    World world = world_with_money();
    const auto state = [&](ExpenseState wanted) {
        Expense document = world.expense(world.submit("travel", "1.00", 0, "2017-04-01", "sue"));
        document.state = wanted;
        return document;
    };
    CHECK(open_acts(of(world, state(ExpenseState::held), "olga")) == "amend");
    CHECK(open_acts(of(world, state(ExpenseState::held), "sue")) == "withdraw amend");
    CHECK(open_acts(of(world, state(ExpenseState::held), "carl")) == "reject");
    CHECK(open_acts(of(world, state(ExpenseState::rejected), "olga")) == "amend");
    CHECK(open_acts(of(world, state(ExpenseState::rejected), "carl")).empty());
    CHECK(open_acts(of(world, state(ExpenseState::withdrawn), "sue")) == "amend");
    CHECK(open_acts(of(world, state(ExpenseState::reversed), "olga")) == "amend");
}

TEST_CASE("Nothing is refunded twice, and what a chair has approved waits for another") {
    World world = world_with_money();
    world.policy = {{parse_date("2017-03-01"), {}, Role::chair, 2}};
    const auto number = world.submit("travel", "100.00", 0, "2017-04-01", "sue");
    world.approve(number, "carl");
    CHECK(open_acts(of(world, world.expense(number), "carl")) == "reject");
    CHECK(rule_on(of(world, world.expense(number), "carl"), Act::expense_approve) ==
          "already_approved");
    CHECK(open_acts(of(world, world.expense(number), "cora")) == "approve reject");
    world.approve(number, "cora");
    world.refund(number, "100.00", "2017-05-01");
    CHECK(open_acts(of(world, world.expense(number), "olga")) == "amend");
    CHECK(rule_on(of(world, world.expense(number), "olga"), Act::expense_refund) ==
          "more_than_spent");
}

TEST_CASE("An act whose day alone is in the way is open: another can be named") {
    World world = world_with_money();
    world.today = parse_date("2017-07-15");
    const auto promised = world.open("travel", "100.00", "2017-06-15", "2017-04-01");
    const auto judged = of(world, world.commitment(promised), "olga");
    CHECK(rule_on(judged, Act::commitment_close) == "year_over");
    CHECK(open_acts(judged) == "amend close");
}

TEST_CASE("A proposal is confirmed by another, a commitment amended by who may") {
    World world = world_with_money();
    const auto proposed = world.propose("travel", "100.00", "2017-06-30", "2017-04-01", "sue");
    const auto row = GENERATE(values<Row>({{"ada", ""},
                                           {"olga", "amend close"},
                                           {"sue", "amend"},
                                           {"carl", "confirm reject"},
                                           {"fay", "confirm reject amend close"},
                                           {"bob", ""},
                                           {"vera", ""}}));
    CAPTURE(row.user);
    CHECK(open_acts(of(world, world.commitment(proposed), row.user)) == row.open);
}

TEST_CASE("Support proposes an increase of what is open, and nobody amends while one waits") {
    World world = world_with_money();
    const auto number = world.open("travel", "100.00", "2017-06-30", "2017-04-01");
    CHECK(open_acts(of(world, world.commitment(number), "sue")) == "amend");
    CHECK(open_acts(of(world, world.commitment(number), "carl")).empty());
    CHECK(open_acts(of(world, world.commitment(number), "olga")) == "amend close");
    CHECK(open_acts(of(world, world.commitment(number), "olga", 1)) == "amend");
    const auto others = world.propose("travel", "10.00", "2017-06-30", "2017-04-01", "olga");
    CHECK(open_acts(of(world, world.commitment(others), "sue")).empty());
    world.amend(number, {"150.00", {}, true, {}, "sue"});
    CHECK(open_acts(of(world, world.commitment(number), "olga")) == "close");
    CHECK(rule_on(of(world, world.commitment(number), "olga"), Act::commitment_amend) ==
          "wrong_state");
    CHECK(open_acts(of(world, world.commitment(number), "carl")) == "confirm reject");
    world.close(number);
    CHECK(open_acts(of(world, world.commitment(number), "olga")).empty());
}

TEST_CASE("A request is decided by the Board and taken back by who asked, while it is open") {
    World world = world_with_money();
    Request request{1,
                    2,
                    RequestState::open,
                    "travel",
                    world.money("10.00"),
                    world.money("0.00"),
                    {},
                    {},
                    "carl",
                    {},
                    {},
                    {},
                    {}};
    request.posted_on = parse_date("2017-04-01");
    const auto open = [&](const std::string& user) {
        return open_acts(judge(world.facts(user), request));
    };
    CHECK(open("bob") == "decide refuse");
    CHECK(open("carl") == "withdraw");
    CHECK(open("cora").empty());
    CHECK(open("olga").empty());
    CHECK(open("ada").empty());
    request.submitted_by = "bob";
    CHECK(open("bob").empty());
    for (const auto state :
         {RequestState::granted, RequestState::refused, RequestState::withdrawn}) {
        request.state = state;
        request.submitted_by = "carl";
        CHECK(open("bob").empty());
        CHECK(open("carl").empty());
    }
}

TEST_CASE("A delegate has what the delegator may decide, and no more") {
    World world = world_with_money();
    const auto number = world.submit("travel", "100.00", 0, "2017-04-01", "sue");
    Facts vera = world.facts("vera");
    const auto open = [&] {
        return open_acts(judge(vera, ExpenseFacts{world.expense(number), nullptr, {}}));
    };
    CHECK(open().empty());
    vera.delegators = {world.users.at("carl")};
    CHECK(open() == "approve reject");
    vera.delegators = {world.users.at("carl"), world.users.at("sue")};
    CHECK(open().empty());
}

TEST_CASE("A sheet is approved or withheld once, then posted; it can go in any state") {
    World world = world_with_money();
    world.close_month("2017-03");
    std::vector<Sheet> sheets;
    const std::vector<SheetTarget> targets;
    SheetAct ask{Act::sheet_issue, world.review().key()};
    const Event& event =
        world.apply("olga", sheet::issue(world.facts("olga"), {sheets, targets, 7, head}, ask,
                                         {world.review().key(), DocumentKind::sheet, 1}));
    sheets.push_back(issued(event));
    const auto open = [&](const std::string& user) {
        return open_acts(judge(world.facts(user), {sheets, targets, 7, head}, sheets.front()));
    };
    CHECK(open("carl") == "approve withhold");
    CHECK(open("olga") == "withdraw");
    CHECK(open("sue").empty());
    CHECK(open("vera").empty());
    sheets.front().state = SheetState::approved;
    sheets.front().decided_on = sheets.front().issued_on;
    CHECK(open("carl").empty());
    CHECK(open("olga") == "post withdraw");
    sheets.front().state = SheetState::withheld;
    CHECK(open("olga") == "withdraw");
    sheets.front().state = SheetState::posted;
    sheets.front().posted_on = sheets.front().issued_on;
    CHECK(open("olga") == "withdraw");
    sheets.front().state = SheetState::withdrawn;
    CHECK(open("olga").empty());
}

TEST_CASE("A member is set and taken out by who records, and the name erased by an admin, once") {
    const World world = world_with_money();
    RecordFold known;
    known.apply({1, 1, RecordKind::member, "M1", "member", "Somebody"});
    known.apply({1, 2, RecordKind::milestone, "T1", "title", "Report"});
    const auto open = [&](const std::string& user, RecordKind kind, const std::string& code) {
        return open_acts(judge(world.facts(user), known, kind, code));
    };
    CHECK(open("olga", RecordKind::member, "M1") == "set remove");
    CHECK(open("sue", RecordKind::milestone, "T1") == "set remove");
    CHECK(open("olga", RecordKind::milestone, "T2").empty());
    CHECK(open("carl", RecordKind::member, "M1").empty());
    const DocumentId person{world.review().key(), DocumentKind::member, 1};
    CHECK(judge_erasure(world.facts("ada"), person, "Somebody").is_open());
    CHECK_FALSE(judge_erasure(world.facts("ada"), person, {}).is_open());
    CHECK_FALSE(judge_erasure(world.facts("olga"), person, "Somebody").is_open());
}
