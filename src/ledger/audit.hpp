// The invariants that every event must keep, checked when it is written and when it is verified.
//
// What is approved is known from decisions and from buckets; what is requested and committed is
// known from documents and from buckets, and so is what is spent, per category. Each event must
// change both by the same (MODEL.md 6).
#pragma once

#include <utility>
#include <vector>

#include "ledger/balances.hpp"
#include "ledger/document.hpp"
#include "ledger/envelope.hpp"
#include "ledger/event.hpp"
#include "ledger/review.hpp"

namespace purser {

// By how much an event changed what documents hold in `requested`, `committed` and `spent`. What is
// spent is counted per category: a correction may post in a later year than its expense.
class Holdings {
public:
    // An event touches few accounts: looking through them is faster than sorting them.
    using Changes = std::vector<std::pair<Account, Money>>;

    void change(const std::optional<Commitment>& before, const Commitment& after);
    void change(const std::optional<Expense>& before, const Expense& after);
    const Changes& changes() const { return changes_; }

private:
    void hold(const Commitment& document, int sign);
    void hold(const Expense& document, int sign);
    void hold(const Account& account, const Money& amount, int sign);
    Changes changes_;
};

// Broken, naming the event and the difference. Without fiscal budgets a year has no approved of its
// own: uses draw on what is not given to one.
void check_authority(const Event& event, const Review& review);
void check_holdings(const Event& event, const Holdings& holdings);
// That no more came back than was paid, in the expense's currency.
void check_refunds(const Event& event, const Expense& document);
// An undecided expense holds all of its amount: what it claims of a commitment, and the excess.
void check_claim(const Event& event, const Expense& after);
// A grant with a last day ends once, on the day after it, and by no more than it gave.
void check_end(const Event& event, const ExpiringGrant& grant);
// A month's or a year's close closes through its last day; reopening a month opens its first.
// Money moves on open days, unless authority decided it; a year's close moves it on the first day
// of the new year, and after it no money but what is spent moves in the old one. `before` is the
// review as the event found it.
void check_day(const Event& event, const Review& before);
// That a use took no free money that was not there, on its day or any later one, under a control
// that stops. Authority may take free money away: controls judge use, not decisions (MODEL.md 3);
// but a grant's end takes back only what is left.
// `after` holds what the event moved, too.
void check_free(const Event& event, const Review& review, const Balances& after);
void check_free(const Event& event, const Review& review, const FreeMoney& after);

}  // namespace purser
