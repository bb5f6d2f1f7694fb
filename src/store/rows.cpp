#include "store/rows.hpp"

#include <algorithm>

#include "ledger/commitment.hpp"
#include "ledger/envelope.hpp"
#include "ledger/expense.hpp"
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
    std::int64_t line = 0;
    for (const auto& decision : decisions(event, review.currency())) {
        rows_.add(event.review, ++line, decision);
    }
    switch (event.act) {
        case Act::category_add: {
            const Category category{std::string(event.body.text("code")),
                                    std::string(event.body.text("title")),
                                    event.body.has("overhead")};
            review.add(category);
            rows_.add(event.review, CategoryRow{event.seq, category});
            break;
        }
        case Act::payee_add:
            rows_.add(event.review, PayeeRow{DocumentId::parse(event.subject).number, event.seq,
                                             std::string(event.body.text("digest"))});
            break;
        case Act::commitment_open: insert(event.review, opened(event, review)); break;
        case Act::commitment_confirm:
        case Act::commitment_reject:
        case Act::commitment_amend:
        case Act::commitment_close: {
            const Commitment before =
                rows_.commitment(review, DocumentId::parse(event.subject).number);
            Commitment after = before;
            fold(after, event);
            update(event.review, before, after);
            break;
        }
        case Act::expense_submit:
        case Act::expense_approve:
        case Act::expense_reject:
        case Act::expense_withdraw:
        case Act::expense_settle: apply_to_expense(event, review); break;
        case Act::year_close: close_year(event, review); break;
        case Act::book_init:
        case Act::user_add:
        case Act::user_disable:
        case Act::user_password:
        case Act::policy_add:
        case Act::review_open:
        case Act::review_set:
        case Act::review_pause:
        case Act::review_resume:
        case Act::review_finish:
        case Act::envelope_grant:
        case Act::envelope_lower:
        case Act::budget_allot:
        case Act::budget_unallot:
        case Act::budget_move:
        case Act::expense_import:
        case Act::period_close: break;  // nothing beyond settings and decisions
    }
}

void Projector::apply_to_book(const Event& event) {
    if (event.act == Act::policy_add) {
        const Body& body = event.body;
        rows_.add(PolicyRow{event.seq, std::string(body.text("review")),
                            std::string(body.text("from")), std::string(body.text("up_to")),
                            std::string(body.text("role")), body.number("count")});
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

void Projector::apply_to_expense(const Event& event, const Review& review) {
    if (event.act == Act::expense_submit || event.act == Act::expense_settle) {
        const Expense document = submitted(event, review);
        check_claim(event, document);
        insert(event.review, document);
        update_commitment(review, document.commitment, {}, document);
        return;
    }
    const Expense before = rows_.expense(review, DocumentId::parse(event.subject).number);
    Expense after = before;
    fold(after, event);
    check_claim(event, after);
    update(event.review, before, after);
    update_commitment(review, after.commitment, before, after);
}

void Projector::update_commitment(const Review& review, std::int64_t number,
                                  const std::optional<Expense>& before, const Expense& after) {
    if (number == 0) return;
    const Commitment as_it_was = rows_.commitment(review, number);
    Commitment document = as_it_was;
    fold(document, before, after);
    if (document != as_it_was) update(review.key(), as_it_was, document);
}

// Undecided expenses and living commitments go on into the next year; what lapses of a
// commitment leaves it at what is used and claimed, and closes it when nothing is claimed.
void Projector::close_year(const Event& event, const Review& review) {
    const FiscalYear year = FiscalYear::parse(event.subject);
    for (const Expense& before : rows_.undecided(review, year)) {
        Expense after = before;
        after.year = year.next();
        update(event.review, before, after);
    }
    const auto& lapsed = event.body.list("lapsed");
    for (const Commitment& before : rows_.alive(review, year)) {
        Commitment after = before;
        const DocumentId id{event.review, DocumentKind::commitment, before.number};
        const bool lapses = std::find(lapsed.begin(), lapsed.end(), id.text()) != lapsed.end();
        if (lapses && before.claimed.is_zero()) {
            after.state = CommitmentState::closed;
        } else {
            if (lapses) after.amount = before.used + before.claimed;
            after.year = year.next();
        }
        update(event.review, before, after);
    }
}

}  // namespace purser
