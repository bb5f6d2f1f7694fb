#include "report/subjects.hpp"

#include "ledger/reading.hpp"

namespace purser::report {
namespace {

std::string commitment_id(const ReviewKey& key, std::int64_t number) {
    return DocumentId{key, DocumentKind::commitment, number}.text();
}

std::string with_reason(const std::string& what, const std::string& reason) {
    return reason.empty() ? what : what + " (" + reason + ')';
}

}  // namespace

Subjects::Subjects(Book& book, const ReviewKey& key, bool with_payee)
    : book_(book), with_payee_(with_payee) {
    for (const auto& commitment : book.commitments(key)) {
        commitments_.emplace(commitment_id(key, commitment.number), commitment);
    }
}

Subject Subjects::of(const Event& event) {
    switch (event.act) {
        case Act::expense_submit: return undecided_[event.subject] = as_asked(event);
        case Act::expense_settle: return as_asked(event);
        case Act::expense_approve:
        case Act::expense_reject:
        case Act::expense_withdraw:
        case Act::expense_refund:
        case Act::expense_reverse: return decided(event);
        case Act::expense_release: return asked(event);
        case Act::expense_amend:
            undecided_.erase(event.subject);  // its texts may be others now
            return decided(event);
        case Act::year_close: return {"close of " + event.subject, {}};
        default: break;
    }
    const auto commitment = commitments_.find(event.subject);
    if (commitment == commitments_.end()) return {event.reason, {}};
    return {with_reason(commitment->second.what, event.reason),
            {},
            is_contract(event.subject),
            commitment->second.meeting};
}

bool Subjects::is_contract(const std::string& commitment) const {
    const auto at = commitments_.find(commitment);
    return at != commitments_.end() && at->second.kind == CommitmentKind::contract;
}

Subject Subjects::as_asked(const Event& event) {
    const Body& body = event.body;
    const std::string against(body.text(body.has("after") ? "after" : "commitment"));
    Subject subject{event.reason,
                    {},
                    is_contract(against),
                    std::string(body.text("meeting")),
                    std::string(body.text("work_item"))};
    const std::string payee(body.text("payee"));
    if (payee.empty() || !with_payee_) return subject;
    auto known = payees_.find(payee);
    if (known == payees_.end()) known = payees_.emplace(payee, view(event).payee).first;
    subject.payee = known->second;
    return subject;
}

Subject Subjects::decided(const Event& event) {
    const bool is_last = event.body.has("state");  // of several approvals
    if (event.transfers.empty()) {
        if (is_last) undecided_.erase(event.subject);
        return {};
    }
    Subject subject = asked(event);
    undecided_.erase(event.subject);
    subject.what = with_reason(subject.what, event.reason);
    return subject;
}

Subject Subjects::asked(const Event& event) {
    const auto known = undecided_.find(event.subject);
    if (known != undecided_.end()) return known->second;
    const ExpenseView said = view(event);
    const std::int64_t against =
        said.expense.commitment == 0 ? said.expense.closed : said.expense.commitment;
    return {said.why, with_payee_ ? said.payee : std::string(),
            against != 0 && is_contract(commitment_id(event.review, against)), said.meeting,
            said.work_item};
}

ExpenseView Subjects::view(const Event& event) {
    return book_.expense({event.review, DocumentKind::expense, expense_number(event)});
}

}  // namespace purser::report
