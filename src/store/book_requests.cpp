// Book: requests to the Board, and what waits for them.
#include <algorithm>

#include "store/engine.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

Asked asked(const DocumentId& id, Act act, const Decide& ask) {
    return {id.review, act, id.text(), ask.why, ask.on, {}};
}

// Whether a held commitment was proposed is known from the event that recorded it.
bool was_proposed(Database& database, const Review& review, std::int64_t seq) {
    JournalReader reader(database, "WHERE review = :review AND seq = :seq",
                         {{{"review", review.key().text()}}, {{"seq", seq}}});
    if (!reader.next()) throw Broken("a held commitment names an event that is not in the log");
    return reader.event(review.currency()).body.has("proposed");
}

Entry released(Database& database, Writing& writing, const Held& held, Date granted_on) {
    const Review& review = writing.review();
    if (held.document.kind == DocumentKind::commitment) {
        return commitment::release(writing.facts(),
                                   writing.rows().commitment(review, held.document.number),
                                   was_proposed(database, review, held.seq), granted_on);
    }
    const Expense document = writing.rows().expense(review, held.document.number);
    std::optional<Commitment> against;
    if (document.commitment != 0) {
        against = writing.rows().commitment(review, document.commitment);
    }
    return expense::release(writing.facts(), {document, against ? &*against : nullptr, granted_on});
}

RequestView view_of(Database& database, const Review& review, const Request& document) {
    RequestView view{document, {}};
    for (auto& held : load_held(database, review)) {
        if (held.request == document.number) view.held.push_back(std::move(held));
    }
    return view;
}

}  // namespace

void Book::Engine::require_waiting_line(Writing& writing, const DocumentId& request) {
    if (request.review != writing.review().key()) {
        throw Refused(Rule::other_review,
                      request.text() + " is a request of " + request.review.text() + ", not of " +
                          writing.review().key().text(),
                      "see: purser request list " + writing.review().key().text());
    }
    purser::request::require_open(writing.facts(), this->request(writing.review(), request));
}

void Book::Engine::release_held(Writing& writing, std::optional<std::int64_t> request,
                                Date granted_on) {
    for (const auto& held : writing.held()) {
        if (held.ended_seq != 0 || (request && held.request != *request)) continue;
        // A grant recorded late may have ended since: until then it could be used.
        writing.end_grants(std::max({held.on, granted_on, writing.review().first_open_day()}));
        try {
            writing.record(released(database, writing, held, granted_on));
        } catch (const Refused&) {
            break;  // it does not fit yet, and nothing overtakes it
        }
    }
    writing.end_grants(writing.today());
}

Receipt Book::submit_request(const Caller& caller, const ReviewKey& review,
                             const SubmitRequest& ask) {
    return engine_->act(caller, {review, Act::request_submit, {}, ask.why, ask.on, ask.asked()},
                        [&](Writing& writing) {
                            return request::submit(writing.facts(), ask,
                                                   writing.next_id(DocumentKind::request));
                        });
}

Receipt Book::decide_request(const Caller& caller, const DocumentId& id, const DecideRequest& ask) {
    return engine_->act(
        caller, {id.review, Act::request_decide, id.text(), {}, ask.on, ask.asked()},
        [&](Writing& writing) {
            return request::decide(writing.facts(), engine_->request(writing.review(), id), ask);
        },
        [&](Writing& writing, const Receipt& grant) {
            engine_->release_held(writing, id.number, grant.posted_on);
        });
}

Receipt Book::refuse_request(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(caller, asked(id, Act::request_refuse, ask), [&](Writing& writing) {
        return request::refuse(writing.facts(), engine_->request(writing.review(), id), ask);
    });
}

Receipt Book::withdraw_request(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(caller, asked(id, Act::request_withdraw, ask), [&](Writing& writing) {
        return request::withdraw(writing.facts(), engine_->request(writing.review(), id), ask);
    });
}

RequestView Book::request(const DocumentId& id) {
    return engine_->read([&] {
        const Review review = engine_->review(id.review);
        return view_of(engine_->database, review, engine_->request(review, id));
    });
}

std::vector<RequestView> Book::requests(const ReviewKey& key) {
    return engine_->read([&] {
        const Review review = engine_->review(key);
        std::vector<RequestView> views;
        for (const auto& document : load_requests(engine_->database, review)) {
            views.push_back(view_of(engine_->database, review, document));
        }
        return views;
    });
}

Figures Book::after_decision(const DocumentId& id, const Money& grant, Instant now) {
    return engine_->read([&] {
        const Caller caller{{}, {}, now};
        Writing trial = Writing::trial(engine_->database, caller, id.review,
                                       User{"the Board", false, {{Role::board, {}}}});
        if (grant.is_positive()) {
            const Request document = engine_->request(trial.review(), id);
            const Receipt decided = trial.record(
                request::decide(trial.facts(), document, {grant, "to be decided", {}, {}, {}, {}}));
            engine_->release_held(trial, id.number, decided.posted_on);
        }
        return figures_of_today(engine_->database, trial);
    });
}

}  // namespace purser
