#include "ledger/people.hpp"

#include <algorithm>
#include <array>

#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 6> role_names{"admin", "finance", "support",
                                                     "chair", "board",   "viewer"};

std::int64_t given_in(const std::vector<Approval>& given, Role role) {
    return std::count_if(given.begin(), given.end(),
                         [&](const Approval& approval) { return approval.role == role; });
}

}  // namespace

std::string_view name(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

std::string names(const std::vector<Role>& roles) {
    std::string all;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (i > 0) all += i + 1 == roles.size() ? " or " : ", ";
        all += name(roles[i]);
    }
    return all;
}

Role parse_role(std::string_view text) {
    for (std::size_t i = 0; i < role_names.size(); ++i) {
        if (role_names.at(i) == text) return static_cast<Role>(i);
    }
    throw BadInput("'" + std::string(text) + "' is not a role",
                   did_you_mean(text, {role_names.begin(), role_names.end()}));
}

bool User::has(Role role, const ReviewKey& review) const {
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return grant.role == role && (!grant.review || *grant.review == review);
    });
}

bool User::sees(const ReviewKey& review) const {
    return !disabled && std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return !grant.review || *grant.review == review;
    });
}

std::optional<User> as_seen_by(const User& reader, const User& user) {
    if (reader.has(Role::admin, ReviewKey::book()) || reader.name == user.name) return user;
    const auto is_shared = [&](const Grant& grant) {
        return std::any_of(reader.grants.begin(), reader.grants.end(), [&](const Grant& own) {
            const bool same = !own.review || !grant.review || *own.review == *grant.review;
            return own.role != Role::viewer && same;
        });
    };
    User seen{user.name, user.disabled, {}};
    std::copy_if(user.grants.begin(), user.grants.end(), std::back_inserter(seen.grants),
                 is_shared);
    if (seen.grants.empty()) return {};
    return seen;
}

void require(const User& user, const ReviewKey& review, const std::vector<Role>& roles,
             std::string_view deed) {
    if (user.disabled) {
        throw Refused(Rule::user_disabled, user.name + " is disabled",
                      "ask an admin, or act as another user with --as");
    }
    for (const Role role : roles) {
        if (user.has(role, review)) return;
    }
    throw Refused(Rule::not_permitted, user.name + " may not " + std::string(deed),
                  "ask a user who has the role " + names(roles) +
                      (review == ReviewKey::book() ? "" : " for " + review.text()));
}

const std::vector<Role>& roles_told_prices() {
    static const std::vector<Role> roles{Role::finance, Role::support, Role::admin};
    return roles;
}

bool is_told_prices(const User& user, const ReviewKey& review) {
    const auto& roles = roles_told_prices();
    return std::any_of(roles.begin(), roles.end(),
                       [&](Role role) { return user.has(role, review); });
}

std::vector<PolicyTier> approvals_needed(const std::vector<PolicyTier>& policy, const Money& amount,
                                         Date day) {
    std::optional<Date> begun;
    for (const auto& tier : policy) {
        if (tier.from <= day && (!begun || tier.from > *begun)) begun = tier.from;
    }
    if (!begun) return {{Date::min(), {}, Role::chair, 1}};
    std::vector<PolicyTier> needed;
    for (const auto& tier : policy) {
        if (tier.from != *begun || (tier.up_to && *tier.up_to < amount)) continue;
        const bool tighter =
            !needed.empty() && tier.up_to && (!needed[0].up_to || *tier.up_to < *needed[0].up_to);
        if (tighter) needed.clear();
        if (needed.empty() || tier.up_to == needed[0].up_to) needed.push_back(tier);
    }
    if (needed.empty()) {
        throw Refused(
            Rule::no_policy_covers,
            amount.with_code() + " is above every tier of the policy of " + to_text(*begun),
            "try: purser policy add KEY --from " + to_text(*begun) +
                " --role chair --count 2   (without --up-to it covers any amount)");
    }
    return needed;
}

std::optional<Role> approving_role(const std::vector<PolicyTier>& needed,
                                   const std::vector<Approval>& given, const User& user,
                                   const ReviewKey& review) {
    for (const auto& tier : needed) {
        if (given_in(given, tier.role) < tier.count && user.has(tier.role, review)) {
            return tier.role;
        }
    }
    return {};
}

bool is_complete(const std::vector<PolicyTier>& needed, const std::vector<Approval>& given) {
    return std::all_of(needed.begin(), needed.end(), [&](const PolicyTier& tier) {
        return given_in(given, tier.role) >= tier.count;
    });
}

std::string missing_text(const std::vector<PolicyTier>& needed,
                         const std::vector<Approval>& given) {
    std::string result;
    for (const auto& tier : needed) {
        const auto missing = tier.count - given_in(given, tier.role);
        if (missing <= 0) continue;
        if (!result.empty()) result += " and ";
        result += std::to_string(missing) + (missing == 1 ? " approval" : " approvals") +
                  " of role " + std::string(name(tier.role));
    }
    return result;
}

}  // namespace purser
