#include <catch2/catch.hpp>

#include "samples.hpp"

namespace purser::format::test {
namespace {

using Record = std::vector<std::string>;

// RFC 4180, read strictly.
std::vector<Record> parsed(const std::string& text) {
    std::vector<Record> records(1, Record(1));
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& field = records.back().back();
        const char c = text[i];
        if (quoted) {
            if (c != '"') {
                field += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                field += text[++i];
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            REQUIRE(field.empty());
            quoted = true;
        } else if (c == ',') {
            records.back().emplace_back();
        } else if (c == '\r') {
            REQUIRE(text.at(++i) == '\n');
            records.emplace_back(1);
        } else {
            REQUIRE(c != '\n');
            field += c;
        }
    }
    REQUIRE_FALSE(quoted);
    REQUIRE(records.back() == Record{""});
    records.pop_back();
    return records;
}

TEST_CASE("The primary table with its keys, exact amounts and the total") {
    CHECK(written(usual_sheet(), Format::csv) ==
          "category,title,approved,spent,committed,remaining\r\n"
          "services,The services,200000.00,1234.50,0.00,198765.50\r\n"
          "travel,The travel,350000.00,351250.40,-0.40,-1250.00\r\n"
          "total,The total,550000.00,352484.90,-0.40,197515.50\r\n");
}

TEST_CASE("Every text comes back, and none is a formula", "[DOMAIN 6.13]") {
    const std::vector<Record> records =
        parsed(written(document_of_texts(hostile_texts), Format::csv));
    REQUIRE(records.size() == hostile_texts.size() + 1);
    CHECK(records[0] == Record{"why"});
    for (std::size_t i = 0; i < hostile_texts.size(); ++i) {
        const std::string& text = hostile_texts[i];
        const bool formula = !text.empty() && contains("=+-@\t\r", text.substr(0, 1));
        CHECK(records[i + 1] == Record{formula ? '\'' + text : text});
    }
}

TEST_CASE("Amounts below zero, days, absent and listed values in CSV") {
    const Document document =
        document_of({{.key = "a", .title = ""},
                     {.key = "b", .title = ""},
                     {.key = "c", .title = ""},
                     {.key = "d", .title = ""}},
                    {{money("-0.05"), Value{parse_date("2017-03-14")}, Value{},
                      Value{std::vector<std::string>{"=a", "b,c"}}}});
    CHECK(written(document, Format::csv) == "a,b,c,d\r\n-0.05,2017-03-14,,\"'=a; b,c\"\r\n");
}

TEST_CASE("A document without tables is its fields in CSV") {
    Document document(report::Audience::finance);
    document.body.fields = {{"review", "Review", Value{std::string("SSR2")}},
                            {"", "not for programs", Value{std::string("x")}}};
    CHECK(written(document, Format::csv) == "field,value\r\nreview,SSR2\r\n");
}

}  // namespace
}  // namespace purser::format::test
