#include "ledger/audit.hpp"

#include <algorithm>
#include <map>

#include "ledger/envelope.hpp"
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
    const auto take = [&](Account account, const Money& amount) {
        if (!is_held(account.bucket)) return;
        if (account.bucket == Bucket::spent) account.year.reset();
        change(differences, account, -amount);
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

void check_day(const Event& event, const Review& before) {
    const std::string id = event_id(event.review, event.seq);
    if (event.act == Act::year_close) {
        const Date due = next_day(before.calendar().last_day(FiscalYear::parse(event.subject)));
        if (event.posted_on != due) {
            throw Broken(id + " closes " + event.subject + " on " + to_text(event.posted_on) +
                         ", which is done on " + to_text(due));
        }
    }
    if (event.transfers.empty() || !before.is_closed(event.posted_on)) return;
    const auto is_authority = [](const Transfer& transfer) {
        return transfer.from.bucket == Bucket::authority || transfer.to.bucket == Bucket::authority;
    };
    if (std::any_of(event.transfers.begin(), event.transfers.end(), is_authority)) return;
    throw Broken(id + " moves money on " + to_text(event.posted_on) +
                 ", the review is closed through " + to_text(*before.closed_through()));
}

}  // namespace purser
