#include "store/sorter.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace purser {
namespace {

using Lines = std::vector<std::string>;

Lines sorted(Sorter& sorter, bool falling) {
    Lines lines;
    sorter.each(falling, [&](std::string_view row) { lines.emplace_back(row); });
    return lines;
}

}  // namespace

TEST_CASE("Rows come by their keys, equal ones as they came, those without a key last") {
    Sorter sorter;
    sorter.add("b", "first b");
    sorter.add(std::nullopt, "none");
    sorter.add("a", "a");
    sorter.add("b", "second b");
    sorter.add("", "empty");
    CHECK(sorted(sorter, false) == Lines{"empty", "a", "first b", "second b", "none"});
    CHECK(sorted(sorter, true) == Lines{"first b", "second b", "a", "empty", "none"});
    CHECK(sorted(sorter, false).size() == 5);
}

TEST_CASE("Keys compare byte by byte, whatever is in them") {
    using namespace std::literals;
    Sorter sorter;
    sorter.add("\xff"s, "last");
    sorter.add("\0b"s, "second");
    sorter.add("\0a"s, "first");
    CHECK(sorted(sorter, false) == Lines{"first", "second", "last"});
}

TEST_CASE("A hundred thousand rows are sorted") {
    Sorter sorter;
    for (int i = 0; i < 100'000; ++i) {
        const std::string number = std::to_string(1'000'000 + i * 7919 % 100'000);
        sorter.add(number, number + std::string(80, '.'));
    }
    std::string before;
    int wrong = 0;
    int count = 0;
    sorter.each(false, [&](std::string_view row) {
        if (row < before) ++wrong;
        before = row;
        ++count;
    });
    CHECK(count == 100'000);
    CHECK(wrong == 0);
}

}  // namespace purser
