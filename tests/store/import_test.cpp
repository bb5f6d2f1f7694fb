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

TEST_CASE("The same file again doubles nothing; true twins inside one file are both kept",
          "[DOMAIN 4.14]") {
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

TEST_CASE("A file may hold refunds of earlier expenses, asked as the command is", "[DOMAIN 4.14]") {
    Desk desk;
    ImportRequest settled;
    settled.approved_by = {"carl"};
    desk.import({desk.draft("100.00", "2017-03-20", "hotel")}, settled);
    const auto back = [&](const char* amount, const char* on = "2017-03-22") {
        return ImportRow{0, desk.draft(amount, on, "cancelled"), {}, desk.expense(1)};
    };
    const ImportRow cost{0, desk.draft("5.00", "2017-03-21"), {}};

    const auto done = desk.import_rows({back("30.00"), cost, back("30.00")}, settled, "k1");
    CHECK(done.refunds == 2);
    CHECK(done.recorded == 1);
    CHECK(done.first == "SSR2-E2");
    CHECK(desk.book().expense(desk.expense(1)).expense.refunded == desk.money("60.00"));
    CHECK(desk.travel("2017-03-22").spent == desk.money("45.00"));
    CHECK(desk.travel("2017-03-21").spent == desk.money("105.00"));

    SECTION("the same rows again are known, true twins as two, a third as new") {
        const auto again = desk.import_rows({back("30.00"), cost, back("30.00")}, settled);
        CHECK(again.known == 3);
        CHECK(again.refunds == 0);
        CHECK_FALSE(again.receipt.has_value());
        const auto third = desk.import_rows({back("30.00"), back("30.00"), back("30.00")}, settled);
        CHECK(third.known == 2);
        CHECK(third.refunds == 1);
        CHECK_FALSE(third.first.has_value());
        CHECK(desk.import_rows({back("30.00"), back("30.00"), back("30.00")}, settled).known == 3);
    }
    SECTION("the same request key is answered with what was recorded the first time") {
        const auto again = desk.import_rows({back("30.00"), cost, back("30.00")}, settled, "k1");
        CHECK(again.receipt.value().event == done.receipt.value().event);
        CHECK(again.refunds == 2);
        CHECK(again.recorded == 1);
        CHECK(again.first == "SSR2-E2");
        CHECK(again.known == 0);
    }
    SECTION("a refund that the command made is another one") {
        desk.book().refund_expense(desk.olga(), desk.expense(1),
                                   {desk.money("10.00"), {}, "cancelled", Desk::day("2017-03-22")});
        CHECK(desk.import_rows({back("10.00")}).refunds == 1);
    }
    SECTION("more than is left, an unknown expense, a day before it was spent: all rows or none") {
        auto unknown = back("1.00");
        unknown.refund_of = desk.expense(99);
        const auto before = desk.book().head(desk.ssr2);
        desk.import_rows({back("20.00"), back("20.01"), unknown, back("1.00", "2017-03-19")});
        REQUIRE(desk.problems.size() == 3);
        CHECK(desk.problems[0].line == 3);
        CHECK(desk.problems[0].column == "amount");
        CHECK(desk.problems[0].refused == Rule::more_than_spent);
        CHECK(desk.problems[1].column == "refund_of");
        CHECK(desk.problems[1].refused == Rule::unknown_expense);
        CHECK(desk.problems[2].column == "posted_on");
        CHECK(desk.problems[2].refused == Rule::before_document);
        CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    }
    SECTION("an undecided expense has nothing to refund") {
        desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("7.00", "2017-03-21"), {});
        auto row = back("1.00");
        row.refund_of = desk.expense(3);
        desk.import_rows({row});
        REQUIRE(desk.problems.size() == 1);
        CHECK(desk.problems[0].column == "refund_of");
        CHECK(desk.problems[0].refused == Rule::wrong_state);
    }
    SECTION("what the row says of the expense must be so, each cell by its column") {
        auto row = back("1.00");
        row.draft.category = "services";
        row.draft.payee = "Somebody";
        row.draft.invoice = "9";
        row.draft.commitment = DocumentId{desk.ssr2, DocumentKind::commitment, 1};
        row.draft.original = Original{Money::parse("1.00", Currency::parse("EUR")),
                                      Rate::parse("1"), Desk::day("2017-03-22"), "ECB"};
        desk.import_rows({row});
        std::string columns;
        for (const auto& problem : desk.problems) columns += problem.column + ' ';
        CHECK(columns == "category currency payee invoice commitment ");
        CHECK(desk.problems.at(0).refused == Rule::other_category);
    }
    SECTION("in a closed month it is a problem, or posts on the first open day") {
        desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-03"), {});
        desk.import_rows({back("2.00", "2017-03-31")});
        REQUIRE(desk.problems.size() == 1);
        CHECK(desk.problems[0].refused == Rule::period_closed);
        ImportRequest late;
        late.late_open = true;
        CHECK(desk.import_rows({back("2.00", "2017-03-31")}, late).refunds == 1);
        CHECK(desk.travel("2017-03-31").spent == desk.money("45.00"));
        CHECK(desk.travel("2017-04-01").spent == desk.money("43.00"));
    }
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
    desk.book().rebuild(desk.olga(), {});
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
}

TEST_CASE("A refund from a file is in the expense's currency, at its own rate", "[DOMAIN 4.11]") {
    Desk desk;
    const auto euros = [&](const char* amount, const char* rate) {
        const Money own = Money::parse(amount, Currency::parse("EUR"));
        auto draft = desk.draft("0.01", "2017-03-20");
        draft.original = Original{own, Rate::parse(rate), Desk::day("2017-03-20"), "ECB"};
        draft.amount = draft.original->rate.convert(own, desk.usd);
        return draft;
    };
    ImportRequest settled;
    settled.approved_by = {"carl"};
    desk.import({euros("100.00", "1.10")}, settled);
    const auto back = [&](ExpenseDraft draft) {
        return ImportRow{0, std::move(draft), {}, desk.expense(1)};
    };
    CHECK(desk.import_rows({back(euros("100.00", "1.20"))}).refunds == 1);
    CHECK(desk.book().expense(desk.expense(1)).expense.spent() == desk.money("-10.00"));
    desk.import_rows({back(euros("0.01", "1.20"))});
    REQUIRE(desk.problems.size() == 1);
    CHECK(desk.problems[0].refused == Rule::more_than_spent);
    desk.import_rows({back(desk.draft("1.00", "2017-03-20"))});
    REQUIRE(desk.problems.size() == 1);
    CHECK(desk.problems[0].column == "currency");
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
}
