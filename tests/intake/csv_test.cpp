#include "intake/csv.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <sstream>
#include <string>
#include <vector>

#include "generated_stream.hpp"
#include "values/error.hpp"

using namespace purser;
using namespace purser::intake;
using namespace std::string_literals;

namespace {

// "2:[a][b]" for a record that starts on line 2, "2! what" for a problem there.
std::string rendered(const std::variant<Record, Problem>& item) {
    if (const auto* const problem = std::get_if<Problem>(&item)) {
        return std::to_string(problem->line) + "! " + problem->what;
    }
    const auto& record = std::get<Record>(item);
    std::string text = std::to_string(record.line) + (record.is_utf8 ? ":" : "?");
    for (const auto field : record.fields) text += '[' + std::string(field) + ']';
    return text;
}

std::vector<std::string> all_of(const std::string& bytes) {
    std::istringstream in(bytes);
    CsvReader reader(in, "a.csv");
    std::vector<std::string> items;
    while (const auto item = reader.next()) items.push_back(rendered(*item));
    CHECK_FALSE(reader.next());  // the end stays the end
    return items;
}

using Items = std::vector<std::string>;

}  // namespace

TEST_CASE("Records come with the line on which they start") {
    struct Row {
        std::string bytes;
        Items items;
    };
    const auto row = GENERATE(values<Row>({
        {"a,b\nc,d\n", {"1:[a][b]", "2:[c][d]"}},
        {"a,b\nc,d", {"1:[a][b]", "2:[c][d]"}},
        {"a,b\r\nc,d\r\n", {"1:[a][b]", "2:[c][d]"}},
        {"a,b\rc,d\r", {"1:[a][b]", "2:[c][d]"}},
        {"\xEF\xBB\xBF"
         "a,b\n",
         {"1:[a][b]"}},
        {"\xEF\xBB\xBF\"a\",b\n", {"1:[a][b]"}},
        {"a\n\n\nb\n", {"1:[a]", "4:[b]"}},
        {"a\r\n\r\nb\r\n", {"1:[a]", "3:[b]"}},
        {"a\r\rb", {"1:[a]", "3:[b]"}},
        {"\n  \n\t\na\n \n", {"4:[a]"}},
        {",\n", {"1:[][]"}},
        {"a,,\n", {"1:[a][][]"}},
        {"\"\"\n", {"1:[]"}},
        {"\"a\nb\",c\nd\n", {"1:[a\nb][c]", "3:[d]"}},
        {"\"a\r\nb\",c\r\nd\r\n", {"1:[a\r\nb][c]", "3:[d]"}},
        {"\"a\rb\",c\rd\r", {"1:[a\rb][c]", "3:[d]"}},
        {"a,\"\n\n\"\nb\n", {"1:[a][\n\n]", "4:[b]"}},
        {"\"a,b\",\"say \"\"x\"\"\"\n", {"1:[a,b][say \"x\"]"}},
        {" a , \"b\" ,c d\n", {"1:[a][b][c d]"}},
        {"\" a \"\n", {"1:[ a ]"}},
        {"Žarko Kecić,東京\n", {"1:[Žarko Kecić][東京]"}},
        {"a;b\n", {"1:[a;b]"}},
        {"", {}},
        {"\xEF\xBB\xBF", {}},
        {"\n\r\n  \n", {}},
    }));
    CAPTURE(row.bytes);
    CHECK(all_of(row.bytes) == row.items);
}

TEST_CASE("A quote out of place names its line, and reading goes on") {
    struct Row {
        std::string bytes;
        Items items;
    };
    const auto row = GENERATE(values<Row>({
        {"a\n5\" pipe,b\nc\n", {"1:[a]", "2! a quote stands in the middle of a text", "3:[c]"}},
        {"a\n\"b\"c,d\ne\n", {"1:[a]", "2! a quote stands in the middle of a text", "3:[e]"}},
        {"a\n\"b\" \"c\"\r\ne\n", {"1:[a]", "2! a quote stands in the middle of a text", "3:[e]"}},
        {"a\"\nb\"",
         {"1! a quote stands in the middle of a text",
          "2! a quote stands in the middle of a text"}},
        {"a,\"b\nc,\"d\ne\n",
         {"1! the quoted text that opens here meets a quote in the middle of line 2", "3:[e]"}},
    }));
    CAPTURE(row.bytes);
    CHECK(all_of(row.bytes) == row.items);
}

TEST_CASE("A quote that is never closed names the line where it opened") {
    const auto never = "! the quote that opens on this line is never closed"s;
    CHECK(all_of("a\n\"b") == Items{"1:[a]", "2" + never});
    CHECK(all_of("a\nb,\"c\nd\ne\n") == Items{"1:[a]", "2" + never});
    CHECK(all_of("\"a\nb\",\"c\n") == Items{"2" + never});
    CHECK(all_of("a,\"\"\"\n") == Items{"1" + never});
    CHECK(all_of("a\n\"b\"") == Items{"1:[a]", "2:[b]"});
}

TEST_CASE("A file that is not UTF-8 text is named for what it is") {
    const auto first = [](const std::string& bytes) { return all_of(bytes).front(); };
    CHECK(all_of("\xFF\xFE"
                 "a\0,\0"s) == Items{"1! a.csv is UTF-16"});
    CHECK(all_of("\xFE\xFF\0a\0,"s) == Items{"1! a.csv is UTF-16"});
    CHECK(first("a\0,\0b\0"s) == "1! a.csv is UTF-16");
    CHECK(first("\0a\0,\0b"s) == "1! a.csv is UTF-16");
    CHECK(first("PK\x03\x04 and more") == "1! a.csv is a spreadsheet, not CSV");
    CHECK(first("\xD0\xCF\x11\xE0 and more") == "1! a.csv is an old spreadsheet, not CSV");
    CHECK(first("%PDF-1.5\n") == "1! a.csv is a PDF, not CSV");
    CHECK(all_of("a,b\nc,d\ne\0f\ng\n"s) ==
          Items{"1:[a][b]", "2:[c][d]", "3! a.csv holds a NUL byte here, so it is not text"});
    CHECK(all_of("a,b\n\"c\n\0"s) ==
          Items{"1:[a][b]", "3! a.csv holds a NUL byte here, so it is not text"});
}

TEST_CASE("A record of bytes that are not text says so and the next is read") {
    CHECK(all_of("a\nKeci\xE6,b\nc\n") == Items{"1:[a]", "2?[Keci\xE6][b]", "3:[c]"});
    // Two halves of a letter in two fields are not a letter.
    CHECK(all_of("\xC3,\xA9\n") == Items{"1?[\xC3][\xA9]"});
}

TEST_CASE("Nothing changes where two chunks of the stream meet") {
    const std::string tail =
        "\"one\r\ntwo\",\"say \"\"x\"\"\", é \r\n\r\n  last,\"\",\"a\n\"\r\nx\"y\r\nend\r\n";
    const Items expected{"2:[one\r\ntwo][say \"x\"][é]", "5:[last][][a\n]",
                         "7! a quote stands in the middle of a text", "8:[end]"};
    for (std::size_t shift = 0; shift <= tail.size(); ++shift) {
        CAPTURE(shift);
        const std::string first((64U << 10U) - shift - 2, 'x');
        auto items = all_of(first + "\r\n" + tail);
        REQUIRE(items.size() == expected.size() + 1);
        items.erase(items.begin());
        CHECK(items == expected);
    }
}

TEST_CASE("A record without end does not fill the memory") {
    test::GeneratedStream in(
        "a,b\nc,\"", [](std::int64_t) { return "and so on\n"s; }, 50'000'000);
    CsvReader reader(in, "a.csv");
    CHECK(rendered(*reader.next()) == "1:[a][b]");
    CHECK(rendered(*reader.next()) == "2! the row passes 1,048,576 bytes");
    CHECK_FALSE(reader.next());
    CHECK(reader.bytes_read() < 2'000'000);
}

TEST_CASE("A long text within the limit is read whole") {
    const std::string text(1'000'000, 'x');
    const auto items = all_of("a,\"" + text + "\"\nb\n");
    REQUIRE(items.size() == 2);
    CHECK(items[0] == "1:[a][" + text + "]");
    CHECK(items[1] == "2:[b]");
}

TEST_CASE("A stream that cannot be read is broken") {
    std::istringstream in("a,b\n");
    in.setstate(std::ios::badbit);
    CsvReader reader(in, "a.csv");
    CHECK_THROWS_AS(reader.next(), Broken);
}

TEST_CASE("What is written as RFC 4180 says is read as it was") {
    using Table = std::vector<std::vector<std::string>>;
    rc::prop("read(write(x)) is x", [] {
        const auto cell = rc::gen::container<std::string>(
            rc::gen::element('a', 'b', ' ', ',', '"', '\n', '\r', '\t', ';', '='));
        const auto table = *rc::gen::container<Table>(
            rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell)));
        const auto* const end = *rc::gen::element("\n", "\r\n", "\r");
        std::string bytes;
        for (const auto& record : table) {
            for (std::size_t i = 0; i < record.size(); ++i) {
                bytes += i > 0 ? ",\"" : "\"";
                for (const char c : record[i]) bytes += c == '"' ? "\"\""s : std::string(1, c);
                bytes += '"';
            }
            bytes += end;
        }
        std::istringstream in(bytes);
        CsvReader reader(in, "a.csv");
        for (const auto& record : table) {
            const auto item = reader.next();
            RC_ASSERT(item.has_value());
            RC_ASSERT(std::holds_alternative<Record>(*item));
            const auto fields = std::get<Record>(*item).fields;
            RC_ASSERT(std::vector<std::string>(fields.begin(), fields.end()) == record);
        }
        RC_ASSERT(!reader.next().has_value());
    });

    rc::prop("any bytes at all come to an end, as records or as problems", [] {
        const auto bytes = *rc::gen::container<std::string>(
            rc::gen::element('a', ',', '"', '\n', '\r', ' ', '\xC3', '\xA9', '\0'));
        std::istringstream in(bytes);
        CsvReader reader(in, "a.csv");
        std::int64_t line = 0;
        while (const auto item = reader.next()) {
            const auto at = std::holds_alternative<Record>(*item) ? std::get<Record>(*item).line
                                                                  : std::get<Problem>(*item).line;
            RC_ASSERT(at > 0);
            RC_ASSERT(at >= line);
            line = at;
        }
    });
}
