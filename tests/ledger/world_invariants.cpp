// How World keeps what an event does, and how it makes sure of it.
#include <algorithm>

#include "ledger/audit.hpp"
#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

std::int64_t total(const std::map<Date, std::int64_t>& movements, Date until) {
    std::int64_t sum = 0;
    for (const auto& [day, amount] : movements) {
        if (day <= until) sum += amount;
    }
    return sum;
}

std::string differs(const std::string& what, std::int64_t a, std::int64_t b) {
    if (a == b) return {};
    return what + ": " + std::to_string(a) + " is not " + std::to_string(b);
}

}  // namespace

const Event& World::apply(const std::string& user, const Entry& entry) {
    const auto seq = static_cast<std::int64_t>(log_.size()) + 1;
    log_.push_back({entry, review_.key(), seq, Instant{} + std::chrono::milliseconds{seq}, user});
    const Event& event = log_.back();
    for (const auto& setting : settings(event)) review_.apply(setting);
    balances_.apply(entry.transfers, entry.posted_on);
    free_.apply(entry.transfers, entry.posted_on);
    for (const auto& transfer : entry.transfers) {
        if (!transfer.amount.is_positive()) throw Broken("a transfer of " + transfer.amount.text());
        plain_[transfer.from][entry.posted_on] -= transfer.amount.amount_minor();
        plain_[transfer.to][entry.posted_on] += transfer.amount.amount_minor();
    }
    for (const auto& decision : decisions(event, review_.currency())) {
        decided_[{decision.category, decision.year}] += decision.amount.amount_minor();
    }
    if (event.act == Act::envelope_lower) lowered_ = true;
    const auto commitments_before = commitments_;
    const auto expenses_before = expenses_;
    fold_documents(event);
    audit(event, commitments_before, expenses_before);
    if (const std::string wrong = first_difference(); !wrong.empty()) {
        throw Broken("after " + std::string(name(event.act)) + " " + event.id() + " on " +
                     to_text(event.posted_on) + " (" + moved() + "): " + wrong);
    }
    return event;
}

// The program's own check of each event agrees that nothing is wrong with it.
void World::audit(const Event& event, const std::map<std::int64_t, Commitment>& commitments_before,
                  const std::map<std::int64_t, Expense>& expenses_before) const {
    Holdings holdings;
    for (const auto& [number, document] : commitments_) {
        std::optional<Commitment> before;
        const auto at = commitments_before.find(number);
        if (at != commitments_before.end()) before = at->second;
        if (before != document) holdings.change(before, document);
    }
    for (const auto& [number, document] : expenses_) {
        std::optional<Expense> before;
        const auto at = expenses_before.find(number);
        if (at != expenses_before.end()) before = at->second;
        if (before != document) holdings.change(before, document);
    }
    check_authority(event, review_);
    check_holdings(event, holdings);
    check_free(event, review_, balances_);
    check_free(event, review_, free_);
    for (const Transfer& transfer : event.transfers) {
        const Account& from = transfer.from;
        for (const FreeScope& scope :
             {FreeScope{}, FreeScope{from.category, {}}, FreeScope{{}, from.year}}) {
            if (free_.lowest_free(scope, event.posted_on) !=
                balances_.lowest_free(scope, event.posted_on)) {
                throw Broken("free money is known in two ways that differ");
            }
        }
    }
}

void World::fold_documents(const Event& event) {
    switch (event.act) {
        case Act::category_add:
            review_.add({std::string(event.body.text("code")),
                         std::string(event.body.text("title")), event.body.has("overhead")});
            break;
        case Act::commitment_open: {
            const Commitment document = opened(event, review_);
            commitments_.emplace(document.number, document);
            break;
        }
        case Act::commitment_confirm:
        case Act::commitment_reject:
        case Act::commitment_amend:
        case Act::commitment_close:
            fold(commitments_.at(DocumentId::parse(event.subject).number), event);
            break;
        case Act::expense_submit:
        case Act::expense_settle:
        case Act::expense_approve:
        case Act::expense_reject:
        case Act::expense_withdraw:
        case Act::expense_amend:
        case Act::expense_refund:
        case Act::expense_reverse: fold_expense(event); break;
        case Act::year_close: close_year(event); break;
        default: break;  // settings and transfers say it all
    }
}

void World::fold_expense(const Event& event) {
    const std::int64_t number = DocumentId::parse(event.subject).number;
    std::optional<Expense> before;
    const auto known = expenses_.find(number);
    if (known == expenses_.end()) {
        expenses_.emplace(number, submitted(event, review_));
    } else {
        before = known->second;
        fold(known->second, event);
    }
    const Expense& after = expenses_.at(number);
    check_refunds(event, after);
    for (auto& [named, document] : commitments_) fold(document, before, after);
}

// Undecided expenses and living commitments go on into the next year. A commitment that lapses
// keeps what is used and claimed, and is closed when nothing is claimed.
void World::close_year(const Event& event) {
    const FiscalYear year = FiscalYear::parse(event.subject);
    for (auto& [number, document] : expenses_) {
        const bool waits = document.state == ExpenseState::submitted && document.year == year;
        if (waits) document.year = year.next();
    }
    const auto& lapsed = event.body.list("lapsed");
    for (const Commitment& living : alive(year)) {
        Commitment& document = commitments_.at(living.number);
        const DocumentId id{review_.key(), DocumentKind::commitment, document.number};
        const bool lapses = std::find(lapsed.begin(), lapsed.end(), id.text()) != lapsed.end();
        if (lapses && document.claimed.is_zero()) {
            document.state = CommitmentState::closed;
        } else {
            if (lapses) document.amount = document.used + document.claimed;
            document.year = year.next();
        }
    }
    closed_years_.insert(year);
}

std::string World::first_difference() const {
    for (const auto& check :
         {&World::wrong_sums, &World::wrong_approved, &World::wrong_documents, &World::wrong_spent,
          &World::wrong_closed_years, &World::wrong_controls}) {
        if (std::string wrong = (this->*check)(); !wrong.empty()) return wrong;
    }
    return {};
}

// All accounts add up to nothing; Balances says what plain addition says; nothing promised or
// asked for is below zero on any day.
std::string World::wrong_sums() const {
    std::int64_t sum = 0;
    for (const auto& [account, movements] : plain_) {
        const std::int64_t all = total(movements, Date::max());
        sum += all;
        std::string wrong = differs(account.text(), balances_.last(account).amount_minor(), all);
        if (!wrong.empty()) return wrong;
        if (account.bucket != Bucket::requested && account.bucket != Bucket::committed) continue;
        std::int64_t running = 0;
        for (const auto& [day, amount] : movements) {
            running += amount;
            if (running < 0) return account.text() + " is below zero on " + to_text(day);
        }
    }
    return differs("the sum of all accounts", sum, 0);
}

// What is approved, by the buckets and by the decisions.
std::string World::wrong_approved() const {
    std::map<std::pair<std::string, std::optional<FiscalYear>>, std::int64_t> by_buckets;
    for (const auto& [account, movements] : plain_) {
        if (!is_approved(account.bucket)) continue;
        const std::int64_t amount = total(movements, Date::max());
        by_buckets[{account.category, {}}] += amount;
        const bool budgeted = account.year && review_.fiscal_budget();
        if (budgeted) by_buckets[{account.category, account.year}] += amount;
    }
    for (const auto& [of, amount] : decided_) by_buckets.try_emplace(of, 0);
    for (const auto& [of, amount] : by_buckets) {
        const auto decided = decided_.find(of);
        const std::string which = of.first + (of.second ? ' ' + of.second->text() : "");
        std::string wrong = differs("approved of " + which + " by buckets and by decisions", amount,
                                    decided == decided_.end() ? 0 : decided->second);
        if (!wrong.empty()) return wrong;
    }
    return {};
}

// What documents hold, by the documents and by the buckets.
std::string World::wrong_documents() const {
    std::map<Account, std::int64_t> holds;
    std::map<std::int64_t, std::int64_t> claimed;
    for (const auto& [number, document] : expenses_) {
        if (document.state != ExpenseState::submitted) continue;
        holds[{document.category, document.year, Bucket::requested}] +=
            document.reserved.amount_minor();
        if (document.commitment != 0) {
            claimed[document.commitment] += document.claimed.amount_minor();
        }
    }
    for (const auto& [number, document] : commitments_) {
        const bool is_over = document.state == CommitmentState::closed ||
                             document.state == CommitmentState::rejected;
        if (is_over && !document.reserved.is_zero()) {
            return "commitment " + std::to_string(number) + " is over and still asks for money";
        }
        holds[{document.category, document.year, Bucket::requested}] +=
            document.reserved.amount_minor();
        holds[{document.category, document.year, Bucket::committed}] +=
            document.rest().amount_minor();
        std::string wrong = differs("claimed of commitment " + std::to_string(number),
                                    document.claimed.amount_minor(), claimed[number]);
        if (!wrong.empty()) return wrong;
    }
    for (const auto& [account, movements] : plain_) {
        const Bucket in = account.bucket;
        if (in == Bucket::requested || in == Bucket::committed) holds.try_emplace(account, 0);
    }
    for (const auto& [account, amount] : holds) {
        std::string wrong = differs(account.text() + " and its documents",
                                    balances_.last(account).amount_minor(), amount);
        if (!wrong.empty()) return wrong;
    }
    return {};
}

// What is spent, and what of each commitment is used, by adding up the log's own amounts: an
// expense is counted once, on the day it is approved, and taken back once.
std::string World::wrong_spent() const {
    std::map<std::string, std::int64_t> spent;
    std::map<std::int64_t, std::int64_t> used;
    std::map<std::int64_t, std::int64_t> came_back;
    for (const auto& event : log_) {
        const bool is_spent =
            (event.act == Act::expense_settle || event.act == Act::expense_approve) &&
            event.body.text("state") == "approved";
        const bool is_back = event.act == Act::expense_refund || event.act == Act::expense_reverse;
        if (!is_spent && !is_back) continue;
        const std::int64_t number = DocumentId::parse(event.subject).number;
        const Expense& document = expense(number);
        const Money amount =
            is_back ? event.body.money("amount", review_.currency()) : document.amount;
        spent[document.category] += is_back ? -amount.amount_minor() : amount.amount_minor();
        if (event.act == Act::expense_refund) came_back[number] += amount.amount_minor();
        if (event.act == Act::expense_refund || document.commitment == 0) continue;
        used[document.commitment] += is_back ? -amount.amount_minor() : amount.amount_minor();
    }
    for (const auto& [account, movements] : plain_) {
        if (account.bucket == Bucket::spent) {
            spent[account.category] -= total(movements, Date::max());
        }
    }
    for (const auto& [category, amount] : spent) {
        std::string wrong = differs("spent of " + category + " beyond its expenses", amount, 0);
        if (!wrong.empty()) return wrong;
    }
    for (const auto& [number, document] : commitments_) {
        std::string wrong = differs("used of commitment " + std::to_string(number),
                                    document.used.amount_minor(), used[number]);
        if (!wrong.empty()) return wrong;
    }
    for (const auto& [number, document] : expenses_) {
        std::string wrong = differs("refunded of expense " + std::to_string(number),
                                    document.refunded.amount_minor(), came_back[number]);
        if (!wrong.empty()) return wrong;
    }
    return {};
}

// From the first day after a closed year only what was spent is left in it.
std::string World::wrong_closed_years() const {
    for (const auto& [account, movements] : plain_) {
        if (!account.year || account.bucket == Bucket::spent) continue;
        if (!closed_years_.contains(*account.year)) continue;
        const Date after = next_day(review_.calendar().last_day(*account.year));
        if (total(movements, after) != 0) return account.text() + " is left after its close";
        if (movements.upper_bound(after) != movements.end()) {
            return account.text() + " moved after its year's close";
        }
    }
    return {};
}

// What a control stops is below zero on no day, unless a lowering took it there.
std::string World::wrong_controls() const {
    if (lowered_) return {};
    const auto lowest = [&](const FreeScope& scope) {
        return balances_.lowest_free(scope, Date::min()).first;
    };
    if (stopped_.contains(Limit::envelope) && lowest({}).is_negative()) {
        return "the envelope's free money is below zero";
    }
    for (const auto& [account, movements] : plain_) {
        const bool category = stopped_.contains(Limit::category);
        if (category && lowest({account.category, {}}).is_negative()) {
            return "free money of " + account.category + " is below zero";
        }
        const bool year = stopped_.contains(Limit::fiscal_year) && account.year;
        if (year && lowest({{}, account.year}).is_negative()) {
            return "free money of " + account.year->text() + " is below zero";
        }
    }
    return {};
}

}  // namespace purser::test
