#include <catch2/catch.hpp>

#include "format/utf8.hpp"
#include "samples.hpp"

namespace purser::format::test {
namespace {

TEST_CASE("A sheet on a terminal reads at a glance") {
    Document document = usual_sheet();
    document.banner = "DRAFT, month open";
    CHECK(written(document, Format::text) == R"(SSR2 Fact Sheet
═══════════════
Fact sheet as of: 14-Mar-2017

*** DRAFT, month open ***

Review       SSR2
Chair        TBD
Wiki page
Month open   yes

Section II: Financial Resources (3)
───────────────────────────────────
                     ──────── Fiscal year 2017 ─────────  ─ Whole review ─
                       Approved   Spent to     Committed
Direct Review Costs  Budget (1)   Date (2)  Services (2)         Remaining
───────────────────  ──────────  ─────────  ────────────  ────────────────
The services          $ 200,000    $ 1,235           $ -        $ 198,766
The travel            $ 350,000  $ 351,250           $ -         $ (1,250)
───────────────────  ──────────  ─────────  ────────────  ────────────────
The total             $ 550,000  $ 352,485           $ -        $ 197,516

(1) Approved includes a grant.
(2) As of one day.
(3) Cells are rounded one by one.
)");
}

TEST_CASE("An empty sheet prints a dash in each cell") {
    const std::string text = written(empty_sheet(), Format::text);
    CHECK(contains(text,
                   "The services                $ -       $ -           $ -               $ -\n"));
    CHECK_FALSE(contains(text, "No entries yet."));  // that table has a worksheet of its own
}

TEST_CASE("A table without rows is its empty text") {
    Document document = document_of_texts({});
    document.body.tables[0].empty_text = "No milestones have been set.";
    CHECK(written(document, Format::text) == "Sample\n══════\n\nNo milestones have been set.\n");
}

TEST_CASE("Long texts wrap inside their column and the page stays narrow") {
    const std::string longer(40, 'w');
    std::string prose;
    for (int i = 0; i < 40; ++i) prose += "word ";
    Document document =
        document_of({{.key = "a", .title = "A"},
                     {.key = "b", .title = "B"},
                     {.key = "amount", .title = "Amount", .type = Type::money}},
                    {{Value{prose}, Value{prose + longer + longer + longer}, money("-1234.50")},
                     {Value{std::string("王小明 \x1B[2J")}, Value{}, money("1.00")}});
    std::istringstream lines(written(document, Format::text));
    std::string line;
    std::string all;
    while (std::getline(lines, line)) {
        CHECK(width(line) <= 110);
        all += line + '\n';
    }
    CHECK(contains(all, "(1,234.50)\n"));
    CHECK(contains(all, "     1.00\n"));
    CHECK_FALSE(contains(all, "\x1B"));
}

TEST_CASE("No hostile text breaks a table's lines") {
    const std::string text = written(document_of_texts(hostile_texts), Format::text);
    CHECK(contains(text, "=HYPERLINK(\"http://x\",\"hotel\")\n"));
    CHECK(contains(text, "two\nlines\n"));
    CHECK_FALSE(contains(text, "\t"));
    CHECK_FALSE(contains(text, "\r"));
}

TEST_CASE("A document with nothing in it is its title") {
    Document document(report::Audience::finance);
    document.title = "Empty";
    CHECK(written(document, Format::text) == "Empty\n═════\n");
    CHECK(written(document, Format::markdown) == "# Empty\n");
    CHECK(written(document, Format::json) == "{}\n");
    CHECK(written(document, Format::csv) == "field,value\r\n");
}

}  // namespace
}  // namespace purser::format::test
