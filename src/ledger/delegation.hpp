// Delegation: somebody else decides in one's place from a day to a day (DOMAIN rule 1).
//
//     purser delegate carl --to dana --from 2017-08-01 --until 2017-08-14
//
// On those days, UTC, when dana acts, she may approve, confirm and reject in carl's own roles; the
// event names both. Neither decides on what the other, as delegator, submitted or is paid. What
// was delegated to carl does not go on to dana, and nothing counts while either is disabled.
#pragma once

#include <string>
#include <vector>

#include "ledger/facts.hpp"

namespace purser {

struct Delegate {
    std::string delegator;
    std::string delegate;
    Date from, until;  // both included
    Body asked() const;
};

namespace delegation {

// By the delegator or an admin. Refuses user_disabled, already_exists when those days are
// delegated to that user already. BadInput when the days are none or over.
Entry add(const User& actor, const User& delegator, const User& delegate,
          const std::vector<Delegation>& existing, const Delegate& ask, Date today);
// From now on, whatever the days. Refuses nothing_changes when nothing is delegated.
Entry end(const User& actor, const std::string& delegator, const std::string& delegate,
          const std::vector<Delegation>& existing, Date today);

// The users in whose place that one may decide on a day. `users` are all of the book.
std::vector<User> delegators_of(const std::string& delegate,
                                const std::vector<Delegation>& existing,
                                const std::vector<User>& users, Date day);

}  // namespace delegation
}  // namespace purser
