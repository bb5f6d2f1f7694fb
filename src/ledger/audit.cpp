#include "ledger/audit.hpp"

#include <algorithm>
#include <map>

#include "values/error.hpp"

namespace purser {
namespace {

// What is approved, per category and per (category, year).
using Approved = std::map<std::pair<std::string, std::optional<FiscalYear>>, Money>;

void change(Approved& approved, const std::string& category, std::optional<FiscalYear> year,
            const Money& by) {
    approved.try_emplace({category, year}, Money::zero(by.currency())).first->second += by;
}

void change(Approved& approved, const Account& account, const Money& by) {
    if (!is_approved(account.bucket)) return;
    change(approved, account.category, {}, by);
    if (account.year) change(approved, account.category, account.year, by);
}

// An act of use: both ends count as approved of the same category and year.
bool stays_approved(const Transfer& transfer) {
    const Account& from = transfer.from;
    const Account& to = transfer.to;
    return is_approved(from.bucket) && is_approved(to.bucket) && from.year == to.year &&
           from.category == to.category;
}

void change(Holdings::Changes& changes, const Account& account, const Money& by) {
    const auto at = std::find_if(changes.begin(), changes.end(),
                                 [&](const auto& one) { return one.first == account; });
    if (at == changes.end()) {
        changes.emplace_back(account, by);
    } else {
        at->second += by;
    }
}

bool is_held(Bucket in) {
    return in == Bucket::requested || in == Bucket::committed || in == Bucket::spent;
}

}  // namespace

void Holdings::hold(const Account& account, const Money& amount, int sign) {
    if (!amount.is_zero()) purser::change(changes_, account, sign > 0 ? amount : -amount);
}

void Holdings::hold(const Commitment& document, int sign) {
    hold({document.category, document.year, Bucket::committed}, document.rest(), sign);
    hold({document.category, document.year, Bucket::requested}, document.reserved, sign);
}

void Holdings::hold(const Expense& document, int sign) {
    hold({document.category, document.year, Bucket::requested}, document.reserved, sign);
    hold({document.category, {}, Bucket::spent}, document.spent(), sign);
}

void Holdings::change(const std::optional<Commitment>& before, const Commitment& after) {
    if (before) hold(*before, -1);
    hold(after, 1);
}

void Holdings::change(const std::optional<Expense>& before, const Expense& after) {
    if (before) hold(*before, -1);
    hold(after, 1);
}

void check_authority(const Event& event, const Review& review) {
    Approved changes;
    for (const auto& transfer : event.transfers) {
        if (stays_approved(transfer)) continue;
        change(changes, transfer.from, -transfer.amount);
        change(changes, transfer.to, transfer.amount);
    }
    for (const auto& decision : decisions(event, review.currency())) {
        change(changes, decision.category, decision.year, -decision.amount);
    }
    for (const auto& [place, amount] : changes) {
        if (amount.is_zero() || (place.second && !review.fiscal_budget())) continue;
        throw Broken(event_id(event.review, event.seq) + " changes what is approved of " +
                     place.first + (place.second ? " in " + place.second->text() : "") + " by " +
                     amount.with_code() + " that nobody decided");
    }
}

void check_holdings(const Event& event, const Holdings& holdings) {
    Holdings::Changes differences = holdings.changes();
    const auto take = [&](const Account& account, const Money& amount) {
        if (!is_held(account.bucket)) return;
        const bool spent = account.bucket == Bucket::spent;
        change(differences, spent ? Account{account.category, {}, account.bucket} : account,
               -amount);
    };
    for (const auto& transfer : event.transfers) {
        take(transfer.from, -transfer.amount);
        take(transfer.to, transfer.amount);
    }
    for (const auto& [account, amount] : differences) {
        if (amount.is_zero()) continue;
        throw Broken(event_id(event.review, event.seq) + " moves " + account.text() + " by " +
                     (-amount).with_code() + " more than its documents hold");
    }
}

void check_refunds(const Event& event, const Expense& document) {
    const Money left = document.own_amount - document.own_refunded;
    if (!left.is_negative()) return;
    throw Broken(event_id(event.review, event.seq) + " refunds " + (-left).with_code() +
                 " more than " + document.own_amount.with_code() + ", which was spent");
}

void check_claim(const Event& event, const Expense& after) {
    if (after.state != ExpenseState::submitted) return;
    const Money held = after.claimed + after.reserved;
    if (held == after.amount) return;
    throw Broken(event_id(event.review, event.seq) + " leaves an undecided expense of " +
                 after.amount.with_code() + " that claims and requests " + held.grouped());
}

void check_end(const Event& event, const ExpiringGrant& grant) {
    const std::string id = event_id(event.review, event.seq);
    const std::string of = event_id(event.review, grant.seq);
    if (grant.ended_seq != 0) throw Broken(id + " ends the grant " + of + ", which has ended");
    if (event.posted_on != next_day(grant.expires)) {
        throw Broken(id + " ends the grant " + of + " on " + to_text(event.posted_on) +
                     ", its last day is " + to_text(grant.expires));
    }
    const auto more =
        std::find_if(event.transfers.begin(), event.transfers.end(),
                     [&](const Transfer& transfer) { return transfer.amount > grant.amount; });
    if (more == event.transfers.end()) return;
    throw Broken(id + " takes back " + more->amount.with_code() + " of the grant " + of + " of " +
                 grant.amount.with_code());
}

namespace {

// A grant's end takes back no more than its category has free on any later day.
template <class Days> void check_left(const Days& after, const Event& event) {
    if (event.act != Act::envelope_expire || event.transfers.empty()) return;
    FreeScope scope;
    scope.category = event.transfers.front().from.category;
    const auto [free, day] = after.lowest_free(scope, event.posted_on);
    if (!free.is_negative()) return;
    throw Broken(event_id(event.review, event.seq) +
                 " takes back more than was left of a grant: it leaves " + free.grouped() + " of " +
                 *scope.category + " free on " + to_text(day));
}

// What one control counts together, each by its first account: all, a category, or a year.
bool counts_together(Limit limit, const Account& a, const Account& b) {
    switch (limit) {
        case Limit::envelope: return true;
        case Limit::category: return a.category == b.category;
        case Limit::fiscal_year: return a.year == b.year;
    }
    return false;
}

FreeScope scope_of(Limit limit, const Account& account) {
    FreeScope scope;
    if (limit == Limit::category) scope.category = account.category;
    if (limit == Limit::fiscal_year) scope.year = account.year;
    return scope;
}

template <class Days>
void check_free_on(const Days& after, const Event& event, const Review& review) {
    check_left(after, event);
    struct Change {
        const Account* account;
        Money free, used;
    };
    const Money none = Money::zero(review.currency());
    std::vector<Change> changes;
    for (const Limit limit : {Limit::envelope, Limit::category, Limit::fiscal_year}) {
        if (limit == Limit::fiscal_year && !review.fiscal_budget()) continue;
        if (!review.stops(limit)) continue;
        changes.clear();
        const auto count = [&](const Account& account, const Money& by) {
            if (!is_approved(account.bucket)) return;
            if (limit == Limit::fiscal_year && !account.year) return;
            auto at = std::find_if(changes.begin(), changes.end(), [&](const Change& known) {
                return counts_together(limit, *known.account, account);
            });
            if (at == changes.end()) at = changes.insert(at, {&account, none, none});
            (is_held(account.bucket) ? at->used : at->free) += by;
        };
        for (const auto& transfer : event.transfers) {
            count(transfer.from, -transfer.amount);
            count(transfer.to, transfer.amount);
        }
        for (const Change& change : changes) {
            if (!change.used.is_positive() || !change.free.is_negative()) continue;
            const FreeScope scope = scope_of(limit, *change.account);
            const auto [free, day] = after.lowest_free(scope, event.posted_on);
            if (!free.is_negative()) continue;
            throw Broken(event_id(event.review, event.seq) + " uses " + (-change.free).with_code() +
                         " of " +
                         (scope.category ? *scope.category
                          : scope.year   ? scope.year->text()
                                         : "the envelope") +
                         " where the control stops at zero, and leaves " + free.grouped() +
                         " free on " + to_text(day));
        }
    }
}

}  // namespace

void check_free(const Event& event, const Review& review, const Balances& after) {
    check_free_on(after, event, review);
}

void check_free(const Event& event, const Review& review, const FreeMoney& after) {
    check_free_on(after, event, review);
}

namespace {

// Through which day an act of closing or reopening leaves the review closed.
std::optional<Date> closed_by(const Event& event, const Review& before) {
    if (event.act == Act::year_close) {
        return before.calendar().last_day(FiscalYear::parse(event.subject));
    }
    if (event.act == Act::period_close) return Month::parse(event.subject).last_day();
    if (event.act == Act::period_reopen) {
        return previous_day(Month::parse(event.subject).first_day());
    }
    return {};
}

}  // namespace

void check_day(const Event& event, const Review& before) {
    const auto id = [&] { return event_id(event.review, event.seq); };
    if (const auto through = closed_by(event, before)) {
        const std::vector<std::string> due{"closed-through=" + to_text(*through)};
        if (event.body.list("settings") != due) {
            throw Broken(id() + " does not leave the review closed through " + to_text(*through) +
                         ", as " + std::string(name(event.act)) + ' ' + event.subject + " does");
        }
    }
    if (event.act == Act::year_close) {
        const Date due = next_day(before.calendar().last_day(FiscalYear::parse(event.subject)));
        if (event.posted_on != due) {
            throw Broken(id() + " closes " + event.subject + " on " + to_text(event.posted_on) +
                         ", which is done on " + to_text(due));
        }
    }
    for (const auto& transfer : event.transfers) {
        for (const Account* account : {&transfer.from, &transfer.to}) {
            if (!account->year || account->bucket == Bucket::spent) continue;
            if (!before.is_closed(before.calendar().last_day(*account->year))) continue;
            throw Broken(id() + " moves " + account->text() + " although " + account->year->text() +
                         " is closed");
        }
    }
    if (event.transfers.empty() || !before.is_closed(event.posted_on)) return;
    const auto is_authority = [](const Transfer& transfer) {
        return transfer.from.bucket == Bucket::authority || transfer.to.bucket == Bucket::authority;
    };
    if (std::any_of(event.transfers.begin(), event.transfers.end(), is_authority)) return;
    throw Broken(id() + " moves money on " + to_text(event.posted_on) +
                 ", the review is closed through " + to_text(*before.closed_through()));
}

}  // namespace purser
