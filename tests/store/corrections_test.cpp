// Corrections in a book: what is written is what was allowed, and stays so after a rebuild.
#include "desk.hpp"

using namespace purser;

namespace {

// The book's first expense: 1,000.00 of travel, approved.
DocumentId approved(Desk& desk, ExpenseDraft draft) {
    const Receipt done = desk.book().submit_expense(desk.olga(), desk.ssr2, draft, {});
    const DocumentId id = DocumentId::parse(done.id);
    desk.book().approve_expense(desk.carl(), id, {{}, {}});
    return id;
}

RefundExpense refund(const Desk& desk, const char* amount) {
    return {desk.money(amount), {}, "came back", {}};
}

}  // namespace

TEST_CASE("Amended, refunded, reversed: verify and rebuild know it all") {
    Desk desk;
    auto draft = desk.draft("1000.00", "2017-03-20");
    draft.payee = "Hotel Tivoli";
    draft.invoice = "17";
    const DocumentId id = approved(desk, draft);
    desk.book().refund_expense(desk.olga(), id, refund(desk, "150.00"));
    CHECK(desk.travel("2017-07-15").spent == desk.money("850.00"));
    AmendExpense ask{"as asked", {}};
    ask.text = "hotel, two nights";
    desk.book().amend_expense(desk.olga(), id, ask, {});
    CHECK(desk.book().expense(id).why == "hotel, two nights");
    CHECK(desk.book().expense(id).payee == "Hotel Tivoli");
    CHECK(desk.book().expense(id).expense.told > desk.book().expense(id).expense.seq);
    CHECK(refusal([&] { approved(desk, draft); }) == Rule::duplicate_invoice);
    desk.book().reverse_expense(desk.olga(), id, {"booked twice", {}});
    CHECK(desk.travel("2017-07-15").spent.is_zero());
    approved(desk, draft);  // its invoice is free again
    const Expense before = desk.book().expense(id).expense;
    desk.book().verify({}, {}, {});
    desk.book().rebuild(desk.olga(), {});
    desk.book().verify({}, {}, {});
    CHECK(desk.book().expense(id).expense == before);
}

TEST_CASE("A refused correction spoils no later answer") {
    Desk desk;
    const DocumentId id = approved(desk, desk.draft("1000.00", "2017-03-20"));
    const Head before = desk.book().head(desk.ssr2);
    const Amounts figures = desk.travel("2017-07-15");
    const ExpenseView view = desk.book().expense(id);
    CHECK(refusal([&] { desk.book().refund_expense(desk.olga(), id, refund(desk, "1000.01")); }) ==
          Rule::more_than_spent);
    AmendExpense ask{"as asked", {}};
    ask.amount = desk.money("5.00");
    ask.payee = "Somebody new";
    CHECK(refusal([&] { desk.book().amend_expense(desk.olga(), id, ask, {}); }) ==
          Rule::wrong_state);
    CHECK(refusal([&] {
              desk.book().reverse_expense(desk.carl(), id, {"no", {}});
          }) == Rule::not_permitted);
    CHECK_THROWS_AS(desk.book().reverse_expense(desk.olga(), id, {"", {}}), BadInput);
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    CHECK(desk.travel("2017-07-15").spent == figures.spent);
    CHECK(desk.book().expense(id).expense == view.expense);
    desk.book().verify({}, {}, {});
    desk.book().refund_expense(desk.olga(), id, refund(desk, "1000.00"));
    CHECK(desk.travel("2017-07-15").spent.is_zero());
}

TEST_CASE("A refund asked twice under one key is done once") {
    Desk desk;
    const DocumentId id = approved(desk, desk.draft("1000.00", "2017-03-20"));
    const auto first = desk.book().refund_expense(desk.olga("k"), id, refund(desk, "400.00"));
    const auto again = desk.book().refund_expense(desk.olga("k"), id, refund(desk, "400.00"));
    CHECK(first.event == again.event);
    CHECK(desk.travel("2017-07-15").spent == desk.money("600.00"));
    CHECK(refusal([&] {
              desk.book().refund_expense(desk.olga("k"), id, refund(desk, "400.01"));
          }) == Rule::key_reused);
}

TEST_CASE("An imported row that was reversed is known when its file comes again") {
    Desk desk;
    ImportRequest settled;
    settled.approved_by = {"carl"};
    const auto taxi = desk.draft("80.00", "2017-03-20", "Taxi");
    CHECK(desk.import({taxi}, settled).recorded == 1);
    CHECK(desk.book().check_list(desk.ssr2, Month::parse("2017-03")).size() == 1);
    desk.book().reverse_expense(desk.olga(), desk.expense(1), {"not ours", {}});
    CHECK(desk.book().check_list(desk.ssr2, Month::parse("2017-03")).empty());
    const auto again = desk.import({taxi}, settled);
    CHECK(again.recorded == 0);
    CHECK(again.known == 1);
    CHECK(desk.travel("2017-07-15").spent.is_zero());
}

TEST_CASE("Lines of one invoice are amended one by one") {
    Desk desk;
    auto line = desk.draft("80.00", "2017-03-20", "Room 1");
    line.payee = "Hotel Tivoli";
    line.invoice = "17";
    auto second = line;
    second.why = "Room 2";
    CHECK(desk.import({line, second}).recorded == 2);
    AmendExpense ask{"as asked", {}};
    ask.type = "hotel";
    desk.book().amend_expense(desk.olga(), desk.expense(2), ask, {});
    ask.invoice = "18";
    desk.book().amend_expense(desk.olga(), desk.expense(2), ask, {});
    ask.invoice = "17";
    CHECK(refusal([&] { desk.book().amend_expense(desk.olga(), desk.expense(2), ask, {}); }) ==
          Rule::duplicate_invoice);
}
