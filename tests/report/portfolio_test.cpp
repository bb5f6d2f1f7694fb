#include <catch2/catch.hpp>

#include "shown.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

ReviewKey open_more(World& world, const char* key, const char* currency, const char* amount) {
    const ReviewKey other = ReviewKey::parse(key);
    const Currency of = Currency::parse(currency);
    world.book.open_review(
        world.by("olga"), {other, "Another", parse_date("2017-03-10"), parse_date("2018-03-01"), of,
                           7, true, parse_date("2017-03-10")});
    world.book.add_category(world.by("olga"), other, {"travel", "Travel", false, {}});
    world.book.grant(
        world.by("olga"), other,
        {"travel", Money::parse(amount, of), "as decided", {}, parse_date("2017-03-20")});
    return other;
}

}  // namespace

TEST_CASE("Reviews stand side by side, and different currencies are never added") {
    World world;
    world.fill();
    const Instant before = world.by("olga").now;
    const ReviewKey atrt = open_more(world, "ATRT3", "USD", "1000.50");
    const ReviewKey jp = open_more(world, "JP1", "JPY", "70000");
    const std::vector<ReviewKey> all{atrt, jp, world.key};
    const auto ask = [&](const std::vector<ReviewKey>& keys, const std::string& as_of,
                         std::optional<Instant> known_at = {}) {
        return report::portfolio(world.book, keys, parse_date(as_of), known_at,
                                 report::Audience::finance);
    };
    auto document = ask(all, "2017-03-31");
    CHECK(rows_shown(table(document, "reviews")) ==
          Lines{"JP1 | Another | running | JPY | 70000 | 0 | 0 | 70000 | 0 | 70000 | 0 | null",
                "ATRT3 | Another | running | USD | 1000.50 | 0.00 | 0.00 | 1000.50 | 0.00 | "
                "1000.50 | 0.00 | null",
                "SSR2 | Second Review | running | USD | 550000.00 | 0.00 | 95000.00 | 455000.00 | "
                "0.00 | 455000.00 | 0.00 | null"});
    CHECK(rows_shown(table(document, "totals")) ==
          Lines{"JPY | 1 | 70000 | 0 | 0 | 70000 | 0 | 70000",
                "USD | 2 | 551000.50 | 0.00 | 95000.00 | 456000.50 | 0.00 | 456000.50"});
    // Of an earlier day, and as known when two of them were not open yet.
    document = ask(all, "2017-03-14");
    CHECK(cell(table(document, "totals"), "USD", "approved") == "0.00");
    document = ask(all, "2017-03-31", before);
    CHECK(rows_shown(table(document, "totals")) ==
          Lines{"USD | 1 | 550000.00 | 0.00 | 95000.00 | 455000.00 | 0.00 | 455000.00"});
    document = ask({}, "2017-03-31");
    CHECK(rows_shown(table(document, "reviews")).empty());
    CHECK(table(document, "reviews").empty_text == "No review.");
}

}  // namespace purser::test
