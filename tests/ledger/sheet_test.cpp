#include "ledger/sheet.hpp"

#include <catch2/catch.hpp>

#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

const std::string head(64, 'f');

// A review closed through March 2017, asked on 30 June; its sheets are folded as the store does.
struct Sheets {
    World world;
    std::vector<Sheet> sheets;
    std::vector<SheetTarget> targets;

    Sheets() {
        world.grant("travel", "500.00", "FY17", "2017-03-01");
        world.close_month("2017-03");
    }
    SheetAct ask(Act act, const std::string& on = {}, const std::string& as_of = {}) const {
        SheetAct asked{act, world.review().key()};
        if (!on.empty()) asked.on = parse_date(on);
        if (!as_of.empty()) asked.as_of = parse_date(as_of);
        asked.why = act == Act::sheet_withhold ? "paused" : "";
        return asked;
    }
    SheetFacts known() const { return {sheets, targets, 7, head}; }
    void issue(const std::string& as_of = {}, const std::string& by = "olga",
               const std::string& on = {}) {
        const std::int64_t number = static_cast<std::int64_t>(sheets.size()) + 1;
        const Event& event =
            world.apply(by, sheet::issue(world.facts(by), known(), ask(Act::sheet_issue, on, as_of),
                                         {world.review().key(), DocumentKind::sheet, number}));
        sheets.push_back(issued(event));
    }
    void step(Act act, std::size_t number, const std::string& by, const std::string& on = {}) {
        Sheet& document = sheets.at(number - 1);
        const SheetAct asked = ask(act, on);
        const Facts facts = world.facts(by);
        const Entry entry =
            act == Act::sheet_approve    ? sheet::approve(facts, known(), document, asked)
            : act == Act::sheet_withhold ? sheet::withhold(facts, known(), document, asked)
            : act == Act::sheet_post     ? sheet::post(facts, known(), document, asked)
                                         : sheet::withdraw(facts, document, {"gone", asked.on});
        fold(document, world.apply(by, entry));
    }
    std::string refusal(Act act, std::size_t number, const std::string& by = "carl",
                        const std::string& on = {}) {
        return refusal_of([&] { step(act, number, by, on); });
    }
    void publish(std::size_t number) {
        step(Act::sheet_approve, number, "carl");
        step(Act::sheet_post, number, "olga");
    }
    void set_target(const std::string& financials, const std::string& target,
                    const std::string& revised = {}) {
        SetSheetTarget ask{parse_date(financials), parse_date(target), {}};
        if (!revised.empty()) ask.revised = parse_date(revised);
        const Event& event =
            world.apply("olga", sheet::set_target(world.facts("olga"), targets, ask));
        std::erase_if(targets,
                      [&](const SheetTarget& one) { return one.financials == ask.financials; });
        targets.push_back(sheet_target(event));
    }
    std::vector<std::string> days(const std::string& today) const {
        std::vector<std::string> texts;
        for (const Date day : calendar_days(world.review(), parse_date(today))) {
            texts.push_back(to_text(day));
        }
        return texts;
    }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("A sheet is issued of a closed day alone, and after that day") {
    Sheets sheets;
    // as of, on, verdict
    const auto row = GENERATE(values<std::array<std::string, 3>>({
        {"", "", ""},
        {"2017-03-31", "2017-04-01", ""},
        {"2017-03-30", "2017-03-31", ""},
        {"2017-03-31", "2017-03-31", "before_document"},
        {"2017-04-01", "", "day_not_closed"},
        {"", "2017-07-01", "in_the_future"},
    }));
    CAPTURE(row[0], row[1]);
    CHECK(refusal_of([&] { sheets.issue(row[0], "olga", row[1]); }) == row[2]);
    if (row[2].empty()) CHECK(sheets.sheets.at(0).head == head);
}

TEST_CASE("Before any close there is nothing to issue from") {
    Sheets sheets;
    sheets.world = World();
    CHECK(refusal_of([&] { sheets.issue(); }) == "day_not_closed");
    CHECK(refusal_of([&] { sheets.issue("2017-03-31"); }) == "day_not_closed");
}

TEST_CASE("Each step of a sheet is for one role, in one state") {
    Sheets sheets;
    CHECK(refusal_of([&] { sheets.issue("", "carl"); }) == "not_permitted");
    sheets.issue();
    const auto all = [&](const Texts& verdicts) {
        CHECK(sheets.refusal(Act::sheet_approve, 1) == verdicts[0]);
        CHECK(sheets.refusal(Act::sheet_withhold, 1) == verdicts[1]);
        CHECK(sheets.refusal(Act::sheet_post, 1, "olga") == verdicts[2]);
    };
    for (const char* user : {"olga", "sue", "bob", "vera", "ada"}) {
        CHECK(sheets.refusal(Act::sheet_approve, 1, user) == "not_permitted");
        CHECK(sheets.refusal(Act::sheet_withhold, 1, user) == "not_permitted");
    }
    CHECK(sheets.refusal(Act::sheet_post, 1, "olga") == "wrong_state");
    SECTION("approved, then posted") {
        sheets.step(Act::sheet_approve, 1, "carl");
        CHECK(sheets.refusal(Act::sheet_approve, 1) == "wrong_state");  // case 16: again
        CHECK(sheets.refusal(Act::sheet_withhold, 1) == "wrong_state");
        CHECK(sheets.refusal(Act::sheet_post, 1, "carl") == "not_permitted");
        sheets.step(Act::sheet_post, 1, "otto");
        all({"wrong_state", "wrong_state", "wrong_state"});
    }
    SECTION("withheld: it stays so") {
        sheets.step(Act::sheet_withhold, 1, "carl");
        CHECK(sheets.sheets[0].why == "paused");
        all({"wrong_state", "wrong_state", "wrong_state"});
    }
    SECTION("withdrawn") {
        CHECK(sheets.refusal(Act::sheet_withdraw, 1, "carl") == "not_permitted");
        sheets.step(Act::sheet_withdraw, 1, "olga");
        all({"wrong_state", "wrong_state", "wrong_state"});
        CHECK(sheets.refusal(Act::sheet_withdraw, 1, "olga") == "wrong_state");
    }
}

TEST_CASE("Who issued a sheet does not decide on it, whatever else they are") {
    Sheets sheets;
    sheets.issue("", "fay");  // finance and chair
    CHECK(sheets.refusal(Act::sheet_approve, 1, "fay") == "own_document");
    CHECK(sheets.refusal(Act::sheet_withhold, 1, "fay") == "own_document");
    sheets.step(Act::sheet_approve, 1, "cora");
    CHECK(sheets.sheets[0].decided_by == "cora");
}

TEST_CASE("No step of a sheet is dated before the one that it follows") {
    Sheets sheets;
    sheets.issue("", "olga", "2017-04-10");
    CHECK(sheets.refusal(Act::sheet_approve, 1, "carl", "2017-04-09") == "before_document");
    sheets.step(Act::sheet_approve, 1, "carl", "2017-04-12");
    CHECK(sheets.refusal(Act::sheet_post, 1, "olga", "2017-04-11") == "before_document");
    CHECK(sheets.refusal(Act::sheet_post, 1, "olga", "2017-07-01") == "in_the_future");
    sheets.step(Act::sheet_post, 1, "olga", "2017-04-12");
    CHECK(sheets.refusal(Act::sheet_withdraw, 1, "olga", "2017-04-11") == "before_document");
}

TEST_CASE("Case 16: what a later sheet has superseded is neither approved nor posted") {
    Sheets sheets;
    sheets.issue();
    sheets.issue();
    sheets.issue("2017-03-15");
    sheets.step(Act::sheet_approve, 2, "carl");
    sheets.issue();
    sheets.publish(4);
    CHECK(sheets.refusal(Act::sheet_approve, 1) == "sheet_superseded");
    CHECK(sheets.refusal(Act::sheet_withhold, 1) == "sheet_superseded");
    CHECK(sheets.refusal(Act::sheet_post, 2, "olga") == "sheet_superseded");
    CHECK(sheets.refusal(Act::sheet_approve, 3) == "sheet_superseded");
    CHECK(sheets.refusal(Act::sheet_withdraw, 1, "olga").empty());
}

TEST_CASE("A sheet of a day that is posted already restates that one") {
    Sheets sheets;
    sheets.issue();
    sheets.issue("2017-03-30");
    sheets.publish(1);
    sheets.issue();
    sheets.issue("2017-03-30");
    CHECK(sheets.sheets[2].restates == 1);
    CHECK(sheets.sheets[3].restates == 0);
}

TEST_CASE("Sheets are due of each quarter's last day, by the 10th of the second month after") {
    CHECK(to_text(regular_target(parse_date("2017-12-31"))) == "2018-02-10");
    CHECK(to_text(regular_target(parse_date("2017-03-31"))) == "2017-05-10");
    Sheets sheets;
    CHECK(sheets.days("2017-03-02") == Texts{"2017-03-31"});
    CHECK(sheets.days("2017-03-31") == Texts{"2017-03-31"});
    CHECK(sheets.days("2017-04-01") == Texts{"2017-03-31", "2017-06-30"});
    SECTION("up to the first after the review was expected to end") {
        CHECK(sheets.days("2026-01-01") ==
              Texts{"2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31", "2018-03-31"});
    }
    SECTION("each month, or never, as the review says") {
        sheets.world.set({{"sheet-calendar", "monthly"}});
        CHECK(sheets.days("2017-05-01") == Texts{"2017-03-31", "2017-04-30", "2017-05-31"});
        sheets.world.set({{"sheet-calendar", "none"}});
        CHECK(sheets.days("2017-05-01").empty());
    }
    SECTION("a fiscal year that starts in February has its own quarters") {
        WorldOptions options;
        options.fiscal_year_start = 2;
        sheets.world = World(options);
        CHECK(sheets.days("2017-05-01") == Texts{"2017-04-30", "2017-07-31"});
    }
}

TEST_CASE("A target can be revised, and the original stays known") {
    Sheets sheets;
    const auto target = [&](const char* day) {
        const auto found = target_of(sheets.world.review(), sheets.targets, parse_date(day));
        if (!found) return std::string("none");
        return to_text(found->original) + (found->revised ? ' ' + to_text(*found->revised) : "");
    };
    CHECK(target("2017-03-31") == "2017-05-10");
    CHECK(target("2017-04-14") == "none");
    sheets.set_target("2017-04-14", "2017-05-21");
    CHECK(target("2017-04-14") == "2017-05-21");
    sheets.set_target("2017-03-31", "2017-05-10", "2017-05-30");
    CHECK(target("2017-03-31") == "2017-05-10 2017-05-30");
    sheets.set_target("2017-03-31", "2017-05-10", "2017-06-02");
    CHECK(target("2017-03-31") == "2017-05-10 2017-06-02");
    const auto refused = [&](const char* day, const char* on, const char* revised) {
        return refusal_of([&] { sheets.set_target(day, on, revised); });
    };
    CHECK(refused("2017-03-31", "2017-05-11", "") == "setting_fixed");
    CHECK(refused("2017-03-31", "2017-05-10", "2017-06-02") == "nothing_changes");
    CHECK(refused("2017-03-31", "2017-05-10", "") == "nothing_changes");
    CHECK_THROWS_AS(sheets.set_target("2017-03-31", "2017-03-31"), BadInput);
    CHECK_THROWS_AS(sheets.set_target("2017-03-31", "2017-05-10", "2017-03-30"), BadInput);
    sheets.issue();
    CHECK(sheets.sheets[0].target->revised == parse_date("2017-06-02"));
}
