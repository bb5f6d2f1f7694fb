#include "report/changes.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "history.hpp"
#include "report/fact_sheet.hpp"
#include "report/register.hpp"
#include "shown.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;
using report::Audience;

report::Document changes(World& world, const std::string& from, const std::string& to,
                         Audience audience = Audience::finance) {
    return report::changes(world.book, world.key, parse_date(from), parse_date(to), {}, audience);
}

// Rows of the entries as "SSR2#4 travel fy_spent=1.00 …", zeros left out.
Lines entries(const report::Document& document) {
    const auto& table = test::table(document, "entries");
    Lines result;
    table.rows([&](const report::Row& row) {
        std::string line = shown(row[0]) + ' ' + shown(row[7]);
        for (std::size_t i = 8; i < row.size(); ++i) {
            const auto* amount = std::get_if<Money>(&row[i]);
            if (amount == nullptr || amount->is_zero()) continue;
            line += ' ' + table.columns[i].key + '=' + amount->text();
        }
        result.push_back(line);
    });
    return result;
}

using Sums = std::map<std::pair<std::string, std::string>, Money>;  // by row and column

Sums sums_of_entries(const report::Document& document, Currency currency) {
    const auto& table = test::table(document, "entries");
    Sums sums;
    const auto add = [&](const std::string& row, const std::string& column, const Money& amount) {
        sums.try_emplace({row, column}, Money::zero(currency)).first->second += amount;
    };
    table.rows([&](const report::Row& row) {
        for (std::size_t i = 8; i < row.size(); ++i) {
            const auto* amount = std::get_if<Money>(&row[i]);
            if (amount == nullptr) continue;
            add(shown(row[7]), table.columns[i].key, *amount);
            add("total", table.columns[i].key, *amount);
        }
    });
    return sums;
}

// Then + entries = now, for every cell.
void check_ties(const report::Document& document, Currency currency) {
    Sums sums = sums_of_entries(document, currency);
    const Money none = Money::zero(currency);
    test::table(document, "figures").rows([&](const report::Row& row) {
        CAPTURE(shown(row));
        const auto then = std::get<Money>(row[6]);
        const auto now = std::get<Money>(row[7]);
        const auto sum = sums.try_emplace({shown(row[1]), shown(row[3])}, none).first->second;
        CHECK((then + sum).text() == now.text());
        CHECK(std::get<Money>(row[8]).text() == sum.text());
    });
    const auto& table = test::table(document, "entries");
    for (std::size_t i = 8; i < table.columns.size(); ++i) {
        if (table.columns[i].type != report::Type::money) continue;
        CAPTURE(table.columns[i].key);
        const auto sum = sums.try_emplace({"total", table.columns[i].key}, none).first->second;
        CHECK(shown(table.total->at(i)) == sum.text());
    }
}

// The cells of the sheet are the figures that the changes begin and end with.
void check_sheet(const report::Document& document, const Figures& figures, const char* side) {
    const auto sheet = report::fact_sheet(figures, {}, report::Audience::finance);
    const auto& cells = test::table(sheet, "rows");
    const auto& changed = test::table(document, "figures");
    const std::string year = figures.fiscal_year().text();
    const std::size_t at = std::string(side) == "then" ? 6 : 7;
    int found = 0;
    changed.rows([&](const report::Row& row) {
        const std::string column = shown(row[3]);
        const bool of_this_year = shown(row[5]) == year || shown(row[5]) == "null";
        const std::string key = column.starts_with("fy1") ? "fy" + column.substr(4) : column;
        const auto names = keys(cells);
        if (!of_this_year || std::count(names.begin(), names.end(), key) == 0) return;
        CAPTURE(shown(row), side);
        CHECK(cell(cells, shown(row[1]), key) == shown(row[at]));
        ++found;
    });
    CHECK(found == 18);
}

}  // namespace

TEST_CASE("Each figure says what it was, what it is, and by which entries it changed") {
    World world;
    world.fill();
    world.spend("travel", "1480.50", "2017-03-20", "SSR2-C1");
    world.spend("services", "200", "2017-03-21");
    const auto document = changes(world, "2017-03-15", "2017-03-20");
    CHECK(document.subtitle == "From 15-Mar-2017 to 20-Mar-2017");
    CHECK(texts(document.body.paragraphs) ==
          Lines{"Of the whole review, in USD, approved is unchanged at 550,000.00, spent rose by "
                "1,480.50 to 1,480.50, committed fell by 1,480.50 to 93,519.50."});
    CHECK(entries(document) ==
          Lines{"SSR2#10 travel fy_spent=1480.50 fy_committed=-1480.50 spent_to_date=1480.50"});
    const auto& figures = table(document, "figures");
    CHECK(cell(figures, "travel_fy_spent", "then") == "0.00");
    CHECK(cell(figures, "travel_fy_committed", "now") == "93519.50");
    CHECK(cell(figures, "travel_fy_committed", "difference") == "-1480.50");
    CHECK(cell(figures, "services_fy_spent", "difference") == "0.00");
    CHECK(cell(figures, "total_spent_to_date", "now") == "1480.50");
    check_ties(document, Currency::parse("USD"));
}

TEST_CASE("A request is in no column of the sheet, so it is no change of it") {
    World world;
    world.fill();
    world.submit("travel", "500", "2017-03-20");
    const auto document = changes(world, "2017-03-15", "2017-03-31");
    CHECK(entries(document).empty());
    CHECK(texts(document.body.paragraphs) ==
          Lines{"Nothing changed: each figure is the same at both ends."});
}

TEST_CASE("What was recorded later and dated before is between two points of knowledge") {
    World world;
    world.fill();
    const Figures published = world.book.figures(world.key, parse_date("2017-03-31"), {});
    world.today = "2017-04-20";
    world.grant("travel", "10000", "2017-03-20");
    world.spend("travel", "70", "2017-04-02");
    const Figures again = world.book.figures(world.key, parse_date("2017-03-31"), {});
    const auto document =
        report::changes(world.book, {"SSR2-S1", published}, {"now", again}, Audience::finance);
    CHECK(entries(document).empty());  // the sheet of 2017 has no column for the envelope
    world.set("layout", "envelope");
    const Figures envelope = world.book.figures(world.key, parse_date("2017-03-31"), {});
    const auto restated =
        report::changes(world.book, {"SSR2-S1", published}, {"now", envelope}, Audience::finance);
    CHECK(entries(restated) == Lines{"SSR2#9 travel approved=10000.00 remaining=10000.00"});
    check_ties(restated, Currency::parse("USD"));
}

TEST_CASE("Across a fiscal year's end both years are followed, and the new one opens by entries") {
    World world;
    world.today = "2017-07-20";
    world.fill();
    world.spend("travel", "90000", "2017-05-16", "SSR2-C1");
    world.close("2017-06");
    world.allot("travel", "7000", "FY18", "2017-07-02");
    const auto document = changes(world, "2017-06-30", "2017-07-20");
    const auto& figures = table(document, "figures");
    CHECK(cell(figures, "travel_fy17_spent", "now") == "90000.00");
    CHECK(cell(figures, "travel_fy_spent", "then") == "0.00");
    CHECK(cell(figures, "travel_fy_approved", "now") == "12000.00");
    CHECK(cell(figures, "total_spent_to_date", "difference") == "0.00");
    CHECK(document.body.paragraphs.size() == 2);
    CHECK(entries(document) ==
          Lines{"SSR2#11 services fy17_approved=-50000.00 fy17_remaining=-50000.00",
                "SSR2#11 travel fy17_approved=-30000.00 fy17_committed=-5000.00 "
                "fy17_remaining=-25000.00 fy_approved=5000.00 fy_committed=5000.00",
                "SSR2#12 travel fy_approved=7000.00 fy_remaining=7000.00"});
    check_ties(document, Currency::parse("USD"));
}

TEST_CASE("The end of a grant counts from its day on, recorded or not") {
    World world;
    world.today = "2017-03-12";
    world.set("layout", "envelope");
    world.grant("services", "1000", "2017-03-10");
    world.book.grant(world.by("olga"), world.key,
                     {"travel",
                      world.money("900"),
                      "for a while",
                      {},
                      parse_date("2017-03-10"),
                      parse_date("2017-03-20")});
    world.today = "2017-03-25";
    const Figures before = world.book.figures(world.key, parse_date("2017-03-21"), {});
    const auto ended = changes(world, "2017-03-15", "2017-03-21");
    CHECK(entries(ended) == Lines{"SSR2#6 travel approved=-900.00 remaining=-900.00"});
    check_ties(ended, Currency::parse("USD"));
    world.spend("services", "0.01", "2017-03-25");  // with it the end is recorded
    CHECK(entries(changes(world, "2017-03-15", "2017-03-21")) ==
          Lines{"SSR2#7 travel approved=-900.00 remaining=-900.00"});
    check_ties(changes(world, "2017-03-15", "2017-03-21"), Currency::parse("USD"));
    const Figures after = world.book.figures(world.key, parse_date("2017-03-21"), {});
    check_ties(report::changes(world.book, {"then", before}, {"now", after}, Audience::finance),
               Currency::parse("USD"));
}

TEST_CASE("A chair sees that a single contract moved, and not by how much") {
    World world;
    world.fill();
    world.book.open_commitment(
        world.by("olga"), world.key,
        {"services", world.money("64000"), "gap analysis", CommitmentKind::contract,
         parse_date("2017-06-01"), false, parse_date("2017-03-20")});
    world.spend("services", "1000", "2017-03-25", "SSR2-C2");
    const auto chair = changes(world, "2017-03-15", "2017-03-31", Audience::chair);
    CHECK(entries(chair) == Lines{"SSR2#9 services", "SSR2#11 services"});
    CHECK(cell(table(chair, "figures"), "services_fy_committed", "difference") == "63000.00");
    CHECK(chair.body.notes.size() == 1);
    CHECK(chair.body.checks.empty());
    const auto finance = changes(world, "2017-03-15", "2017-03-31");
    CHECK(entries(finance).front() ==
          "SSR2#9 services fy_committed=64000.00 fy_remaining=-64000.00 "
          "spent_and_committed_to_date=64000.00");
}

TEST_CASE("The public sees no entries, and days are told in their order") {
    World world;
    world.fill();
    CHECK_THROWS_AS(changes(world, "2017-03-15", "2017-03-31", Audience::public_), Refused);
    CHECK_THROWS_AS(changes(world, "2017-03-31", "2017-03-15"), BadInput);
}

TEST_CASE("Between any two points of any history then + entries = now, in every cell") {
    const unsigned seed = GENERATE(range(1U, 13U));
    CAPTURE(seed);
    World world;
    world.fill();
    History history(world, seed);
    history.play(60);
    if (seed % 3 == 0) world.set("layout", "envelope");
    const std::int64_t length = world.book.head(world.key).seq;
    for (int i = 0; i < 8; ++i) {
        const Point from{parse_date(history.day()), 1 + history.below(length)};
        const Point to{parse_date(history.day()), 1 + history.below(length)};
        CAPTURE(to_text(from.as_of), from.events, to_text(to.as_of), to.events);
        const Figures then = world.book.figures(world.key, from);
        const Figures now = world.book.figures(world.key, to);
        if (then.categories.size() < 2 || now.categories.size() < 2) continue;
        const auto document =
            report::changes(world.book, {"then", then}, {"now", now}, Audience::finance);
        check_ties(document, Currency::parse("USD"));
        if (report::layout_of(then.review) != report::Layout::fiscal_year) continue;
        if (report::layout_of(now.review) != report::Layout::fiscal_year) continue;
        check_sheet(document, then, "then");
        check_sheet(document, now, "now");
    }
}

TEST_CASE("Figures of a point are the sum of the entries that it counts") {
    const unsigned seed = GENERATE(range(20U, 26U));
    CAPTURE(seed);
    World world;
    world.fill();
    History history(world, seed);
    history.play(60);
    const std::int64_t length = world.book.head(world.key).seq;
    for (int i = 0; i < 10; ++i) {
        const Point at{parse_date(history.day()), 1 + history.below(length)};
        CAPTURE(to_text(at.as_of), at.events);
        const Figures figures = world.book.figures(world.key, at);
        std::map<std::string, Amounts> sums;
        const Amounts none = Amounts::zero(Currency::parse("USD"));
        world.book.each_event(world.key, {}, [&](const StoredEvent& stored) {
            if (stored.event.seq > at.events || stored.event.posted_on > at.as_of) return;
            for (const auto& effect : report::effects(stored.event)) {
                sums.try_emplace(effect.category, none).first->second += effect.amounts;
            }
        });
        for (const auto& category : figures.categories) {
            const Amounts sum = sums.try_emplace(category.category.code, none).first->second;
            CHECK(category.total.spent.text() == sum.spent.text());
            CHECK(category.total.committed.text() == sum.committed.text());
            CHECK(category.total.requested.text() == sum.requested.text());
        }
    }
}

}  // namespace purser::test
