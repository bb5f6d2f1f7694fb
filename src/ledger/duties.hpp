// Who may do what: the roles of each act, in one table that the rules require and the faces ask,
// so that nobody is offered what would be refused (DOMAIN rule 1).
#pragma once

#include <string_view>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/facts.hpp"
#include "ledger/mandate.hpp"

namespace purser {

struct Duty {
    // own: in an own role. book: in an own role for the whole book. mandate: or in one of somebody
    // who delegated to the actor. policy: as mandate, and a policy of the review may name others.
    enum class By { own, book, mandate, policy };

    std::string_view deed = {};    // completes "may not …": "close months"
    std::vector<Role> roles = {};  // none: the act itself says whom it concerns
    By by = By::own;
};
const Duty& duty_of(Act act);

// The first of the act's roles that the actor has, else that a delegator has. Refuses not_permitted
// or user_disabled.
Mandate require(const User& actor, const std::vector<User>& delegators, const ReviewKey& review,
                Act act);
Mandate require(const Facts& facts, Act act);

}  // namespace purser
