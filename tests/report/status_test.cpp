#include <catch2/catch.hpp>

#include "shown.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

report::Document status(World& world, const std::string& as_of) {
    return report::status(world.book, world.key, parse_date(as_of), {}, report::Audience::finance);
}

Lines sentences(const report::Document& document) {
    return texts(document.body.sections[0].paragraphs);
}

}  // namespace

TEST_CASE("Status says what remains, how it is made up, and what of it is free") {
    World world;
    CHECK(sentences(status(world, "2017-03-31")) ==
          Lines{"No envelope has been granted on this day."});
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1");
    const std::string made_up =
        "Remaining = approved 550,000.00 - spent 8,200.75 - committed 86,799.25.";
    CHECK(sentences(status(world, "2017-03-31")) ==
          Lines{"455,000.00 USD remains of the envelope of 550,000.00 USD, and all of it is free: "
                "nothing is requested.",
                made_up});
    world.submit("services", "5000", "2017-03-20");
    CHECK(sentences(status(world, "2017-03-31")) ==
          Lines{"455,000.00 USD remains of the envelope of 550,000.00 USD, 5,000.00 USD of it is "
                "requested and undecided, 450,000.00 USD is free.",
                made_up});
}

TEST_CASE("Status says by how much a lowered envelope is exceeded") {
    World world;
    world.grant("travel", "1000", "2017-03-15");
    world.open("travel", "1000", "2017-05-15", "2017-03-15");
    world.lower("travel", "400", "2017-03-20");
    CHECK(sentences(status(world, "2017-03-31")) ==
          Lines{"The envelope of 600.00 USD is exceeded by 400.00 USD.",
                "Remaining = approved 600.00 - spent 0.00 - committed 1,000.00."});
}

TEST_CASE("Status has the members of the contract, the total row in print only") {
    World world;
    world.fill();
    const auto document = status(world, "2017-03-31");
    Lines members;
    for (const auto& one : document.body.sections[0].fields) {
        if (!one.key.empty()) members.push_back(one.key);
    }
    CHECK(members == Lines{"review", "as_of", "known_at", "currency", "closed_through"});
    Lines envelope;
    for (const auto& one : section(document, "envelope").fields) envelope.push_back(one.key);
    CHECK(envelope == Lines{"approved", "spent", "committed", "remaining", "requested", "free",
                            "unallotted", "held"});
    CHECK(keys(table(document, "categories")) == Lines{"code", "title", "approved", "spent",
                                                       "committed", "remaining", "requested",
                                                       "free", "unallotted", "held"});
    CHECK_FALSE(table(document, "categories").total_is_data);
    CHECK(rows_shown(table(document, "categories")) ==
          Lines{"services | Services | 200000.00 | 0.00 | 0.00 | 200000.00 | 0.00 | 200000.00 | "
                "150000.00 | 0.00",
                "travel | Travel | 350000.00 | 0.00 | 95000.00 | 255000.00 | 0.00 | 255000.00 | "
                "230000.00 | 0.00",
                "total | Total | 550000.00 | 0.00 | 95000.00 | 455000.00 | 0.00 | 455000.00 | "
                "380000.00 | 0.00"});
}

TEST_CASE("Status shows the fiscal year of its day") {
    World world;
    world.fill();
    const auto document = status(world, "2017-03-31");
    const auto& year = section(document, "fiscal_year");
    CHECK(year.title == "Fiscal year FY17, 1-Jul-2016 to 30-Jun-2017");
    CHECK(field(year, "name") == "FY17");
    CHECK(field(year, "approved") == "170000.00");
    CHECK(field(year, "remaining") == "75000.00");
    CHECK(field(year, "carried_in") == "0.00");
    CHECK(rows_shown(year.tables.at(0)).at(1) ==
          "travel | Travel | 120000.00 | 0.00 | 95000.00 | 25000.00 | 0.00 | 25000.00 | 0.00");
}

TEST_CASE("What a year's close carried forward is said of the year it came into") {
    World world;
    world.today = "2017-07-20";
    world.grant("travel", "100000", "2017-03-15", "FY17");
    world.open("travel", "40000", "2017-06-20", "2017-03-15");
    world.close("2017-06");
    CHECK(field(section(status(world, "2017-06-30"), "fiscal_year"), "carried_in") == "0.00");
    const auto after = status(world, "2017-07-01");
    CHECK(field(section(after, "fiscal_year"), "carried_in") == "40000.00");
    CHECK(field(section(after, "fiscal_year"), "approved") == "40000.00");
    CHECK(cell(section(after, "fiscal_year").tables.at(0), "travel", "carried_in") == "40000.00");
    CHECK(field(section(after, "envelope"), "unallotted") == "60000.00");
}

TEST_CASE("Without fiscal budgets a year's approved, remaining and free are absent") {
    World world({.fiscal_budget = false});
    world.grant("travel", "1000", "2017-03-15");
    world.open("travel", "400", "2017-05-15", "2017-03-15");
    const auto document = status(world, "2017-03-31");
    const auto& year = section(document, "fiscal_year");
    CHECK(field(year, "approved") == "null");
    CHECK(field(year, "remaining") == "null");
    CHECK(field(year, "free") == "null");
    CHECK(field(year, "committed") == "400.00");
    CHECK(field(section(document, "envelope"), "free") == "600.00");
}

TEST_CASE("Case 6: status is defined before the start, before the first entry and in the future") {
    World world;
    world.fill();
    const auto as_of = GENERATE("1999-12-31", "2017-03-01", "2017-03-14", "2099-01-01");
    CAPTURE(as_of);
    const auto document = status(world, as_of);
    const bool future = std::string(as_of) == "2099-01-01";
    CHECK(field(section(document, "envelope"), "approved") == (future ? "550000.00" : "0.00"));
    CHECK(field(document.body.sections[0], "as_of") == as_of);
}

TEST_CASE("Status as known at an instant leaves out what was recorded later") {
    World world;
    world.fill();
    const Instant then = world.by("olga").now;
    world.spend("travel", "100", "2017-03-20");
    const auto known = report::status(world.book, world.key, parse_date("2017-03-31"), then,
                                      report::Audience::finance);
    CHECK(field(section(known, "envelope"), "spent") == "0.00");
    CHECK(field(known.body.sections[0], "known_at") == to_text(then));
    CHECK(field(section(status(world, "2017-03-31"), "envelope"), "spent") == "100.00");
    CHECK(field(status(world, "2017-03-31").body.sections[0], "known_at") == "null");
}

TEST_CASE("Status refuses a review that does not exist") {
    World world;
    CHECK_THROWS_AS(report::status(world.book, ReviewKey::parse("SSR3"), parse_date("2017-03-31"),
                                   {}, report::Audience::finance),
                    Refused);
}

}  // namespace purser::test
