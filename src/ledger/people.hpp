// Who may do what: users with roles, and the policy that says who must approve.
//
// A user is a handle with roles, each for all reviews or for one. Nobody decides on what
// they submitted. A policy has effective dates and amount tiers (DOMAIN rule 1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/date.hpp"
#include "values/id.hpp"
#include "values/money.hpp"

namespace purser {

enum class Role { admin, finance, support, chair, board, viewer };

std::string_view name(Role role);
std::string names(const std::vector<Role>& roles);  // "finance, support or chair"
Role parse_role(std::string_view text);             // BadInput with did-you-mean

struct Grant {
    Role role;
    std::optional<ReviewKey> review;  // absent: all reviews
    friend bool operator==(const Grant&, const Grant&) = default;
};

struct User {
    std::string name;
    bool disabled = false;
    std::vector<Grant> grants;

    bool has(Role role, const ReviewKey& review) const;
    bool sees(const ReviewKey& review) const;  // has any role for it, and is not disabled
};

// What somebody may know of a user: an admin all; others whom they work with, in a role of the same
// review, and of the roles those there. Who only looks at what is posted works with nobody.
std::optional<User> as_seen_by(const User& reader, const User& user);

// Refuses user_disabled or not_permitted, naming the roles that may; `deed` completes
// "may not …": "record expenses".
void require(const User& user, const ReviewKey& review, const std::vector<Role>& roles,
             std::string_view deed);

// Prices of single contracts and names of payees are for these (DOMAIN rule 13).
const std::vector<Role>& roles_told_prices();
bool is_told_prices(const User& user, const ReviewKey& review);

// One tier of a policy: up to an amount, so many different persons of a role.
struct PolicyTier {
    Date from;
    std::optional<Money> up_to;  // absent: any amount
    Role role;
    int count;
};

struct Approval {
    std::string user;
    Role role;
    bool stated = false;            // finance said so at import; that person has not agreed yet
    std::string on_behalf_of = {};  // whose role it is when given by a delegate, else ""
};

// In whose place somebody may decide from a day to a day, both included (DOMAIN rule 1). It gives
// the delegator's own roles only: what was delegated to the delegator goes no further.
struct Delegation {
    std::string delegator;
    std::string delegate;
    Date from, until;
    bool ended = false;

    bool holds_on(Date day) const { return !ended && from <= day && day <= until; }
};

// The approvals an amount needs on a day: the tiers of the latest policy that has begun, of
// these the lowest that covers the amount; an edge belongs to the lower tier. Without a policy
// one chair. Refuses no_policy_covers when the amount is above every tier.
std::vector<PolicyTier> approvals_needed(const std::vector<PolicyTier>& policy, const Money& amount,
                                         Date day);

// The role in which the user's approval counts next, or nothing when it is not needed.
std::optional<Role> approving_role(const std::vector<PolicyTier>& needed,
                                   const std::vector<Approval>& given, const User& user,
                                   const ReviewKey& review);
bool is_complete(const std::vector<PolicyTier>& needed, const std::vector<Approval>& given);
// "2 approvals of role chair", for messages: what is still missing.
std::string missing_text(const std::vector<PolicyTier>& needed, const std::vector<Approval>& given);

}  // namespace purser
