// Who decides on an expense, and what that moves (MODEL.md 2, DOMAIN rule 1): the last approval
// that the policy asks for spends the money; nobody decides on what they submitted, amended or are
// paid.
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

std::string id(const Ask& ask) { return ask.review + "-E" + std::to_string(ask.number); }

Expense* find(Review& review, const Ask& ask) {
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    return index < review.expenses.size() ? &review.expenses[index] : nullptr;
}

Commitment* commitment_of(Review& review, const Expense& expense) {
    if (expense.commitment == 0) return nullptr;
    return &review.commitments[static_cast<std::size_t>(expense.commitment) - 1];
}

Verdict unknown() {
    Verdict verdict;
    verdict.broken = {"unknown_expense"};
    return verdict;
}

}  // namespace

// The latest policy that has begun counts; of its tiers the lowest that covers the amount, an edge
// belonging to the lower one. Without a policy: one chair.
std::optional<std::vector<Tier>> approvals_needed(const Review& review, Minor amount, Day day) {
    std::optional<Day> begun;
    for (const auto& tier : review.policy) {
        if (tier.from <= day) begun = std::max(begun.value_or(tier.from), tier.from);
    }
    if (!begun) return std::vector<Tier>{{0, {}, "chair", 1}};
    bool covered = false;
    std::optional<Minor> edge;  // absent: any amount
    for (const auto& tier : review.policy) {
        if (tier.from != *begun || (tier.up_to && *tier.up_to < amount)) continue;
        if (!covered || (tier.up_to && (!edge || *tier.up_to < *edge))) edge = tier.up_to;
        covered = true;
    }
    if (!covered) return {};
    std::vector<Tier> needed;
    for (const auto& tier : review.policy) {
        if (tier.from == *begun && tier.up_to == edge) needed.push_back(tier);
    }
    return needed;
}

namespace {
bool lacks(const Tier& tier, const std::vector<Approval>& given) {
    return std::count_if(given.begin(), given.end(),
                         [&](const Approval& one) { return one.role == tier.role; }) < tier.count;
}
}  // namespace

std::string approving_role(const std::vector<Tier>& needed, const std::vector<Approval>& given,
                           const User& user, const std::string& review) {
    for (const auto& tier : needed) {
        if (lacks(tier, given) && user.has(tier.role, review)) return tier.role;
    }
    return {};
}

bool is_complete(const std::vector<Tier>& needed, const std::vector<Approval>& given) {
    return std::none_of(needed.begin(), needed.end(),
                        [&](const Tier& tier) { return lacks(tier, given); });
}

// An own role that counts, else one of somebody in whose place the user decides and whose approval
// does not count yet.
Model::Mandate Model::approving_mandate(const std::vector<Tier>& needed,
                                        const std::vector<Approval>& given, const Ask& ask) const {
    const std::string own = approving_role(needed, given, users.at(ask.user), ask.review);
    if (!own.empty()) return {own, {}};
    for (const auto& name : delegators(ask.user)) {
        const bool counts = std::any_of(given.begin(), given.end(), [&](const Approval& one) {
            return one.user == name || one.on_behalf_of == name;
        });
        const std::string role = approving_role(needed, given, users.at(name), ask.review);
        if (!role.empty() && !counts) return {role, name};
    }
    return {};
}

namespace {

// The user's approval, or one that was given in the user's place.
std::vector<Approval>::iterator approval_of(std::vector<Approval>& given, const std::string& user) {
    return std::find_if(given.begin(), given.end(), [&](const Approval& one) {
        return one.user == user || one.on_behalf_of == user;
    });
}

// What the last approval moves: what is claimed and what of the rest nobody claims, then what is
// requested; what is left over of that is free again.
Moves spent(const Review& review, const Expense& document, const Commitment* commitment) {
    const Account source = review.source(document.category, document.year);
    const Account into{document.category, document.year, Bucket::spent};
    const Account requested{document.category, document.year, Bucket::requested};
    Minor from_rest = 0;
    Moves moves;
    if (commitment != nullptr) {
        const Minor unclaimed = commitment->rest() - commitment->claimed;
        from_rest = std::min(document.amount, document.claimed + unclaimed);
        transfer(moves, {document.category, commitment->year, Bucket::committed},
                 review.source(document.category, commitment->year), from_rest);
        transfer(moves, source, into, from_rest);
    }
    const Minor excess = document.amount - from_rest;
    transfer(moves, requested, into, excess);
    transfer(moves, requested, source, document.reserved - excess);
    return moves;
}

}  // namespace

// No control again at approval, but for a year that must pay what a later one had promised.
Verdict Model::approve(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(ask);
    const auto mine = approval_of(document->approvals, ask.user);
    const bool has_approved = mine != document->approvals.end();
    const std::string paid = payee_user(review, document->payee_name);
    const auto all = delegators(ask.user);
    const bool pays_own = paid == ask.user || std::find(all.begin(), all.end(), paid) != all.end();
    verdict.forbid(users.at(ask.user).disabled, "user_disabled");
    if (document->state == "approved" && has_approved && mine->stated) {
        // Agrees with what finance stated: no money moves.
        verdict.forbid(pays_own, "own_payment");
        step_day(verdict, review, {document->posted, {}, {}}, {}, ask.on);
        if (verdict.refused()) return verdict;
        mine->stated = false;
        record(review, ask, verdict.id, verdict.posted, {});
        return verdict;
    }
    verdict.forbid(document->state != "submitted", "wrong_state");
    const auto needed = approvals_needed(review, document->amount, document->posted);
    verdict.forbid(!needed, "no_policy_covers");
    if (!needed) return verdict;
    // A policy of that day that came later may ask for less than was given.
    const bool enough = is_complete(*needed, document->approvals);
    const Mandate mandate =
        approving_mandate(*needed, enough ? std::vector<Approval>{} : document->approvals, ask);
    verdict.forbid(mandate.role.empty() && !has_approved, "not_permitted");
    refuse_own(verdict, ask, document->submitted_by);
    for (const auto& user : document->amended_by) refuse_own(verdict, ask, user);
    verdict.forbid(pays_own, "own_payment");
    verdict.forbid(has_approved, "already_approved");
    if (verdict.refused()) return verdict;
    if (!mandate.on_behalf_of.empty()) verdict.notes.insert("approval by a delegate");
    std::vector<Approval> given = document->approvals;
    given.push_back({ask.user, mandate.role, false, mandate.on_behalf_of});
    if (!is_complete(*needed, given)) {
        step_day(verdict, review, {document->posted, {}, {}}, {}, ask.on);
        if (verdict.refused()) return verdict;
        document->approvals = given;
        record(review, ask, verdict.id, verdict.posted, {});
        return verdict;
    }
    Commitment* const commitment = commitment_of(review, *document);
    const Moves moves = spent(review, *document, commitment);
    Step step{document->posted, document->year, {}};
    if (commitment != nullptr) step.year = std::min(document->year, commitment->year);
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    ask_controls(verdict, review, document->category, document->year, moves);
    if (verdict.refused()) return verdict;
    if (commitment != nullptr) count(*commitment, *document, -1);
    document->approvals = given;
    document->state = "approved";
    document->claimed = document->reserved = 0;
    document->spent_on = verdict.posted;
    if (commitment != nullptr) count(*commitment, *document, 1);
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// Requested goes back to free, the claim falls; what the claim alone held goes back with it.
Verdict Model::reject_or_withdraw(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(ask);
    const bool rejects = ask.act == "expense.reject";
    verdict.forbid(!document->undecided(), "wrong_state");
    if (rejects) {
        Verdict as_chair;
        require_mandate(as_chair, ask, "chair");
        const auto needed = approvals_needed(review, document->amount, document->posted);
        const bool by_policy = needed && !approving_mandate(*needed, {}, ask).role.empty() &&
                               !users.at(ask.user).disabled;
        if (!by_policy) verdict.broken.merge(as_chair.broken);
        const bool is_chair = users.at(ask.user).has("chair", review.key);
        verdict.forbid(!needed && !is_chair, "no_policy_covers");
        refuse_own(verdict, ask, document->submitted_by);
        for (const auto& user : document->amended_by) refuse_own(verdict, ask, user);
        verdict.forbid(ask.text.empty(), "bad_input");
    } else {
        require(verdict, ask, ask.review, {"finance", "support"});
        verdict.forbid(document->submitted_by != ask.user, "not_permitted");
    }
    if (verdict.refused()) return verdict;
    Expense after = *document;
    after.state = rejects ? "rejected" : "withdrawn";
    after.claimed = after.reserved = 0;
    Moves moves;
    hold(moves, review, *document, -1);
    // What waits for the Board holds no money of any year.
    Step step{document->posted, {}, {}};
    if (document->state == "submitted") step.year = document->year;
    Commitment* const commitment = commitment_of(review, *document);
    if (commitment != nullptr) {
        Commitment changed = *commitment;
        count(changed, *document, -1);
        hold(moves, review, *commitment, -1);
        hold(moves, review, changed, 1);
        const bool held = commitment->rest() > changed.rest();
        if (held && step.year) step.year = std::min(*step.year, commitment->year);
    }
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    if (commitment != nullptr) count(*commitment, *document, -1);
    if (document->state == "held") end_wait(review, verdict.id, verdict.posted);
    *document = after;
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

}  // namespace plain
