// Requests to the Board for more money, and what waits for them (DOMAIN rule 3).
//
// Only a decision moves the cap. An expense or commitment that a control stops can be recorded as
// held: nothing moves, and it posts by itself when a grant makes room (MODEL.md 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/commitment.hpp"
#include "ledger/document.hpp"
#include "ledger/envelope.hpp"
#include "ledger/facts.hpp"
#include "ledger/mandate.hpp"

namespace purser {

enum class RequestState { open, granted, refused, withdrawn };

std::string_view name(RequestState state);
RequestState parse_request_state(std::string_view text);  // BadInput with did-you-mean

struct Request {
    std::int64_t number;
    std::int64_t seq;  // of the event that submitted it
    RequestState state;
    std::string category;
    Money amount;   // asked for
    Money granted;  // zero unless granted
    Date posted_on;
    std::string why;
    std::string submitted_by;
    std::optional<Date> decided_on;  // the day on which the decision takes effect
    std::string resolution, conditions;
    std::optional<Date> expires;
    friend bool operator==(const Request&, const Request&) = default;
};

// An expense or commitment that waits; it is over when it was released, rejected, withdrawn or
// closed.
struct Held {
    DocumentId document;
    std::int64_t request;  // its number
    std::int64_t seq;      // of the event that recorded it
    std::string category;
    Money amount;
    Date on;
    std::int64_t ended_seq = 0;  // 0: it waits
    std::optional<Date> ended_on = {};
    friend bool operator==(const Held&, const Held&) = default;
};

struct SubmitRequest {
    std::string category;
    Money amount;
    std::string why;
    std::optional<Date> on;

    Body asked() const;
};

struct DecideRequest {
    Money grant;
    std::string resolution;  // the number under which the Board's decision is found
    std::string conditions;
    std::optional<Date> expires;  // the last day on which the money can be used
    std::optional<FiscalYear> year;
    std::optional<Date> on;  // the day of effect; may lie before the request, or in a closed month

    Body asked() const;
};

namespace request {

// Chairs and finance. Moves nothing. Refuses unknown_category, review_finished, period_closed.
Entry submit(const Facts& facts, const SubmitRequest& ask, const DocumentId& id);
// The Board, or its delegate, grants all of it, a part, or more. Refuses wrong_state, own_document,
// in_the_future, fiscal_budget_off, year_over.
Entry decide(const Facts& facts, const Request& document, const DecideRequest& ask);
// What it asks first, whatever is granted: who, and that it is open.
Mandate require_decidable(const Facts& facts, const Request& document);
Entry refuse(const Facts& facts, const Request& document, const Decide& ask);
// Who submitted it takes it back.
Entry withdraw(const Facts& facts, const Request& document, const Decide& ask);
// What waits is linked to a request that the Board has not decided. Refuses other_review,
// wrong_state.
void require_open(const Facts& facts, const Request& document);

}  // namespace request

Request requested(const Event& event, const Review& review);
void fold(Request& document, const Event& event);

}  // namespace purser
