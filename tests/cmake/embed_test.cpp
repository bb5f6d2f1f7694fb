#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/sample.hpp"

namespace sample = purser::embedded::sample;

TEST_CASE("An embedded file is the file, byte for byte") {
    const auto path = GENERATE("plain.txt", "bytes.bin", "empty.txt");
    CAPTURE(path);
    std::ifstream file(std::string(PURSER_SOURCE "/tests/cmake/sample/") + path, std::ios::binary);
    REQUIRE(file);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CHECK(sample::file(path) == bytes);
}

TEST_CASE("An embedded file has its digest") {
    CHECK(sample::digest("empty.txt") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sample::digest("plain.txt") ==
          "60cc59a4f797de621fd10a9dd0a5b422bf0ff0b53220736ca9618cb9743e9a38");
}

TEST_CASE("Embedded files are listed by prefix, sorted") {
    using Names = std::vector<std::string_view>;
    CHECK(sample::names() == Names{"bytes.bin", "empty.txt", "plain.txt"});
    CHECK(sample::names("p") == Names{"plain.txt"});
    CHECK(sample::names("none/").empty());
}
