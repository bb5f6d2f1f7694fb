#include "values/id.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "refusal.hpp"
#include "values/error.hpp"

using namespace purser;
using purser::test::refusal;

TEST_CASE("A review's key is capital letters, digits and dashes") {
    const auto* const key = GENERATE("SSR2", "A", "RDS-WHOIS2", "A123456789012345", "A-");
    CAPTURE(key);
    CHECK(ReviewKey::parse(key).text() == key);
}

TEST_CASE("What cannot be a review's key is refused") {
    const auto* const key =
        GENERATE("", "ssr2", "2SSR", "-SSR", "SSR 2", "SSR_2", "A1234567890123456", "SSR2\n", "É");
    CAPTURE(key);
    CHECK_THROWS_AS(ReviewKey::parse(key), BadInput);
    CHECK(refusal([] { ReviewKey::parse("BOOK"); }) ==
          "'BOOK' cannot be a review's key | another key: BOOK is the chain of users and policies");
    CHECK(ReviewKey::book().text() == "BOOK");
}

TEST_CASE("A document's id is split at its last dash") {
    struct Row {
        const char* text;
        const char* review;
        DocumentKind kind;
        std::int64_t number;
    };
    const auto row = GENERATE(values<Row>({
        {"SSR2-E17", "SSR2", DocumentKind::expense, 17},
        {"SSR2-C3", "SSR2", DocumentKind::commitment, 3},
        {"SSR2-R1", "SSR2", DocumentKind::request, 1},
        {"SSR2-S4", "SSR2", DocumentKind::sheet, 4},
        {"SSR2-P12", "SSR2", DocumentKind::payee, 12},
        {"RDS-E1-E9", "RDS-E1", DocumentKind::expense, 9},
        {"A--E9223372036854775807", "A-", DocumentKind::expense, 9223372036854775807},
    }));
    CAPTURE(row.text);
    const DocumentId id = DocumentId::parse(row.text);
    CHECK(id.review.text() == row.review);
    CHECK(id.kind == row.kind);
    CHECK(id.number == row.number);
    CHECK(id.text() == row.text);
    CHECK(DocumentId::parse(id.text(), id.kind) == id);
}

TEST_CASE("What is not a document's id is refused") {
    const auto* const text =
        GENERATE("", "SSR2", "SSR2-", "SSR2-E", "SSR2-17", "SSR2-E0", "SSR2-E017", "SSR2-X1",
                 "SSR2-e1", "-E1", "ssr2-E1", "SSR2-E-1", "SSR2-E1 ", "SSR2-E1x", "SSR2E1",
                 "SSR2-E9223372036854775808", "SSR2#1", "BOOK-E1");
    CAPTURE(text);
    CHECK_THROWS_AS(DocumentId::parse(text), BadInput);
}

TEST_CASE("A document of the wrong kind is refused by name") {
    CHECK(refusal([] { DocumentId::parse("SSR2-C3", DocumentKind::expense); }) ==
          "SSR2-C3 is a commitment, not an expense");
    CHECK(refusal([] { DocumentId::parse("SSR2-E3", DocumentKind::commitment); }) ==
          "SSR2-E3 is an expense, not a commitment");
}

TEST_CASE("An event's id is its place in the review's chain") {
    CHECK(event_id(ReviewKey::parse("SSR2"), 123) == "SSR2#123");
}

TEST_CASE("Codes of categories and users are short plain words") {
    const auto* const good = GENERATE("travel", "professional-services", "a", "Org.Support_2",
                                      "a1234567890123456789012345678901");
    CAPTURE(good);
    CHECK(parse_category(good) == good);
    CHECK(parse_user(good) == good);
}

TEST_CASE("What cannot be a code is refused") {
    const auto* const bad = GENERATE("", "1travel", "-travel", "air travel", "reise/kosten", "é",
                                     "a12345678901234567890123456789012", "travel\n");
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_category(bad), BadInput);
    CHECK_THROWS_AS(parse_user(bad), BadInput);
    CHECK(refusal([] { parse_category("total"); }) ==
          "'total' names the sheet's last row, not a category");
    CHECK(parse_user("total") == "total");
}
