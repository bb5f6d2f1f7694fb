#include "report/journal.hpp"

#include <catch2/catch.hpp>

#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

// "expense.approve SSR2-E1 against SSR2-C1", of each transaction of an expense.
std::vector<std::string> tagged(World& world) {
    std::vector<std::string> lines;
    const auto journal = report::journal(world.book, world.key, false);
    journal.transactions([&](const report::Transaction& transaction) {
        if (!transaction.description.starts_with("expense.")) return;
        lines.push_back(transaction.description);
        for (const auto& [key, value] : transaction.tags) {
            if (key == "commitment") lines.back() += " against " + value;
        }
    });
    return lines;
}

}  // namespace

TEST_CASE("A journal tags an expense with the commitment that it was against then") {
    World world;
    world.fill();
    world.open("travel", "5000", "2017-05-15", "2017-03-15");
    for (int i = 0; i < 3; ++i) world.submit("travel", "100", "2017-03-20", "SSR2-C1");
    AmendExpense other{"the other meeting", parse_date("2017-03-25")};
    other.commitment = DocumentId::parse("SSR2-C2");
    world.book.amend_expense(world.by("sue"), DocumentId::parse("SSR2-E1"), other, {});
    AmendExpense none{"of no meeting", parse_date("2017-03-25")};
    none.direct = true;
    world.book.amend_expense(world.by("sue"), DocumentId::parse("SSR2-E2"), none, {});
    for (const char* id : {"SSR2-E1", "SSR2-E2", "SSR2-E3"}) {
        world.book.approve_expense(world.by("carl"), DocumentId::parse(id), {});
    }
    const auto lines = tagged(world);
    const auto has = [&](const char* line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    CHECK(has("expense.approve SSR2-E1 against SSR2-C2"));
    CHECK(has("expense.approve SSR2-E2"));
    CHECK(has("expense.approve SSR2-E3 against SSR2-C1"));
    CHECK_FALSE(has("expense.approve SSR2-E1 against SSR2-C1"));
}
