// What is asked of an expense later: amended, refunded, reversed.
#include <algorithm>

#include "asker.hpp"

namespace simulation {

using plain::Ask;
using plain::Day;
using plain::Minor;

// Of one in that state, mostly.
Ask Asker::correct(const char* act, const char* role, const std::string& state) {
    Ask ask = begin(act, role);
    std::vector<int> fitting;
    const auto& all = review().expenses;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].state == state) fitting.push_back(static_cast<int>(i) + 1);
    }
    ask.number = fitting.empty() || random_.chance(5)
                     ? 1 + random_.below(static_cast<int>(all.size()) + 1)
                     : random_.one_of(fitting);
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    ask.on = index < all.size() ? step_day(all[index].posted) : act_day();
    return ask;
}

Ask Asker::amend() {
    const bool undecided = random_.chance(75);
    Ask ask = correct("expense.amend", random_.chance(75) ? "finance" : "support",
                      undecided            ? "submitted"
                      : random_.chance(70) ? "approved"
                                           : "held");
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    const bool known = index < review().expenses.size();
    if (known && random_.chance(30)) ask.user = review().expenses[index].submitted_by;
    const bool money = undecided ? random_.chance(75) : random_.chance(10);
    if (money && random_.chance(70)) price(ask, false);
    if (money && random_.chance(15)) ask.category = category();
    if (money && random_.chance(45)) relink(ask);
    if (known && random_.chance(5)) ask.amount = review().expenses[index].amount;
    if (ask.amount) {
        ask.foreign.reset();
        to_the_limit(ask);
    }
    const bool nothing_yet = !ask.amount && !ask.foreign && ask.category.empty() && !ask.direct &&
                             ask.commitment == 0 && ask.after == 0;
    if (nothing_yet || random_.chance(15)) {
        if (random_.chance(40)) ask.texts["text"] = random_.chance(96) ? "another reason" : "";
        if (random_.chance(30)) {
            ask.texts["payee"] = random_.one_of<std::string>({"Hotel", "Air", "carl", "dan", ""});
        }
        if (random_.chance(30)) ask.texts["invoice"] = "I-" + std::to_string(random_.below(40));
        if (random_.chance(20)) ask.texts["work_item"] = random_.one_of<std::string>({"W1", ""});
        if (random_.chance(15)) ask.document_on = model_.today - random_.below(60) + 1;
    }
    return ask;
}

// Against another commitment, after a closed one, or direct.
void Asker::relink(Ask& ask) {
    std::vector<int> open;
    const auto& all = review().commitments;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].state == "open") open.push_back(static_cast<int>(i) + 1);
    }
    if (random_.chance(25) || open.empty()) {
        ask.direct = true;
    } else if (random_.chance(15)) {
        come_after(ask);
    } else {
        ask.commitment = random_.one_of(open);
        if (!random_.chance(8)) {
            ask.category = all[static_cast<std::size_t>(ask.commitment) - 1].category;
        }
        if (random_.chance(3)) ask.commitment = 100;
    }
}

// A part, all, or a little more than was paid; at a rate of its own.
Ask Asker::refund() {
    Ask ask = correct("expense.refund", "finance", "approved");
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    ask.amount = amount(300);
    if (index >= review().expenses.size()) return ask;
    const plain::Expense& document = review().expenses[index];
    if (document.spent_on && random_.chance(40)) ask.on = step_day(*document.spent_on);
    const Minor left = document.own_amount() - document.own_refunded;
    Minor back = left;
    if (random_.chance(70)) back = left - left * random_.below(100) / 100;
    if (random_.chance(10)) back = left + 1;
    if (document.foreign && !random_.chance(4)) {
        ask.foreign = document.foreign;
        ask.foreign->amount = back;
        if (random_.chance(4))
            ask.foreign->currency = ask.foreign->currency == "JPY" ? "EUR" : "JPY";
        if (ask.foreign->currency == review().currency) ask.foreign = document.foreign;
        ask.foreign->digits =
            std::max<std::int64_t>(1, ask.foreign->digits * (70 + random_.below(60)) / 100);
        ask.foreign->on = model_.today;
        ask.amount.reset();
    } else {
        ask.amount = back;
    }
    return ask;
}

Ask Asker::reverse() {
    Ask ask = correct("expense.reverse", "finance", "approved");
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    if (index >= review().expenses.size()) return ask;
    const auto& spent_on = review().expenses[index].spent_on;
    if (spent_on && random_.chance(30)) ask.on = step_day(*spent_on);
    return ask;
}

}  // namespace simulation
