// How World corrects expenses.
#include "world.hpp"

namespace purser::test {
namespace {

std::optional<Date> day(const std::string& text) {
    if (text.empty()) return {};
    return parse_date(text);
}

}  // namespace

Original World::original(const Foreign& price) const {
    return {Money::parse(price.amount, Currency::parse(price.currency)), Rate::parse(price.rate),
            today, "ECB"};
}

std::int64_t World::submit_draft(const ExpenseDraft& draft, const ExpenseContext& known,
                                 const std::string& by) {
    apply(by, expense::submit(facts(by), draft, known));
    told_.emplace(known.id.number, draft);
    return known.id.number;
}

std::int64_t World::late(const std::string& category, const std::string& amount,
                         std::int64_t commitment, const std::string& on, const std::string& by) {
    ExpenseDraft asked = draft(category, amount, 0, on);
    asked.after = DocumentId{review_.key(), DocumentKind::commitment, commitment};
    ExpenseContext known = context();
    known.closed = &commitments_.at(commitment);
    return submit_draft(asked, known, by);
}

std::int64_t World::foreign(const std::string& category, const Foreign& price,
                            const std::string& on) {
    ExpenseDraft asked = draft(category, "1", 0, on);
    asked.original = original(price);
    asked.amount = asked.original->rate.convert(asked.original->amount, review_.currency());
    return submit_draft(asked, context(), "olga");
}

void World::amend_expense(std::int64_t number, const Change& ask) {
    const Expense& document = expense(number);
    AmendExpense change{"as agreed", day(ask.on)};
    if (!ask.amount.empty()) change.amount = money(ask.amount);
    if (!ask.category.empty()) change.category = ask.category;
    if (!ask.text.empty()) change.text = ask.text;
    change.direct = ask.commitment == 0;
    if (ask.commitment > 0) {
        change.commitment = DocumentId{review_.key(), DocumentKind::commitment, ask.commitment};
    }
    const auto numbered = [&](std::int64_t of) { return of == 0 ? nullptr : &commitments_.at(of); };
    const std::int64_t against = ask.commitment < 0 ? document.commitment : ask.commitment;
    const std::int64_t closed = ask.commitment < 0 ? document.closed : 0;
    const AmendContext known{
        of(document), numbered(against), numbered(closed), document.payee, {}, {}};
    apply(ask.by, expense::amend(facts(ask.by), document, told(number), change, known));
    told_.at(number) = amended(told(number), change);
}

void World::refund(std::int64_t number, const RefundExpense& ask, const std::string& by) {
    apply(by, expense::refund(facts(by), expense(number), ask));
}

void World::refund(std::int64_t number, const std::string& amount, const std::string& on,
                   const std::string& by) {
    refund(number, {money(amount), {}, "came back", day(on)}, by);
}

void World::refund(std::int64_t number, const Foreign& price, const std::string& on) {
    const Original said = original(price);
    refund(number, {said.rate.convert(said.amount, review_.currency()), said, "came back", day(on)},
           "olga");
}

void World::reverse(std::int64_t number, const std::string& on, const std::string& by) {
    const Expense& document = expense(number);
    apply(by, expense::reverse(facts(by), document, of(document), {"booked twice", day(on)}));
}

}  // namespace purser::test
