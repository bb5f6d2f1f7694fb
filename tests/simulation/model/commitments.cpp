// The life of a commitment (MODEL.md 2, DOMAIN rule 5): every act on it moves what brings
// committed to its rest.
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

std::string id(const Ask& ask, std::size_t number) {
    return ask.review + "-C" + std::to_string(number);
}

Commitment* find(Review& review, const Ask& ask) {
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    return index < review.commitments.size() ? &review.commitments[index] : nullptr;
}

Verdict unknown() {
    Verdict verdict;
    verdict.broken = {"unknown_commitment"};
    return verdict;
}

// What a commitment holds goes from where it lay to where it will lie.
Moves rearranged(const Review& review, const Commitment& before, const Commitment& after) {
    Moves moves;
    hold(moves, review, before, -1);
    hold(moves, review, after, 1);
    return moves;
}

}  // namespace

// It lives in the year of its expected date, or of its posting date if that is later.
Verdict Model::open_commitment(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    if (ask.proposed) {
        require(verdict, ask, ask.review, {"finance", "support"});
    } else {
        require(verdict, ask, ask.review, {"finance"});
    }
    verdict.forbid(*ask.amount <= 0 || ask.text.empty(), "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    verdict.forbid(review.state == "finished", "review_finished");
    act_day(verdict, review, ask.on);
    ask_hold(verdict, review, ask);
    if (verdict.refused()) return verdict;
    Commitment document{ask.proposed ? "proposed" : "open",
                        ask.category,
                        review.year_of(std::max(*ask.expected, verdict.posted)),
                        *ask.amount,
                        0,
                        0,
                        ask.proposed ? *ask.amount : 0,
                        verdict.posted,
                        *ask.expected,
                        ask.user};
    Moves moves;
    hold(moves, review, document, 1);
    const bool held = ask_or_wait(verdict, review, ask, document.year, *ask.amount);
    if (verdict.refused()) return verdict;
    verdict.id = id(ask, review.commitments.size() + 1);
    if (held) {
        document.state = "held";
        document.reserved = 0;
        moves.clear();
        review.waiting.push_back({verdict.id, true, static_cast<int>(review.commitments.size()) + 1,
                                  ask.hold, ask.category, *ask.amount, verdict.posted,
                                  ask.proposed});
    }
    review.commitments.push_back(document);
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// A chair, never who proposed it, makes a proposal or a proposed increase a commitment; at another
// price the difference comes from, or goes to, free money.
Verdict Model::confirm_commitment(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Commitment* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    require_mandate(verdict, ask, "chair");
    const bool proposal = document->state == "proposed";
    verdict.forbid(!proposal && document->reserved == 0, "wrong_state");
    if (verdict.refused()) return verdict;
    refuse_own(verdict, ask, document->asked_by);
    const Minor asked = proposal ? document->amount : document->amount + document->reserved;
    const Minor total = ask.amount.value_or(asked);
    verdict.forbid(total <= 0, "bad_input");
    verdict.forbid(!proposal && total != asked && total < document->used + document->claimed,
                   "below_used");
    if (verdict.refused()) return verdict;
    Commitment after = *document;
    after.state = "open";
    after.amount = total;
    after.reserved = 0;
    const Moves moves = rearranged(review, *document, after);
    step_day(verdict, review, {document->posted, document->year, today}, moves, ask.on);
    if (verdict.refused()) return verdict;
    const Minor more = after.rest() - document->rest() - document->reserved;
    ask_controls(verdict, review, after.category, after.year, more, more);
    if (verdict.refused()) return verdict;
    *document = after;
    verdict.id = id(ask, static_cast<std::size_t>(ask.number));
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// A proposal is decided on its own date; an increase happened to the commitment later.
Verdict Model::reject_commitment(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Commitment* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    require_mandate(verdict, ask, "chair");
    const bool held = document->state == "held";
    const bool proposal = held || document->state == "proposed";
    verdict.forbid(!proposal && document->reserved == 0, "wrong_state");
    refuse_own(verdict, ask, document->asked_by);
    verdict.forbid(ask.text.empty(), "bad_input");
    if (verdict.refused()) return verdict;
    Commitment after = *document;
    if (proposal) after.state = "rejected";
    after.reserved = 0;
    const Moves moves = rearranged(review, *document, after);
    Step step{document->posted, document->year, {}};
    if (!proposal) step.otherwise = today;
    if (held) step.year.reset();
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    *document = after;
    verdict.id = id(ask, static_cast<std::size_t>(ask.number));
    if (held) end_wait(review, verdict.id, verdict.posted);
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// Another total, another expected date, or both; an increase may wait for its confirmation.
Verdict Model::amend_commitment(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Commitment* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    const bool proposal = document->state == "proposed";
    const Minor total = ask.amount.value_or(document->amount);
    const Day expected = ask.expected.value_or(document->expected);
    const bool waits = ask.proposed && !proposal && total > document->amount;
    const bool asks_only = waits && expected == document->expected;
    if (asks_only || (proposal && document->asked_by == ask.user)) {
        require(verdict, ask, ask.review, {"finance", "support"});
    } else {
        require(verdict, ask, ask.review, {"finance"});
    }
    verdict.forbid(!document->lives(), "wrong_state");
    verdict.forbid(ask.text.empty() || total <= 0, "bad_input");
    verdict.forbid(total == document->amount && expected == document->expected, "nothing_changes");
    verdict.forbid(!proposal && document->reserved > 0, "wrong_state");
    verdict.forbid(total != document->amount && total < document->used + document->claimed,
                   "below_used");
    if (verdict.refused()) return verdict;
    Commitment after = *document;
    after.expected = expected;
    after.year = review.year_of(std::max({expected, document->posted, review.first_open()}));
    if (!waits) after.amount = total;
    if (waits) after.reserved = total - document->amount;
    if (waits) after.asked_by = ask.user;
    if (proposal) after.reserved = total;
    const Moves moves = rearranged(review, *document, after);
    step_day(verdict, review, {document->posted, std::min(document->year, after.year), today},
             moves, ask.on);
    if (verdict.refused()) return verdict;
    // The envelope and the category are asked for what is more; another year gives all of it.
    const Minor holds = after.rest() + after.reserved;
    const Minor more = holds - document->rest() - document->reserved;
    ask_controls(verdict, review, after.category, after.year, more,
                 after.year == document->year ? more : holds);
    if (verdict.refused()) return verdict;
    *document = after;
    verdict.id = id(ask, static_cast<std::size_t>(ask.number));
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

// Closing releases the rest in the same act; no expense on it may be undecided.
Verdict Model::close_commitment(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Commitment* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    require(verdict, ask, ask.review, {"finance"});
    const bool held = document->state == "held";
    verdict.forbid(!document->lives() && !held, "wrong_state");
    verdict.forbid(review.undecided(ask.number) > 0, "undecided_expenses");
    if (verdict.refused()) return verdict;
    Commitment after = *document;
    after.state = "closed";
    after.reserved = 0;
    const Moves moves = rearranged(review, *document, after);
    Step step{document->posted, document->year, today};
    if (held) step.year.reset();  // it holds no money of a year
    step_day(verdict, review, step, moves, ask.on);
    if (verdict.refused()) return verdict;
    *document = after;
    verdict.id = id(ask, static_cast<std::size_t>(ask.number));
    if (held) end_wait(review, verdict.id, verdict.posted);
    record(review, ask, verdict.id, verdict.posted, moves);
    return verdict;
}

}  // namespace plain
