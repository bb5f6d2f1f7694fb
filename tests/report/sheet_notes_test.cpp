// Every note, on and off. Figures are made by hand: what a note needs and nothing else.
#include <catch2/catch.hpp>

#include "report/fact_sheet.hpp"
#include "shown.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

struct Given {
    std::string currency = "USD";
    std::string layout = "2017";
    std::string as_of = "2017-03-31";
    std::string closed_through = "2017-03-31";
    bool fiscal_budget = true;
    bool overhead_of_travel = false;
    bool overhead_of_services = false;
    std::string spent = "1000.00";
    std::string requested = "0";
    std::vector<Decision> decisions = {};
    std::string carried = "0", undecided = "0", refunds = "0";  // from earlier years
};

Money money(const std::string& text, const std::string& currency = "USD") {
    return Money::parse(text, Currency::parse(currency));
}

Decision decision(const char* act, const char* category, const char* year, const char* amount,
                  const char* on = "2017-03-15") {
    std::optional<FiscalYear> of;
    if (*year != '\0') of = FiscalYear::parse(year);
    return {1, act, category, of, money(amount), parse_date(on)};
}

// Travel has 8,000 of the year and 2,000 without one; services nothing at all.
Figures figures(const Given& given) {
    Review review(ReviewKey::parse("SSR2"));
    const auto set = [&](const char* name, const std::string& value) {
        review.apply({name, value, parse_date("2017-03-02"), 1});
    };
    set("currency", given.currency);
    set("fiscal-year-start", "7");
    set("fiscal-budget", given.fiscal_budget ? "on" : "off");
    set("layout", given.layout);
    set("start", "2017-03-02");
    set("expected", "2018-03-01");
    set("state", "running");
    if (!given.closed_through.empty()) set("closed-through", given.closed_through);
    const Currency currency = review.currency();
    const Money zero = Money::zero(currency);
    const Money spent = money(given.spent, given.currency);
    const Money requested = money(given.requested, given.currency);
    const Money in_year = money("8000", given.currency);
    const Money unallotted = money("2000", given.currency);
    const Amounts year{in_year, spent, zero, requested, in_year - spent - requested};
    Amounts total = year;
    total += {unallotted, zero, zero, zero, unallotted};
    const Category services{"services", "Professional Services", given.overhead_of_services};
    const Category travel{"travel", "Travel", given.overhead_of_travel};
    return {review,
            parse_date(given.as_of),
            {},
            {{services, Amounts::zero(currency), zero, zero, {}},
             {travel, total, unallotted, zero, {{FiscalYear::parse("FY17"), year}}}},
            given.decisions,
            5,
            "abc",
            {money(given.carried, given.currency), money(given.undecided, given.currency),
             money(given.refunds, given.currency)}};
}

std::string note_of(const Given& given, const std::string& words) {
    return note_with(
        section(report::fact_sheet(figures(given), {}, report::Audience::finance), "financial"),
        words);
}

bool says(const Given& given, const std::string& words) { return !note_of(given, words).empty(); }

}  // namespace

TEST_CASE("Notes are numbered in the order in which their markers appear") {
    const Given given{.overhead_of_travel = true,
                      .spent = "1000.50",
                      .requested = "300",
                      .decisions = {decision("budget.allot", "travel", "FY17", "7000"),
                                    decision("budget.allot", "travel", "FY17", "400")},
                      .carried = "600",
                      .refunds = "70"};
    CHECK(
        notes(section(report::fact_sheet(figures(given), {}, report::Audience::finance),
                      "financial")) ==
        Lines{
            "1: All figures are as of 31-Mar-2017, from the most recent month-end close, and may "
            "not include recent spending.",
            "2: Printed in whole dollars: each cell is rounded by itself, totals are the exact "
            "totals rounded and may not add.",
            "3 title: Direct review costs of Travel include an ICANN Organization and overhead "
            "allocation.",
            "4 fy_approved: The FY17 approved budget includes an incremental grant of 400.00 USD; "
            "it is inside the figure, not in addition to it.",
            "5 fy_approved: The FY17 approved budget includes 600.00 USD carried forward from "
            "FY16 with open commitments.",
            "6 fy_approved: The envelope of the whole review is 10,000.00 USD, of which 2,000.00 "
            "USD is not yet given to a fiscal year.",
            "7 fy_spent: FY17 spent is less refunds of earlier years of 70.00 USD.",
            "8 fy_committed: Committed: services from signed contracts to be provided, and "
            "approved upcoming meetings.",
            "9 fy_remaining: approved - spent - committed = remaining: 8,000.00 - 1,000.50 - 0.00 "
            "= 6,999.50 USD.",
            "10 fy_remaining: 300.00 USD is requested and not yet decided; it is still inside "
            "remaining.",
            "11 spent_to_date spent_and_committed_to_date: Actual expenses to date are since "
            "inception of the review, over all fiscal years; the last column adds all open "
            "commitments of the review.",
        });
}

TEST_CASE("Notes that do not apply are not there, and numbers leave no gap", "[DOMAIN 3]") {
    CHECK(
        notes(section(
            report::fact_sheet(figures({.layout = "envelope"}), {}, report::Audience::finance),
            "financial")) ==
        Lines{
            "1: All figures are as of 31-Mar-2017, from the most recent month-end close, and may "
            "not include recent spending.",
            "2 spent_to_date: Actual expenses to date are since inception of the review, over all "
            "fiscal years.",
            "3 committed: Committed: services from signed contracts to be provided, and approved "
            "upcoming meetings.",
            "4 remaining: approved - spent - committed = remaining: 10,000.00 - 1,000.00 - 0.00 = "
            "9,000.00 USD.",
        });
}

TEST_CASE("A day that is not closed is said to be a draft, in the banner and in the note") {
    const auto closed = GENERATE("", "2017-02-28", "2017-03-30");
    const Given given{.closed_through = closed};
    CHECK(says(given, "The month is open: this is a draft"));
    CHECK_FALSE(says(given, "month-end close"));
    CHECK(report::fact_sheet(figures(given), {}, report::Audience::finance).banner ==
          "DRAFT, month open");
    CHECK(report::fact_sheet(figures({}), {}, report::Audience::finance).banner.empty());
}

TEST_CASE("Overhead is a flag of categories, and the note says of which") {
    CHECK_FALSE(says({}, "overhead"));
    CHECK(note_of({.overhead_of_services = true}, "overhead") ==
          "2 title: Direct review costs of Professional Services include an ICANN Organization and "
          "overhead allocation.");
    CHECK(note_of({.overhead_of_travel = true, .overhead_of_services = true}, "overhead") ==
          "2 title: Direct review costs include an ICANN Organization and overhead allocation.");
}

TEST_CASE("Under layout 2017 the increment is what was given to that year after the first") {
    const auto with = [](std::vector<Decision> decisions) {
        return note_of({.decisions = std::move(decisions)}, "incremental");
    };
    const Decision first = decision("budget.allot", "travel", "FY17", "5000");
    CHECK(with({first}).empty());
    CHECK(with({first, decision("budget.allot", "services", "FY17", "5000")}).empty());
    CHECK(with({first, decision("budget.allot", "travel", "FY18", "5000")}).empty());
    CHECK(with({first, decision("budget.move", "travel", "FY17", "5000")}).empty());
    CHECK(with({first, decision("year.close", "travel", "FY17", "5000")}).empty());
    CHECK(with({decision("envelope.grant", "travel", "", "5000"),
                decision("envelope.grant", "travel", "", "5000")})
              .empty());
    CHECK(with({first, decision("envelope.grant", "travel", "FY17", "10.50")})
              .find("an incremental grant of 10.50 USD") != std::string::npos);
    CHECK(with({first, decision("budget.allot", "travel", "FY17", "1"),
                decision("budget.allot", "travel", "FY17", "2"),
                decision("budget.unallot", "travel", "FY17", "-1")})
              .find("2 incremental grants of together 3.00 USD; it is inside the figure, not in "
                    "addition to it. 1.00 USD was taken back.") != std::string::npos);
}

TEST_CASE("Under layout envelope the increment is what was granted after the first") {
    const auto with = [](std::vector<Decision> decisions) {
        return note_of({.layout = "envelope", .decisions = std::move(decisions)}, "incremental");
    };
    const Decision first = decision("envelope.grant", "travel", "", "5000");
    CHECK(with({first, decision("envelope.grant", "services", "", "5000")}).empty());
    CHECK(with({first, decision("budget.allot", "travel", "FY17", "10"),
                decision("budget.allot", "travel", "FY17", "10")})
              .empty());
    // A grant with a year makes two decisions; the one of the whole category counts, once.
    const Lines words{with({first, decision("envelope.grant", "travel", "", "70"),
                            decision("envelope.grant", "travel", "FY17", "70")})};
    CHECK(words[0].find("incremental grant of 70.00 USD") != std::string::npos);
}

TEST_CASE("Case 15: the first grant is the first by its day, not by its arrival") {
    const Given given{.layout = "envelope",
                      .decisions = {decision("envelope.grant", "travel", "", "70", "2017-03-20"),
                                    decision("envelope.grant", "travel", "", "5000")}};
    CHECK(says(given, "incremental grant of 70.00 USD"));
}

TEST_CASE("What a year's close brought in is said on that year's sheet") {
    CHECK(says({.carried = "600"}, "600.00 USD carried forward from FY16 with open commitments."));
    CHECK(says({.undecided = "5"}, "5.00 USD carried forward from FY16 with what is requested."));
    CHECK(says({.carried = "600", .undecided = "5"},
               "605.00 USD carried forward from FY16 with open commitments and what is requested"));
    CHECK_FALSE(says({}, "carried forward"));
    CHECK_FALSE(says({.layout = "envelope", .carried = "600"}, "carried forward"));
}

TEST_CASE("Money of earlier years that came back is said where it lowers what the year has spent") {
    CHECK(note_of({.refunds = "0.01"}, "refunds")
              .find("spent is less refunds of earlier years of "
                    "0.01 USD") != std::string::npos);
    CHECK_FALSE(says({}, "refunds"));
    CHECK_FALSE(says({.layout = "envelope", .refunds = "5"}, "refunds"));
}

TEST_CASE("Requested money is said as long as it is inside remaining") {
    CHECK(says({.requested = "0.01"}, "0.01 USD is requested"));
    CHECK(says({.layout = "envelope", .requested = "0.01"}, "0.01 USD is requested"));
    CHECK_FALSE(says({}, "requested"));
}

TEST_CASE("Rounding is said where a figure has cents, never of a currency without them") {
    CHECK_FALSE(says({}, "rounded"));
    CHECK(says({.spent = "0.50"}, "whole dollars"));
    CHECK(says({.currency = "EUR", .spent = "0.50"}, "whole units of EUR"));
    CHECK_FALSE(says({.currency = "JPY", .spent = "7"}, "rounded"));
}

TEST_CASE("Without fiscal budgets the notes on a year's approved and remaining are left out") {
    const Given given{.fiscal_budget = false, .requested = "5", .carried = "600"};
    CHECK(
        note_of(given, "envelope") ==
        "2 fy_approved: The envelope of the whole review is 10,000.00 USD; it is not divided into "
        "fiscal years, so a year has no approved and no remaining budget.");
    CHECK_FALSE(says(given, "remaining:"));
    CHECK_FALSE(says(given, "requested"));
    CHECK_FALSE(says(given, "carried"));
}

TEST_CASE("A note names columns of the sheet only") {
    const auto layout = GENERATE("2017", "envelope");
    const auto sheet = report::fact_sheet(
        figures({.layout = layout, .overhead_of_travel = true, .requested = "5"}), {},
        report::Audience::finance);
    const auto columns = keys(table(sheet, "rows"));
    for (const auto& note : section(sheet, "financial").notes) {
        CAPTURE(note.text);
        for (const auto& key : note.columns) {
            CHECK(std::find(columns.begin(), columns.end(), key) != columns.end());
        }
    }
}

}  // namespace purser::test
