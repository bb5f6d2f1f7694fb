#include "report/sorting.hpp"

#include <catch2/catch.hpp>

#include "shown.hpp"
#include "values/error.hpp"
#include "values/refusal.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;
using report::Document;
using report::Row;
using report::Value;

// A list with one column of these values.
Document list(std::vector<Value> values) {
    report::Table table;
    table.key = "list";
    table.primary = true;
    report::Column column;
    column.key = "amount";
    column.title = "Amount";
    table.columns = {column};
    std::vector<Row> rows;
    for (Value& value : values) rows.push_back({std::move(value)});
    table.rows = report::rows_of(std::move(rows));
    table.total = Row{std::string("Total")};
    Document document(report::Audience::finance);
    document.body.sections.emplace_back();
    document.body.sections.back().tables.push_back(std::move(table));
    return document;
}

Lines sorted(std::vector<Value> values, const std::string& by = "amount") {
    Document document = report::sorted(list(std::move(values)), report::parse_sorting(by));
    return rows_shown(*report::list_of(document.body));
}

Value text(const char* text) { return std::string(text); }
Value money(std::int64_t minor, const char* code = "USD") {
    return Money::of_minor(minor, Currency::parse(code));
}

}  // namespace

TEST_CASE("A list stands by value: texts with numbers in them, money, days, counts, truths") {
    CHECK(sorted({text("SSR2-E10"), text("SSR2-E9"), text("CCT-E11"), text("SSR2-E010")}) ==
          Lines{"CCT-E11", "SSR2-E9", "SSR2-E10", "SSR2-E010", "Total"});
    CHECK(sorted({text("beta"), text("Alpha"), text(""), text("alpha")}) ==
          Lines{"", "Alpha", "alpha", "beta", "Total"});
    CHECK(sorted({money(900), money(-1), money(10'000), money(0), money(-500)}) ==
          Lines{"-5.00", "-0.01", "0.00", "9.00", "100.00", "Total"});
    CHECK(sorted({money(1), money(INT64_MAX), money(INT64_MIN + 1)}) ==
          Lines{"-92233720368547758.07", "0.01", "92233720368547758.07", "Total"});
    CHECK(sorted({money(5, "USD"), money(900, "EUR"), money(4, "USD")}) ==
          Lines{"9.00", "0.04", "0.05", "Total"});
    CHECK(sorted({parse_date("2017-10-01"), parse_date("2017-09-30")}) ==
          Lines{"2017-09-30", "2017-10-01", "Total"});
    CHECK(sorted({std::int64_t{10}, std::int64_t{9}, std::int64_t{-2}}) ==
          Lines{"-2", "9", "10", "Total"});
    CHECK(sorted({true, false}) == Lines{"false", "true", "Total"});
    CHECK(sorted({std::vector<std::string>{"b"}, std::vector<std::string>{"a", "c"}}) ==
          Lines{"a, c", "b", "Total"});
}

TEST_CASE("What is absent stands at the end, whichever way the list falls") {
    CHECK(sorted({Value(), money(2), money(1)}) == Lines{"0.01", "0.02", "null", "Total"});
    CHECK(sorted({Value(), money(1), money(2)}, "-amount") ==
          Lines{"0.02", "0.01", "null", "Total"});
}

TEST_CASE("A list that is sorted can be read again") {
    Document document =
        report::sorted(list({text("Žarko\nKecić"), text("a")}), report::parse_sorting("amount"));
    const report::Table& table = *report::list_of(document.body);
    CHECK(rows_shown(table) == Lines{"a", "Žarko\nKecić", "Total"});
    CHECK(rows_shown(table) == Lines{"a", "Žarko\nKecić", "Total"});
}

TEST_CASE("A column that a list does not have is refused with the nearest") {
    CHECK(refusal([] { sorted({}, "amuont"); }) ==
          "'amuont' is no column of this list | did you mean amount?");
    CHECK(refusal([] {
              static_cast<void>(report::sorted(Document(report::Audience::finance),
                                               report::parse_sorting("amount")));
          }) == "this is no list that can be sorted");
}

}  // namespace purser::test
