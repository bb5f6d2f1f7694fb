#include "report/pictures.hpp"

#include <catch2/catch.hpp>

#include "shown.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

Lines burned(const report::Document& sheet) { return rows_shown(table(sheet, "months")); }

Lines bars(const report::Document& sheet) { return rows_shown(table(sheet, "categories")); }

const report::Chart& chart(const report::Document& sheet, const std::string& key) {
    return section(sheet, key).charts.front();
}

// What figures() gives for the envelope on each day of the series.
void check_against_figures(World& world, const std::string& as_of,
                           std::optional<Instant> known_at) {
    for (const DayUse& day : world.book.by_month(world.key, parse_date(as_of), known_at)) {
        const Figures figures = world.book.figures(world.key, day.day, known_at);
        REQUIRE(day.categories.size() == figures.categories.size());
        for (std::size_t i = 0; i < day.categories.size(); ++i) {
            CAPTURE(to_text(day.day), figures.categories[i].category.code);
            CHECK(day.categories[i].approved == figures.categories[i].total.approved);
            CHECK(day.categories[i].spent == figures.categories[i].total.spent);
            CHECK(day.categories[i].committed == figures.categories[i].total.committed);
        }
    }
}

}  // namespace

TEST_CASE("The burn has a row per month's end since the start, and the plan to its end") {
    World world({.start = "2017-02-02", .expected = "2017-05-31"});
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(burned(sheet) == Lines{"2017-02-28 | 0.00 | 0.00 | 0.00 | 428813.56",
                                 "2017-03-31 | 8200.75 | 86799.25 | 455000.00 | 284322.03",
                                 "2017-05-31 | null | null | null | 0.00"});
    CHECK(
        chart(sheet, "burn").sentence.text() ==
        "By 31-Mar-2017, 8,200.75 USD is spent and 86,799.25 USD committed of the 550,000.00 USD approved; 455,000.00 USD remains. By the plan 284,322.03 USD would remain.");
}

TEST_CASE("The last row of the burn is the sheet's day, inside a month, too") {
    World world({.start = "2017-03-02", .expected = "2018-03-01"});
    world.fill();
    CHECK(burned(world.sheet("2017-03-20")).front() ==
          "2017-03-20 | 0.00 | 95000.00 | 455000.00 | 522802.20");
    CHECK(burned(world.sheet("2017-03-14")).front() == "2017-03-14 | 0.00 | 0.00 | 0.00 | null");
}

TEST_CASE("Before its start a review has no burn, and after its end no plan is left") {
    World world({.start = "2017-03-02", .expected = "2017-03-15"});
    CHECK(burned(world.sheet("2017-02-20")).empty());
    world.fill();
    CHECK(burned(world.sheet("2017-03-31")) ==
          Lines{"2017-03-31 | 0.00 | 95000.00 | 455000.00 | 0.00"});
}

TEST_CASE("A review without categories has empty pictures") {
    World world({.categories = {}});
    const auto sheet = world.sheet("2017-03-31");
    CHECK(burned(sheet).empty());
    CHECK(bars(sheet).empty());
    CHECK(chart(sheet, "burn").sentence.text() == "No month has ended since the review began.");
}

TEST_CASE("The bars are the whole review's categories, with a total") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    CHECK(bars(world.sheet("2017-03-31")) ==
          Lines{"services | Services | 200000.00 | 0.00 | 0.00 | 200000.00",
                "travel | Travel | 350000.00 | 8200.75 | 86799.25 | 255000.00",
                "total | Total | 550000.00 | 8200.75 | 86799.25 | 455000.00"});
}

TEST_CASE("An exceeded envelope says by how much") {
    World world;
    world.fill();
    world.lower("travel", "300000", "2017-03-20");
    world.lower("services", "170000", "2017-03-20");
    CHECK(
        chart(world.sheet("2017-03-31"), "envelope").sentence.text() ==
        "By 31-Mar-2017, 0.00 USD is spent and 95,000.00 USD committed, 15,000.00 USD more than the 80,000.00 USD approved.");
}

TEST_CASE("The public sees the same pictures, and no requested money") {
    World world;
    world.fill();
    world.submit("services", "5000", "2017-03-20");
    const auto shown = [&](report::Audience audience) {
        const auto sheet = world.sheet("2017-03-31", audience);
        return std::pair(burned(sheet), bars(sheet));
    };
    CHECK(shown(report::Audience::public_) == shown(report::Audience::finance));
    const auto sheet = world.sheet("2017-03-31");
    for (const auto& key : {"envelope", "burn"}) {
        for (const auto& series : chart(sheet, key).series) {
            CHECK(series.role != report::ChartRole::requested);
            CHECK(series.role != report::ChartRole::free);
        }
    }
}

TEST_CASE("With a forecast the burn goes on from what remains to what would remain") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    const Date day = parse_date("2017-03-31");
    const Figures figures = world.book.figures(world.key, day, {});
    const auto months = world.book.by_month(world.key, day, {});
    const auto drawn = [&](const char* at_completion) {
        report::Document document(report::Audience::finance);
        document.body.sections = {report::burn(figures, months, world.money(at_completion))};
        return document;
    };
    CHECK(burned(drawn("500000")) ==
          Lines{"2017-03-31 | 8200.75 | 86799.25 | 455000.00 | 506181.32 | 455000.00",
                "2018-03-01 | null | null | null | 0.00 | 50000.00"});
    const auto chart = drawn("560000.50").body.sections.front().charts.front();
    CHECK(chart.series.back().role == report::ChartRole::forecast);
    CHECK(chart.sentence.text().ends_with(
        " At the run rate it would be 10,000.50 USD more than approved at completion."));
    // The published sheet holds no estimate.
    CHECK(table(world.sheet("2017-03-31"), "months").columns.back().key == "plan");
}

TEST_CASE("The figures of each month are those of its last day") {
    World world;
    world.grant("services", "200000", "2017-01-15");
    world.fill();
    world.today = "2017-07-31";
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    world.spend("services", "1000", "2017-05-31");
    world.close("2017-06");  // the year's: commitments carry
    world.lower("services", "50000", "2017-07-02");
    world.spend("travel", "120.10", "2017-07-31");
    check_against_figures(world, "2017-07-31", {});
    check_against_figures(world, "2017-05-15", {});
    const auto months = world.book.by_month(world.key, parse_date("2017-07-31"), {});
    CHECK(months.size() == 7);
    CHECK(months.front().day == parse_date("2017-01-31"));
    CHECK(world.book.by_month(world.key, parse_date("2016-12-31"), {}).empty());
    // As known at noon of an earlier day, when nothing of July was recorded.
    check_against_figures(world, "2017-07-31", parse_instant("2017-03-31T12:05:00.000Z"));
}

TEST_CASE("Money that expired by itself is gone from the months after it") {
    World world;
    world.grant("services", "1000", "2017-03-15");
    world.book.grant(world.by("olga"), world.key,
                     {"services",
                      world.money("500"),
                      "for April alone",
                      {},
                      parse_date("2017-03-20"),
                      parse_date("2017-04-30")});
    world.today = "2017-06-30";
    check_against_figures(world, "2017-06-30", {});
    const auto months = world.book.by_month(world.key, parse_date("2017-06-30"), {});
    CHECK(months[1].envelope().approved == world.money("1500"));
    CHECK(months[2].envelope().approved == world.money("1000"));
}

TEST_CASE("A timeline says how many milestones are complete, under way and behind") {
    report::Table table;
    table.key = "milestones";
    const auto row = [](const char* status) {
        return report::Row{std::string("A"), parse_date("2017-06-01"), {}, {}, std::string(status)};
    };
    table.rows =
        report::rows_of({row("Complete"), row("Planned/In process"),
                         row("Behind schedule, original plan to be adjusted"),
                         row("Behind schedule, expected to recover within original plan")});
    const auto chart = report::timeline(table, parse_date("2017-03-31"));
    CHECK(chart->sentence.text() ==
          "On 31-Mar-2017, 1 of 4 milestones complete, 1 planned or in process, "
          "2 behind schedule.");
    CHECK(chart->today == parse_date("2017-03-31"));
    table.rows = report::rows_of({});
    CHECK_FALSE(report::timeline(table, parse_date("2017-03-31")));
}

TEST_CASE("The workbook has further worksheets, and of them the public one: the definitions") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    const auto names = [&](report::Audience audience) {
        Lines result;
        const auto sheet = world.sheet("2017-03-31", audience);
        for (const auto& table : sheet.body.sections.back().tables) {
            result.push_back(table.worksheet);
        }
        return result;
    };
    CHECK(names(report::Audience::finance) == Lines{"Commitments", "Requests", "Definitions"});
    CHECK(names(report::Audience::chair) == Lines{"Requests", "Definitions"});
    CHECK(names(report::Audience::public_) == Lines{"Definitions"});
    const auto sheet = world.sheet("2017-03-31");
    CHECK(rows_shown(table(sheet, "commitments")) ==
          Lines{"SSR2-C1 | two meetings | travel | meeting | open | 2017-05-15 | 95000.00 | "
                "8200.75 | 86799.25 | 0.00"});
    CHECK(rows_shown(table(sheet, "requests")).empty());
    // As of a day before the commitment there is none.
    CHECK(rows_shown(table(world.sheet("2017-03-14"), "commitments")).empty());
    const Lines definitions = rows_shown(table(sheet, "definitions"));
    CHECK(definitions.size() > 20);
    for (const auto& definition : definitions) {
        CAPTURE(definition);
        CHECK(definition.find(" | ") + 10 < definition.size());
    }
}

TEST_CASE("Status draws the free money apart from the requested") {
    World world;
    world.fill();
    const auto status = report::status(world.book, world.key, parse_date("2017-03-31"), {},
                                       report::Audience::finance);
    std::vector<report::ChartRole> roles;
    for (const auto& part : status.body.sections[2].charts.front().series) {
        roles.push_back(part.role);
    }
    using report::ChartRole;
    CHECK(roles == std::vector{ChartRole::spent, ChartRole::committed, ChartRole::requested,
                               ChartRole::free, ChartRole::approved});
}

}  // namespace purser::test
