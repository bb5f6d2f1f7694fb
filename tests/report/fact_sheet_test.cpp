#include "report/fact_sheet.hpp"

#include <catch2/catch.hpp>

#include "shown.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

Lines sheet_rows(const report::Document& document) { return rows_shown(table(document, "rows")); }

}  // namespace

TEST_CASE("A sheet has the template's seven columns, the fiscal year of its day in four of them") {
    World world;
    world.fill();
    const auto sheet = world.sheet("2017-03-31");
    const auto& rows = table(sheet, "rows");
    Lines titles;
    for (const auto& column : rows.columns) {
        if (!column.machine_only) titles.push_back(column.group + ": " + column.title);
    }
    CHECK(titles == Lines{": Direct Review Costs", "Fiscal year FY17: FY17 Approved Budget",
                          "Fiscal year FY17: FY17 Budget Spent to Date",
                          "Fiscal year FY17: Committed FY17 Services",
                          "Fiscal year FY17: Remaining FY17 Budget",
                          "Whole review: Actual Expenses Review to Date",
                          "Whole review: Total Spent and Committed to Date"});
    CHECK(keys(rows) == Lines{"category", "title", "fy_approved", "fy_spent", "fy_committed",
                              "fy_remaining", "spent_to_date", "spent_and_committed_to_date"});
    CHECK(sheet.title == "SSR2 Fact Sheet");
    CHECK(sheet.subtitle == "Fact sheet as of: 31-Mar-2017");
}

TEST_CASE("A sheet shows what was given to the year, spent and promised, and the exact totals") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    world.spend("services", "1250.50", "2017-03-22");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(sheet_rows(sheet) ==
          Lines{"services | Services | 50000.00 | 1250.50 | 0.00 | 48749.50 | 1250.50 | 1250.50",
                "travel | Travel | 120000.00 | 8200.75 | 86799.25 | 25000.00 | 8200.75 | 95000.00",
                "total | Total | 170000.00 | 9451.25 | 86799.25 | 73749.50 | 9451.25 | 96250.50"});
}

TEST_CASE("Under layout envelope a sheet is about the whole review alone") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    world.set("layout", "envelope");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(field(sheet.body, "layout") == "envelope");
    const auto& rows = table(sheet, "rows");
    CHECK(keys(rows) == Lines{"category", "title", "approved", "spent_to_date", "committed",
                              "spent_and_committed_to_date", "remaining"});
    CHECK(rows_shown(rows) ==
          Lines{"services | Services | 200000.00 | 0.00 | 0.00 | 0.00 | 200000.00",
                "travel | Travel | 350000.00 | 8200.75 | 86799.25 | 95000.00 | 255000.00",
                "total | Total | 550000.00 | 8200.75 | 86799.25 | 95000.00 | 455000.00"});
}

TEST_CASE("Case 1: a sheet as of an earlier day keeps the envelope of that day") {
    World world;
    world.set("layout", "envelope");
    world.fill();
    const auto before = sheet_rows(world.sheet("2017-03-20"));
    world.grant("travel", "100000", "2017-03-25");
    CHECK(sheet_rows(world.sheet("2017-03-20")) == before);
    CHECK(cell(table(world.sheet("2017-03-25"), "rows"), "total", "approved") == "650000.00");
}

TEST_CASE("Case 2: a grant inside the approved figure is a note, not another addend") {
    World world;
    world.fill();
    world.allot("travel", "10000", "FY17", "2017-03-25");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(cell(table(sheet, "rows"), "travel", "fy_approved") == "130000.00");
    CHECK(note_with(section(sheet, "financial"), "incremental") ==
          "2 fy_approved: The FY17 approved budget includes an incremental grant of "
          "10,000.00 USD; it is inside the figure, not in addition to it.");
}

TEST_CASE("Case 3: a category without budget and expenses stays on the sheet") {
    World world({.categories = {"services", "travel", "support"}});
    world.fill();
    const auto rows = sheet_rows(world.sheet("2017-03-31"));
    REQUIRE(rows.size() == 4);
    CHECK(rows[2] == "support | Support | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00");
}

TEST_CASE("Case 4: 30 June is of the old year, 1 July of the new one") {
    World world;
    world.today = "2017-07-31";
    world.fill();
    world.allot("travel", "60000", "FY18", "2017-06-30");
    world.spend("travel", "100", "2017-06-30");
    world.spend("travel", "7", "2017-07-01");
    const auto old_year = world.sheet("2017-06-30");
    const auto new_year = world.sheet("2017-07-01");
    CHECK(field(section(old_year, "financial"), "fiscal_year") == "FY17");
    CHECK(field(section(new_year, "financial"), "fiscal_year") == "FY18");
    CHECK(cell(table(old_year, "rows"), "travel", "fy_spent") == "100.00");
    CHECK(cell(table(new_year, "rows"), "travel", "fy_spent") == "7.00");
    CHECK(cell(table(new_year, "rows"), "travel", "spent_to_date") == "107.00");
    CHECK(table(new_year, "rows").columns[2].title == "FY18 Approved Budget");
    // A meeting in FY17 is still committed to date, and is not of the new year's budget.
    CHECK(cell(table(new_year, "rows"), "travel", "fy_committed") == "0.00");
    CHECK(cell(table(new_year, "rows"), "travel", "spent_and_committed_to_date") == "95107.00");
}

TEST_CASE("Case 4: a meeting of October 2017 lies in FY18") {
    World world;
    world.fill();
    world.allot("travel", "60000", "FY18", "2017-03-20");
    world.open("travel", "30000", "2017-10-27", "2017-03-20");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(cell(table(sheet, "rows"), "travel", "fy_committed") == "95000.00");
    CHECK(cell(table(sheet, "rows"), "travel", "spent_and_committed_to_date") == "125000.00");
}

TEST_CASE("Without a day a sheet is of the last closed day, before any close of today") {
    World world;
    world.today = "2017-04-20";
    world.fill();
    const auto shown_on = [&] {
        const auto sheet = report::fact_sheet(world.book, world.key, {}, {},
                                              parse_date(world.today), report::Audience::finance);
        return field(sheet.body, "as_of") + ' ' + sheet.banner;
    };
    CHECK(shown_on() == "2017-04-20 DRAFT, month open");
    world.close("2017-03");
    CHECK(shown_on() == "2017-03-31 ");
}

TEST_CASE("A year that is over is shown as of its last day, after its close too") {
    World world;
    world.today = "2017-07-20";
    world.fill();
    const auto before = sheet_rows(world.sheet("2017-06-30"));
    world.close("2017-06");
    const auto after = report::fact_sheet(world.book, world.key, {}, {}, parse_date(world.today),
                                          report::Audience::finance);
    CHECK(field(after.body, "as_of") == "2017-06-30");
    CHECK(field(section(after, "financial"), "fiscal_year") == "FY17");
    CHECK(sheet_rows(after) == before);
}

TEST_CASE("Case 5: durations are completed months") {
    struct Case {
        const char* start;
        const char* expected;
        const char* as_of;
        const char* so_far;
        const char* total;
    };
    const auto one = GENERATE(values<Case>({
        {"2017-03-02", "2018-03-01", "2017-04-01", "0", "12"},
        {"2017-03-02", "2018-03-01", "2017-04-02", "1", "12"},
        {"2017-03-02", "2018-03-01", "2018-03-02", "12", "12"},
        {"2017-03-02", "2018-02-28", "2017-03-02", "0", "11"},
        {"2017-01-31", "2017-06-30", "2017-02-28", "0", "5"},
        {"2017-01-31", "2017-06-30", "2017-03-31", "2", "5"},
    }));
    World world({.start = one.start, .expected = one.expected});
    CAPTURE(one.start, one.expected, one.as_of);
    const auto sheet = world.sheet(one.as_of);
    CHECK(field(section(sheet, "status"), "duration_months") == one.so_far);
    CHECK(field(section(sheet, "status"), "total_months") == one.total);
}

TEST_CASE("A month is a Month and two are Months") {
    World world;
    CHECK(field(section(world.sheet("2017-04-02"), "status"), "Review Duration to Date") ==
          "1 Month");
    CHECK(field(section(world.sheet("2017-05-02"), "status"), "Review Duration to Date") ==
          "2 Months");
}

TEST_CASE("Case 7: a pause is said from its day on, an end counts through its day") {
    World world;
    world.today = "2018-03-20";
    world.book.change_state(world.by("olga"), world.key, ReviewState::paused, "asked to stop",
                            parse_date("2017-10-28"));
    CHECK(field(section(world.sheet("2017-10-27"), "status"), "Paused since") == "none");
    CHECK(field(section(world.sheet("2017-10-28"), "status"), "Paused since") == "2017-10-28");
    world.book.change_state(world.by("olga"), world.key, ReviewState::running, "goes on",
                            parse_date("2018-02-01"));
    world.book.change_state(world.by("olga"), world.key, ReviewState::finished, "done",
                            parse_date("2018-03-01"));
    const auto after = world.sheet("2018-03-20");
    CHECK(field(section(after, "status"), "Finished on") == "2018-03-01");
    CHECK(field(section(after, "status"), "duration_months") == "12");
}

TEST_CASE("Case 6: before the start, before the first entry and in the future a sheet is defined") {
    World world;
    world.fill();
    const auto as_of = GENERATE("1999-12-31", "2017-03-01", "2017-03-14", "2099-01-01");
    CAPTURE(as_of);
    const auto sheet = world.sheet(as_of);
    const bool future = std::string(as_of) == "2099-01-01";
    CHECK(cell(table(sheet, "rows"), "total", "spent_and_committed_to_date") ==
          (future ? "95000.00" : "0.00"));
    CHECK(cell(table(sheet, "rows"), "total", "fy_approved") == "0.00");
    if (!future) CHECK(field(section(sheet, "status"), "duration_months") == "0");
    CHECK(sheet.banner == "DRAFT, month open");
}

TEST_CASE("Case 10: cents are kept on the sheet and the total is the exact total") {
    World world({.categories = {"services", "travel"}});
    world.grant("services", "10.40", "2017-03-15", "FY17");
    world.grant("travel", "10.40", "2017-03-15", "FY17");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(cell(table(sheet, "rows"), "total", "fy_approved") == "20.80");
    CHECK(table(sheet, "rows").columns[2].type == report::Type::whole_money);
}

TEST_CASE("Remaining goes below zero when more is used than is approved") {
    World world;
    world.fill();
    world.spend("services", "50100", "2017-03-20");  // the year's plan warns, the envelope has it
    const auto sheet = world.sheet("2017-03-31");
    CHECK(cell(table(sheet, "rows"), "services", "fy_remaining") == "-100.00");
}

TEST_CASE("Case 14: an empty review, chair TBD, no addresses, is a valid sheet") {
    World world({.categories = {}});
    const auto sheet = world.sheet("2017-03-14");
    CHECK(sheet_rows(sheet) == Lines{"total | Total | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00"});
    CHECK(rows_shown(table(sheet, "people")).empty());
    CHECK(rows_shown(table(sheet, "milestones")).empty());
    Lines labels;
    for (const auto& one : sheet.body.sections[0].fields) labels.push_back(one.label);
    CHECK(labels == Lines{"Review", "Chair"});
    CHECK(field(sheet.body.sections[0], "Chair") == "TBD");
    CHECK(sheet.body.sections[0].paragraphs.empty());
    CHECK(field(sheet.body, "number") == "null");
    CHECK(field(sheet.body, "state") == "draft");
    CHECK(field(sheet.body, "closed_through") == "null");
}

TEST_CASE("Texts and links of a review stand in the overview") {
    World world;
    world.set("chair", "Ana");
    world.set("overview", "What it is for.");
    world.set("wiki", "https://example.org/wiki");
    const auto sheet = world.sheet("2017-03-14");
    CHECK(texts(sheet.body.sections[0].paragraphs) == Lines{"What it is for."});
    CHECK(field(sheet.body.sections[0], "Chair") == "Ana");
    CHECK(field(sheet.body.sections[0], "Wiki page") == "https://example.org/wiki");
}

TEST_CASE("Case 15: entries in another order of arrival give the same sheet") {
    const auto sheet_of = [](bool reversed) {
        World world;
        world.grant("services", "1000", "2017-03-03", "FY17");
        const auto first = [&] { world.grant("travel", "900", "2017-03-15", "FY17"); };
        const auto second = [&] { world.grant("travel", "100", "2017-03-20", "FY17"); };
        reversed ? second() : first();
        reversed ? first() : second();
        const auto cheap = [&] { world.spend("travel", "10.01", "2017-03-21"); };
        const auto dear = [&] { world.spend("travel", "300", "2017-03-20"); };
        reversed ? dear() : cheap();
        reversed ? cheap() : dear();
        const auto sheet = world.sheet("2017-03-31");
        auto result = sheet_rows(sheet);
        for (const auto& note : notes(section(sheet, "financial"))) result.push_back(note);
        return result;
    };
    CHECK(sheet_of(false) == sheet_of(true));
}

TEST_CASE(
    "Without fiscal budgets a year has no approved and no remaining, and spent all the same") {
    World world({.fiscal_budget = false});
    world.grant("travel", "1000", "2017-03-15");
    world.spend("travel", "10", "2017-03-20");
    const auto sheet = world.sheet("2017-03-31");
    CHECK(sheet_rows(sheet).at(1) ==
          "travel | Travel | null | 10.00 | 0.00 | null | 10.00 | 10.00");
}

TEST_CASE("The register stands behind the sheet's figures, and each cell is checked against it") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    world.spend("services", "1250.50", "2017-03-22");
    if (GENERATE(false, true)) world.set("layout", "envelope");
    const auto sheet = world.sheet("2017-03-31");
    const auto* entries = find_table(sheet.body, "register");
    REQUIRE(entries != nullptr);
    CHECK(entries->worksheet == "Register");
    const auto place = [&](const std::string& key) {
        std::size_t at = 0;
        while (entries->columns.at(at).key != key) ++at;
        return at;
    };
    std::size_t added_up = 0;
    for (const auto& check : section(sheet, "financial").checks) {
        CAPTURE(check.label);
        CHECK(cell(table(sheet, check.table), check.row, check.column) == check.ledger.text());
        if (check.sum_table.empty()) continue;
        Money sum = Money::zero(check.ledger.currency());
        entries->rows([&](const report::Row& row) {
            for (const auto& match : check.where) {
                if (shown(row.at(place(match.column))) != match.text) return;
            }
            sum += std::get<Money>(row.at(place(check.sum_column)));
        });
        CHECK(sum == check.ledger);
        ++added_up;
    }
    CHECK(added_up >= 9);
}

TEST_CASE("Only finance gets the register: chairs see no more than the sheet that is posted",
          "[DOMAIN 4.13]") {
    World world;
    world.fill();
    CHECK(find_table(world.sheet("2017-03-31").body, "register") != nullptr);
    for (const auto audience : {report::Audience::chair, report::Audience::public_}) {
        CHECK(find_table(world.sheet("2017-03-31", audience).body, "register") == nullptr);
    }
}

}  // namespace purser::test
