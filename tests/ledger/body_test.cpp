#include "ledger/body.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <rapidcheck.h>
#include <variant>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

using Item = std::variant<std::string, std::int64_t, Body::List>;

// All that a body says, as it is told member by member.
std::vector<std::pair<std::string, Item>> told(const Body& body) {
    std::vector<std::pair<std::string, Item>> result;
    body.each([&](std::string_view key, const auto& item) {
        if constexpr (std::is_same_v<decltype(item), const std::string_view&>) {
            result.emplace_back(key, std::string(item));
        } else {
            result.emplace_back(key, item);
        }
    });
    return result;
}

}  // namespace

TEST_CASE("A body keeps its members sorted, and leaves out what was not said") {
    const Currency usd = Currency::parse("USD");
    Body body;
    body.set("why", "b");
    body.set("amount", Money::of_minor(std::int64_t{-5}, usd));
    body.set("empty", "");
    body.set("on", parse_date("2017-06-10"));
    body.set_number("count", -2);
    body.set_list("none", {});
    body.set_list("keep", {"SSR2-C1", ""});
    body.set("why", "a");
    CHECK(told(body) == std::vector<std::pair<std::string, Item>>{
                            {"amount", "-0.05"},
                            {"count", std::int64_t{-2}},
                            {"keep", Body::List{"SSR2-C1", ""}},
                            {"on", "2017-06-10"},
                            {"why", "a"},
                        });
    CHECK(body.text("why") == "a");
    CHECK(body.text("empty").empty());
    CHECK_FALSE(body.has("empty"));
    CHECK(body.number("count") == -2);
    CHECK(body.number("none") == 0);
    CHECK(body.list("keep").size() == 2);
    CHECK(body.list("none").empty());
    CHECK(body.money("amount", usd) == Money::of_minor(std::int64_t{-5}, usd));
    CHECK(body.money("none", usd).is_zero());
    CHECK(body.day("on") == parse_date("2017-06-10"));
    CHECK_FALSE(body.day("none").has_value());
}

TEST_CASE("A member of another kind than is asked for is a damaged log") {
    Body body;
    body.set("text", "1");
    body.set_number("number", 1);
    body.set_list("list", {"1"});
    CHECK_THROWS_AS(body.number("text"), Broken);
    CHECK_THROWS_AS(body.list("number"), Broken);
    CHECK_THROWS_AS(body.text("list"), Broken);
    CHECK_THROWS_AS(body.money("number", Currency::parse("USD")), Broken);
    CHECK_THROWS_AS(body.day("list"), Broken);
}

TEST_CASE("A member can be set from the body itself, again and as another kind") {
    Body body;
    body.set("a", std::string(300, 'x'));
    body.set("b", body.text("a"));
    body.set("a", body.text("b").substr(1));
    body.set_number("b", 7);
    CHECK(body.text("a") == std::string(299, 'x'));
    CHECK(body.number("b") == 7);
    body.set("", "no key");  // nobody writes it, a damaged log might hold it
    CHECK(body.text("") == "no key");
}

TEST_CASE("Bodies are equal that say the same, however they came to say it") {
    Body one;
    one.set("a", "x");
    one.set_list("l", {"1", "2"});
    one.set_number("n", 1);
    Body other;
    other.set_number("n", 1);
    other.set("a", "long gone");
    other.set_list("l", {"3"});
    other.set_list("l", {"1", "2"});
    other.set("a", "x");
    CHECK(one == other);
    other.set_number("n", 2);
    CHECK_FALSE(one == other);
    other.set("n", "1");
    CHECK_FALSE(one == other);
    Body shorter;
    shorter.set("a", "x");
    CHECK_FALSE(one == shorter);
    CHECK_FALSE(shorter == one);
}

TEST_CASE("A body says what a map of the same members says") {
    CHECK(rc::check([] {
        const auto key = rc::gen::nonEmpty(
            rc::gen::container<std::string>(rc::gen::elementOf(std::string("abrst_"))));
        const auto steps =
            *rc::gen::container<std::vector<std::tuple<std::string, int, std::string>>>(
                rc::gen::tuple(key, rc::gen::inRange(0, 3),
                               rc::gen::nonEmpty(rc::gen::string<std::string>())));
        Body body;
        std::map<std::string, Item> model;
        for (const auto& [name, kind, value] : steps) {
            const auto number = static_cast<std::int64_t>(value.size());
            if (kind == 0) body.set(name, value);
            if (kind == 1) body.set_number(name, number);
            if (kind == 2) body.set_list(name, {value, name});
            model.insert_or_assign(name, kind == 0   ? Item(value)
                                         : kind == 1 ? Item(number)
                                                     : Item(Body::List{value, name}));
        }
        const std::vector<std::pair<std::string, Item>> wanted(model.begin(), model.end());
        RC_ASSERT(told(body) == wanted);
        const std::string other = *key;
        RC_ASSERT(body.has(other) == model.contains(other));
    }));
}
