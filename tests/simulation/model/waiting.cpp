// What waits for money, and money that leaves by itself (MODEL.md 2 and 3, DOMAIN rule 3).
#include <algorithm>

#include "model.hpp"

namespace plain {

void end_wait(Review& review, const std::string& document, Day day) {
    for (auto& waiting : review.waiting) {
        if (waiting.document != document) continue;
        waiting.ended = true;
        waiting.ended_on = day;
    }
}

// Only for a request of the same review, which the Board has not decided.
void Model::ask_hold(Verdict& verdict, const Review& review, const Ask& ask) const {
    if (ask.hold == 0) return;
    const bool elsewhere = !ask.hold_of.empty();
    verdict.forbid(elsewhere, "other_review");
    if (elsewhere) return;
    const auto index = static_cast<std::size_t>(ask.hold) - 1;
    verdict.forbid(index >= review.requests.size(), "unknown_request");
    verdict.forbid(index < review.requests.size() && review.requests[index].state != "open",
                   "wrong_state");
}

bool Model::ask_or_wait(Verdict& verdict, const Review& review, const Ask& ask, int year,
                        Minor amount) const {
    std::vector<std::string> stopped;
    Verdict asked = verdict;
    ask_controls(asked, review, {ask.category, year, amount, amount, amount}, &stopped);
    if (ask.hold == 0 || stopped.empty()) {
        verdict = asked;
        return false;
    }
    verdict.warnings.push_back(stopped.front());
    return true;
}

// In order of recording, up to the first that does not fit; each dated the latest of its own day,
// the grant's and the first open one, on which the grants that ended before it are gone.
void Model::release(Review& review, const Ask& ask, int request, Day granted_on) {
    for (std::size_t i = 0; i < review.waiting.size(); ++i) {
        if (review.waiting[i].ended) continue;
        if (request != 0 && review.waiting[i].request != request) continue;
        const Day posted = std::max({review.waiting[i].on, granted_on, review.first_open()});
        expire(review, ask, posted);
        Waiting& waiting = review.waiting[i];
        const bool fits = waiting.is_commitment ? release_commitment(review, ask, waiting, posted)
                                                : release_expense(review, ask, waiting, posted);
        if (!fits) break;
        waiting.ended = true;
        waiting.ended_on = posted;
    }
    expire(review, ask, today);
}

bool Model::release_commitment(Review& review, const Ask& ask, Waiting& waiting, Day posted) {
    Commitment after = review.commitments[static_cast<std::size_t>(waiting.number) - 1];
    after.state = waiting.proposed ? "proposed" : "open";
    after.reserved = waiting.proposed ? after.amount : 0;
    after.posted = posted;
    after.year = review.year_of(std::max(after.expected, posted));
    Verdict verdict;
    verdict.posted = posted;
    ask_controls(verdict, review, after.category, after.year, after.amount, after.amount);
    if (verdict.refused()) return false;
    review.commitments[static_cast<std::size_t>(waiting.number) - 1] = after;
    Moves moves;
    hold(moves, review, after, 1);
    Ask act = ask;
    act.act = "commitment.release";
    record(review, act, waiting.document, posted, moves);
    return true;
}

// A commitment that lapsed at a year's end while the expense waited has nothing more to claim.
bool Model::release_expense(Review& review, const Ask& ask, Waiting& waiting, Day posted) {
    Expense after = review.expenses[static_cast<std::size_t>(waiting.number) - 1];
    Commitment* commitment = nullptr;
    if (after.commitment != 0) {
        commitment = &review.commitments[static_cast<std::size_t>(after.commitment) - 1];
        if (commitment->category != after.category) return false;
        const bool year_over = posted > review.year_end(commitment->year);
        if (commitment->state == "open" && year_over) return false;
    }
    after.state = "submitted";
    after.posted = posted;
    after.year = review.year_of(posted);
    if (commitment != nullptr) {
        after.claimed = std::min(after.amount, commitment->rest() - commitment->claimed);
    }
    after.reserved = after.amount - after.claimed;
    Verdict verdict;
    verdict.posted = posted;
    ask_controls(verdict, review, after.category, after.year, after.reserved, after.reserved);
    if (verdict.refused()) return false;
    if (commitment != nullptr) count(*commitment, after, 1);
    review.expenses[static_cast<std::size_t>(waiting.number) - 1] = after;
    Moves moves;
    hold(moves, review, after, 1);
    Ask act = ask;
    act.act = "expense.release";
    record(review, act, waiting.document, posted, moves);
    return true;
}

std::vector<std::size_t> Review::due(Day day) const {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < expiring.size(); ++i) {
        if (!expiring[i].ended && expiring[i].expires < day) result.push_back(i);
    }
    std::stable_sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) {
        return expiring[a].expires < expiring[b].expires;
    });
    return result;
}

// An expiring grant counts as used last: what its category has free of it leaves.
Minor left_of(const Expiring& grant, const Accounts& accounts) {
    const Minor free = accounts.lowest(free_of_category(grant.category), grant.expires + 1);
    return std::max(std::min(grant.amount, free), Minor{0});
}

void Model::expire(Review& review, const Ask& ask, Day day) {
    for (const std::size_t i : review.due(day)) {
        Expiring& grant = review.expiring[i];
        const Minor left = left_of(grant, review.accounts);
        grant.ended = true;
        Moves moves;
        transfer(moves, {grant.category, 0, Bucket::unallotted},
                 {grant.category, 0, Bucket::authority}, left);
        decide(review, grant.category, 0, -left, grant.expires + 1);
        Ask act = ask;
        act.act = "envelope.expire";
        record(review, act, "", grant.expires + 1, moves);
    }
}

}  // namespace plain
