// Corrections of an expense (DOMAIN rule 6, MODEL.md 2): amended, refunded, reversed; each an act
// of its own, with a reason.
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

std::string id(const Ask& ask) { return ask.review + "-E" + std::to_string(ask.number); }

Expense* find(Review& review, const Ask& ask) {
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    return index < review.expenses.size() ? &review.expenses[index] : nullptr;
}

Commitment* commitment(Review& review, int number) {
    const auto index = static_cast<std::size_t>(number) - 1;
    return index < review.commitments.size() ? &review.commitments[index] : nullptr;
}

Verdict unknown() {
    Verdict verdict;
    verdict.broken = {"unknown_expense"};
    return verdict;
}

const std::string& currency_of(const Review& review, const std::optional<Foreign>& foreign) {
    return foreign ? foreign->currency : review.currency;
}

// The expense as it would be asked for now.
Expense amended(const Review& review, const Expense& document, const Ask& ask) {
    Expense after = document;
    const auto take = [&](const char* name, std::string& text) {
        if (const auto at = ask.texts.find(name); at != ask.texts.end()) text = at->second;
    };
    take("text", after.why);
    take("payee", after.payee_name);
    take("invoice", after.invoice);
    take("work_item", after.work_item);
    const auto known = review.payees.find(after.payee_name);
    after.payee =
        known != review.payees.end() ? known->second : static_cast<int>(review.payees.size()) + 1;
    if (after.payee_name.empty()) after.payee = 0;
    if (ask.document_on) after.document_on = ask.document_on;
    if (ask.amount || ask.foreign) {
        after.amount = ask.foreign ? converted(*ask.foreign, review.currency) : *ask.amount;
        after.foreign = ask.foreign;
    }
    if (ask.direct || ask.commitment != 0 || ask.after != 0) {
        after.commitment = ask.commitment;
        after.after = ask.after;
    }
    if (!ask.category.empty()) after.category = ask.category;
    return after;
}

}  // namespace

// By who submitted it, or finance. While undecided the difference is reserved or freed and the rest
// of its commitment is claimed anew; approvals given fall. Afterwards only its texts.
Verdict Model::amend(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(ask);
    require(verdict, ask, ask.review, {"finance", "support"});
    const bool is_finance = users.at(ask.user).has("finance", review.key);
    verdict.forbid(!is_finance && document->submitted_by != ask.user, "not_permitted");
    Expense after = amended(review, *document, ask);
    const bool elsewhere = !ask.commitment_of.empty() && (ask.commitment != 0 || ask.after != 0);
    verdict.forbid(ask.text.empty() || after.why.empty(), "bad_input");
    const bool money = elsewhere || after.amount != document->amount ||
                       after.foreign != document->foreign || after.category != document->category ||
                       after.commitment != document->commitment || after.after != document->after;
    const bool texts = after.why != document->why || after.payee != document->payee ||
                       after.invoice != document->invoice ||
                       after.work_item != document->work_item ||
                       after.document_on != document->document_on;
    verdict.forbid(!money && !texts, "nothing_changes");
    verdict.forbid(money && document->state != "submitted", "wrong_state");
    verdict.forbid(money && !document->parts.empty(), "wrong_state");
    verdict.forbid(after.document_on && *after.document_on > today, "in_the_future");
    const bool other_invoice = after.payee != document->payee || after.invoice != document->invoice;
    const bool counts = document->undecided() || document->state == "approved";
    for (const auto& other : review.expenses) {
        const bool same = &other != document && other.invoice == after.invoice &&
                          other.payee == after.payee && !after.invoice.empty();
        const bool stands = other.undecided() || other.state == "approved";
        verdict.forbid(other_invoice && counts && same && stands, "duplicate_invoice");
    }
    Commitment* const before = commitment(review, document->commitment);
    Commitment* const against = elsewhere ? nullptr : commitment(review, after.commitment);
    if (money) {
        verdict.forbid(review.state == "finished", "review_finished");
        verdict.forbid(after.amount <= 0, "bad_input");
        verdict.forbid(!review.has_category(after.category), "unknown_category");
        verdict.forbid(after.commitment != 0 && after.after != 0, "bad_input");
        verdict.forbid(elsewhere, "other_review");
        if (!elsewhere) ask_links(verdict, review, after);
        for (const int number : {after.commitment, after.after}) {
            const Commitment* const named = elsewhere ? nullptr : commitment(review, number);
            verdict.forbid(named != nullptr && document->posted < named->posted,
                           "before_commitment");
        }
    }
    if (verdict.refused()) return verdict;
    Moves moves;
    Step step{document->posted, {}, today};
    if (money) {
        after.claimed = 0;
        if (against != nullptr) {
            const Minor mine = against == before ? document->claimed : 0;
            after.claimed = std::min(after.amount, against->rest() - (against->claimed - mine));
        }
        after.reserved = after.amount - after.claimed;
        hold(moves, review, *document, -1);
        hold(moves, review, after, 1);
        std::set<Commitment*> concerned{before, against};
        concerned.erase(nullptr);
        int year = document->year;
        for (Commitment* const one : concerned) {
            Commitment changed = *one;
            if (one == before) count(changed, *document, -1);
            if (one == against) count(changed, after, 1);
            hold(moves, review, *one, -1);
            hold(moves, review, changed, 1);
            year = std::min(year, one->year);
        }
        const bool moved = std::any_of(moves.begin(), moves.end(),
                                       [](const auto& one) { return one.second != 0; });
        if (moved) step.year = year;
    }
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    if (money) ask_controls(verdict, review, after.category, document->year, moves);
    if (verdict.refused()) return verdict;
    if (document->undecided()) {
        after.approvals.clear();
        if (ask.user != document->submitted_by) after.amended_by.insert(ask.user);
    }
    if (before != nullptr) count(*before, *document, -1);
    if (against != nullptr) count(*against, after, 1);
    name_payee(review, ask, after.payee_name, after.payee);
    *document = after;
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// Money came back: free in the year of the refund's own day; never more than was paid, counted in
// the expense's currency.
Verdict Model::refund(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(ask);
    const Minor own = ask.foreign ? ask.foreign->amount : *ask.amount;
    const Minor amount = ask.foreign ? converted(*ask.foreign, review.currency) : *ask.amount;
    require(verdict, ask, ask.review, {"finance"});
    verdict.forbid(document->state != "approved", "wrong_state");
    verdict.forbid(ask.text.empty() || own <= 0 || amount <= 0, "bad_input");
    const bool same_currency =
        currency_of(review, ask.foreign) == currency_of(review, document->foreign);
    verdict.forbid(!same_currency, "bad_input");
    verdict.forbid(same_currency && own > document->own_amount() - document->own_refunded,
                   "more_than_spent");
    if (verdict.refused()) return verdict;
    step_day(verdict, review, {*document->spent_on, {}, today}, {}, ask.on);
    if (verdict.refused()) return verdict;
    const int year = review.year_of(verdict.posted);
    Moves moves;
    transfer(moves, {document->category, year, Bucket::spent},
             review.source(document->category, year), amount);
    document->refunded += amount;
    if (document->refunded > document->amount) verdict.notes.insert("refund above what was paid");
    if (year != document->year) verdict.notes.insert("refund in a later year");
    document->own_refunded += own;
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// All that was not refunded goes back: to an open commitment as far as its rest grows, so that the
// over-run goes first, else to free.
Verdict Model::reverse(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Expense* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    verdict.id = id(ask);
    require(verdict, ask, ask.review, {"finance"});
    verdict.forbid(document->state != "approved", "wrong_state");
    verdict.forbid(ask.text.empty(), "bad_input");
    verdict.forbid(document->own_refunded == document->own_amount(), "nothing_changes");
    if (verdict.refused()) return verdict;
    Expense after = *document;
    after.state = "reversed";
    Commitment* const against = commitment(review, document->commitment);
    Step step{*document->spent_on, {}, {}};
    Moves moves;
    if (against != nullptr) {
        Commitment changed = *against;
        count(changed, *document, -1);
        count(changed, after, 1);
        if (changed.rest() > against->rest()) step.year = against->year;
        if (against->used > against->amount) verdict.notes.insert("reversal of an over-run");
        hold(moves, review, *against, -1);
        hold(moves, review, changed, 1);
    }
    step_day(verdict, review, step, {}, ask.on);
    if (verdict.refused()) return verdict;
    const int year = review.year_of(verdict.posted);
    transfer(moves, {document->category, year, Bucket::spent},
             review.source(document->category, year), document->not_refunded());
    if (step.year.value_or(year) != year) {
        verdict.notes.insert("reversal to a commitment of a later year");
    }
    // A commitment of a later year draws there again.
    ask_controls(verdict, review, document->category, step.year.value_or(year), moves);
    if (verdict.refused()) return verdict;
    if (against != nullptr) {
        count(*against, *document, -1);
        count(*against, after, 1);
    }
    *document = after;
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

}  // namespace plain
