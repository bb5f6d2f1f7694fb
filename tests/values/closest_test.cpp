#include "values/closest.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using purser::closest;
using purser::did_you_mean;

TEST_CASE("The nearest known word is at most a third of its letters away") {
    struct Row {
        const char* word;
        const char* nearest;
    };
    const std::vector<std::string> known{"travel", "professional-services", "org-support", "it"};
    const auto row = GENERATE(values<Row>({
        {"travel", "travel"},
        {"Travel", "travel"},
        {"tarvel", "travel"},  // two neighbours swapped
        {"travl", "travel"},
        {"travvel", "travel"},
        {"trovel", "travel"},
        {"troll", ""},
        {"trvl", "travel"},
        {"tvl", ""},
        {"profesional-service", "professional-services"},
        {"orgsupport", "org-support"},
        {"at", "it"},
        {"xyz", ""},
    }));
    CAPTURE(row.word);
    CHECK(closest(row.word, known) == row.nearest);
}

TEST_CASE("Of two words equally near the first is taken") {
    CHECK(closest("rate_x", {"rate_a", "rate_b"}) == "rate_a");
    CHECK(closest("rate_b", {"rate_a", "rate_b"}) == "rate_b");
}

TEST_CASE("A question names the nearest word, or the few that there are") {
    CHECK(did_you_mean("tarvel", {"travel", "services"}) == "did you mean travel?");
    CHECK(did_you_mean("catering", {"travel", "services"}) == "known: travel, services");
    CHECK(did_you_mean("catering", {}).empty());
    CHECK(did_you_mean("x1", {"a1a", "b2b", "c3c", "d4d", "e5e", "f6f", "g7g", "h8h", "i9i"})
              .empty());
    CHECK(did_you_mean(std::string(100'000, 'x'), {"travel"}) == "known: travel");
}
