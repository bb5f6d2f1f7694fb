#include "report/explain.hpp"

#include <catch2/catch.hpp>

#include "history.hpp"
#include "report/fact_sheet.hpp"
#include "report/sheet_columns.hpp"
#include "shown.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;
using report::Audience;

report::Document explain(World& world, const std::string& as_of, const std::string& row,
                         const std::string& column, Audience audience = Audience::finance) {
    return report::explain(world.book, world.key, parse_date(as_of), {}, parse_date(world.today),
                           {row, column}, audience);
}

// Each row as "SSR2#10 travel 1480.50", with the amounts of all its columns.
Lines entries(const report::Document& document) {
    Lines result;
    table(document, "entries").rows([&](const report::Row& row) {
        std::string line = shown(row[0]) + ' ' + shown(row[7]);
        for (const auto& value : row) {
            if (std::holds_alternative<Money>(value)) line += ' ' + shown(value);
        }
        result.push_back(line);
    });
    return result;
}

std::string message(World& world, const std::string& row, const std::string& column) {
    try {
        explain(world, "2017-03-31", row, column);
    } catch (const BadInput& bad) {
        return std::string(bad.what()) + " / " + bad.hint();
    }
    return "no error";
}

void play(World& world) {
    world.fill();
    world.submit("travel", "500", "2017-03-18");
    world.spend("travel", "1480.50", "2017-03-20", "SSR2-C1", "Air Line");
    world.spend("services", "200", "2017-03-21");
}

}  // namespace

TEST_CASE("A figure is listed with exactly the entries that make it") {
    World world;
    play(world);
    const auto document = explain(world, "2017-03-31", "travel", "fy_spent");
    CHECK(document.title == "SSR2 Travel: FY17 Budget Spent to Date");
    CHECK(texts(document.body.paragraphs) == Lines{"1,480.50 USD is the sum of these entries."});
    CHECK(entries(document) == Lines{"SSR2#12 travel 1480.50"});
    CHECK(shown(table(document, "entries").total->back()) == "1480.50");
    CHECK(entries(explain(world, "2017-03-31", "total", "spent_to_date")) ==
          Lines{"SSR2#12 travel 1480.50", "SSR2#14 services 200.00"});
    CHECK(entries(explain(world, "2017-03-31", "services", "fy_approved")) ==
          Lines{"SSR2#6 services 50000.00"});
    CHECK(entries(explain(world, "2017-03-19", "travel", "fy_spent")).empty());
}

TEST_CASE("A computed figure stands beside its terms, which add up too") {
    World world;
    play(world);
    const auto document = explain(world, "2017-03-31", "travel", "fy_remaining");
    CHECK(texts(document.body.paragraphs) ==
          Lines{"25,000.00 USD is the sum of these entries.",
                "Remaining FY17 Budget = FY17 Approved Budget 120,000.00 - FY17 Budget Spent to "
                "Date 1,480.50 - Committed FY17 Services 93,519.50."});
    CHECK(entries(document) == Lines{"SSR2#7 travel 120000.00 0.00 0.00 120000.00",
                                     "SSR2#8 travel 0.00 0.00 95000.00 -95000.00",
                                     "SSR2#12 travel 0.00 1480.50 -1480.50 0.00"});
    const auto to_date = explain(world, "2017-03-31", "travel", "spent_and_committed_to_date");
    CHECK(entries(to_date) ==
          Lines{"SSR2#8 travel 0.00 95000.00 95000.00", "SSR2#12 travel 1480.50 -1480.50 0.00"});
}

TEST_CASE("A row goes by its code or its title, a column by its key or its heading") {
    World world;
    play(world);
    CHECK(entries(explain(world, "2017-03-31", "Travel", "FY_SPENT")).size() == 1);
    CHECK(entries(explain(world, "2017-03-31", "TOTAL", "fy17 budget spent to date")).size() == 2);
    CHECK(message(world, "travl", "fy_spent") ==
          "the sheet has no row 'travl' / did you mean travel?");
    CHECK(message(world, "travel", "fy_spnt") ==
          "the sheet has no column 'fy_spnt' / did you mean fy_spent?");
    CHECK(message(world, "travel", "approved") ==
          "the sheet has no column 'approved' / did you mean fy_approved?");
    CHECK_THROWS_AS(explain(world, "2017-03-31", "travel", "fy_spent", Audience::public_), Refused);
}

TEST_CASE("Without budgets for fiscal years there is nothing to explain about one") {
    World world({.fiscal_budget = false});
    CHECK(message(world, "total", "fy_remaining") ==
          "fy_remaining is n/a: SSR2 keeps no budgets for fiscal years / ask for a figure of the "
          "whole review: --column spent_to_date");
}

TEST_CASE("A payee is told to finance, and a chair is not told what a contract costs") {
    World world;
    play(world);
    CHECK(shown(table(explain(world, "2017-03-31", "travel", "fy_spent"), "entries")
                    .columns.at(10)
                    .key) == "payee");
    world.book.open_commitment(
        world.by("olga"), world.key,
        {"services", world.money("9000"), "gap analysis", CommitmentKind::contract,
         parse_date("2017-06-01"), false, parse_date("2017-03-20")});
    const auto chair = explain(world, "2017-03-31", "services", "fy_committed", Audience::chair);
    CHECK(entries(chair) == Lines{"SSR2#15 services"});
    CHECK(keys(table(chair, "entries")).back() == "fy_committed");
    CHECK(chair.body.notes.size() == 1);
}

TEST_CASE("In any history the entries of every figure of the sheet add up to it") {
    const unsigned seed = GENERATE(range(40U, 48U));
    const bool envelope = seed % 2 == 0;
    CAPTURE(seed);
    World world;
    world.fill();
    if (envelope) world.set("layout", "envelope");
    History history(world, seed);
    history.play(60);
    const std::int64_t length = world.book.head(world.key).seq;
    const Point at{parse_date(history.day()), length - history.below(20)};
    CAPTURE(to_text(at.as_of), at.events);
    const Figures figures = world.book.figures(world.key, at);
    const auto sheet = report::fact_sheet(figures, {}, report::Audience::finance);
    for (const std::string row : {"services", "travel", "total"}) {
        for (const auto& column :
             report::sheet_columns(report::layout_of(figures.review), figures.fiscal_year())) {
            CAPTURE(row, column.key);
            const auto document =
                report::explain(world.book, figures, "it", {row, column.key}, Audience::finance);
            const auto& table = test::table(document, "entries");
            std::vector<Money> sums;
            table.rows([&](const report::Row& one) {
                std::size_t i = 0;
                for (const auto& value : one) {
                    const auto* amount = std::get_if<Money>(&value);
                    if (amount == nullptr) continue;
                    if (sums.size() <= i) sums.push_back(Money::zero(amount->currency()));
                    sums[i++] += *amount;
                }
            });
            const std::string figure = cell(test::table(sheet, "rows"), row, column.key);
            CHECK((sums.empty() ? "0.00" : sums.back().text()) == figure);
            const std::size_t first = table.columns.size() - sums.size();
            for (std::size_t i = 0; i < sums.size(); ++i) {
                CHECK(shown(table.total->at(first + i)) == sums[i].text());
            }
        }
    }
}

}  // namespace purser::test
