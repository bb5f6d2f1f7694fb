// What the rules of an expense's life share: expense.cpp and correction.cpp, nobody else.
//
// The questions that a commitment named by an expense is asked, and what of its rest an
// expense holds.
#pragma once

#include <optional>
#include <string>

#include "ledger/expense.hpp"

namespace purser::expense {

std::string id_text(const Facts& facts, const Expense& document);

// An entry about an expense, dated today and with nothing moved yet.
Entry about(const Facts& facts, Act act, const Expense& document, const std::string& reason);

// Refuses other_review.
void require_same_review(const Facts& facts, const std::optional<DocumentId>& commitment);
// That expenses of the category can go against it. Refuses wrong_state, other_category.
void require_open(const Facts& facts, const DocumentId& id, const Commitment& document,
                  const std::string& category);
// That it is closed, so an expense can come after it. Refuses wrong_state, other_category.
void require_closed(const Facts& facts, const DocumentId& id, const Commitment& document,
                    const std::string& category);
// An expense is against an open commitment, or after a closed one. BadInput.
void require_one_link(const ExpenseDraft& draft);
// Refuses duplicate_invoice.
void require_new_invoice(const std::string& invoice, const std::optional<DocumentId>& same);
// Refuses in_the_future.
void require_past(const Facts& facts, std::optional<Date> document_on);

// What leaves the commitment's rest, below zero where it grows, when an expense goes from one
// state to another. Zero without a commitment.
Money leaves_rest(const Commitment* commitment, const Expense& before, const Expense& after);

}  // namespace purser::expense
