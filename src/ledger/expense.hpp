// The life of an expense: submitted, approved, rejected or withdrawn; or settled by import. What
// is corrected later stands in correction.hpp.
//
// A submitted expense reserves money: of its commitment's rest what nobody else claims, the
// excess from free. Approval turns what is reserved into spent (MODEL.md 2). Each expenditure
// is explained and approved, never by who submitted it (DOMAIN rule 1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/commitment.hpp"
#include "ledger/document.hpp"
#include "ledger/draft.hpp"
#include "ledger/facts.hpp"

namespace purser {

// What the rules must know of the rest of the book about one new expense.
struct ExpenseContext {
    DocumentId id;
    const Commitment* commitment;            // the one named, or null
    std::int64_t payee;                      // its number, or 0
    std::optional<DocumentId> same_invoice;  // of an earlier act, undone ones not counted
    std::string receipt;                     // SHA-256 of the file, or ""
    const Commitment* closed = nullptr;      // the closed one that it comes after, or null
    std::string payee_user = {};             // the user whom the payee is, or ""
    // Of a shared cost: all of its parts, each "SSR2-E5=600.00", and what they add up to.
    std::vector<std::string> parts = {};
    std::optional<Money> shared_of = {};
};

// What a held expense is when its turn comes: the day is that of the grant that makes room.
struct Release {
    const Expense& document;
    const Commitment* commitment;
    Date granted_on;
};

// Who approved a row that finance has settled, as finance states (contract of `import`).
using StatedApprovals = std::vector<User>;

namespace expense {

// Reserves the money; held where a control stops it and the draft names a request. Refuses
// period_closed, in_the_future, unknown_category, other_review, other_category, before_commitment,
// wrong_state, year_over, duplicate_invoice, controls. One that arrives after its commitment was
// closed is direct and names it (DOMAIN rule 5).
Entry submit(const Facts& facts, const ExpenseDraft& draft, const ExpenseContext& context);
// Submit and approve in one event. Also refuses own_document, own_payment, not_permitted when
// the approvals stated are not what the policy asks.
Entry settle(const Facts& facts, const ExpenseDraft& draft, const ExpenseContext& context,
             const StatedApprovals& approvers);

// Reserves the money of a held expense, dated the latest of its own day, the grant's and the first
// open one (MODEL.md 2). Asks no role. Refuses what submit refuses of money and commitment.
Entry release(const Facts& facts, const Release& held);

// Counts one approval; the last one needed spends the money. Posts on the document's own date, or
// on the first open day from it that allows it. A delegate approves in a role of the delegator
// where no own role counts. `payee_user` is the user whom it pays, or "". Refuses wrong_state,
// not_permitted, own_document, own_payment, already_approved, before_document, year_over; the
// delegator's documents and payments count as own. No control again.
Entry approve(const Facts& facts, const Expense& document, const Commitment* commitment,
              const Decide& ask, std::string_view payee_user = {});
// What the last approval of an undecided expense will move.
std::vector<Transfer> transfers_of_approval(const Review& review, const Expense& document,
                                            const Commitment* commitment);
// A chair, or a role of the policy, says no with a reason.
Entry reject(const Facts& facts, const Expense& document, const Commitment* commitment,
             const Decide& ask);
// Who submitted it takes it back.
Entry withdraw(const Facts& facts, const Expense& document, const Commitment* commitment,
               const Decide& ask);

}  // namespace expense

// What was asked, as the body keeps it and a request key compares it.
Body asked(const ExpenseDraft& draft);

// The expense, and its commitment, after an event that concerns them.
Expense submitted(const Event& event, const Review& review);
void fold(Expense& document, const Event& event);
// The effect on one commitment of an expense's going from `before` (absent: new) to `after`, of
// which either may be against another commitment or none.
void fold(Commitment& commitment, const std::optional<Expense>& before, const Expense& after);

}  // namespace purser
