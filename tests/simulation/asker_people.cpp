// What is asked about people: in whose place somebody decides, which payees are users.
#include "asker.hpp"

namespace simulation {

using plain::Ask;

Ask Asker::delegate() {
    Ask ask = begin("delegate.add", "admin");
    ask.review.clear();
    ask.category = random_.one_of<std::string>({"carl", "carl", "cora", "bob", "fay", "sue"});
    ask.other = random_.one_of<std::string>({"cora", "carl", "vera", "sam", "otto", "fay", "dan"});
    if (random_.chance(60)) ask.user = ask.category;
    ask.on = model_.today + random_.below(20) - 12;
    ask.expected = *ask.on + random_.below(40) - 1;
    ask.text.clear();
    if (model_.delegations.empty() || !random_.chance(15)) return ask;
    const auto& again = random_.one_of(model_.delegations);
    ask.category = again.delegator;
    ask.other = again.delegate;
    ask.on = again.from + random_.below(3) - 1;
    ask.expected = again.until;
    return ask;
}

Ask Asker::end_delegation() {
    Ask ask = begin("delegate.end", "admin");
    ask.review.clear();
    ask.text.clear();
    ask.category = "carl";
    ask.other = "cora";
    if (!model_.delegations.empty()) {
        const auto& one = random_.one_of(model_.delegations);
        ask.category = one.delegator;
        ask.other = one.delegate;
    }
    if (random_.chance(50)) ask.user = ask.category;
    return ask;
}

Ask Asker::set_payee_user() {
    Ask ask = begin("payee.user", random_.chance(60) ? "finance" : "support");
    ask.payee = random_.one_of<std::string>({"Hotel", "Zoë & Co", "carl", "dan", "Air", "Air"});
    if (random_.chance(2)) ask.payee.clear();
    ask.other = random_.one_of<std::string>({"carl", "cora", "fay", "sue", "dan"});
    ask.text.clear();
    return ask;
}

Ask Asker::set_password() {
    Ask ask = begin("user.password", "admin");
    ask.review.clear();
    ask.category = random_.one_of<std::string>({"olga", "sam", "carl", "ghost"});
    if (random_.chance(30)) ask.user = ask.category;
    ask.text = random_.chance(60) ? "a long secret" : "no";
    return ask;
}

}  // namespace simulation
