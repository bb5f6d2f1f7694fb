// The questions that all acts ask first, and the record of what was allowed.
#include "model.hpp"

#include <algorithm>

namespace plain {
namespace {

constexpr std::int64_t milliseconds_of_day = std::int64_t{24} * 60 * 60 * 1000;

// Acts of the book as a whole; all others are of one review, which must exist.
bool is_of_book(const std::string& act) {
    return act == "book.init" || act.starts_with("user.") || act.starts_with("delegate.") ||
           act == "policy.add";
}

}  // namespace

bool User::has(const std::string& role, const std::string& review) const {
    return std::any_of(roles.begin(), roles.end(), [&](const Role& one) {
        return one.name == role && (one.review.empty() || one.review == review);
    });
}

bool Review::has_category(const std::string& code) const {
    return std::find(categories.begin(), categories.end(), code) != categories.end();
}

std::string Review::setting(const std::string& name) const {
    const auto at = settings.find(name);
    return at == settings.end() ? "" : at->second;
}

Account Review::source(const std::string& category, int year) const {
    if (budget) return {category, year, Bucket::free};
    return {category, 0, Bucket::unallotted};
}

int Review::undecided(int commitment) const {
    return static_cast<int>(std::count_if(expenses.begin(), expenses.end(), [&](const Expense& e) {
        return e.commitment == commitment && e.undecided();
    }));
}

void hold(Moves& moves, const Review& review, const Commitment& document, int times) {
    const Account source = review.source(document.category, document.year);
    transfer(moves, source, {document.category, document.year, Bucket::committed},
             times * document.rest());
    transfer(moves, source, {document.category, document.year, Bucket::requested},
             times * document.reserved);
}

void hold(Moves& moves, const Review& review, const Expense& document, int times) {
    transfer(moves, review.source(document.category, document.year),
             {document.category, document.year, Bucket::requested}, times * document.reserved);
}

void count(Commitment& commitment, const Expense& expense, int times) {
    commitment.claimed += times * expense.claimed;
    commitment.used += times * expense.used();
}

Minor drawn(const Moves& moves, const Scope& scope) {
    Minor sum = 0;
    for (const auto& [account, amount] : moves) {
        if (scope(account)) sum -= amount;
    }
    return sum;
}

const std::map<std::string, Model::Act>& Model::acts() {
    static const std::map<std::string, Act> all{
        {"book.init", &Model::init},
        {"user.add", &Model::add_user},
        {"user.disable", &Model::disable_user},
        {"policy.add", &Model::add_policy},
        {"review.open", &Model::open_review},
        {"review.set", &Model::set_review},
        {"review.pause", &Model::change_state},
        {"review.resume", &Model::change_state},
        {"review.finish", &Model::change_state},
        {"category.add", &Model::add_category},
        {"envelope.grant", &Model::grant},
        {"envelope.lower", &Model::lower},
        {"budget.allot", &Model::allot_or_unallot},
        {"budget.unallot", &Model::allot_or_unallot},
        {"budget.move", &Model::move},
        {"commitment.open", &Model::open_commitment},
        {"commitment.confirm", &Model::confirm_commitment},
        {"commitment.reject", &Model::reject_commitment},
        {"commitment.amend", &Model::amend_commitment},
        {"commitment.close", &Model::close_commitment},
        {"expense.submit", &Model::submit},
        {"expense.approve", &Model::approve},
        {"expense.reject", &Model::reject_or_withdraw},
        {"expense.withdraw", &Model::reject_or_withdraw},
        {"expense.import", &Model::import},
        {"expense.amend", &Model::amend},
        {"expense.refund", &Model::refund},
        {"expense.reverse", &Model::reverse},
        {"request.submit", &Model::submit_request},
        {"request.decide", &Model::decide_request},
        {"request.refuse", &Model::refuse_or_withdraw_request},
        {"request.withdraw", &Model::refuse_or_withdraw_request},
        {"period.close", &Model::close_month},
        {"period.reopen", &Model::reopen_month},
        {"user.password", &Model::set_password},
        {"delegate.add", &Model::delegate},
        {"delegate.end", &Model::end_delegation},
        {"payee.user", &Model::set_payee_user},
    };
    return all;
}

// A key belongs to user and book: the same request again is answered as it was, another one is
// refused; a refusal leaves the key free (MODEL.md 5).
Verdict Model::judge(const Ask& ask, std::int64_t now) {
    now_ = now;
    today = static_cast<Day>(now / milliseconds_of_day);
    Verdict verdict;
    // A password that cannot be one is none, whosever it would be.
    verdict.forbid(ask.act == "user.password" && ask.text.size() < 10, "bad_input");
    if (ask.act != "book.init") {
        verdict.forbid(!users.contains(ask.user), "unknown_user");
        const bool known = reviews.contains(ask.review) || ask.act == "review.open" ||
                           (is_of_book(ask.act) && ask.review.empty());
        verdict.forbid(!known, "unknown_review");
        if (verdict.refused()) return verdict;
    }
    const auto earlier = answers_.find({ask.user, ask.key});
    if (!ask.key.empty() && earlier != answers_.end()) {
        if (earlier->second.asked == ask.asked()) {
            verdict = earlier->second.verdict;
            verdict.repeated = true;
        } else {
            verdict.broken = {"key_reused"};
        }
        return verdict;
    }
    // Before any act on a review the grants that are over leave it; with an act that is not
    // recorded neither is that.
    std::map<std::string, Review> before;
    std::set<std::string> concerned{is_of_book(ask.act) ? "" : ask.review};
    for (const auto& share : ask.shares) concerned.insert(share.review);
    for (const auto& key : concerned) {
        const auto at = reviews.find(key);
        if (at == reviews.end() || (ask.shares.empty() && at->second.due(today).empty())) continue;
        before.emplace(*at);
        expire(at->second, ask, today);
    }
    verdict = (this->*acts().at(ask.act))(ask);
    const bool imported = ask.act != "expense.import" || (verdict.recorded > 0 && !ask.dry_run);
    const bool recorded = !verdict.refused() && verdict.problems.empty() && imported;
    if (!recorded) {
        for (auto& [key, review] : before) reviews.at(key) = std::move(review);
    } else if (!ask.key.empty()) {
        answers_[{ask.user, ask.key}] = {ask.asked(), verdict};
    }
    return verdict;
}

void Model::require(Verdict& verdict, const Ask& ask, const std::string& review,
                    std::initializer_list<const char*> roles) const {
    const User& user = users.at(ask.user);
    const bool has_one = std::any_of(roles.begin(), roles.end(),
                                     [&](const char* role) { return user.has(role, review); });
    verdict.forbid(user.disabled, "user_disabled");
    verdict.forbid(!user.disabled && !has_one, "not_permitted");
}

void Model::require_mandate(Verdict& verdict, const Ask& ask, const char* role) const {
    const User& user = users.at(ask.user);
    const auto all = delegators(ask.user);
    const bool has_one = user.has(role, ask.review) ||
                         std::any_of(all.begin(), all.end(), [&](const std::string& name) {
                             return users.at(name).has(role, ask.review);
                         });
    verdict.forbid(user.disabled, "user_disabled");
    verdict.forbid(!user.disabled && !has_one, "not_permitted");
    if (!user.has(role, ask.review)) verdict.notes.insert(std::string(role) + " by a delegate");
}

void Model::refuse_own(Verdict& verdict, const Ask& ask, const std::string& maker) const {
    const auto all = delegators(ask.user);
    const bool of_delegator = std::find(all.begin(), all.end(), maker) != all.end();
    verdict.forbid(maker == ask.user || of_delegator, "own_document");
}

// An instant never goes back within a chain (MODEL.md 4).
void Model::record(Review& review, const Ask& ask, const std::string& subject, Day posted,
                   const Moves& moves) {
    std::int64_t at = now_;
    if (!review.events.empty()) at = std::max(at, review.events.back().recorded);
    review.accounts.post(posted, moves);
    Event event{ask.act, ask.user, subject, posted, at, moves};
    std::erase_if(event.moves, [](const auto& moved) { return moved.second == 0; });
    review.events.push_back(std::move(event));
}

void Model::record_in_book(const Ask& ask, const std::string& subject) {
    std::int64_t at = now_;
    if (!book_events.empty()) at = std::max(at, book_events.back().recorded);
    book_events.push_back({ask.act, ask.user, subject, today, at, {}});
}

void Model::decide(Review& review, const std::string& category, int year, Minor amount, Day day) {
    if (year != 0 && !review.budget) return;  // such a year has no approved of its own
    review.decided[{category, year}][day] += amount;
}

}  // namespace plain
