#include "desk.hpp"

using namespace purser;

TEST_CASE("A file is recorded whole, or not at all with every problem named") {
    Desk desk;
    const Head before = desk.book().head(desk.ssr2);
    auto wrong = desk.draft("10.00", "2017-03-20");
    wrong.category = "travle";
    const auto refused =
        desk.import({desk.draft("1.00", "2017-03-20"), wrong, desk.draft("900000.00", "2017-03-20"),
                     desk.draft("2.00", "2017-03-21")});
    CHECK(refused.problems == 2);
    CHECK(refused.recorded == 0);
    REQUIRE(desk.problems.size() == 2);
    CHECK(desk.problems[0].line == 3);
    CHECK(desk.problems[0].refused == Rule::unknown_category);
    CHECK(desk.problems[1].line == 4);
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    const auto done =
        desk.import({desk.draft("1.00", "2017-03-20"), desk.draft("2.00", "2017-03-21")});
    CHECK(done.recorded == 2);
    CHECK(done.first == "SSR2-E1");
    CHECK(done.last == "SSR2-E2");
}

TEST_CASE("The same file again doubles nothing; true twins inside one file are both kept") {
    Desk desk;
    const std::vector<ExpenseDraft> file{desk.draft("40.00", "2017-03-20"),
                                         desk.draft("40.00", "2017-03-20"),
                                         desk.draft("41.00", "2017-03-20")};
    CHECK(desk.import(file).recorded == 3);
    const Head before = desk.book().head(desk.ssr2);
    const auto again = desk.import(file);
    CHECK(again.recorded == 0);
    CHECK(again.known == 3);
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    SECTION("a third twin in a later file is new") {
        auto longer = file;
        longer.push_back(file[0]);
        const auto more = desk.import(longer);
        CHECK(more.recorded == 1);
        CHECK(more.known == 3);
    }
    SECTION("rows that have been closed over are still known") {
        desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-03"), {});
        CHECK(desk.import(file).known == 3);
    }
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
}

TEST_CASE("A row in a closed month is a problem, unless late rows are let into the open one") {
    Desk desk;
    desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-03"), {});
    CHECK(desk.import({desk.draft("1.00", "2017-03-31")}).problems == 1);
    ImportRequest late;
    late.late_open = true;
    CHECK(desk.import({desk.draft("1.00", "2017-03-31")}, late).recorded == 1);
    const auto view = desk.book().expense(desk.expense(1));
    CHECK(view.expense.posted_on == Desk::day("2017-04-01"));
    CHECK(view.expense.document_on == Desk::day("2017-03-31"));
    CHECK(desk.import({desk.draft("1.00", "2017-03-31")}, late).known == 1);
}

TEST_CASE("Settled rows are spent at once, approved as finance states") {
    Desk desk;
    ImportRequest settled;
    settled.approved_by = {"carl"};
    CHECK(desk.import({desk.draft("100.00", "2017-03-20")}, settled).recorded == 1);
    CHECK(desk.travel("2017-03-20").spent == desk.money("100.00"));
    auto items = desk.book().check_list(desk.ssr2, Month::parse("2017-03"));
    REQUIRE(items.size() == 1);
    CHECK(items[0].what.find("carl, who has not agreed yet") != std::string::npos);
    desk.book().approve_expense(desk.carl(), desk.expense(1), {{}, {}});
    CHECK(desk.book().check_list(desk.ssr2, Month::parse("2017-03")).empty());
    settled.approved_by = {"olga"};
    CHECK(desk.import({desk.draft("101.00", "2017-03-20")}, settled).problems == 1);
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
}

TEST_CASE("A dry run shows the figures after it and keeps nothing") {
    Desk desk;
    const Head before = desk.book().head(desk.ssr2);
    ImportRequest dry;
    dry.dry_run = true;
    const auto result = desk.import({desk.draft("100.00", "2017-03-20")}, dry);
    REQUIRE(result.after);
    CHECK(result.after->envelope().requested == desk.money("100.00"));
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    CHECK(desk.travel("2017-03-20").requested.is_zero());
}

TEST_CASE("Lines of one file may share an invoice; a later file may not") {
    Desk desk;
    auto line = desk.draft("10.00", "2017-03-20");
    line.payee = "Hotel";
    line.invoice = "A-17";
    auto other = line;
    other.amount = desk.money("11.00");
    CHECK(desk.import({line, other}).recorded == 2);
    other.amount = desk.money("12.00");
    CHECK(desk.import({other}).problems == 1);
    CHECK(desk.problems[0].what.find("A-17") != std::string::npos);
}
