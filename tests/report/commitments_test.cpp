#include <catch2/catch.hpp>

#include "shown.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

report::Document commitments(World& world, const std::string& as_of,
                             std::optional<Instant> known_at = {}) {
    report::CommitmentFilter filter;
    if (!as_of.empty()) filter.as_of = parse_date(as_of);
    filter.known_at = known_at;
    return report::commitments(world.book, world.key, parse_date(world.today), filter,
                               report::Audience::finance);
}

void amend(World& world, const char* id, const std::string& amount, const char* on) {
    world.book.amend_commitment(world.by("olga"), DocumentId::parse(id),
                                {world.money(amount), {}, false, "as agreed", parse_date(on)});
}

// An over-run that a later act of an earlier day makes smaller, claims, a proposal and its
// confirmation, a year's close in which one commitment lapses and one is kept.
void play(World& world) {
    world.today = "2017-07-20";
    world.fill();
    world.set("year-end.commitments", "lapse");
    world.spend("travel", "96500", "2017-05-16", "SSR2-C1");
    amend(world, "SSR2-C1", "98000", "2017-04-10");
    world.open("services", "2000", "2017-06-10", "2017-04-01");
    world.spend("services", "300.10", "2017-04-20", "SSR2-C2");
    world.submit("services", "250", "2017-05-01", "SSR2-C2");
    world.open("services", "700", "2017-08-10", "2017-04-02", true);
    world.book.confirm_commitment(world.by("carl"), DocumentId::parse("SSR2-C3"),
                                  world.money("800"), {{}, parse_date("2017-04-20")});
    world.open("travel", "450", "2017-06-29", "2017-06-01");
    world.book.close_month(world.by("olga"), world.key, Month::parse("2017-06"),
                           {DocumentId::parse("SSR2-C3")});
    world.spend("services", "100", "2017-07-10", "SSR2-C3");
}

}  // namespace

TEST_CASE("On every day the rests of the commitments add up to what is committed") {
    World world;
    play(world);
    for (Date day = parse_date("2017-03-10"); day <= parse_date(world.today); day = next_day(day)) {
        const auto document = commitments(world, to_text(day));
        CAPTURE(to_text(day));
        const Money committed = world.book.figures(world.key, day, {}).envelope().committed;
        const auto& list = table(document, "commitments");
        CHECK((list.total ? cell(list, "Total", "rest") : "0.00") == committed.text());
    }
}

TEST_CASE("Folded from the log the commitments are as their rows say") {
    World world;
    play(world);
    const auto now = rows_shown(table(commitments(world, world.today), "commitments"));
    CHECK(now == rows_shown(table(commitments(world, ""), "commitments")));
    const Instant late = parse_instant("2017-07-21T00:00:00Z");
    CHECK(now == rows_shown(table(commitments(world, world.today, late), "commitments")));
    CHECK(now.size() == 5);  // with the total
}

TEST_CASE("As known at an instant, what was recorded later is not there") {
    World world;
    world.fill();
    const Instant then = world.by("olga").now;
    world.close("2017-02");
    world.spend("travel", "500", "2017-03-20", "SSR2-C1");
    CHECK(cell(table(commitments(world, "", then), "commitments"), "SSR2-C1", "used") == "0.00");
    CHECK(cell(table(commitments(world, ""), "commitments"), "SSR2-C1", "used") == "500.00");
}

}  // namespace purser::test
