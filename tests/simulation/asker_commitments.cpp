// What is asked of commitments.
#include <algorithm>

#include "asker.hpp"

namespace simulation {

using plain::Ask;
using plain::Day;
using plain::Minor;

Ask Asker::open_commitment() {
    Ask ask = begin("commitment.open", random_.chance(60) ? "finance" : "support");
    ask.category = category();
    ask.amount = amount(4000);
    ask.proposed = random_.chance(35);
    ask.on = act_day();
    ask.expected = model_.today + random_.below(500) - 100;
    to_the_limit(ask);
    maybe_wait(ask);
    return ask;
}

Ask Asker::of_commitment(const char* act, const char* role) {
    Ask ask = begin(act, role);
    std::vector<int> alive;
    const auto& all = review().commitments;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool asks = all[i].reserved > 0;
        const bool decided = ask.act == "commitment.confirm" || ask.act == "commitment.reject";
        const bool waits = all[i].state == "held" && ask.act != "commitment.amend";
        if (all[i].lives() && (asks || !decided)) alive.push_back(static_cast<int>(i) + 1);
        if (waits && random_.chance(15)) alive.push_back(static_cast<int>(i) + 1);
    }
    ask.number = alive.empty() || random_.chance(8)
                     ? 1 + random_.below(static_cast<int>(all.size()) + 1)
                     : random_.one_of(alive);
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    ask.on = index < all.size() ? step_day(all[index].posted) : act_day();
    return ask;
}

Ask Asker::confirm_commitment() {
    Ask ask = of_commitment("commitment.confirm", "chair");
    if (random_.chance(40)) ask.amount = amount(5000);
    return ask;
}

Ask Asker::reject_commitment() { return of_commitment("commitment.reject", "chair"); }

Ask Asker::amend_commitment() {
    Ask ask = of_commitment("commitment.amend", random_.chance(80) ? "finance" : "support");
    if (random_.chance(65)) ask.amount = amount(6000);
    if (random_.chance(45)) ask.expected = model_.today + random_.below(700) - 250;
    ask.proposed = random_.chance(30);
    return ask;
}

Ask Asker::close_commitment() { return of_commitment("commitment.close", "finance"); }

}  // namespace simulation
