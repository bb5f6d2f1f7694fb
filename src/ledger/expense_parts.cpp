#include "ledger/expense_parts.hpp"

#include "values/error.hpp"

namespace purser::expense {

std::string id_text(const Facts& facts, const Expense& document) {
    return DocumentId{facts.review.key(), DocumentKind::expense, document.number}.text();
}

Entry about(const Facts& facts, Act act, const Expense& document, const std::string& reason) {
    return {act, id_text(facts, document), facts.today, document.document_on, reason, {}, {}, {}};
}

void require_same_review(const Facts& facts, const std::optional<DocumentId>& commitment) {
    if (!commitment || commitment->review == facts.review.key()) return;
    throw Refused(Rule::other_review,
                  commitment->text() + " is a commitment of " + commitment->review.text() +
                      ", not of " + facts.review.key().text(),
                  "see: purser commitment list " + facts.review.key().text());
}

namespace {

void require_category(const Facts& facts, const DocumentId& id, const Commitment& document,
                      const std::string& category) {
    if (document.category == category) return;
    throw Refused(Rule::other_category,
                  id.text() + " is of " + facts.review.category(document.category).title +
                      ", the expense is of " + facts.review.category(category).title,
                  "try: --category " + document.category);
}

}  // namespace

void require_open(const Facts& facts, const DocumentId& id, const Commitment& document,
                  const std::string& category) {
    if (document.state != CommitmentState::open) {
        const bool closed = document.state == CommitmentState::closed;
        throw Refused(Rule::wrong_state,
                      id.text() + " is " + std::string(name(document.state)) +
                          ", expenses go against an open commitment",
                      closed ? "try: --after " + id.text() +
                                   " in place of --commitment: a direct expense that says so"
                             : "leave --commitment out to record a direct expense");
    }
    require_category(facts, id, document, category);
}

void require_closed(const Facts& facts, const DocumentId& id, const Commitment& document,
                    const std::string& category) {
    if (document.state != CommitmentState::closed) {
        throw Refused(Rule::wrong_state,
                      id.text() + " is " + std::string(name(document.state)) +
                          ", an expense comes after a closed commitment",
                      document.state == CommitmentState::open
                          ? "try: --commitment " + id.text()
                          : "leave --after out to record a direct expense");
    }
    require_category(facts, id, document, category);
}

void require_one_link(const ExpenseDraft& draft) {
    if (!draft.commitment || !draft.after) return;
    throw BadInput("an expense is against " + draft.commitment->text() + " or after " +
                       draft.after->text() + ", not both",
                   "give --commitment for an open one, --after for a closed one");
}

void require_new_invoice(const std::string& invoice, const std::optional<DocumentId>& same) {
    if (!same) return;
    throw Refused(Rule::duplicate_invoice,
                  "invoice '" + invoice + "' of this payee is " + same->text() + " already",
                  "see: purser expense show " + same->text());
}

void require_past(const Facts& facts, std::optional<Date> document_on) {
    if (!document_on || *document_on <= facts.today) return;
    throw Refused(Rule::in_the_future,
                  "the document date " + to_text(*document_on) + " is after today");
}

Money leaves_rest(const Commitment* commitment, const Expense& before, const Expense& after) {
    if (commitment == nullptr) return Money::zero(after.amount.currency());
    Commitment later = *commitment;
    fold(later, before, after);
    return commitment->rest() - later.rest();
}

}  // namespace purser::expense
