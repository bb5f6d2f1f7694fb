// The row of an expense, and what it changes of its commitment, as events make them.
#include <algorithm>

#include "ledger/expense.hpp"

namespace purser {
namespace {

// What a submission or an amendment says of an expense.
void describe(Expense& document, const Event& event) {
    const Body& body = event.body;
    const Currency currency = document.amount.currency();
    const auto number_of = [&](std::string_view key) {
        return body.has(key) ? DocumentId::parse(body.text(key)).number : std::int64_t{0};
    };
    document.category = body.text("category");
    document.year = FiscalYear::parse(body.text("fiscal_year"));
    document.amount = document.own_amount = body.money("amount", currency);
    if (body.has("original_amount")) {
        const Currency own = Currency::parse(body.text("original_currency"));
        document.own_amount = body.money("original_amount", own);
    }
    if (document.own_refunded.is_zero()) {
        document.own_refunded = Money::zero(document.own_amount.currency());
    }
    document.claimed = body.money("claimed", currency);
    document.reserved = body.money("reserved", currency);
    document.document_on = event.document_on;
    document.commitment = number_of("commitment");
    document.closed = number_of("after");
    document.payee = number_of("payee");
    document.invoice = body.text("invoice");
    document.meeting = body.text("meeting");
    document.work_item = body.text("work_item");
    document.told = event.seq;
}

}  // namespace

Expense submitted(const Event& event, const Review& review) {
    const Body& body = event.body;
    const Money zero = Money::zero(review.currency());
    Expense document{DocumentId::parse(event.subject).number,
                     event.seq,
                     parse_expense_state(body.text("state")),
                     {},
                     FiscalYear::parse(body.text("fiscal_year")),
                     zero,
                     zero,
                     zero,
                     event.posted_on,
                     {},
                     0,
                     0,
                     {},
                     std::string(body.text("row")),
                     event.actor,
                     parse_approvals(body.text("approvals")),
                     zero,
                     zero,
                     zero,
                     0,
                     0,
                     {},
                     {}};
    describe(document, event);
    if (document.state == ExpenseState::approved) document.spent_on = event.posted_on;
    return document;
}

void fold(Expense& document, const Event& event) {
    const Body& body = event.body;
    if (event.act == Act::expense_amend) {
        describe(document, event);
        const bool undecided =
            document.state == ExpenseState::submitted || document.state == ExpenseState::held;
        if (!undecided) return;
        document.approvals.clear();  // of what it was before
        const bool known =
            event.actor == document.submitted_by || document.was_amended_by(event.actor);
        if (!known) document.amended_by += (document.amended_by.empty() ? "" : ",") + event.actor;
        return;
    }
    if (event.act == Act::expense_refund) {
        const Money amount = body.money("amount", document.amount.currency());
        document.refunded += amount;
        document.own_refunded += body.has("original_amount")
                                     ? body.money("original_amount", document.own_amount.currency())
                                     : amount;
    }
    if (body.has("agrees")) {
        for (auto& approval : document.approvals) {
            if (approval.user == event.actor) approval.stated = false;
        }
    }
    if (body.has("role")) {
        document.approvals.push_back({event.actor, parse_role(body.text("role")), false,
                                      std::string(body.text("on_behalf_of"))});
    }
    if (body.has("state")) {
        document.state = parse_expense_state(body.text("state"));
        document.claimed = body.money("claimed", document.amount.currency());
        document.reserved = body.money("reserved", document.amount.currency());
        if (document.state == ExpenseState::approved) document.spent_on = event.posted_on;
    }
    if (event.act == Act::expense_release) {
        document.year = FiscalYear::parse(body.text("fiscal_year"));
        document.posted_on = event.posted_on;
    }
}

void fold(Commitment& commitment, const std::optional<Expense>& before, const Expense& after) {
    if (before && before->commitment == commitment.number) {
        commitment.claimed -= before->claimed;
        commitment.used -= before->used();
    }
    if (after.commitment == commitment.number) {
        commitment.claimed += after.claimed;
        commitment.used += after.used();
    }
}

}  // namespace purser
