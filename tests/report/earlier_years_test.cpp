// What a sheet of a new fiscal year says of money from the years before it.
#include <catch2/catch.hpp>

#include "shown.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

std::string note(const report::Document& sheet, const std::string& words) {
    return note_with(section(sheet, "financial"), words);
}

RefundExpense refund(World& world, const char* amount, const char* on) {
    return {world.money(amount), {}, "cancelled", parse_date(on)};
}

}  // namespace

TEST_CASE(
    "A refund of an earlier year lowers what the year has spent, and the sheet says by how much",
    "[DOMAIN 3][MODEL 2 refund]") {
    World world;
    world.fill();
    world.today = "2017-06-30";
    world.spend("travel", "1000", "2017-03-20");
    world.spend("travel", "300", "2017-04-20");
    world.today = "2017-08-20";
    world.close("2017-06");
    world.spend("travel", "500", "2017-07-10");
    const auto id = [&](int number) {
        return DocumentId{world.key, DocumentKind::expense, number};
    };
    world.book.refund_expense(world.by("olga"), id(1), refund(world, "200.25", "2017-07-20"));
    const Instant then = world.by("olga").now;
    world.book.reverse_expense(world.by("olga"), id(2), {"not ours", parse_date("2017-08-01")});
    world.book.refund_expense(world.by("olga"), id(3), refund(world, "7", "2017-08-02"));

    CHECK(note(world.sheet("2017-06-30"), "refunds").empty());
    CHECK(note(world.sheet("2017-07-19"), "refunds").empty());
    CHECK(note(world.sheet("2017-07-20"), "refunds of earlier years of 200.25 USD") != "");
    CHECK(note(world.sheet("2017-08-20"), "refunds of earlier years of 500.25 USD") != "");
    CHECK(cell(table(world.sheet("2017-08-20"), "rows"), "travel", "fy_spent") == "-7.25");
    const auto known = report::fact_sheet(world.book, world.key, parse_date("2017-08-20"), then,
                                          parse_date(world.today), report::Audience::finance);
    CHECK(note(known, "refunds of earlier years of 200.25 USD") != "");
    world.set("layout", "envelope");
    CHECK(note(world.sheet("2017-08-20"), "refunds").empty());
}

TEST_CASE("What is carried with open commitments and what is requested are told apart",
          "[DOMAIN 3][MODEL 2 close documents][MODEL 2 close commitments]") {
    World world;
    world.fill();
    world.today = "2017-06-30";
    world.submit("travel", "70", "2017-06-20");
    world.today = "2017-07-20";
    world.close("2017-06");
    CHECK(note(world.sheet("2017-07-01"),
               "includes 95,070.00 USD carried forward from FY17 with open commitments and what is "
               "requested") != "");
    CHECK(note(world.sheet("2017-06-30"), "carried forward").empty());
}

}  // namespace purser::test
