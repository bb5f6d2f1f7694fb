// Who decides: the actor in an own role, or in a role of somebody who delegated to the actor.
//
// Duties stay separate for both: what the actor or a delegator submitted, or is paid by, the actor
// does not decide on, in whatever role (DOMAIN rule 1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/document.hpp"
#include "ledger/facts.hpp"

namespace purser {

struct Mandate {
    Role role;
    std::string on_behalf_of;  // "" for the actor's own role
};
// Refuses own_document when the actor, or somebody in whose place the actor may decide today,
// made the document; `made` and `deed` are of the message: "submitted", "approve".
void refuse_own(const Facts& facts, const std::string& maker, std::string_view made,
                const std::string& document, std::string_view deed, const std::string& hint);
// The same of an expense that the actor or a delegator amended.
void refuse_amended(const Facts& facts, const Expense& expense, const std::string& document,
                    std::string_view deed, const std::string& hint);
// The role in which the actor's approval counts next: an own one, else one of a delegator whose
// approval does not count yet. Nothing when it is not needed.
std::optional<Mandate> approving_mandate(const Facts& facts, const std::vector<PolicyTier>& needed,
                                         const std::vector<Approval>& given);
// Refuses own_payment when `payee_user`, whom the document pays, is the actor or a delegator; ""
// is nobody.
void refuse_own_payment(const Facts& facts, std::string_view payee_user, const std::string& id,
                        const std::string& hint);

}  // namespace purser
