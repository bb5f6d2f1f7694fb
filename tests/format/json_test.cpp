#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "samples.hpp"

namespace purser::format::test {
namespace {

using nlohmann::json;

TEST_CASE("A section is an object, a table an array, the total its last element") {
    const json sheet = json::parse(written(usual_sheet(), Format::json));
    CHECK(sheet["review"] == "SSR2");
    CHECK(sheet["as_of"] == "2017-03-14");
    CHECK(sheet["site"].is_null());
    CHECK(sheet["open"] == true);
    CHECK(sheet.size() == 5);  // no member for the chair, whose key is ""
    const json& rows = sheet["financial"]["rows"];
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].dump() == R"({"approved":"350000.00","category":"travel","committed":"-0.40",)"
                            R"("remaining":"-1250.00","spent":"351250.40","title":"The travel"})");
    CHECK(rows[2]["category"] == "total");
    CHECK(sheet["financial"]["notes"][1] ==
          json{{"marker", 2}, {"text", "As of one day."}, {"columns", {"spent", "committed"}}});
    CHECK_FALSE(sheet["financial"].contains("register"));
}

TEST_CASE("Members keep the order of the document") {
    const std::string text = written(usual_sheet(), Format::json);
    CHECK(text.find("\"review\"") < text.find("\"financial\""));
    CHECK(text.find("\"category\"") < text.find("\"title\""));
}

TEST_CASE("Every text comes back from JSON") {
    const json rows = json::parse(written(document_of_texts(hostile_texts), Format::json))["rows"];
    REQUIRE(rows.size() == hostile_texts.size());
    for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i]["why"] == hostile_texts[i]);
}

TEST_CASE("Text that is not UTF-8 still makes valid JSON") {
    const std::string text = written(document_of_texts({"a\xFF"
                                                        "b"}),
                                     Format::json);
    CHECK(json::parse(text)["rows"][0]["why"] ==
          "a\xEF\xBF\xBD"
          "b");
}

TEST_CASE("Amounts are strings with the currency's decimals, counts numbers, lists arrays") {
    const Document document =
        document_of({{.key = "yen", .title = ""},
                     {.key = "dinar", .title = ""},
                     {.key = "n", .title = "", .type = Type::count},
                     {.key = "list", .title = ""},
                     {.key = "", .title = "for people"}},
                    {{Value{Money::parse("1234", Currency::parse("JPY"))},
                      Value{Money::parse("1.5", Currency::parse("KWD"))}, Value{std::int64_t{-3}},
                      Value{std::vector<std::string>{"a", "\""}}, Value{true}}});
    const json row = json::parse(written(document, Format::json))["rows"][0];
    CHECK(row == json{{"yen", "1234"}, {"dinar", "1.500"}, {"n", -3}, {"list", {"a", "\""}}});
}

TEST_CASE("A section without a key lends its tables and notes to the one around it") {
    Document document = document_of_texts({});
    Section people;
    people.title = "Section I: People";
    people.tables.push_back(document.body.tables[0]);
    people.tables[0].key = "people";
    people.notes = {{"Staff time is not counted.", {}}};
    document.body.notes = {{"First.", {"why"}}};
    document.body.sections.push_back(people);
    const json sheet = json::parse(written(document, Format::json));
    CHECK(sheet["people"] == json::array());
    REQUIRE(sheet["notes"].size() == 2);
    CHECK(sheet["notes"][1]["text"] == "Staff time is not counted.");
}

}  // namespace
}  // namespace purser::format::test
