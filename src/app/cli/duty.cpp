#include "app/cli/duty.hpp"

#include <algorithm>
#include <map>

#include "ledger/duties.hpp"

namespace purser::cli {

std::optional<Act> act_of(const Verb& verb) {
    // Verbs that are short for another, and the nouns that the log calls otherwise.
    static const std::map<std::string, Act> others{
        {"delegate", Act::delegate_add},
        {"member leave", Act::member_set},
        {"meeting cancel", Act::meeting_set},
        {"forecast plan", Act::forecast_set},
        {"forecast unplan", Act::forecast_withdraw},
    };
    if (verb.is_read()) return {};
    std::string name = verb.path().substr(verb.path().find(' ') + 1);
    if (const auto found = others.find(name); found != others.end()) return found->second;
    std::replace(name.begin(), name.end(), ' ', '.');
    return find_act(name.starts_with("factsheet.") ? name.substr(4) : name);
}

std::string who_may(const Verb& verb) {
    const auto act = act_of(verb);
    if (!act || duty_of(*act).roles.empty()) return {};
    const Duty& duty = duty_of(*act);
    const std::string roles = names(duty.roles);
    switch (duty.by) {
        case Duty::By::own: return roles;
        case Duty::By::book: return roles + ", for all reviews";
        case Duty::By::mandate: return roles + ", or a delegate of one";
        case Duty::By::policy:
            return roles + ", or as the review's policy says, or a delegate of one";
    }
    return roles;
}

}  // namespace purser::cli
