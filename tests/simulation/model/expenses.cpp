// The life of an expense (MODEL.md 2, DOMAIN rules 1 and 5): it reserves money when submitted.
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

std::string id(const std::string& review, std::size_t number) {
    return review + "-E" + std::to_string(number);
}

// What is spent of a commitment's rest, in the expense's year: a commitment of a later year gives
// its money back there and the expense's year pays.
void spend(Moves& moves, const Review& review, const std::string& category, int year,
           const Commitment& commitment, Minor amount) {
    transfer(moves, {category, commitment.year, Bucket::committed},
             review.source(category, commitment.year), amount);
    transfer(moves, review.source(category, year), {category, year, Bucket::spent}, amount);
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

namespace {
const Commitment* named(const Review& review, int number) {
    const auto index = static_cast<std::size_t>(number) - 1;
    return index < review.commitments.size() ? &review.commitments[index] : nullptr;
}
}  // namespace

void Model::ask_links(Verdict& verdict, const Review& review, const Expense& expense) const {
    const auto ask = [&](int number, const char* state) {
        if (number == 0) return;
        const Commitment* const one = named(review, number);
        verdict.forbid(one == nullptr, "unknown_commitment");
        if (one == nullptr) return;
        verdict.forbid(one->state != state, "wrong_state");
        verdict.forbid(one->category != expense.category, "other_category");
    };
    ask(expense.commitment, "open");
    ask(expense.after, "closed");
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
    verdict.forbid(ask.commitment != 0 && ask.after != 0, "bad_input");
    ask_hold(verdict, review, ask);
    if (!ask.payee.empty()) {
        const auto payee = review.payees.find(ask.payee);
        result.payee = payee != review.payees.end() ? payee->second
                                                    : static_cast<int>(review.payees.size()) + 1;
    }
    for (std::size_t i = 0; i < before && !ask.invoice.empty(); ++i) {
        const Expense& other = review.expenses[i];
        const bool counts = other.undecided() || other.state == "approved";
        verdict.forbid(counts && other.invoice == ask.invoice && other.payee == result.payee,
                       "duplicate_invoice");
    }
    const bool elsewhere = !ask.commitment_of.empty() && ask.commitment_of != review.key;
    verdict.forbid(elsewhere && (ask.commitment != 0 || ask.after != 0), "other_review");
    Expense links;
    links.category = ask.category;
    if (!elsewhere) {
        links.commitment = ask.commitment;
        links.after = ask.after;
    }
    ask_links(verdict, review, links);
    const Commitment* const commitment = named(review, links.commitment);
    const Commitment* const closed = named(review, links.after);
    if (commitment != nullptr) {
        result.from_rest = std::min(result.amount, commitment->rest() - commitment->claimed);
        Moves taken;
        if (settled) taken[{ask.category, commitment->year, Bucket::committed}] = -result.from_rest;
        step_day(verdict, review,
                 {commitment->posted, commitment->year, today, "before_commitment"}, taken, ask.on);
    } else if (closed != nullptr) {
        step_day(verdict, review, {closed->posted, {}, today, "before_commitment"}, {}, ask.on);
    } else {
        act_day(verdict, review, ask.on);
    }
    result.posted = verdict.posted;
    if (verdict.refused()) return result;
    const int year = review.year_of(result.posted);
    const Account source = review.source(ask.category, year);
    const Minor excess = result.amount - result.from_rest;
    if (!settled) {
        result.held = ask_or_wait(verdict, review, ask, year, excess);
        if (result.held) return result;
        transfer(result.moves, source, {ask.category, year, Bucket::requested}, excess);
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
        verdict.forbid(name == payee_user(review, ask.payee), "own_payment");
        const bool named = std::any_of(given.begin(), given.end(),
                                       [&](const Approval& one) { return one.user == name; });
        const std::string role = approving_role(*needed, given, users.at(name), review.key);
        if (!role.empty() && !named) given.push_back({name, role, true});
    }
    verdict.forbid(!is_complete(*needed, given), "not_permitted");
    if (verdict.refused()) return;
    ask_controls(verdict, review, ask.category, review.year_of(draft.posted), draft.moves);
}

void Model::name_payee(Review& review, const Ask& ask, const std::string& name, int number) {
    if (name.empty() || review.payees.contains(name)) return;
    Ask payee = ask;
    payee.act = "payee.add";
    record(review, payee, review.key + "-P" + std::to_string(number), today, {});
    review.payees[name] = number;
}

void Model::record_expense(Review& review, const Ask& ask, const Draft& draft,
                           const std::vector<Approval>& approvals, bool settled,
                           const std::vector<std::string>& parts) {
    name_payee(review, ask, ask.payee, draft.payee);
    Expense made;
    made.state = draft.held ? "held" : settled ? "approved" : "submitted";
    made.category = ask.category;
    made.year = review.year_of(draft.posted);
    made.amount = draft.amount;
    if (made.state == "submitted") {
        made.claimed = draft.from_rest;
        made.reserved = draft.amount - draft.from_rest;
    }
    made.posted = draft.posted;
    made.document_on = ask.document_on;
    made.commitment = ask.commitment;
    made.after = ask.after;
    made.payee = draft.payee;
    made.hold = ask.hold;
    made.why = ask.text;
    made.payee_name = ask.payee;
    made.invoice = ask.invoice;
    made.work_item = ask.work_item;
    made.foreign = ask.foreign;
    made.submitted_by = ask.user;
    made.approvals = approvals;
    made.parts = parts;
    if (settled) made.spent_on = draft.posted;
    review.expenses.push_back(made);
    if (made.commitment != 0) {
        count(review.commitments[static_cast<std::size_t>(made.commitment) - 1], made, 1);
    }
    const std::string subject = id(review.key, review.expenses.size());
    if (draft.held) {
        review.waiting.push_back({subject, false, static_cast<int>(review.expenses.size()),
                                  ask.hold, ask.category, draft.amount, draft.posted});
    }
    Ask act = ask;
    act.act = settled ? "expense.settle" : "expense.submit";
    record(review, act, subject, draft.posted, draft.moves);
}

Verdict Model::submit(const Ask& ask) {
    if (!ask.shares.empty()) return share(ask);
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"finance", "support"});
    const Draft drafted = draft(verdict, review, ask, false, review.expenses.size());
    if (verdict.refused()) return verdict;
    record_expense(review, ask, drafted, {}, false);
    verdict.id = id(review.key, review.expenses.size());
    return verdict;
}

}  // namespace plain
