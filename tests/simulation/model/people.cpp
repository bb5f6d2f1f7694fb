// In whose place somebody decides, which payees are users, and passwords (DOMAIN rule 1).
#include <algorithm>

#include "model.hpp"

namespace plain {

std::vector<std::string> Model::delegators(const std::string& user) const {
    std::set<std::string> names;
    for (const auto& one : delegations) {
        const bool holds = !one.ended && one.from <= today && today <= one.until;
        if (holds && one.delegate == user && !users.at(one.delegator).disabled) {
            names.insert(one.delegator);
        }
    }
    return {names.begin(), names.end()};
}

// One who was said to be a user; else a payee whose name is a user's handle is that user.
std::string Model::payee_user(const Review& review, const std::string& payee) const {
    if (const auto known = review.payees.find(payee); known != review.payees.end()) {
        const auto said = review.payee_users.find(known->second);
        if (said != review.payee_users.end()) return said->second;
    }
    return users.contains(payee) ? payee : "";
}

// By the delegator or an admin, for days of which the last is not over.
Verdict Model::delegate(const Ask& ask) {
    Verdict verdict;
    const auto delegator = users.find(ask.category);
    const auto delegate = users.find(ask.other);
    verdict.forbid(delegator == users.end() || delegate == users.end(), "unknown_user");
    if (verdict.refused()) return verdict;
    const bool own = ask.user == ask.category && !users.at(ask.user).disabled;
    if (!own) require(verdict, ask, "BOOK", {"admin"});
    verdict.forbid(ask.category == ask.other, "bad_input");
    verdict.forbid(*ask.expected < *ask.on || *ask.expected < today, "bad_input");
    verdict.forbid(delegator->second.disabled || delegate->second.disabled, "user_disabled");
    for (const auto& one : delegations) {
        const bool same = one.delegator == ask.category && one.delegate == ask.other && !one.ended;
        verdict.forbid(same && one.from <= *ask.on && *ask.expected <= one.until, "already_exists");
    }
    if (verdict.refused()) return verdict;
    delegations.push_back({ask.category, ask.other, *ask.on, *ask.expected});
    record_in_book(ask, ask.category);
    verdict.id = ask.category;
    verdict.posted = today;
    return verdict;
}

Verdict Model::end_delegation(const Ask& ask) {
    Verdict verdict;
    verdict.forbid(!users.contains(ask.category) || !users.contains(ask.other), "unknown_user");
    if (verdict.refused()) return verdict;
    const bool own = ask.user == ask.category && !users.at(ask.user).disabled;
    if (!own) require(verdict, ask, "BOOK", {"admin"});
    bool ends_one = false;
    for (const auto& one : delegations) {
        const bool same = one.delegator == ask.category && one.delegate == ask.other && !one.ended;
        ends_one = ends_one || (same && today <= one.until);
    }
    verdict.forbid(!ends_one, "nothing_changes");
    if (verdict.refused()) return verdict;
    for (auto& one : delegations) {
        if (one.delegator == ask.category && one.delegate == ask.other) one.ended = true;
    }
    record_in_book(ask, ask.category);
    verdict.id = ask.category;
    verdict.posted = today;
    return verdict;
}

// Who is paid does not make the payee another.
Verdict Model::set_payee_user(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"finance", "support"});
    verdict.forbid(!users.contains(ask.other), "unknown_user");
    verdict.forbid(ask.payee.empty(), "bad_input");
    const auto known = review.payees.find(ask.payee);
    int number = static_cast<int>(review.payees.size()) + 1;
    if (known != review.payees.end()) number = known->second;
    const std::string is = payee_user(review, ask.payee);
    verdict.forbid(!ask.other.empty() && is == ask.other, "nothing_changes");
    verdict.forbid(is == ask.user, "not_permitted");
    if (verdict.refused()) return verdict;
    name_payee(review, ask, ask.payee, number);
    review.payee_users[number] = ask.other;
    verdict.id = review.key + "-P" + std::to_string(number);
    verdict.posted = today;
    record(review, ask, verdict.id, today, {});
    return verdict;
}

// One's own, or by an admin.
Verdict Model::set_password(const Ask& ask) {
    Verdict verdict;
    verdict.forbid(!users.contains(ask.category), "unknown_user");
    if (verdict.refused()) return verdict;
    const bool own = ask.user == ask.category && !users.at(ask.user).disabled;
    if (!own) require(verdict, ask, "BOOK", {"admin"});
    if (verdict.refused()) return verdict;
    record_in_book(ask, ask.category);
    verdict.id = ask.category;
    verdict.posted = today;
    return verdict;
}

}  // namespace plain
