#include "format/svg.hpp"

#include <catch2/catch.hpp>

#include "format/chart.hpp"
#include "samples.hpp"

namespace purser::format::test {
namespace {

using report::Chart;
using report::ChartKind;
using report::ChartMark;
using report::ChartRole;

using Lines = std::vector<std::string>;

Value day(const char* text) { return parse_date(text); }

Table bars_table(std::vector<Row> rows) {
    Table table;
    table.key = "categories";
    table.columns = {{.key = "category", .title = "", .machine_only = true},
                     {.key = "title", .title = "Category"},
                     {.key = "spent", .title = "Spent", .type = Type::money},
                     {.key = "committed", .title = "Committed", .type = Type::money},
                     {.key = "remaining", .title = "Remaining", .type = Type::money},
                     {.key = "approved", .title = "Approved", .type = Type::money}};
    table.rows = report::rows_of(std::move(rows));
    return table;
}

Row bar(const std::string& name, const char* spent, const char* committed, const char* remaining,
        const char* approved) {
    return {std::string("code"), name,           money(spent), money(committed),
            money(remaining),    money(approved)};
}

const Chart bars{"envelope",
                 "The envelope by category",
                 ChartKind::stacked_bars,
                 "categories",
                 {{"spent", ChartRole::spent},
                  {"committed", ChartRole::committed},
                  {"remaining", ChartRole::remaining},
                  {"approved", ChartRole::approved}},
                 "36,725.25 USD is spent.",
                 "Nothing yet."};

const Chart lines{"burn",
                  "The envelope over time",
                  ChartKind::lines,
                  "months",
                  {{"spent", ChartRole::spent}, {"plan", ChartRole::plan}},
                  "Spent and plan.",
                  "Nothing yet."};

Table lines_table(std::vector<Row> rows) {
    Table table;
    table.key = "months";
    table.columns = {{.key = "day", .title = "Day", .type = Type::date},
                     {.key = "spent", .title = "Spent", .type = Type::money, .sparse = true},
                     {.key = "plan", .title = "Plan", .type = Type::money}};
    table.rows = report::rows_of(std::move(rows));
    return table;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

// The texts that a picture shows, in order.
Lines texts(const std::string& picture) {
    Lines result;
    for (std::size_t at = picture.find("<text"); at != std::string::npos;
         at = picture.find("<text", at + 1)) {
        const std::size_t begin = picture.find('>', at) + 1;
        result.push_back(picture.substr(begin, picture.find("</text>", begin) - begin));
    }
    return result;
}

Lines labels(const MoneyScale& scale) {
    Lines result;
    for (const auto& tick : scale.ticks()) result.push_back(tick.label);
    return result;
}

MoneyScale scale_of(const Lines& amounts, const char* currency = "USD") {
    ChartData data;
    data.series.push_back({ChartRole::spent, "Spent", {}});
    for (const std::string& amount : amounts) {
        data.labels.emplace_back(std::string("x"));
        data.series.front().values.emplace_back(Money::parse(amount, Currency::parse(currency)));
    }
    return MoneyScale::of_figures(data);
}

Lines day_labels(const char* first, const char* last, std::size_t most) {
    Lines result;
    for (const auto& tick : DayScale(parse_date(first), parse_date(last)).ticks(most)) {
        result.push_back(tick.label);
    }
    return result;
}

// A document whose one section draws a table as bars.
Document pictured(Table table) {
    Document document(report::Audience::finance);
    document.title = "Sample";
    document.as_of = parse_date("2017-03-14");
    Section section;
    section.title = "Bars";
    section.charts = {bars};
    section.tables = {std::move(table)};
    document.body.sections = {std::move(section)};
    return document;
}

}  // namespace

TEST_CASE("An axis of money has round ticks with zero among them, and short labels") {
    struct Given {
        Lines amounts;
        Lines labels;
    };
    const auto given = GENERATE(values<Given>({
        {{"550000.00"}, {"0", "200k", "400k", "600k"}},
        {{"500000.00"}, {"0", "100k", "200k", "300k", "400k", "500k"}},
        {{"500000.01"}, {"0", "200k", "400k", "600k"}},
        {{"7000000.00"}, {"0", "2M", "4M", "6M", "8M"}},
        {{"1100000.00"}, {"0", "0.5M", "1M", "1.5M"}},
        {{"9500.00"}, {"0", "2k", "4k", "6k", "8k", "10k"}},
        {{"950.00"}, {"0", "200", "400", "600", "800", "1,000"}},
        {{"0.40"}, {"0", "0.1", "0.2", "0.3", "0.4"}},
        {{"0.01"}, {"0", "0.01"}},
        {{"350000.00", "-20000.00"}, {"(100k)", "0", "100k", "200k", "300k", "400k"}},
        {{"-1250.00"}, {"(1,500)", "(1,000)", "(500)", "0"}},
        {{"-0.01"}, {"(0.01)", "0"}},
        {{"92233720368547758.07"},
         {"0", "20,000,000,000M", "40,000,000,000M", "60,000,000,000M", "80,000,000,000M",
          "100,000,000,000M"}},
    }));
    CAPTURE(given.amounts);
    CHECK(labels(scale_of(given.amounts)) == given.labels);
}

TEST_CASE("A currency without decimals has whole ticks, one with three its own") {
    CHECK(labels(scale_of({"3"}, "JPY")) == Lines{"0", "1", "2", "3"});
    CHECK(labels(scale_of({"0.005"}, "KWD")) ==
          Lines{"0", "0.001", "0.002", "0.003", "0.004", "0.005"});
}

TEST_CASE("An amount beside a bar has three digits") {
    struct Given {
        const char* amount;
        const char* text;
    };
    const auto given = GENERATE(values<Given>({{"36725.25", "36.7k"},
                                               {"254387.65", "254k"},
                                               {"999499.99", "999k"},
                                               {"999500.00", "1M"},
                                               {"1234567.00", "1.23M"},
                                               {"-1250.00", "(1.25k)"},
                                               {"512.34", "512"},
                                               {"0.40", "0.4"},
                                               {"0.00", "0"},
                                               {"92233720368547758.07", "92,200,000,000M"}}));
    CHECK(short_amount(usd(given.amount)) == given.text);
}

TEST_CASE("An axis of days is marked at the beginnings of months, and of years when it is long") {
    CHECK(day_labels("2017-03-02", "2017-06-30", 5) == Lines{"Apr 2017", "May 2017", "Jun 2017"});
    CHECK(day_labels("2017-03-02", "2018-03-01", 5) ==
          Lines{"Apr 2017", "Jul 2017", "Oct 2017", "Jan 2018"});
    CHECK(day_labels("2017-03-31", "2022-03-31", 6) ==
          Lines{"2018", "2019", "2020", "2021", "2022"});
    CHECK(day_labels("2017-03-05", "2017-03-20", 5) == Lines{"5-Mar-2017"});
    CHECK(day_labels("2017-03-15", "2017-03-15", 5) == Lines{"5-Mar-2017"});
}

TEST_CASE("A bar shows its parts, their amounts, the names, and the mark at approved") {
    const std::string picture = svg(
        bars,
        bars_table({bar("Travel", "36725.25", "58887.10", "254387.65", "350000.00"),
                    bar("Professional Services", "3750.00", "0.00", "196250.00", "200000.00")}));
    CHECK(texts(picture) == Lines{"Spent", "Committed", "Remaining", "Approved", "0", "100k",
                                  "200k", "300k", "400k", "Travel", "36.7k", "58.9k", "254k",
                                  "Professional Services", "196k"});
    // Four samples of the key less the mark, three parts and two: zero is no part.
    CHECK(count(picture, "<rect") == 3 + 3 + 2);
    CHECK(count(picture, "<g class=\"approved\"") == 3);
}

TEST_CASE("Parts are told apart without colour, and a pattern is there once") {
    const std::string picture =
        svg(bars, bars_table({bar("A", "1", "1", "1", "3"), bar("B", "1", "1", "1", "3")}));
    CHECK(count(picture, "<pattern ") == 1);
    CHECK(count(picture, "fill=\"url(#chart-envelope-committed)\"") == 3);
    CHECK(count(picture, "id=\"chart-envelope-committed\"") == 1);
    const RoleLook spent = look_of(ChartRole::spent);
    const RoleLook committed = look_of(ChartRole::committed);
    const RoleLook plan = look_of(ChartRole::plan);
    CHECK(spent.fill != committed.fill);
    CHECK(spent.dash != committed.dash);
    CHECK(plan.dash != committed.dash);
    CHECK(spent.marker != look_of(ChartRole::remaining).marker);
}

TEST_CASE("A picture is named and described for those who listen") {
    const std::string picture = svg(bars, bars_table({bar("A", "1", "1", "1", "3")}));
    CHECK(contains(picture,
                   "role=\"img\" aria-label=\"The envelope by category\" "
                   "aria-describedby=\"chart-envelope-desc\""));
    CHECK(contains(picture, "<title>The envelope by category</title>"));
    CHECK(contains(picture, "<desc id=\"chart-envelope-desc\">36,725.25 USD is spent.</desc>"));
}

TEST_CASE("What is below zero stands left of the zero line") {
    const std::string picture =
        svg(bars, bars_table({bar("Travel", "351250", "0", "-1250", "350000")}));
    CHECK(contains(picture, ">(100k)</text>"));
    CHECK(count(picture, "<g class=\"remaining\"") == 2);
}

TEST_CASE("The zero line crosses no name: with bars on both sides it stands beside each alone") {
    const std::string line = "stroke-width=\"1.2\"";
    const auto above = {bar("Services", "5", "0", "4", "9"), bar("Travel", "5", "0", "4", "9")};
    const auto below = {bar("Services", "5", "0", "4", "9"), bar("Travel", "9", "0", "-4", "5")};
    CHECK(count(svg(bars, bars_table(above)), line) == 1);
    CHECK(count(svg(bars, bars_table(below)), line) == 2);
}

TEST_CASE("Without a figure there is no picture, and the page says so") {
    CHECK(svg(bars, bars_table({})).empty());
    CHECK(svg(bars, bars_table({bar("Travel", "0", "0", "0", "0")})).empty());
    CHECK(svg(lines, lines_table({{day("2017-03-31"), Value{}, money("0")}})).empty());

    const Document document = pictured(bars_table({bar("Travel", "0", "0", "0", "0")}));
    const std::string page = written(document, Format::html);
    CHECK(contains(page, "<p class=\"none\">Nothing yet.</p>"));
    CHECK_FALSE(contains(page, "<svg"));
}

TEST_CASE("A page holds the picture, its sentence and its figures; text has the figures") {
    const Document document =
        pictured(bars_table({bar("Travel", "36725.25", "0", "0", "36725.25")}));
    const std::string page = written(document, Format::html);
    CHECK(count(page, "<svg ") == 1);
    CHECK(contains(page, "<figcaption class=\"prose\">36,725.25 USD is spent.</figcaption>"));
    CHECK(contains(page, "<td role=\"cell\" class=\"n\" data-label=\"Spent\"><span>36,725.25"));
    for (const Format format : {Format::text, Format::markdown, Format::json}) {
        CHECK(contains(written(document, format), "25"));
        CHECK_FALSE(contains(written(document, format), "svg"));
    }
}

TEST_CASE("A long name takes two lines and is cut after them") {
    const std::string name =
        "Independent experts for the analysis of gaps, for the second review "
        "of security, stability and resiliency, and for what follows from it";
    const Lines shown = texts(svg(bars, bars_table({bar(name, "1", "0", "0", "1")})));
    const auto first = std::find_if(shown.begin(), shown.end(), [](const std::string& text) {
        return text.starts_with("Independent");
    });
    REQUIRE(first != shown.end());
    CHECK(std::next(first)->ends_with("…"));
}

TEST_CASE("Hostile texts stay texts in a picture") {
    for (const std::string& text : hostile_texts) {
        Chart chart = bars;
        chart.title = text;
        chart.sentence = text;
        const std::string picture = svg(chart, bars_table({bar(text, "1", "0", "0", "1")}));
        CHECK_FALSE(contains(picture, "<script"));
        CHECK(count(picture, "<svg") == 1);
    }
}

TEST_CASE("A line is broken where there is no figure, and one day alone is a point") {
    const std::string two =
        svg(lines, lines_table({{day("2017-03-31"), money("10"), money("90")},
                                {day("2017-04-30"), Value{}, money("80")},
                                {day("2017-05-31"), money("30"), money("70")},
                                {day("2017-06-30"), money("40"), money("60")}}));
    const std::size_t spent = two.rfind("<g class=\"spent\"");
    const std::string drawn = two.substr(spent, two.find("</g>", spent) - spent);
    // One stretch with a line and two markers, one point with a marker alone.
    CHECK(count(drawn, "stroke-linejoin") == 1);
    CHECK(count(drawn, "<path") == 4);

    const std::string one =
        svg(lines, lines_table({{day("2017-03-31"), money("10"), money("90")}}));
    CHECK(contains(one, ">Spent 10</text>"));
    CHECK(count(one, "stroke-linejoin") == 2);  // the key's samples
}

TEST_CASE("Lines of one role differ in dash and marker") {
    const RoleLook first = look_of(ChartRole::forecast);
    for (std::size_t i = 1; i < 4; ++i) {
        const RoleLook later = look_of(ChartRole::forecast, i);
        CHECK(later.dash != first.dash);
        CHECK(later.marker != first.marker);
        CHECK(later.dash != look_of(ChartRole::forecast, i + 1).dash);
    }
    CHECK(look_of(ChartRole::forecast, 0).dash == first.dash);
}

TEST_CASE("A timeline shows the days of each milestone and its status as a shape") {
    Table table;
    table.key = "milestones";
    table.columns = {{.key = "title", .title = "Milestone"},
                     {.key = "planned", .title = "Planned", .type = Type::date},
                     {.key = "revised", .title = "Revised", .type = Type::date},
                     {.key = "actual", .title = "Actual", .type = Type::date},
                     {.key = "status", .title = "Status"}};
    table.rows = report::rows_of(
        {{std::string("Scope"), day("2017-06-01"), day("2018-09-01"), day("2018-09-15"),
          std::string("Complete")},
         {std::string("Report"), day("2018-03-01"), Value{}, Value{}, std::string("Planned")},
         {std::string("Undated"), Value{}, Value{}, Value{}, std::string("strange")}});
    Chart chart{
        "milestones",
        "Milestones",
        ChartKind::timeline,
        "milestones",
        {{"planned", ChartRole::planned},
         {"revised", ChartRole::revised},
         {"actual", ChartRole::actual},
         {"status", ChartRole::status}},
        "One of three milestones is complete.",
        "No milestone has a date.",
        {{"Complete", ChartMark::done}, {"Planned", ChartMark::open}, {"Late", ChartMark::late}},
        parse_date("2018-10-01")};
    const std::string picture = svg(chart, table);
    const Lines shown = texts(picture);
    CHECK(Lines(shown.begin(), shown.begin() + 5) ==
          Lines{"Planned", "Revised", "Actual", "Complete", "Planned"});
    CHECK(std::find(shown.begin(), shown.end(), "Late") == shown.end());
    CHECK(std::find(shown.begin(), shown.end(), "1-Oct-2018") != shown.end());
    CHECK(count(picture, "<g class=\"actual\"") == 3);  // the key, the line to it, its marker
    // Today stands beside the days of each milestone, and crosses no name.
    const std::string dashes = "stroke-width=\"1.2\" stroke-dasharray=\"4 3\"";
    CHECK(count(picture, dashes) == 3);
    chart.today.reset();
    CHECK(count(svg(chart, table), dashes) == 0);
    table.rows = report::rows_of({});
    CHECK(svg(chart, table).empty());
}

TEST_CASE("The same chart gives the same picture") {
    const Table table = bars_table({bar("Travel", "36725.25", "58887.10", "254387.65", "350000")});
    CHECK(svg(bars, table) == svg(bars, table));
}

}  // namespace purser::format::test
