// Book: the corrections of expenses.
#include "ledger/duties.hpp"
#include "store/engine.hpp"
#include "store/expense_views.hpp"
#include "store/receipt_file.hpp"

namespace purser {

ExpenseDraft draft_of(const ExpenseView& view, const ReviewKey& review) {
    const Expense& expense = view.expense;
    const auto id = [&](std::int64_t number) -> std::optional<DocumentId> {
        if (number == 0) return {};
        return DocumentId{review, DocumentKind::commitment, number};
    };
    return {expense.category,
            expense.amount,
            view.why,
            expense.posted_on,
            expense.document_on,
            view.original,
            id(expense.commitment),
            view.payee,
            expense.invoice,
            view.type,
            view.meeting,
            view.work_item,
            id(expense.closed)};
}

namespace {

Asked correcting(const DocumentId& id, Act act, const std::string& why, std::optional<Date> on,
                 Body body = {}) {
    return {id.review, act, id.text(), why, on, std::move(body)};
}

}  // namespace

Receipt Book::amend_expense(const Caller& caller, const DocumentId& id, const AmendExpense& ask,
                            const std::optional<std::filesystem::path>& receipt) {
    const ReceiptFile file = read_receipt(receipt);
    Body body = ask.asked();
    body.set("receipt", file.digest);
    const Asked asked = correcting(id, Act::expense_amend, ask.why, ask.on, std::move(body));
    return engine_->act(caller, asked, [&](Writing& writing) {
        Database& database = engine_->database;
        const Expense document = engine_->expense(writing.review(), id);
        const ExpenseView view = ExpenseViews(database, writing.review()).of(document);
        const ExpenseDraft current = draft_of(view, id.review);
        const ExpenseDraft draft = amended(current, ask);
        const auto commitment =
            [&](const std::optional<DocumentId>& named) -> std::optional<Commitment> {
            if (!named || named->review != id.review) return {};
            return engine_->commitment(writing.review(), *named);
        };
        const auto before = commitment(current.commitment);
        const auto against = commitment(draft.commitment);
        const auto closed = commitment(draft.after);
        require_records(writing, ask.meeting.value_or(""), ask.work_item.value_or(""));
        std::int64_t payee = document.payee;
        if (ask.payee) {
            require(writing.facts(), Act::expense_amend);
            payee = payee_number(writing, database, *ask.payee);
        }
        std::optional<DocumentId> same;
        const bool counts = document.state == ExpenseState::submitted ||
                            document.state == ExpenseState::held ||
                            document.state == ExpenseState::approved;
        if (counts && (payee != document.payee || draft.invoice != document.invoice)) {
            same = same_invoice(database, id.review, draft.invoice, payee, {id.number, id.number});
        }
        Entry entry = expense::amend(
            writing.facts(), document, current, ask,
            {before ? &*before : nullptr, against ? &*against : nullptr,
             closed ? &*closed : nullptr, payee, same, file.digest, !view.parts.empty()});
        keep(database, file);
        return entry;
    });
}

Receipt Book::refund_expense(const Caller& caller, const DocumentId& id, const RefundExpense& ask) {
    Body body = ask.asked();
    if (ask.document_on) body.set("document_on", *ask.document_on);
    return engine_->act(
        caller, correcting(id, Act::expense_refund, ask.why, ask.on, std::move(body)),
        [&](Writing& writing) {
            return expense::refund(writing.facts(), engine_->expense(writing.review(), id), ask);
        });
}

Receipt Book::reverse_expense(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(
        caller, correcting(id, Act::expense_reverse, ask.why, ask.on), [&](Writing& writing) {
            const Expense document = engine_->expense(writing.review(), id);
            std::optional<Commitment> commitment;
            if (document.commitment != 0) {
                commitment = writing.rows().commitment(writing.review(), document.commitment);
            }
            return expense::reverse(writing.facts(), document, commitment ? &*commitment : nullptr,
                                    ask);
        });
}

}  // namespace purser
