// The corrections of an expense: amended, refunded, reversed (DOMAIN rule 6).
//
// Nothing is edited: each is an event of its own, tied to the expense, with a reason. While an
// expense is undecided all of it can be amended; after that only its texts, and its money comes
// back by a refund, in part, or by a reversal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/expense.hpp"

namespace purser {

// What is to be otherwise; what is absent stays. A text of "" takes it away.
struct AmendExpense {
    std::string why;  // the reason of the amendment
    std::optional<Date> on;
    std::optional<Money> amount = {};       // in the review's currency, and with it:
    std::optional<Original> original = {};  // what an invoice in another currency says
    std::optional<std::string> category = {};
    std::optional<DocumentId> commitment = {}, after = {};
    bool direct = false;  // against no commitment, and after none
    std::optional<std::string> text = {}, payee = {}, invoice = {}, type = {}, meeting = {},
                               work_item = {};  // the text is what the money is for
    std::optional<Date> document_on = {};

    Body asked() const;
};

struct RefundExpense {
    Money amount;                      // in the review's currency, at the refund's own rate
    std::optional<Original> original;  // where the expense is in another currency
    std::string why;
    std::optional<Date> on;
    std::optional<Date> document_on = {};  // of the credit note; absent: that of the expense

    Body asked() const;
};

// What the rules must know of the rest of the book about an amendment.
struct AmendContext {
    const Commitment* before;                // that the expense is against, or null
    const Commitment* commitment;            // that it will be against, or null
    const Commitment* closed;                // that it will come after, or null
    std::int64_t payee;                      // the number it will have, or 0
    std::optional<DocumentId> same_invoice;  // of another expense, undone ones not counted
    std::string receipt;                     // SHA-256 of a new file, or ""
    bool is_part = false;                    // of a shared cost
};

// The expense as it would be asked for with that changed.
ExpenseDraft amended(ExpenseDraft draft, const AmendExpense& ask);

namespace expense {

// By who submitted it, or finance. While undecided the difference is reserved or freed, the rest
// of its commitment is claimed anew, and approvals given fall. Refuses not_permitted,
// nothing_changes, wrong_state (the money of a decided or a held one, or of a part of a shared
// cost), duplicate_invoice, what `submit` refuses of a commitment, year_over, and the controls on
// what is drawn. `current` is the expense as it stands.
Entry amend(const Facts& facts, const Expense& document, const ExpenseDraft& current,
            const AmendExpense& ask, const AmendContext& context);
// What it asks first, whatever is to be otherwise: who.
void require_amendable(const Facts& facts, const Expense& document);
// Money came back: it is free again in the year of the refund's own day. Refuses wrong_state and
// more_than_spent, counted in the expense's currency (DOMAIN rule 11).
Entry refund(const Facts& facts, const Expense& document, const RefundExpense& ask);
// What it asks whatever came back: who, that it is spent, and not refunded in full.
void require_refundable(const Facts& facts, const Expense& document);
// What the row of a refund says of its expense and is not so, by column; an empty cell says
// nothing.
std::vector<Problem> differences(const ImportRow& row, const ExpenseDraft& refunded);
// Takes back all that was not refunded. Posts from the day on which it was spent. Money goes back
// to an open commitment as far as its rest grows, else it is free. Refuses wrong_state,
// nothing_changes (refunded in full), year_over, over_fiscal_year.
Entry reverse(const Facts& facts, const Expense& document, const Commitment* commitment,
              const Decide& ask);

}  // namespace expense
}  // namespace purser
