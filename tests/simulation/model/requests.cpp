// Requests to the Board: asked, decided, refused, withdrawn (DOMAIN rule 3). Only a decision moves
// the cap.
#include "model.hpp"

namespace plain {
namespace {

std::string id(const Ask& ask, std::size_t number) {
    return ask.review + "-R" + std::to_string(number);
}

Request* find(Review& review, const Ask& ask) {
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    return index < review.requests.size() ? &review.requests[index] : nullptr;
}

Verdict unknown() {
    Verdict verdict;
    verdict.broken = {"unknown_request"};
    return verdict;
}

}  // namespace

Verdict Model::submit_request(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"chair", "finance"});
    verdict.forbid(*ask.amount <= 0 || ask.text.empty(), "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    verdict.forbid(review.state == "finished", "review_finished");
    act_day(verdict, review, ask.on);
    if (verdict.refused()) return verdict;
    Request request;
    request.state = "open";
    request.category = ask.category;
    request.amount = *ask.amount;
    request.posted = verdict.posted;
    request.why = ask.text;
    request.submitted_by = ask.user;
    review.requests.push_back(request);
    verdict.id = id(ask, review.requests.size());
    record(review, ask, verdict.id, verdict.posted, {});
    return verdict;
}

// A grant like any other, on its day of effect, which may lie before the request; what waits for
// the request is tried at once.
Verdict Model::decide_request(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Request* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    require_mandate(verdict, ask, "board");
    verdict.forbid(document->state != "open", "wrong_state");
    refuse_own(verdict, ask, document->submitted_by);
    verdict.forbid(ask.resolution.empty(), "bad_input");
    Ask grant = ask;
    grant.category = document->category;
    Moves moves;
    give(verdict, review, grant, moves);
    if (verdict.refused()) return verdict;
    document->state = "granted";
    document->granted = *ask.amount;
    document->decided_on = verdict.posted;
    document->resolution = ask.resolution;
    document->conditions = ask.text;
    document->expires = ask.expires;
    verdict.id = id(ask, static_cast<std::size_t>(ask.number));
    record_grant(review, grant, verdict, moves, ask.number);
    return verdict;
}

// The Board says no with a reason; who submitted it takes it back.
Verdict Model::refuse_or_withdraw_request(const Ask& ask) {
    Review& review = reviews.at(ask.review);
    Request* const document = find(review, ask);
    if (document == nullptr) return unknown();
    Verdict verdict;
    const bool refuses = ask.act == "request.refuse";
    verdict.forbid(document->state != "open", "wrong_state");
    if (refuses) {
        require_mandate(verdict, ask, "board");
        refuse_own(verdict, ask, document->submitted_by);
        verdict.forbid(ask.text.empty(), "bad_input");
        decision_day(verdict, ask.on);
    } else {
        require(verdict, ask, ask.review, {"chair", "finance"});
        verdict.forbid(document->submitted_by != ask.user, "not_permitted");
        if (!verdict.refused()) {
            step_day(verdict, review, {document->posted, {}, today}, {}, ask.on);
        }
    }
    if (verdict.refused()) return verdict;
    document->state = refuses ? "refused" : "withdrawn";
    document->decided_on = verdict.posted;
    verdict.id = id(ask, static_cast<std::size_t>(ask.number));
    record(review, ask, verdict.id, verdict.posted, {});
    return verdict;
}

}  // namespace plain
