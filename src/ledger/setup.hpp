// Setting things up: users and their roles, policies, reviews, settings, categories.
//
// Users and policies belong to the chain BOOK, everything of a review to the review's own.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/facts.hpp"

namespace purser {

struct AddUser {
    std::string name;
    std::vector<Grant> grants;
    Body asked() const;
};

struct AddPolicy {
    ReviewKey review;
    Date from;
    std::optional<Money> up_to;
    Role role;
    int count;
    Body asked() const;
};

using SettingValues = std::vector<std::pair<std::string, std::string>>;

struct OpenReview {
    ReviewKey key;
    std::string name;
    Date start;
    Date expected;
    Currency currency;
    int fiscal_year_start;
    bool fiscal_budget;
    std::optional<Date> on;
    Body asked() const;
};

struct SetReview {
    SettingValues values;
    std::optional<Date> on;
    Body asked() const;
};

struct AddCategory {
    std::string code;
    std::string title;
    bool overhead;
    std::optional<Date> on;
    Body asked() const;
};

namespace setup {

Entry init(const std::string& user, Date today);
// Adds a user, or roles to one. Refuses already_exists when nothing is new, not_permitted.
Entry add_user(const User& actor, const std::optional<User>& existing, const AddUser& ask,
               Date today);
Entry disable_user(const User& actor, const User& user, Date today);
// A digest of the stored secret ties it to the log; only oneself or an admin may set one.
Entry set_password(const User& actor, const User& user, const std::string& digest, Date today);
// A link by which the user may choose a password until then; the log knows who made it, not what
// it is. Refuses like set_password, and user_disabled.
Entry invite(const User& actor, const User& user, Instant until, Date today);
// `ended` names what an admin ends, "token 0b1c…". Refuses nothing_changes when it is nothing.
Entry sign_out(const User& actor, const User& user, const std::vector<std::string>& ended,
               Date today);
Entry add_policy(const User& actor, const AddPolicy& ask, Date today);

// Refuses already_exists (the store knows), not_permitted, in_the_future.
Entry open_review(const User& actor, const OpenReview& ask, Date today);
// Refuses setting_fixed once money has moved (currency and fiscal budgets), nothing_changes.
Entry set_review(const Facts& facts, const SetReview& ask, bool money_moved);
// Refuses review_paused, review_not_paused, review_finished, as the state does not fit.
Entry change_state(const Facts& facts, ReviewState state, const std::string& why,
                   std::optional<Date> on);
Entry add_category(const Facts& facts, const AddCategory& ask);
// Says that a payee is a user of the book; `known` is the user that it is so far, or "". The text
// of the payee is in no event. Refuses nothing_changes, not_permitted when it is the actor's own.
Entry set_payee_user(const Facts& facts, const DocumentId& payee, const std::string& known,
                     const std::string& user);

}  // namespace setup

// The settings that an event makes, in its order.
std::vector<Setting> settings(const Event& event);
std::string grant_text(const Grant& grant);  // "chair@SSR2", "admin"
Grant parse_grant(std::string_view text);

}  // namespace purser
