#include "ledger/request.hpp"

#include <algorithm>
#include <array>

#include "ledger/duties.hpp"
#include "values/closest.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 4> states{"open", "granted", "refused", "withdrawn"};

}  // namespace

std::string_view name(RequestState state) { return states.at(static_cast<std::size_t>(state)); }

RequestState parse_request_state(std::string_view text) {
    const auto at = std::find(states.begin(), states.end(), text);
    if (at != states.end()) return static_cast<RequestState>(at - states.begin());
    throw BadInput("'" + std::string(text) + "' is not a state of a request",
                   did_you_mean(text, {states.begin(), states.end()}));
}

Body SubmitRequest::asked() const {
    Body body;
    body.set("category", category);
    body.set("amount", amount);
    return body;
}

Body DecideRequest::asked() const {
    Body body;
    body.set("amount", grant);
    body.set("resolution", resolution);
    body.set("conditions", conditions);
    if (expires) body.set("expires", *expires);
    if (year) body.set("fiscal_year", year->text());
    return body;
}

namespace request {
namespace {

std::string id_text(const Facts& facts, const Request& document) {
    return DocumentId{facts.review.key(), DocumentKind::request, document.number}.text();
}

void require_state(const Facts& facts, const Request& document, const std::string& deed) {
    if (document.state == RequestState::open) return;
    throw Refused(Rule::wrong_state,
                  id_text(facts, document) + " is " + std::string(name(document.state)) +
                      (name(document.state) == deed ? " already" : ", it cannot be " + deed),
                  "see: purser request show " + id_text(facts, document));
}

Entry deciding(const Facts& facts, Act act, const Request& document, std::string reason) {
    return {act, id_text(facts, document), facts.today, {}, std::move(reason), {}, {}, {}};
}

}  // namespace

Entry submit(const Facts& facts, const SubmitRequest& ask, const DocumentId& id) {
    require(facts, Act::request_submit);
    require_positive(ask.amount);
    facts.review.category(ask.category);
    refuse_finished(facts);
    const std::string reason = require_reason(ask.why, "a request to the Board");
    return {Act::request_submit,
            id.text(),
            posting_day(facts, ask.on, facts.today),
            {},
            reason,
            ask.asked(),
            {},
            {}};
}

Mandate require_decidable(const Facts& facts, const Request& document) {
    Mandate mandate = require(facts, Act::request_decide);
    require_state(facts, document, "granted");
    refuse_own(facts, document.submitted_by, "submitted", id_text(facts, document), "decide on",
               "another of the Board records the decision");
    return mandate;
}

Entry decide(const Facts& facts, const Request& document, const DecideRequest& ask) {
    const Mandate mandate = require_decidable(facts, document);
    const std::string resolution = parse_text(ask.resolution, "resolution");
    if (resolution.empty()) {
        throw BadInput("a grant of the Board is found by its resolution",
                       "add --resolution NUMBER");
    }
    Entry entry = envelope::grant_of(
        facts, Act::request_decide,
        {document.category, ask.grant, document.why, ask.year, ask.on, ask.expires});
    entry.subject = id_text(facts, document);
    entry.body.set("on_behalf_of", mandate.on_behalf_of);
    entry.body.set("resolution", resolution);
    entry.body.set("conditions", parse_text(ask.conditions, "conditions"));
    entry.body.set("state", name(RequestState::granted));
    return entry;
}

Entry refuse(const Facts& facts, const Request& document, const Decide& ask) {
    const Mandate mandate = require(facts, Act::request_refuse);
    require_state(facts, document, "refused");
    refuse_own(facts, document.submitted_by, "submitted", id_text(facts, document), "decide on",
               "another of the Board records the decision");
    const std::string reason = require_reason(ask.why, "a refusal");
    Entry entry = deciding(facts, Act::request_refuse, document, reason);
    entry.posted_on = decision_day(facts, ask.on);
    entry.body.set("on_behalf_of", mandate.on_behalf_of);
    entry.body.set("state", name(RequestState::refused));
    return entry;
}

Entry withdraw(const Facts& facts, const Request& document, const Decide& ask) {
    require(facts, Act::request_withdraw);
    require_state(facts, document, "withdrawn");
    if (document.submitted_by != facts.actor.name) {
        throw Refused(Rule::not_permitted,
                      id_text(facts, document) + " was submitted by " + document.submitted_by +
                          ", not by " + facts.actor.name,
                      "who submitted it takes it back, or the Board refuses it");
    }
    Entry entry = deciding(facts, Act::request_withdraw, document, parse_text(ask.why, "reason"));
    entry.posted_on =
        step_day(facts, {entry.subject, document.posted_on, {}}, {}, ask.on, facts.today);
    entry.body.set("state", name(RequestState::withdrawn));
    return entry;
}

void require_open(const Facts& facts, const Request& document) {
    if (document.state == RequestState::open) return;
    throw Refused(Rule::wrong_state,
                  id_text(facts, document) + " is " + std::string(name(document.state)) +
                      ", nothing more waits for it",
                  "try: purser request submit " + facts.review.key().text() + " --category " +
                      document.category + " --amount A --why \"…\"");
}

}  // namespace request

Request requested(const Event& event, const Review& review) {
    const Body& body = event.body;
    return {DocumentId::parse(event.subject).number,
            event.seq,
            RequestState::open,
            std::string(body.text("category")),
            body.money("amount", review.currency()),
            Money::zero(review.currency()),
            event.posted_on,
            event.reason,
            event.actor,
            {},
            {},
            {},
            {}};
}

void fold(Request& document, const Event& event) {
    const Body& body = event.body;
    document.state = parse_request_state(body.text("state"));
    document.decided_on = event.posted_on;
    document.granted = body.money("amount", document.amount.currency());
    document.resolution = body.text("resolution");
    document.conditions = body.text("conditions");
    document.expires = body.day("expires");
}

}  // namespace purser
