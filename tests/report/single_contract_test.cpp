#include "report/single_contract.hpp"

#include <catch2/catch.hpp>

#include "report/changes.hpp"
#include "report/explain.hpp"
#include "report/fact_sheet.hpp"
#include "shown.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;
using report::Audience;

void open(World& world, const std::string& category, const std::string& amount, CommitmentKind kind,
          const std::string& expected = "2017-05-15") {
    world.book.open_commitment(world.by("olga"), world.key,
                               {category, world.money(amount), "promised", kind,
                                parse_date(expected), false, parse_date("2017-03-20")});
}
constexpr auto contract = CommitmentKind::contract;
constexpr auto meeting = CommitmentKind::meeting;

// Three rows with money, and the setting.
struct Three : World {
    explicit Three(const char* setting = "merge")
        : World({.categories = {"services", "travel", "support"}}) {
        for (const char* category : {"services", "travel", "support"}) {
            grant(category, "100000", "2017-03-15");
            allot(category, "50000", "FY17", "2017-03-15");
            allot(category, "50000", "FY18", "2017-03-15");
        }
        set("single-contract", setting);
    }
    Lines merged() {
        return report::merged_rows(book, book.figures(key, parse_date("2017-03-31"), {})).rows;
    }
};

}  // namespace

TEST_CASE("A row is merged with the next smallest when one contract alone makes up its figure") {
    Three world;
    CHECK(world.merged().empty());
    open(world, "services", "30000", contract);
    open(world, "travel", "9000", meeting);
    open(world, "support", "700", meeting);
    CHECK(world.merged() == Lines{"services", "support"});
    open(world, "services", "1", meeting);  // now two make up the figure
    CHECK(world.merged().empty());
}

TEST_CASE("What hides nothing is merged with last, and two that are single with each other") {
    Three world;
    open(world, "services", "30000", contract);
    open(world, "travel", "9000", meeting);
    CHECK(world.merged() == Lines{"services", "travel"});  // support has nothing committed
    open(world, "support", "40000", contract);
    CHECK(world.merged() == Lines{"services", "support"});
}

TEST_CASE("A contract that is alone in the sheet's fiscal year is single too") {
    Three world;
    open(world, "services", "30000", contract);
    open(world, "services", "5000", meeting, "2017-09-01");
    open(world, "travel", "10", meeting);
    CHECK(world.merged() == Lines{"services", "travel"});
    world.set("layout", "envelope");  // its figures are of the whole review alone
    CHECK(world.merged().empty());
}

TEST_CASE("Meetings, closed contracts and the setting print leave every figure where it is") {
    Three world("print");
    open(world, "services", "30000", contract);
    open(world, "travel", "9000", meeting);
    CHECK(world.merged().empty());
    world.set("single-contract", "merge");
    CHECK_FALSE(world.merged().empty());
    world.book.close_commitment(world.by("olga"), DocumentId::parse("SSR2-C1"), {});
    CHECK(
        report::merged_rows(world.book, world.book.figures(world.key, parse_date(world.today), {}))
            .rows.empty());
    CHECK_THROWS_AS(world.set("single-contract", "hide"), BadInput);
}

TEST_CASE("The merged figures stand once, as their sum, and every column still adds up") {
    Three world;
    open(world, "services", "30000", contract);
    open(world, "travel", "9000", meeting);
    open(world, "support", "700", meeting);
    world.spend("support", "50", "2017-03-21");
    if (GENERATE(false, true)) world.set("layout", "envelope");
    const auto audience = GENERATE(Audience::finance, Audience::chair, Audience::public_);
    const auto sheet = world.sheet("2017-03-31", audience);
    const auto& rows = table(sheet, "rows");
    for (std::size_t i = 2; i < rows.columns.size(); ++i) {
        const std::string& key = rows.columns[i].key;
        CAPTURE(key);
        const bool hidden = key.find("committed") != std::string::npos ||
                            key.find("remaining") != std::string::npos;
        CHECK((cell(rows, "services", key) == "null") == hidden);
        CHECK((cell(rows, "support", key) == "null") == hidden);
        CHECK((cell(rows, "services+support", key) == "null") == !hidden);
        CHECK(cell(rows, "travel", key) != "null");
        Money sum = Money::zero(Currency::parse("USD"));
        rows.rows([&](const report::Row& row) {
            if (const auto* amount = std::get_if<Money>(&row[i])) sum += *amount;
        });
        CHECK(sum.text() == cell(rows, "total", key));
    }
    CHECK(note_with(section(sheet, "financial"), "only as their sum").find("title") !=
          std::string::npos);
    CHECK(find_table(sheet.body, "register") == nullptr);
    for (const auto& check : section(sheet, "financial").checks) CHECK(check.sum_table.empty());
}

TEST_CASE("To a chair status, changes and explanations keep back what the sheet keeps back") {
    Three world;
    open(world, "services", "30000", contract);
    open(world, "travel", "9000", meeting);
    open(world, "support", "700", meeting);
    const auto status = [&](Audience audience) {
        return report::status(world.book, world.key, parse_date("2017-03-31"), {}, audience);
    };
    const auto chair = status(Audience::chair);
    const auto& categories = table(chair, "categories");
    for (const char* key : {"committed", "remaining", "free"}) {
        CHECK(cell(categories, "services", key) == "null");
        CHECK(cell(categories, "services+support", key) != "null");
    }
    CHECK(cell(categories, "services+support", "committed") == "30700.00");
    CHECK(cell(categories, "total", "committed") == "39700.00");
    CHECK(cell(table(status(Audience::finance), "categories"), "services", "committed") ==
          "30000.00");

    const auto changes = [&](Audience audience) {
        return report::changes(world.book, world.key, parse_date("2017-03-15"),
                               parse_date("2017-03-31"), {}, audience);
    };
    const auto told = changes(Audience::chair);
    for (const char* side : {"then", "now", "difference"}) {
        CHECK(cell(table(told, "figures"), "services_fy_committed", side) == "null");
        CHECK(cell(table(told, "figures"), "travel_fy_committed", side) != "null");
    }
    CHECK(cell(table(changes(Audience::finance), "figures"), "services_fy_committed", "now") ==
          "30000.00");

    // Nor can it be worked out from what stands beside it.
    table(told, "entries").rows([&](const report::Row& row) {
        CHECK(shown(row.back()) == "null");
    });
    const auto commitments =
        report::commitments(world.book, world.key, parse_date("2017-03-31"), Audience::chair);
    // On another day the neighbour may be another row: no commitment tells its amount.
    for (const char* id : {"SSR2-C1", "SSR2-C2", "SSR2-C3"}) {
        CHECK(cell(table(commitments, "commitments"), id, "amount") == "null");
    }
    const auto entries = report::register_of(world.book, world.key, {}, Audience::chair);
    CHECK(cell(table(entries, "register"), "Total", "committed") == "0.00");

    const auto explain = [&](const char* row, const char* column, Audience audience) {
        return report::explain(world.book, world.key, {}, {}, parse_date("2017-03-31"),
                               {row, column}, audience);
    };
    CHECK_THROWS_AS(explain("services", "fy_committed", Audience::chair), Refused);
    CHECK_THROWS_AS(explain("support", "fy_remaining", Audience::chair), Refused);
    CHECK_NOTHROW(explain("services", "fy_spent", Audience::chair));
    CHECK_NOTHROW(explain("travel", "fy_committed", Audience::chair));
    CHECK_NOTHROW(explain("services", "fy_committed", Audience::finance));
}

TEST_CASE("A year beside the whole review tells no contract that lies in another year") {
    Three world;
    open(world, "services", "30000", contract, "2017-09-01");
    open(world, "travel", "9000", meeting);
    open(world, "support", "700", meeting);
    const auto sheet = world.sheet("2017-03-31", Audience::public_);
    const auto& rows = table(sheet, "rows");
    for (const char* row : {"services", "travel", "support", "total"}) {
        CHECK(cell(rows, row, "fy_committed") == "null");
        CHECK(cell(rows, row, "fy_remaining") == "null");
    }
    CHECK(cell(rows, "travel", "spent_and_committed_to_date") == "9000.00");
    CHECK(cell(rows, "services+support", "spent_and_committed_to_date") == "30700.00");
    CHECK(cell(rows, "total", "spent_and_committed_to_date") == "39700.00");
    CHECK_FALSE(note_with(section(sheet, "financial"), "What is committed in FY17").empty());
    CHECK(note_with(section(sheet, "financial"), " = remaining").find("9,700") ==
          std::string::npos);
    open(world, "services", "200", meeting, "2017-09-01");  // now two lie in other years
    CHECK(cell(table(world.sheet("2017-03-31", Audience::public_), "rows"), "total",
               "fy_committed") == "9700.00");
}

TEST_CASE("As many rows are merged as it takes for no sum of them to be one contract") {
    Three world;
    open(world, "services", "30000", contract);
    open(world, "services", "5000", meeting, "2017-09-01");  // single in the year, not in the whole
    open(world, "support", "700", meeting, "2017-09-01");    // nothing in the year
    open(world, "travel", "9000", meeting);
    CHECK(world.merged() == Lines{"services", "travel"});
}

TEST_CASE("What one contract alone moved is in no comparison") {
    Three world;
    open(world, "services", "4000", contract);
    open(world, "services", "5000", contract);
    open(world, "travel", "9000", meeting);
    world.today = "2017-04-20";
    world.book.open_commitment(world.by("olga"), world.key,
                               {"services", world.money("30000"), "promised", contract,
                                parse_date("2017-05-15"), false, parse_date("2017-04-10")});
    const auto told = [&](Audience audience) {
        return report::changes(world.book, world.key, parse_date("2017-03-31"),
                               parse_date("2017-04-20"), {}, audience);
    };
    const auto chair = told(Audience::chair);
    for (const char* row : {"services_fy_committed", "total_fy_committed", "total_fy_remaining"}) {
        CHECK(cell(table(chair, "figures"), row, "difference") == "null");
        CHECK(cell(table(chair, "figures"), row, "now") == "null");
    }
    CHECK(cell(table(chair, "figures"), "travel_fy_committed", "difference") == "0.00");
    CHECK(chair.body.paragraphs.front().text().find("committed") == std::string::npos);
    CHECK(cell(table(told(Audience::finance), "figures"), "total_fy_committed", "difference") ==
          "30000.00");
}

TEST_CASE("The setting of now decides what is shown of every day") {
    Three world("print");
    open(world, "services", "30000", contract);
    open(world, "travel", "9000", meeting);
    world.today = "2017-05-02";
    world.set("single-contract", "merge");
    CHECK(world.merged() == Lines{"services", "travel"});
}

}  // namespace purser::test
