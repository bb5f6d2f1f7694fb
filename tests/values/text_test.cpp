#include "values/text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

TEST_CASE("No byte that commands a terminal or ends a text is part of a text") {
    // Each of them, alone, at the beginning, within, at the end, and of C1 in its two bytes.
    for (int byte = 0; byte < 0x100; ++byte) {
        const bool is_c1 = byte >= 0x80;
        if (byte >= 0xA0) break;
        std::string one(1, static_cast<char>(byte));
        if (is_c1) one.insert(0, 1, '\xC2');
        const bool is_line = one == "\n" || one == "\r" || one == "\t";
        const bool is_control = byte < 0x20 || byte >= 0x7F;
        CAPTURE(byte);
        for (const std::string& text : {one, one + "a", "finance" + one + "x", "a" + one}) {
            const std::string line = refusal([&] { require_plain(text, "field"); });
            const std::string lines =
                refusal([&] { require_plain(text, "field", TextLines::several); });
            CHECK(line.empty() == !is_control);
            CHECK(lines.empty() == (!is_control || is_line));
            CHECK(
                line.find(is_line ? "holds a line break or a tab" : "holds a control character") ==
                (is_control ? std::string("the field ").size() : std::string::npos));
        }
    }
}

TEST_CASE("Letters of all languages are text, half of one is none") {
    CHECK_NOTHROW(require_plain("", "field"));
    CHECK_NOTHROW(require_plain("Žarko Kecić, 東京, \u00A0\u00FF\u2013 \U0001F4B6", "field"));
    for (const std::string text :
         {"Keci\xE6", "\xC2", "\xC2 ", "\xED\xA0\x80", "\xFF", "\xC0\x80"}) {
        CHECK(refusal([&] { require_plain(text, "field"); }) ==
              "the field is not valid UTF-8 | save the file or the terminal's text as UTF-8");
    }
}

TEST_CASE("Free text keeps its words, lines and letters") {
    CHECK(parse_text("Hotel in Copenhagen", "reason") == "Hotel in Copenhagen");
    CHECK(parse_text("  \n Hotel \t\r\n", "reason") == "Hotel");
    CHECK(parse_text("", "reason").empty());
    CHECK(parse_text(" \r\n\t ", "reason").empty());
    CHECK(parse_text("Žarko Kecić, 東京", "payee") == "Žarko Kecić, 東京");
    CHECK(parse_text("=1+1", "payee") == "=1+1");
    CHECK(parse_text("one\r\ntwo\rthree\nfour", "reason") == "one\ntwo\nthree\nfour");
    CHECK(parse_text("one\r\n\r\ntwo\r\rthree", "reason") == "one\n\ntwo\n\nthree");
    CHECK(parse_text("a\tb", "reason") == "a\tb");
    CHECK(parse_text(std::string(4000, 'x'), "reason").size() == 4000);
}

TEST_CASE("Text that is not text is refused") {
    CHECK(refusal([] { parse_text("Keci\xE6", "payee"); }) ==
          "the payee is not valid UTF-8 | save the file or the terminal's text as UTF-8");
    CHECK(refusal([] { parse_text("a\x1b[2J", "payee"); }) ==
          "the payee holds a control character");
    CHECK(refusal([] { parse_text(std::string(4001, 'x'), "reason"); }) ==
          "the reason has 4001 bytes, 4,000 at most");
    CHECK_THROWS_AS(parse_text(std::string_view("a\0b", 3), "payee"), BadInput);
    CHECK_THROWS_AS(parse_text("a\x7f", "payee"), BadInput);
    CHECK_THROWS_AS(parse_text("\xC3", "payee"), BadInput);
    CHECK_THROWS_AS(parse_text("\xED\xA0\x80", "payee"), BadInput);  // half a surrogate pair
}
