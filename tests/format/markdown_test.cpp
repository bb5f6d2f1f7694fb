#include <catch2/catch.hpp>

#include "samples.hpp"

namespace purser::format::test {
namespace {

TEST_CASE("A sheet in Markdown has GitHub's tables, groups in the titles, notes as a list") {
    CHECK(written(usual_sheet(), Format::markdown) == R"(# SSR2 Fact Sheet

Fact sheet as of: 14-Mar-2017

- **Review:** SSR2
- **Chair:** TBD
- **Wiki page:**
- **Month open:** yes

## Section II: Financial Resources (3)

| Direct Review Costs | *Fiscal year 2017*<br>Approved Budget (1) | *Fiscal year 2017*<br>Spent to Date (2) | *Fiscal year 2017*<br>Committed Services (2) | *Whole review*<br>Remaining |
| --- | ---: | ---: | ---: | ---: |
| The services | $ 200,000 | $ 1,235 | $ - | $ 198,766 |
| The travel | $ 350,000 | $ 351,250 | $ - | $ (1,250) |
| **The total** | **$ 550,000** | **$ 352,485** | **$ -** | **$ 197,516** |

1. Approved includes a grant.
2. As of one day.
3. Cells are rounded one by one.
)");
}

struct Escape {
    const char* text;
    const char* cell;
};

TEST_CASE("Texts are shown, not read, by Markdown") {
    const auto row = GENERATE(values<Escape>({
        {"plain text, with 1 number", "plain text, with 1 number"},
        {"a | b", "a \\| b"},
        {"two\nlines", "two<br>lines"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"# not a heading", "\\# not a heading"},
        {"1. not a list", "1\\. not a list"},
        {"2017) neither", "2017\\) neither"},
        {"- nor this", "\\- nor this"},
        {"=1+1", "\\=1+1"},
        {"*b* _i_ `c` [a](b) ~s~ \\", "\\*b\\* \\_i\\_ \\`c\\` \\[a\\](b) \\~s\\~ \\\\"},
        {"&amp;", "&amp;amp;"},
        {"see https://example.org/a_b?c=1*", "see https://example.org/a\\_b?c=1\\*"},
        {"see https://example.org/a_b?c=1 now", "see https://example.org/a_b?c=1 now"},
        {"https://x/<script>", "https://x/&lt;script&gt;"},
        {"Žarko Kecić", "Žarko Kecić"},
        {"", ""},
    }));
    CAPTURE(row.text);
    const std::string text = written(document_of_texts({row.text}), Format::markdown);
    CHECK(contains(text, "| --- |\n| " + std::string(row.cell) + " |\n"));
}

}  // namespace
}  // namespace purser::format::test
