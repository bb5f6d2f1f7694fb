// Users, policies, reviews, their settings and categories.
#include <algorithm>

#include "model.hpp"

namespace plain {

Verdict Model::init(const Ask& ask) {
    users[ask.user] = {false, {{"admin", ""}, {"finance", ""}}};
    record_in_book(ask, ask.user);
    return {{}, ask.user, today, {}, false, 0, 0, {}, {}};
}

// Roles that a user has already are nothing new; one who was disabled starts with those named.
Verdict Model::add_user(const Ask& ask) {
    Verdict verdict;
    require(verdict, ask, "BOOK", {"admin"});
    const Role role{ask.other, ask.review};
    const auto at = users.find(ask.category);
    const bool active = at != users.end() && !at->second.disabled;
    const auto has = [&](const std::vector<Role>& roles) {
        return std::find(roles.begin(), roles.end(), role) != roles.end();
    };
    verdict.forbid(active && has(at->second.roles), "already_exists");
    if (verdict.refused()) return verdict;
    if (active) {
        at->second.roles.push_back(role);
    } else {
        users[ask.category] = {false, {role}};
    }
    record_in_book(ask, ask.category);
    verdict.id = ask.category;
    verdict.posted = today;
    return verdict;
}

Verdict Model::disable_user(const Ask& ask) {
    Verdict verdict;
    require(verdict, ask, "BOOK", {"admin"});
    const auto at = users.find(ask.category);
    verdict.forbid(at == users.end(), "unknown_user");
    if (at == users.end()) return verdict;
    verdict.forbid(at->second.disabled, "nothing_changes");
    verdict.forbid(ask.category == ask.user, "not_permitted");
    if (verdict.refused()) return verdict;
    at->second.disabled = true;
    record_in_book(ask, ask.category);
    verdict.id = ask.category;
    verdict.posted = today;
    return verdict;
}

Verdict Model::add_policy(const Ask& ask) {
    Verdict verdict;
    require(verdict, ask, "BOOK", {"admin"});
    verdict.forbid(ask.count < 1 || ask.count > 9, "bad_input");
    verdict.forbid(ask.amount && *ask.amount <= 0, "bad_input");
    if (verdict.refused()) return verdict;
    reviews.at(ask.review).policy.push_back({*ask.on, ask.amount, ask.other, ask.count});
    record_in_book(ask, "");
    verdict.posted = today;
    return verdict;
}

Verdict Model::open_review(const Ask& ask) {
    Verdict verdict;
    require(verdict, ask, "BOOK", {"admin"});
    verdict.forbid(reviews.contains(ask.review), "already_exists");
    verdict.forbid(ask.text.empty(), "bad_input");
    verdict.forbid(ask.document_on && *ask.expected < *ask.document_on, "bad_input");
    decision_day(verdict, ask.on);
    if (verdict.refused()) return verdict;
    Review review;
    review.key = ask.review;
    review.currency = ask.category;
    review.start_month = ask.count;
    review.budget = !ask.proposed;
    review.start = *ask.document_on;
    review.settings = {
        {"control.envelope", "stop"},      {"control.category", "warn"},
        {"control.fiscal-year", "warn"},   {"year-end.free", "carry"},
        {"year-end.commitments", "carry"}, {"fiscal-budget", review.budget ? "on" : "off"}};
    review.state_since = verdict.posted;
    Review& opened = reviews[ask.review] = std::move(review);
    record(opened, ask, "", verdict.posted, {});
    return verdict;
}

// A setting that money hangs on is fixed once money has moved (MODEL.md 1).
Verdict Model::set_review(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"admin"});
    decision_day(verdict, ask.on);
    const bool changes = review.setting(ask.other) != ask.text;
    verdict.forbid(!changes, "nothing_changes");
    verdict.forbid(changes && ask.other == "fiscal-budget" && !review.accounts.movements().empty(),
                   "setting_fixed");
    if (verdict.refused()) return verdict;
    review.settings[ask.other] = ask.text;
    if (ask.other == "fiscal-budget") review.budget = ask.text == "on";
    record(review, ask, "", verdict.posted, {});
    return verdict;
}

Verdict Model::change_state(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    const std::string state = ask.act == "review.pause"    ? "paused"
                              : ask.act == "review.finish" ? "finished"
                                                           : "running";
    require(verdict, ask, ask.review, {"admin", "finance"});
    verdict.forbid(state == "paused" && review.state == "paused", "review_paused");
    verdict.forbid(state == "running" && review.state == "running", "review_not_paused");
    verdict.forbid(state != "running" && review.state == "finished", "review_finished");
    decision_day(verdict, ask.on);
    verdict.forbid(review.state != "running" && verdict.posted < review.state_since,
                   "before_document");
    if (verdict.refused()) return verdict;
    review.state = state;
    review.state_since = verdict.posted;
    record(review, ask, "", verdict.posted, {});
    return verdict;
}

Verdict Model::add_category(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"admin", "finance"});
    verdict.forbid(review.state == "finished", "review_finished");
    verdict.forbid(review.has_category(ask.category), "already_exists");
    verdict.forbid(ask.text.empty(), "bad_input");
    decision_day(verdict, ask.on);
    if (verdict.refused()) return verdict;
    review.categories.push_back(ask.category);
    record(review, ask, "", verdict.posted, {});
    return verdict;
}

}  // namespace plain
