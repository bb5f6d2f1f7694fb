#include "ledger/delegation.hpp"

#include <algorithm>

namespace purser {

Body Delegate::asked() const {
    Body body;
    body.set("to", delegate);
    body.set("from", from);
    body.set("until", until);
    return body;
}

namespace delegation {
namespace {

void require_own(const User& actor, const std::string& delegator) {
    if (!actor.disabled && actor.name == delegator) return;
    require(actor, ReviewKey::book(), {Role::admin}, "delegate for " + delegator);
}

void require_enabled(const User& user) {
    if (!user.disabled) return;
    throw Refused(Rule::user_disabled, user.name + " is disabled", "see: purser user list");
}

bool concerns(const Delegation& one, const std::string& delegator, const std::string& delegate) {
    return !one.ended && one.delegator == delegator && one.delegate == delegate;
}

}  // namespace

Entry add(const User& actor, const User& delegator, const User& delegate,
          const std::vector<Delegation>& existing, const Delegate& ask, Date today) {
    require_own(actor, delegator.name);
    if (delegator.name == delegate.name) {
        throw BadInput(delegator.name + " needs no delegation to " + delegate.name,
                       "name another user with --to");
    }
    if (ask.until < ask.from) {
        throw BadInput(
            "the delegation would end on " + to_text(ask.until) + ", before " + to_text(ask.from),
            "both days are included: --from is the first, --until the last");
    }
    if (ask.until < today) {
        throw BadInput(
            "the delegation would be over since " + to_text(ask.until),
            "it counts on the days on which the delegate acts; today is " + to_text(today));
    }
    require_enabled(delegator);
    require_enabled(delegate);
    const bool is_there = std::any_of(existing.begin(), existing.end(), [&](const Delegation& one) {
        return concerns(one, ask.delegator, ask.delegate) && one.from <= ask.from &&
               ask.until <= one.until;
    });
    if (is_there) {
        throw Refused(Rule::already_exists,
                      ask.delegate + " acts for " + ask.delegator + " on these days already",
                      "see: purser delegate list");
    }
    return {Act::delegate_add, ask.delegator, today, {}, {}, ask.asked(), {}, {}};
}

Entry end(const User& actor, const std::string& delegator, const std::string& delegate,
          const std::vector<Delegation>& existing, Date today) {
    require_own(actor, delegator);
    const bool is_there = std::any_of(existing.begin(), existing.end(), [&](const Delegation& one) {
        return concerns(one, delegator, delegate) && today <= one.until;
    });
    if (!is_there) {
        throw Refused(Rule::nothing_changes,
                      delegator + " delegates nothing to " + delegate + " from today on",
                      "see: purser delegate list");
    }
    Entry entry{Act::delegate_end, delegator, today, {}, {}, {}, {}, {}};
    entry.body.set("to", delegate);
    return entry;
}

std::vector<User> delegators_of(const std::string& delegate,
                                const std::vector<Delegation>& existing,
                                const std::vector<User>& users, Date day) {
    std::vector<User> result;
    for (const User& user : users) {
        const bool delegates =
            std::any_of(existing.begin(), existing.end(), [&](const Delegation& one) {
                return concerns(one, user.name, delegate) && one.holds_on(day);
            });
        if (delegates && !user.disabled) result.push_back(user);
    }
    return result;
}

}  // namespace delegation
}  // namespace purser
