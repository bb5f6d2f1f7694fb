#include "values/error.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace purser;

TEST_CASE("Every rule has a name of its own, in small letters") {
    std::set<std::string_view> names;
    int count = 0;
    for (; !name(static_cast<Rule>(count)).empty(); ++count) {
        const std::string_view found = name(static_cast<Rule>(count));
        CAPTURE(found);
        CHECK(found.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
        names.insert(found);
    }
    CHECK(names.size() == static_cast<std::size_t>(count));
    CHECK(names.count("over_envelope") == 1);
}

TEST_CASE("An error keeps its message and its hint") {
    const Refused refused(Rule::over_envelope, "too much", "ask for more");
    CHECK(refused.rule() == Rule::over_envelope);
    CHECK(std::string(refused.what()) == "too much");
    CHECK(refused.hint() == "ask for more");
    CHECK(BadInput("what").hint().empty());
    CHECK(Broken("disk", "look").hint() == "look");
}
