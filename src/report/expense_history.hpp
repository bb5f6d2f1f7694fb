// What was done to one expense, step by step: who, when, why, and what it changed.
//
// Approvals that fell are here too, and the sums of refunds at their own rates.
#pragma once

#include "report/document.hpp"
#include "store/book.hpp"

namespace purser::report {

std::string approval_text(const Approval& approval);  // "carl (chair)"
Table expense_history(Book& book, const DocumentId& id);

}  // namespace purser::report
