#include "ledger/mandate.hpp"

#include <algorithm>

namespace purser {

void refuse_own(const Facts& facts, const std::string& maker, std::string_view made,
                const std::string& document, std::string_view deed, const std::string& hint) {
    const std::string& actor = facts.actor.name;
    const std::string what =
        ' ' + std::string(made) + ' ' + document + " and cannot " + std::string(deed);
    if (maker == actor) throw Refused(Rule::own_document, actor + what + " it", hint);
    for (const User& delegator : facts.delegators) {
        if (delegator.name != maker) continue;
        std::string message = maker + what + " it, nor can ";
        message.append(actor).append(", who acts for ").append(maker);
        throw Refused(Rule::own_document, message, hint);
    }
}

void refuse_amended(const Facts& facts, const Expense& expense, const std::string& document,
                    std::string_view deed, const std::string& hint) {
    const auto refuse = [&](const std::string& user) {
        if (expense.was_amended_by(user)) refuse_own(facts, user, "amended", document, deed, hint);
    };
    refuse(facts.actor.name);
    for (const User& delegator : facts.delegators) refuse(delegator.name);
}

std::optional<Mandate> approving_mandate(const Facts& facts, const std::vector<PolicyTier>& needed,
                                         const std::vector<Approval>& given) {
    const ReviewKey& review = facts.review.key();
    if (const auto own = approving_role(needed, given, facts.actor, review)) {
        return Mandate{*own, {}};
    }
    for (const User& delegator : facts.delegators) {
        const bool counts = std::any_of(given.begin(), given.end(), [&](const Approval& one) {
            return one.user == delegator.name || one.on_behalf_of == delegator.name;
        });
        const auto role = approving_role(needed, given, delegator, review);
        if (role && !counts) return Mandate{*role, delegator.name};
    }
    return {};
}

void refuse_own_payment(const Facts& facts, std::string_view payee_user, const std::string& id,
                        const std::string& hint) {
    if (payee_user.empty()) return;
    const std::string paid = std::string(payee_user) + " is paid by " + id;
    if (payee_user == facts.actor.name) {
        throw Refused(Rule::own_payment, paid + " and cannot approve it", hint);
    }
    for (const User& delegator : facts.delegators) {
        if (delegator.name != payee_user) continue;
        throw Refused(Rule::own_payment,
                      paid + ", so " + facts.actor.name + ", who acts for " + delegator.name +
                          ", cannot approve it",
                      hint);
    }
}

}  // namespace purser
