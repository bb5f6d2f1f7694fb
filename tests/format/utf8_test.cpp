#include "format/utf8.hpp"

#include <catch2/catch.hpp>

namespace purser::format {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("Width is what a terminal shows, not bytes") {
    CHECK(width("") == 0);
    CHECK(width("Travel") == 6);
    CHECK(width("Žarko Kecić") == 11);
    CHECK(width("e\xCC\x81") == 1);  // a combining acute
    CHECK(width("王小明") == 6);
    CHECK(width("💶") == 2);
    CHECK(width("\xFF") == 1);
}

TEST_CASE("Text breaks at spaces, keeps line feeds, and cuts a word that is too long") {
    CHECK(wrap("", 5) == Lines{""});
    CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
    CHECK(wrap("one two three", 8) == Lines{"one two", "three"});
    CHECK(wrap("one\n\ntwo", 9) == Lines{"one", "", "two"});
    CHECK(wrap("abcdefgh", 3) == Lines{"abc", "def", "gh"});
    CHECK(wrap("a abcdefgh b", 3) == Lines{"a", "abc", "def", "gh", "b"});
    CHECK(wrap("王小明", 4) == Lines{"王小", "明"});
    CHECK(wrap("王", 1) == Lines{"王"});
    CHECK(wrap("a\tb", 9) == Lines{"a b"});
}

TEST_CASE("What is not UTF-8 or steers a terminal is replaced") {
    CHECK(clean("Žarko\n\tKecić") == "Žarko\n\tKecić");
    CHECK(clean("\x1B[31mred") == "\xEF\xBF\xBD[31mred");
    CHECK(clean("a\xFF"
                "b") ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(clean("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD");          // overlong
    CHECK(clean("\xE0\x80\xAF").find('\xAF') == std::string::npos);  // overlong
    CHECK(clean("\xED\xA0\x80").find('\xED') == std::string::npos);  // a surrogate
    CHECK(clean("\xE7\x8E") == "\xEF\xBF\xBD\xEF\xBF\xBD");          // ends early
    CHECK(clean("\xC2\x9B"
                "31m") ==
          "\xEF\xBF\xBD"
          "31m");  // another escape
    CHECK(clean(std::string_view("a\0b", 3)) ==
          "a\xEF\xBF\xBD"
          "b");
}

TEST_CASE("Padding fills to the width") {
    CHECK(pad("a", 3, Align::left) == "a  ");
    CHECK(pad("a", 3, Align::right) == "  a");
    CHECK(pad("a", 4, Align::centre, "-") == "-a--");
    CHECK(pad("王", 3, Align::right) == " 王");
    CHECK(pad("long", 2, Align::right) == "long");
}

}  // namespace
}  // namespace purser::format
