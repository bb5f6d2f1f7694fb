#include "format/html.hpp"

#include <catch2/catch.hpp>

#include "samples.hpp"

namespace purser::format::test {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

TEST_CASE("A page is whole by itself: no script, no request, no template left") {
    Document document = usual_sheet();
    document.banner = "DRAFT, month open";
    const std::string page = written(document, Format::html);
    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(page.ends_with("</html>\n"));
    for (const char* part :
         {"<script", "<link", "<img", "src=", "@import", "url(", "{{", "}}", "\x1F"}) {
        CAPTURE(part);
        CHECK_FALSE(contains(page, part));
    }
    CHECK(contains(page, "<p class=\"banner\">DRAFT, month open</p>"));
    CHECK(contains(page, "prefers-color-scheme: dark"));
    CHECK(contains(page, "@media print"));
}

TEST_CASE("A table has a caption, scopes, groups, marks and a total") {
    const std::string page = written(usual_sheet(), Format::html);
    CHECK(contains(page, "<caption class=\"hidden\">Section II: Financial Resources</caption>"));
    CHECK(contains(
        page, "scope=\"colgroup\" role=\"columnheader\" colspan=\"3\"><span>Fiscal year 2017<"));
    CHECK(count(page, "<th scope=\"col\"") == 5);
    CHECK(count(page, "<th scope=\"row\"") == 3);
    CHECK(contains(page, "Approved Budget <span class=\"mark\">(1)</span></th>"));
    CHECK(
        contains(page, "<h2>Section II: Financial Resources <span class=\"mark\">(3)</span></h2>"));
    CHECK(contains(
        page,
        "<tr role=\"row\" class=\"total\"><th scope=\"row\" role=\"rowheader\">The total</th>"));
    CHECK(contains(
        page,
        "class=\"n below\" data-label=\"Remaining\" data-group=\"Whole review\"><span>$ (1,250)<"));
    CHECK(contains(page, "<span class=\"mark\">(2)</span> <span>As of one day.</span>"));
    CHECK_FALSE(contains(page, "No entries yet."));
}

TEST_CASE("No text becomes markup") {
    Document document = document_of_texts(hostile_texts);
    document.title = "</title><script>{{subtitle}}\"'; } * { display: none";
    document.subtitle = "<b>";
    document.body.fields = {{"", "<i>", Value{std::string("http://x/\"><script>")}}};
    document.body.paragraphs = {"<u> {{title}}"};
    document.body.notes = {{"<s>", {"why"}}};
    document.body.tables[0].columns[0].title = "\"><script>";
    document.body.tables[0].columns[0].group = "\"><script>";
    const std::string page = written(document, Format::html);
    for (const char* part : {"<script", "<b>", "<i>", "<u>", "<s>", "</title><", "\"'; }"}) {
        CAPTURE(part);
        CHECK_FALSE(contains(page, part));
    }
    CHECK(contains(page, "&lt;u&gt; {{title}}"));
    CHECK(contains(page, "&amp;amp; {{title}} {{{body}}}"));
    CHECK(contains(page, "two\nlines"));
}

TEST_CASE("A web address alone is a link, a day is machine-readable") {
    Document document(report::Audience::finance);
    document.body.fields = {{"", "Wiki", Value{std::string("https://example.org/?a=1&b=2")}},
                            {"", "Text", Value{std::string("see https://example.org")}},
                            {"", "Trap", Value{std::string("javascript:alert(1)")}},
                            {"", "Day", Value{parse_date("2017-03-14")}, Type::date}};
    const std::string page = written(document, Format::html);
    CHECK(contains(page, "<a href=\"https://example.org/?a=1&amp;b=2\""));
    CHECK(count(page, "<a ") == 1);
    CHECK(contains(page, "<time datetime=\"2017-03-14\">14-Mar-2017</time>"));
}

TEST_CASE("A figure in a sentence or a field leads to what makes it, on a site alone") {
    Document document(report::Audience::finance);
    document.body.paragraphs = {"Of " + report::figure("<9>", "approved") + " & more, " +
                                report::figure("1", "nothing known") + "."};
    document.body.fields = {
        {"spent", "Spent", Money::parse("5", Currency::parse("USD")), Type::money},
        {"", "Left", Money::parse("7", Currency::parse("USD")), Type::money, "unallotted"},
        {"spent", "Word", Value{std::string("spent")}}};
    format::Links links;
    links.figure = [](const std::string& of) {
        return of == "nothing known" ? std::string() : "/by?a=" + of + "&b";
    };
    std::ostringstream page;
    format::write_html_body(document, links, page);
    CHECK(contains(page.str(), "Of <a href=\"/by?a=approved&amp;b\">&lt;9&gt;</a> &amp; more, 1."));
    CHECK(contains(page.str(), "<a href=\"/by?a=spent&amp;b\">5.00</a>"));
    CHECK(contains(page.str(), "<a href=\"/by?a=unallotted&amp;b\">7.00</a>"));
    CHECK(count(page.str(), "<a ") == 3);
    CHECK_FALSE(contains(written(document, Format::html), "<a "));
}

TEST_CASE("A cell is as wide as its text asks for, wherever it leads") {
    const Document document = document_of_texts({"SSR2-E1", "SSR2-E123456789"});
    format::Links links;
    links.text = [](const std::string& text) { return "/expense/show/" + text; };
    std::ostringstream page;
    format::write_html_body(document, links, page);
    CHECK(count(page.str(), "<a href=\"/expense/show/") == 2);
    CHECK(count(page.str(), "class=\"mid\"") == 1);
    CHECK(count(page.str(), "long") == 0);
}

TEST_CASE("A table without rows is a sentence on the page") {
    Document document = document_of_texts({});
    document.body.tables[0].empty_text = "No milestones <yet>.";
    const std::string page = written(document, Format::html);
    CHECK(contains(page, "<p class=\"none\">No milestones &lt;yet&gt;.</p>"));
    CHECK_FALSE(contains(page, "<table"));
}

}  // namespace
}  // namespace purser::format::test
