// The life of an expense (MODEL.md 2, DOMAIN rules 1 and 5): it reserves money when submitted and
// spends it when approved, never by who submitted it.
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

std::string id(const std::string& review, std::size_t number) {
    return review + "-E" + std::to_string(number);
}

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

// What is spent of a commitment's rest, in the expense's year: a commitment of a later year gives
// its money back there and the expense's year pays.
void spend(Moves& moves, const Review& review, const std::string& category, int year,
           const Commitment& commitment, Minor amount) {
    const Account committed{category, commitment.year, Bucket::committed};
    const Account spent{category, year, Bucket::spent};
    if (commitment.year == year) {
        transfer(moves, committed, spent, amount);
    } else {
        transfer(moves, committed, review.source(category, commitment.year), amount);
        transfer(moves, review.source(category, year), spent, amount);
    }
}

}  // namespace

int decimals(const std::string& currency) {
    if (currency == "JPY") return 0;
    return currency == "KWD" ? 3 : 2;
}

Minor converted(const Foreign& foreign, const std::string& into) {
    __extension__ using Wide = __int128;
    Wide above = Wide{foreign.amount} * foreign.digits;
    Wide below = 1;
    for (int i = 0; i < decimals(into); ++i) above *= 10;
    for (int i = 0; i < foreign.scale + decimals(foreign.currency); ++i) below *= 10;
    const Wide whole = above / below;
    const Wide twice = 2 * (above - whole * below);
    const bool up = twice > below || (twice == below && whole % 2 == 1);
    return static_cast<Minor>(up ? whole + 1 : whole);
}

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

// What a new expense, or a row of a file, is asked; and what it takes of its commitment.
Model::Draft Model::draft(Verdict& verdict, const Review& review, const Ask& ask, bool settled,
                          std::size_t before) const {
    Draft result;
    result.amount = ask.foreign ? converted(*ask.foreign, review.currency) : *ask.amount;
    verdict.forbid(result.amount <= 0 || ask.text.empty(), "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    verdict.forbid(review.state == "finished", "review_finished");
    verdict.forbid(ask.document_on && *ask.document_on > today, "in_the_future");
    if (!ask.payee.empty()) {
        const auto payee = review.payees.find(ask.payee);
        result.payee = payee != review.payees.end() ? payee->second
                                                    : static_cast<int>(review.payees.size()) + 1;
    }
    for (std::size_t i = 0; i < before && !ask.invoice.empty(); ++i) {
        const Expense& other = review.expenses[i];
        const bool counts = other.state == "submitted" || other.state == "approved";
        verdict.forbid(counts && other.invoice == ask.invoice && other.payee == result.payee,
                       "duplicate_invoice");
    }
    const bool elsewhere = !ask.commitment_of.empty() && ask.commitment_of != review.key;
    verdict.forbid(elsewhere, "other_review");
    const Commitment* commitment = nullptr;
    if (ask.commitment != 0 && !elsewhere) {
        const auto index = static_cast<std::size_t>(ask.commitment) - 1;
        verdict.forbid(index >= review.commitments.size(), "unknown_commitment");
        if (index < review.commitments.size()) commitment = &review.commitments[index];
    }
    if (commitment == nullptr) {
        act_day(verdict, review, ask.on);
    } else {
        verdict.forbid(commitment->state != "open", "wrong_state");
        verdict.forbid(commitment->category != ask.category, "other_category");
        result.from_rest = std::min(result.amount, commitment->rest() - commitment->claimed);
        Moves taken;
        if (settled) taken[{ask.category, commitment->year, Bucket::committed}] = -result.from_rest;
        step_day(verdict, review,
                 {commitment->posted, commitment->year, today, "before_commitment"}, taken, ask.on);
    }
    result.posted = verdict.posted;
    if (verdict.refused()) return result;
    const int year = review.year_of(result.posted);
    const Account source = review.source(ask.category, year);
    const Minor excess = result.amount - result.from_rest;
    if (!settled) {
        transfer(result.moves, source, {ask.category, year, Bucket::requested}, excess);
        ask_controls(verdict, review, ask.category, year, excess, excess);
        return result;
    }
    transfer(result.moves, source, {ask.category, year, Bucket::spent}, excess);
    if (commitment != nullptr) {
        spend(result.moves, review, ask.category, year, *commitment, result.from_rest);
    }
    return result;
}

// Submitted and approved in one: the approvals stated must be what the policy asks.
void Model::settle(Verdict& verdict, const Review& review, const Ask& ask, Draft& draft,
                   const std::vector<std::string>& approvers, std::vector<Approval>& given) const {
    const auto needed = approvals_needed(review, draft.amount, draft.posted);
    verdict.forbid(!needed, "no_policy_covers");
    if (!needed) return;
    for (const auto& name : approvers) {
        verdict.forbid(name == ask.user, "own_document");
        const bool named = std::any_of(given.begin(), given.end(),
                                       [&](const Approval& one) { return one.user == name; });
        const std::string role = approving_role(*needed, given, users.at(name), review.key);
        if (!role.empty() && !named) given.push_back({name, role, true});
    }
    verdict.forbid(!is_complete(*needed, given), "not_permitted");
    if (verdict.refused()) return;
    const int year = review.year_of(draft.posted);
    const Minor excess = draft.amount - draft.from_rest;
    Minor of_year = excess;
    if (ask.commitment != 0) {
        const auto index = static_cast<std::size_t>(ask.commitment) - 1;
        if (review.commitments[index].year > year) of_year = draft.amount;
    }
    ask_controls(verdict, review, ask.category, year, excess, of_year);
}

void Model::record_expense(Review& review, const Ask& ask, const Draft& draft,
                           const std::vector<Approval>& approvals, bool settled) {
    if (!ask.payee.empty() && !review.payees.contains(ask.payee)) {
        Ask payee = ask;
        payee.act = "payee.add";
        record(review, payee, review.key + "-P" + std::to_string(draft.payee), today, {});
        review.payees[ask.payee] = draft.payee;
    }
    review.expenses.push_back(
        {settled ? "approved" : "submitted", ask.category, review.year_of(draft.posted),
         draft.amount, settled ? 0 : draft.from_rest, settled ? 0 : draft.amount - draft.from_rest,
         draft.posted, ask.document_on, ask.commitment, draft.payee, ask.invoice, ask.user,
         approvals});
    if (Commitment* const commitment = commitment_of(review, review.expenses.back())) {
        if (settled) commitment->used += draft.amount;
        if (!settled) commitment->claimed += draft.from_rest;
    }
    Ask act = ask;
    act.act = settled ? "expense.settle" : "expense.submit";
    record(review, act, id(review.key, review.expenses.size()), draft.posted, draft.moves);
}

Verdict Model::submit(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"finance", "support"});
    const Draft drafted = draft(verdict, review, ask, false, review.expenses.size());
    if (verdict.refused()) return verdict;
    record_expense(review, ask, drafted, {}, false);
    verdict.id = id(review.key, review.expenses.size());
    return verdict;
}

// The last approval that the policy asks for spends the money, what is claimed and what of the rest
// nobody claims first, then what is requested; no control again, but for a year that must pay what
// a later one had promised.
Verdict Model::approve(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(review.key, static_cast<std::size_t>(ask.number));
    const User& me = users.at(ask.user);
    const auto mine = std::find_if(document->approvals.begin(), document->approvals.end(),
                                   [&](const Approval& one) { return one.user == ask.user; });
    const bool has_approved = mine != document->approvals.end();
    verdict.forbid(me.disabled, "user_disabled");
    if (has_approved && mine->stated) {  // agrees with what finance stated: no money moves
        step_day(verdict, review, {document->posted, {}, {}}, {}, ask.on);
        if (verdict.refused()) return verdict;
        mine->stated = false;
        record(review, ask, verdict.id, verdict.posted, {});
        return verdict;
    }
    verdict.forbid(document->state != "submitted", "wrong_state");
    const auto needed = approvals_needed(review, document->amount, document->posted);
    verdict.forbid(!needed, "no_policy_covers");
    if (verdict.refused()) return verdict;
    // A policy of that day that came later may ask for less than was given.
    const bool enough = is_complete(*needed, document->approvals);
    const std::string role = approving_role(
        *needed, enough ? std::vector<Approval>{} : document->approvals, me, review.key);
    verdict.forbid(role.empty() && !has_approved, "not_permitted");
    verdict.forbid(document->submitted_by == ask.user, "own_document");
    verdict.forbid(has_approved, "already_approved");
    if (verdict.refused()) return verdict;
    std::vector<Approval> given = document->approvals;
    given.push_back({ask.user, role, false});
    if (!is_complete(*needed, given)) {
        step_day(verdict, review, {document->posted, {}, {}}, {}, ask.on);
        if (verdict.refused()) return verdict;
        document->approvals = given;
        record(review, ask, verdict.id, verdict.posted, {});
        return verdict;
    }
    Commitment* const commitment = commitment_of(review, *document);
    const Account requested{document->category, document->year, Bucket::requested};
    const Account spent{document->category, document->year, Bucket::spent};
    Minor from_rest = 0;
    Moves moves;
    if (commitment != nullptr) {
        const Minor unclaimed = commitment->rest() - commitment->claimed;
        from_rest = std::min(document->amount, document->claimed + unclaimed);
        spend(moves, review, document->category, document->year, *commitment, from_rest);
    }
    const Minor excess = document->amount - from_rest;
    const Minor left_over = document->reserved - excess;
    transfer(moves, requested, spent, excess);
    transfer(moves, requested, review.source(document->category, document->year), left_over);
    Step step{document->posted, document->year, {}};
    if (commitment != nullptr) step.year = std::min(document->year, commitment->year);
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    const bool pays = commitment != nullptr && commitment->year > document->year;
    ask_controls(verdict, review, document->category, document->year, -left_over,
                 pays ? from_rest - left_over : -left_over);
    if (verdict.refused()) return verdict;
    if (commitment != nullptr) {
        commitment->claimed -= document->claimed;
        commitment->used += document->amount;
    }
    document->approvals = given;
    document->state = "approved";
    document->claimed = document->reserved = 0;
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// Requested goes back to free, the claim falls; what the claim alone held goes back with it.
Verdict Model::reject_or_withdraw(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(review.key, static_cast<std::size_t>(ask.number));
    const bool rejects = ask.act == "expense.reject";
    const User& me = users.at(ask.user);
    verdict.forbid(document->state != "submitted", "wrong_state");
    if (rejects) {
        verdict.forbid(me.disabled, "user_disabled");
        if (!me.has("chair", review.key)) {
            const auto needed = approvals_needed(review, document->amount, document->posted);
            verdict.forbid(!needed, "no_policy_covers");
            verdict.forbid(needed && approving_role(*needed, {}, me, review.key).empty(),
                           "not_permitted");
        }
        verdict.forbid(document->submitted_by == ask.user, "own_document");
        verdict.forbid(ask.text.empty(), "bad_input");
    } else {
        require(verdict, ask, ask.review, {"finance", "support"});
        verdict.forbid(document->submitted_by != ask.user, "not_permitted");
    }
    if (verdict.refused()) return verdict;
    Moves moves;
    transfer(moves, {document->category, document->year, Bucket::requested},
             review.source(document->category, document->year), document->reserved);
    Step step{document->posted, document->year, {}};
    Commitment* const commitment = commitment_of(review, *document);
    if (commitment != nullptr) {
        Commitment after = *commitment;
        after.claimed -= document->claimed;
        const Minor held = commitment->rest() - after.rest();
        transfer(moves, {document->category, commitment->year, Bucket::committed},
                 review.source(document->category, commitment->year), held);
        if (held > 0) step.year = std::min(document->year, commitment->year);
    }
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    if (commitment != nullptr) commitment->claimed -= document->claimed;
    document->state = rejects ? "rejected" : "withdrawn";
    document->claimed = document->reserved = 0;
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

}  // namespace plain
