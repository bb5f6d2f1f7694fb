#include "store/rows.hpp"

#include "ledger/commitment_history.hpp"
#include "ledger/envelope.hpp"
#include "ledger/expense.hpp"
#include "ledger/reading.hpp"
#include "ledger/setup.hpp"

namespace purser {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const auto& text : texts) {
        if (!result.empty()) result += ',';
        result += text;
    }
    return result;
}

}  // namespace

void Projector::apply(const Event& event, Review& review) {
    if (event.body.has("request")) {
        rows_.add(KeyRow{event.actor, std::string(event.body.text("key")), event.review.text(),
                         event.seq, std::string(event.body.text("request"))});
    }
    if (event.review == ReviewKey::book()) {
        apply_to_book(event);
        return;
    }
    holdings_ = {};
    check_day(event, review);
    apply_to_review(event, review);
    check_authority(event, review);
    check_holdings(event, holdings_);
}

void Projector::insert(const ReviewKey& review, const Commitment& row) {
    holdings_.change({}, row);
    rows_.insert(review, row);
}

void Projector::insert(const ReviewKey& review, const Expense& row) {
    holdings_.change({}, row);
    rows_.insert(review, row);
}

void Projector::update(const ReviewKey& review, const Commitment& before, const Commitment& after) {
    holdings_.change(before, after);
    rows_.update(review, after);
}

void Projector::update(const ReviewKey& review, const Expense& before, const Expense& after) {
    holdings_.change(before, after);
    rows_.update(review, after);
}

void Projector::apply_to_review(const Event& event, Review& review) {
    for (const auto& setting : settings(event)) {
        review.apply(setting);
        rows_.add(event.review, setting);
    }
    for (const auto& value : record_values(event)) rows_.add(event.review, value);
    std::int64_t line = 0;
    for (const auto& decision : decisions(event, review.currency())) {
        rows_.add(event.review, ++line, decision);
    }
    apply_to_expiring(event, review);
    apply_to_documents(event, review);
}

void Projector::apply_to_documents(const Event& event, Review& review) {
    switch (event.act) {
        case Act::category_add: add_category(event, review); break;
        case Act::payee_add: add_payee(event); break;
        case Act::payee_user: put_payee_user(event); break;
        case Act::commitment_open:
        case Act::commitment_release:
        case Act::commitment_confirm:
        case Act::commitment_reject:
        case Act::commitment_amend:
        case Act::commitment_close: apply_to_commitment(event, review); break;
        case Act::request_submit:
        case Act::request_decide:
        case Act::request_refuse:
        case Act::request_withdraw: apply_to_request(event, review); break;
        case Act::sheet_issue:
        case Act::sheet_approve:
        case Act::sheet_withhold:
        case Act::sheet_post:
        case Act::sheet_withdraw: apply_to_sheet(event, review); break;
        case Act::sheet_due: rows_.put(event.review, sheet_target(event)); break;
        case Act::expense_release:
        case Act::expense_submit:
        case Act::expense_approve:
        case Act::expense_reject:
        case Act::expense_withdraw:
        case Act::expense_settle:
        case Act::expense_amend:
        case Act::expense_refund:
        case Act::expense_reverse: apply_to_expense(event, review); break;
        case Act::year_close: close_year(event, review); break;
        case Act::book_init:
        case Act::user_add:
        case Act::user_disable:
        case Act::user_password:
        case Act::user_invite:
        case Act::user_sign_out:
        case Act::policy_add:
        case Act::delegate_add:
        case Act::delegate_end:
        case Act::review_open:
        case Act::review_set:
        case Act::review_pause:
        case Act::review_resume:
        case Act::review_finish:
        case Act::forecast_set:
        case Act::forecast_withdraw:
        case Act::envelope_grant:
        case Act::envelope_lower:
        case Act::envelope_expire:
        case Act::budget_allot:
        case Act::budget_unallot:
        case Act::budget_move:
        case Act::expense_import:
        case Act::payee_erase:
        case Act::member_add:
        case Act::member_set:
        case Act::member_remove:
        case Act::member_import:
        case Act::member_erase:
        case Act::meeting_add:
        case Act::meeting_set:
        case Act::meeting_remove:
        case Act::meeting_import:
        case Act::meeting_attend:
        case Act::milestone_add:
        case Act::milestone_set:
        case Act::milestone_remove:
        case Act::milestone_import:
        case Act::work_item_add:
        case Act::work_item_set:
        case Act::work_item_remove:
        case Act::work_item_import:
        case Act::period_close:
        case Act::period_reopen: break;  // nothing beyond settings, decisions and records
    }
}

void Projector::add_category(const Event& event, Review& review) {
    const Category category{std::string(event.body.text("code")),
                            std::string(event.body.text("title")), event.body.has("overhead")};
    review.add(category);
    rows_.add(event.review, CategoryRow{event.seq, category});
}

void Projector::add_payee(const Event& event) {
    rows_.add(event.review, PayeeRow{DocumentId::parse(event.subject).number, event.seq,
                                     std::string(event.body.text("digest"))});
    put_payee_user(event);
}

void Projector::apply_to_book(const Event& event) {
    if (event.act == Act::policy_add) {
        const Body& body = event.body;
        rows_.add(PolicyRow{event.seq, std::string(body.text("review")),
                            std::string(body.text("from")), std::string(body.text("up_to")),
                            std::string(body.text("role")), body.number("count")});
        return;
    }
    if (event.act == Act::delegate_add || event.act == Act::delegate_end) {
        apply_to_delegations(event);
        return;
    }
    AccountRow row = rows_.account(event.subject);
    if (row.seq == 0) row.seq = event.seq;
    if (event.act == Act::user_disable) row.disabled = true;
    if (event.act == Act::user_password) row.secret_digest = event.body.text("digest");
    if (event.act == Act::user_add || event.act == Act::book_init) {
        if (row.disabled) row.grants.clear();  // taken up again, with the roles named now
        row.disabled = false;
        const std::string more = joined(event.body.list("grants"));
        row.grants += row.grants.empty() ? more : ',' + more;
    }
    rows_.put(row);
}

void Projector::apply_to_delegations(const Event& event) {
    const std::string to(event.body.text("to"));
    if (event.act == Act::delegate_add) {
        rows_.put(DelegationRow{event.seq,
                                {event.subject, to, needed_day(event.body, "from"),
                                 needed_day(event.body, "until"), false}});
        return;
    }
    for (DelegationRow& row : rows_.delegations()) {
        if (row.delegation.delegator != event.subject || row.delegation.delegate != to) continue;
        row.delegation.ended = true;
        rows_.put(row);
    }
}

// A payee that is a user of the book; most are not.
void Projector::put_payee_user(const Event& event) {
    if (!event.body.has("user")) return;
    rows_.put(event.review, PayeeUserRow{DocumentId::parse(event.subject).number, event.seq,
                                         std::string(event.body.text("user"))});
}

void Projector::apply_to_commitment(const Event& event, const Review& review) {
    const DocumentId id = DocumentId::parse(event.subject);
    if (event.act == Act::commitment_open) {
        const Commitment document = opened(event, review);
        insert(event.review, document);
        if (document.state == CommitmentState::held) hold(event, id, document.amount);
        return;
    }
    const Commitment before = rows_.commitment(review, id.number);
    Commitment after = before;
    fold(after, event);
    update(event.review, before, after);
    if (before.state == CommitmentState::held) end_hold(event, review, id);
}

void Projector::apply_to_expense(const Event& event, const Review& review) {
    if (event.act == Act::expense_submit || event.act == Act::expense_settle) {
        const Expense document = submitted(event, review);
        check_claim(event, document);
        insert(event.review, document);
        update_commitment(review, document.commitment, {}, document);
        if (document.state == ExpenseState::held) {
            hold(event, DocumentId::parse(event.subject), document.amount);
        }
        return;
    }
    const Expense before = rows_.expense(review, DocumentId::parse(event.subject).number);
    Expense after = before;
    fold(after, event);
    check_refunds(event, after);
    check_claim(event, after);
    update(event.review, before, after);
    update_commitment(review, before.commitment, before, after);
    if (after.commitment != before.commitment) {
        update_commitment(review, after.commitment, before, after);
    }
    if (before.state == ExpenseState::held && after.state != ExpenseState::held) {
        end_hold(event, review, DocumentId::parse(event.subject));
    }
}

void Projector::apply_to_request(const Event& event, const Review& review) {
    if (event.act == Act::request_submit) {
        rows_.put(event.review, requested(event, review));
        return;
    }
    Request document = rows_.request(review, DocumentId::parse(event.subject).number);
    fold(document, event);
    rows_.put(event.review, document);
}

void Projector::apply_to_sheet(const Event& event, const Review& review) {
    if (event.act == Act::sheet_issue) {
        rows_.put(event.review, issued(event));
        return;
    }
    Sheet document = rows_.sheet(review, DocumentId::parse(event.subject).number);
    fold(document, event);
    rows_.put(event.review, document);
}

// A grant with an end date begins; or one has ended.
void Projector::apply_to_expiring(const Event& event, const Review& review) {
    if (const auto grant = expiring(event, review.currency())) rows_.put(event.review, *grant);
    if (event.act != Act::envelope_expire) return;
    ExpiringGrant ended = rows_.expiring(review, event.body.number("grant"));
    check_end(event, ended);
    ended.ended_seq = event.seq;
    rows_.put(event.review, ended);
}

void Projector::hold(const Event& event, const DocumentId& document, const Money& amount) {
    rows_.put(event.review,
              Held{document, DocumentId::parse(event.body.text("hold")).number, event.seq,
                   std::string(event.body.text("category")), amount, event.posted_on});
}

void Projector::end_hold(const Event& event, const Review& review, const DocumentId& document) {
    Held ended = rows_.held(review, document);
    ended.ended_seq = event.seq;
    ended.ended_on = event.posted_on;
    rows_.put(event.review, ended);
}

void Projector::update_commitment(const Review& review, std::int64_t number,
                                  const std::optional<Expense>& before, const Expense& after) {
    if (number == 0) return;
    const Commitment as_it_was = rows_.commitment(review, number);
    Commitment document = as_it_was;
    fold(document, before, after);
    if (document != as_it_was) update(review.key(), as_it_was, document);
}

// Undecided expenses and living commitments go on into the next year, or lapse.
void Projector::close_year(const Event& event, const Review& review) {
    const FiscalYear year = FiscalYear::parse(event.subject);
    for (const Expense& before : rows_.undecided(review, year)) {
        Expense after = before;
        after.year = year.next();
        update(event.review, before, after);
    }
    for (const Commitment& before : rows_.alive(review, year)) {
        Commitment after = before;
        purser::close_year(after, event);
        update(event.review, before, after);
    }
}

}  // namespace purser
