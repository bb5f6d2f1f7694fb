#include "ledger/commitment_history.hpp"

#include <algorithm>

#include "ledger/reading.hpp"

namespace purser {
namespace {

template <typename Map> auto& opened_before(Map& commitments, std::int64_t number) {
    const auto at = commitments.find(number);
    if (at != commitments.end()) return at->second;
    throw Unreadable("it names commitment " + std::to_string(number) + ", which was never opened");
}

}  // namespace

void close_year(Commitment& document, const Event& year_close) {
    const FiscalYear year = FiscalYear::parse(year_close.subject);
    const auto& lapsed = year_close.body.list("lapsed");
    const DocumentId id{year_close.review, DocumentKind::commitment, document.number};
    const bool lapses = std::find(lapsed.begin(), lapsed.end(), id.text()) != lapsed.end();
    if (lapses && document.claimed.is_zero()) {
        document.state = CommitmentState::closed;
        return;
    }
    if (lapses) document.amount = document.used + document.claimed;
    document.year = year.next();
}

void CommitmentHistory::apply(const Event& event) {
    reading([&] { return log_line(event); }, [&] { apply_read(event); });
}

void CommitmentHistory::apply_read(const Event& event) {
    switch (event.act) {
        case Act::commitment_open: {
            Commitment document = opened(event, review_);
            const std::int64_t number = document.number;
            const Money none = Money::zero(review_.currency());
            commitments_.insert_or_assign(number, CommitmentAt{std::move(document), none});
            add_committed(number, event);
            return;
        }
        case Act::year_close:
            for (auto& [number, at] : commitments_) {
                const bool lives = at.document.state == CommitmentState::open ||
                                   at.document.state == CommitmentState::proposed;
                if (!lives || at.document.year.text() != event.subject) continue;
                const Money before = at.document.amount;
                close_year(at.document, event);
                const bool lapsed =
                    at.document.state == CommitmentState::closed || at.document.amount != before;
                if (lapsed) at.committed = at.document.rest();
            }
            return;
        default: break;
    }
    if (event.subject.empty()) return;
    const std::string_view act = name(event.act);
    if (act.starts_with("commitment.")) {
        const std::int64_t number =
            DocumentId::parse(event.subject, DocumentKind::commitment).number;
        fold(opened_before(commitments_, number).document, event);
        add_committed(number, event);
    } else if (act.starts_with("expense.")) {
        apply_expense(event);
    }
}

std::int64_t CommitmentHistory::commitment_of(std::int64_t expense) const {
    const auto at = static_cast<std::size_t>(expense);
    return at < against_.size() ? against_[at] : 0;
}

void CommitmentHistory::set_commitment(std::int64_t expense, std::int64_t commitment) {
    if (commitment_of(expense) == commitment) return;
    const auto at = static_cast<std::size_t>(expense);
    if (against_.size() <= at) against_.resize(at + 1 + at / 2);
    against_[at] = commitment;
}

// An undecided expense is followed as it is; of a decided one only what it is against.
void CommitmentHistory::apply_expense(const Event& event) {
    const std::int64_t number = expense_number(event);
    const std::int64_t against = commitment_of(number);
    if (event.act == Act::expense_reverse) {
        if (against == 0) return;
        opened_before(commitments_, against).document.used -=
            event.body.money("amount", review_.currency());
        add_committed(against, event);
        return;
    }
    std::optional<Expense> before;
    std::optional<Expense> after;
    if (event.act == Act::expense_submit || event.act == Act::expense_settle) {
        after = submitted(event, review_);
    } else if (const auto known = undecided_.find(number); known != undecided_.end()) {
        before = after = known->second;
        fold(*after, event);
    } else {
        return;  // a refund or a text of a decided one
    }
    if (before && before->commitment != 0 && before->commitment != after->commitment) {
        follow(before->commitment, before, *after);
    }
    if (after->commitment != 0) follow(after->commitment, before, *after);
    set_commitment(number, after->commitment);
    undecided_.erase(number);
    const bool undecided =
        after->state == ExpenseState::submitted || after->state == ExpenseState::held;
    if (undecided) undecided_.emplace(number, *std::move(after));
}

// What an expense changes of a commitment; `committed` follows the rest (MODEL.md 2).
void CommitmentHistory::follow(std::int64_t number, const std::optional<Expense>& before,
                               const Expense& after) {
    CommitmentAt& at = opened_before(commitments_, number);
    const Money rest = at.document.rest();
    fold(at.document, before, after);
    at.committed += at.document.rest() - rest;
}

void CommitmentHistory::add_committed(std::int64_t number, const Event& event) {
    Money& committed = opened_before(commitments_, number).committed;
    for (const auto& transfer : event.transfers) {
        if (transfer.from.bucket == Bucket::committed) committed -= transfer.amount;
        if (transfer.to.bucket == Bucket::committed) committed += transfer.amount;
    }
}

}  // namespace purser
