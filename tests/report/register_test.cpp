#include "report/register.hpp"

#include <catch2/catch.hpp>

#include "shown.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;
using report::Audience;
using report::RegisterFilter;

report::Document register_of(World& world, const RegisterFilter& filter = {},
                             Audience audience = Audience::finance) {
    return report::register_of(world.book, world.key, filter, audience);
}

// As text, without when and by whom it was recorded and what it was charged to.
Lines lines(const report::Document& document) {
    const auto& entries = table(document, "register");
    Lines result;
    const auto add = [&](report::Row row) {
        row.erase(row.begin() + 5, row.begin() + 9);
        result.push_back(shown(row));
    };
    entries.rows(add);
    if (entries.total) add(*entries.total);
    return result;
}

// The entries alone: "SSR2#8 travel 95000.00", with what they did to committed.
Lines committed(const report::Document& document) {
    Lines result;
    table(document, "register").rows([&](const report::Row& row) {
        result.push_back(shown(row[0]) + ' ' + shown(row[9]) + ' ' + shown(row.at(row.size() - 3)));
    });
    return result;
}

// Every row keeps the identity, and every column adds up to the total row.
void check_sums(const report::Document& document) {
    const auto& entries = table(document, "register");
    const std::size_t first = entries.columns.size() - 5;
    REQUIRE(entries.columns[first].key == "approved");
    std::vector<Money> sums;
    entries.rows([&](const report::Row& row) {
        CAPTURE(shown(row));
        std::vector<Money> amounts;
        for (std::size_t i = first; i < row.size(); ++i) {
            amounts.push_back(std::get<Money>(row[i]));
        }
        CHECK(amounts[0] == amounts[1] + amounts[2] + amounts[3] + amounts[4]);
        if (sums.empty()) sums.assign(5, Money::zero(amounts[0].currency()));
        for (std::size_t i = 0; i < 5; ++i) sums[i] += amounts[i];
    });
    for (std::size_t i = 0; i < sums.size(); ++i) {
        CAPTURE(entries.columns[first + i].key);
        CHECK(shown(entries.total->at(first + i)) == sums[i].text());
    }
}

// A year with everything in it: over-run, refusal, a release, a move, a year's close.
void play(World& world) {
    world.today = "2017-07-20";
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1", "Air Line");
    world.spend("travel", "90000", "2017-05-16", "SSR2-C1");
    world.submit("travel", "500", "2017-05-16");
    world.book.reject_expense(world.by("carl"), DocumentId::parse("SSR2-E3"), {"not needed", {}});
    world.open("services", "20000", "2017-06-10", "2017-04-01");
    world.book.amend_commitment(
        world.by("olga"), DocumentId::parse("SSR2-C2"),
        {world.money("12000"), {}, false, "smaller", parse_date("2017-05-20")});
    world.book.move(world.by("olga"), world.key,
                    {"services", "travel", world.money("1000"), "needed there",
                     FiscalYear::parse("FY17"), parse_date("2017-06-01")});
    world.spend("services", "333.33", "2017-06-30");
    world.close("2017-06");
    world.allot("travel", "7000", "FY18", "2017-07-02");
    world.submit("travel", "20.20", "2017-07-03");
}

}  // namespace

TEST_CASE("A register has a row for each category and year that an event touches") {
    World world;
    world.fill();
    world.spend("travel", "8200.75", "2017-03-20", "SSR2-C1", "Air Line");
    const auto document = register_of(world);
    CHECK(
        lines(document) ==
        Lines{"SSR2#4 | 2017-03-15 | envelope.grant | null | null | services | null | as decided | "
              "null | 200000.00 | 0.00 | 0.00 | 0.00 | 200000.00",
              "SSR2#5 | 2017-03-15 | envelope.grant | null | null | travel | null | as decided | "
              "null | 350000.00 | 0.00 | 0.00 | 0.00 | 350000.00",
              "SSR2#6 | 2017-03-15 | budget.allot | null | null | services | null | as decided | "
              "null | -50000.00 | 0.00 | 0.00 | 0.00 | -50000.00",
              "SSR2#6 | 2017-03-15 | budget.allot | null | null | services | FY17 | as decided | "
              "null | 50000.00 | 0.00 | 0.00 | 0.00 | 50000.00",
              "SSR2#7 | 2017-03-15 | budget.allot | null | null | travel | null | as decided | "
              "null | -120000.00 | 0.00 | 0.00 | 0.00 | -120000.00",
              "SSR2#7 | 2017-03-15 | budget.allot | null | null | travel | FY17 | as decided | "
              "null | 120000.00 | 0.00 | 0.00 | 0.00 | 120000.00",
              "SSR2#8 | 2017-03-15 | commitment.open | SSR2-C1 | null | travel | FY17 | two "
              "meetings | null | 0.00 | 0.00 | 95000.00 | 0.00 | -95000.00",
              "SSR2#11 | 2017-03-20 | expense.approve | SSR2-E1 | null | travel | FY17 | a hotel "
              "| Air Line | 0.00 | 8200.75 | -8200.75 | 0.00 | 0.00",
              "Total | null | null | null | null | null | null | null | null | 550000.00 | "
              "8200.75 | 86799.25 | 0.00 | 455000.00"});
}

TEST_CASE("A register's columns add up to the figures, over any span and any part") {
    World world;
    play(world);
    for (const char* from : {"", "2017-03-16", "2017-06-30", "2017-07-01", "2018-01-01"}) {
        for (const char* to : {"", "2017-03-15", "2017-06-30", "2017-07-02"}) {
            for (const char* category : {"", "travel"}) {
                for (const char* year : {"", "FY17", "FY18"}) {
                    RegisterFilter filter;
                    if (*from != '\0') filter.from = parse_date(from);
                    if (*to != '\0') filter.to = parse_date(to);
                    filter.category = category;
                    filter.year = World::year(year);
                    CAPTURE(from, to, category, year);
                    check_sums(register_of(world, filter));
                }
            }
        }
    }
}

TEST_CASE("A register's total is the status of its last day") {
    World world;
    play(world);
    for (const char* day : {"2017-03-14", "2017-03-20", "2017-06-30", "2017-07-01", "2017-07-20"}) {
        CAPTURE(day);
        RegisterFilter filter;
        filter.as_of = parse_date(day);
        const auto document = register_of(world, filter);
        const auto status =
            report::status(world.book, world.key, parse_date(day), {}, Audience::finance);
        for (const char* key : {"approved", "spent", "committed", "requested", "free"}) {
            CHECK(cell(table(document, "register"), "Total", key) ==
                  field(section(status, "envelope"), key));
        }
    }
}

TEST_CASE("A register goes by accounting date, then by recording") {
    World world;
    play(world);
    std::string before;
    std::int64_t seq_before = 0;
    table(register_of(world), "register").rows([&](const report::Row& row) {
        const std::string day = shown(row[1]);
        const std::int64_t seq = std::stoll(shown(row[0]).substr(5));
        CHECK((day > before || (day == before && seq >= seq_before)));
        before = day;
        seq_before = seq;
    });
}

TEST_CASE("What an entry is about is said, though the log says it elsewhere") {
    World world;
    play(world);
    RegisterFilter filter;
    filter.from = parse_date("2017-05-16");  // E1 was submitted before
    std::map<std::string, std::string> said;
    table(register_of(world, filter), "register").rows([&](const report::Row& row) {
        said[shown(row[2])] = shown(row[11]);
    });
    CHECK(said["expense.reject"] == "a hotel (not needed)");
    CHECK(said["commitment.amend"] == "two meetings (smaller)");
    CHECK(said["year.close"] == "close of FY17");
    CHECK(said["budget.move"] == "needed there");
}

TEST_CASE("An expense that is decided after the span began is known by the book") {
    World world;
    world.today = "2017-05-20";
    world.fill();
    const Receipt asked = world.submit("travel", "500", "2017-03-20", {}, "Air Line");
    world.close("2017-04");
    world.book.approve_expense(world.by("carl"), DocumentId::parse(asked.id), {});
    RegisterFilter filter;
    filter.from = parse_date("2017-05-01");
    const auto lines = rows_shown(table(register_of(world, filter), "register"));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("a hotel | Air Line | 0.00 | 500.00") != std::string::npos);
    check_sums(register_of(world, filter));
}

TEST_CASE("A register as known at an instant leaves out what was recorded later") {
    World world;
    world.fill();
    RegisterFilter filter;
    filter.known_at = world.by("olga").now;
    const auto before = rows_shown(table(register_of(world), "register"));
    world.spend("travel", "10", "2017-03-20");
    CHECK(rows_shown(table(register_of(world, filter), "register")) == before);
}

TEST_CASE("What is recorded while a register is being written stays out of it") {
    World world;
    world.fill();
    const auto document = register_of(world);
    world.spend("travel", "10", "2017-03-20");
    check_sums(document);
}

TEST_CASE("Only finance reads payees, the public reads no entries", "[DOMAIN 4.13]") {
    World world;
    world.fill();
    world.spend("travel", "10", "2017-03-20", {}, "A. Traveller");
    CHECK(keys(table(register_of(world, {}, Audience::chair), "register")) ==
          Lines{"event", "posted_on", "act", "id", "document_date", "recorded_at", "actor",
                "meeting", "work_item", "category", "fiscal_year", "what", "approved", "spent",
                "committed", "requested", "free"});
    for (const auto& line :
         rows_shown(table(register_of(world, {}, Audience::chair), "register"))) {
        CHECK(line.find("Traveller") == std::string::npos);
    }
    CHECK_THROWS_AS(register_of(world, {}, Audience::public_), Refused);
}

TEST_CASE("A register refuses a category that the review does not have") {
    World world;
    RegisterFilter filter;
    filter.category = "travle";
    CHECK_THROWS_AS(register_of(world, filter), Refused);
}

TEST_CASE("A register shows what is asked for, and its totals are of that alone") {
    World world;
    play(world);
    const Currency usd = Currency::parse("USD");
    RegisterFilter act;
    act.act = "expense.approve";
    RegisterFilter noun;
    noun.act = "expense";
    RegisterFilter actor;
    actor.actor = "sue";
    RegisterFilter role;
    role.role = Role::chair;
    RegisterFilter text;
    text.text = "NEEDED";
    RegisterFilter id;
    id.document = DocumentId::parse("SSR2-E3");
    RegisterFilter commitment;
    commitment.document = DocumentId::parse("SSR2-C1");
    RegisterFilter size;
    size.min = Money::parse("333.33", usd);
    size.max = Money::parse("500.00", usd);
    RegisterFilter payee;
    payee.payee = "air";
    RegisterFilter together = act;
    together.category = "travel";
    together.text = "hotel";
    together.role = Role::chair;
    together.from = parse_date("2017-05-01");
    RegisterFilter nothing = together;
    nothing.actor = "olga";
    const std::vector<std::pair<RegisterFilter, std::size_t>> rows{
        {act, 3},        {noun, 8}, {actor, 4}, {role, 4},     {text, 3},   {id, 2},
        {commitment, 4}, {size, 4}, {payee, 1}, {together, 1}, {nothing, 0}};
    for (const auto& [filter, count] : rows) {
        const auto document = register_of(world, filter);
        const auto shown = lines(document);
        CAPTURE(shown);
        CHECK(shown.size() == count + 1);
        CHECK(field(document.body, "only") != "none");
        CHECK(document.body.notes.size() == 1);
        check_sums(document);
    }
    CHECK(field(register_of(world, together).body, "only") ==
          "category travel, act expense.approve, by role chair, text with hotel");
}

TEST_CASE("A register is filtered by the meeting and the work item that an expense is charged to") {
    World world;
    world.fill();
    ExpenseDraft draft{
        "travel", world.money("70"), "a hotel", parse_date("2017-03-20"), {}, {}, {}, {}, {},
        {},       "Madrid",          "WS1"};
    const Receipt asked = world.book.submit_expense(world.by("sue"), world.key, draft, {});
    world.spend("travel", "10", "2017-03-20");
    world.book.approve_expense(world.by("carl"), DocumentId::parse(asked.id), {});
    RegisterFilter filter;
    filter.meeting = "madrid";
    CHECK(lines(register_of(world, filter)).size() == 3);
    filter.work_item = "WS2";
    CHECK(lines(register_of(world, filter)).size() == 1);
}

TEST_CASE("What a register cannot be filtered by is said with what is near") {
    World world;
    world.fill();
    const auto refuses = [&](const RegisterFilter& filter, Audience audience) {
        CHECK_THROWS_AS(register_of(world, filter, audience), Refused);
    };
    RegisterFilter filter;
    filter.actor = "slue";
    refuses(filter, Audience::finance);
    filter = {};
    filter.document = DocumentId::parse("SSR2-E99");
    refuses(filter, Audience::finance);
    filter = {};
    filter.payee = "Air";
    refuses(filter, Audience::chair);
    filter = {};
    filter.act = "expense.aprove";
    CHECK_THROWS_WITH(register_of(world, filter), "'expense.aprove' is no act");
    filter = {};
    filter.min = world.money("2");
    filter.max = world.money("1");
    CHECK_THROWS_WITH(register_of(world, filter), "1.00 is less than 2.00");
}

TEST_CASE("A chair's register has no amounts of single contracts, in no row, total or search") {
    World world;
    world.fill();
    world.book.open_commitment(
        world.by("olga"), world.key,
        {"services", world.money("64000"), "gap analysis", CommitmentKind::contract,
         parse_date("2017-06-01"), false, parse_date("2017-03-20")});
    world.spend("services", "1000", "2017-03-25", "SSR2-C2");
    RegisterFilter filter;
    filter.from = parse_date("2017-03-15");
    filter.category = "services";
    filter.year = FiscalYear::parse("FY17");
    const auto chair = register_of(world, filter, Audience::chair);
    CHECK(committed(chair) ==
          Lines{"SSR2#6 services 0.00", "SSR2#9 services null", "SSR2#11 services null"});
    CHECK(cell(table(chair, "register"), "Total", "committed") == "0.00");
    CHECK(chair.body.notes.size() == 2);
    filter.min = world.money("1");
    CHECK(committed(register_of(world, filter, Audience::chair)).size() == 1);
    CHECK(committed(register_of(world, filter)).size() == 3);
}

TEST_CASE("Events that move no money have no effects") {
    World world;
    world.fill();
    std::size_t with = 0;
    std::size_t without = 0;
    world.book.each_event(world.key, {}, [&](const StoredEvent& stored) {
        ++(report::effects(stored.event).empty() ? without : with);
    });
    CHECK(with == 5);
    CHECK(without == 3);  // the review and two categories
}

}  // namespace purser::test
