// What is asked of the Board, and what waits for it.
#include <algorithm>

#include "asker.hpp"

namespace simulation {

using plain::Ask;
using plain::Day;
using plain::Minor;

// Names a request to wait for, and often asks for more than is free.
void Asker::maybe_wait(Ask& ask) {
    if (!random_.chance(30) || review().requests.empty()) return;
    std::vector<int> open;
    for (std::size_t i = 0; i < review().requests.size(); ++i) {
        if (review().requests[i].state == "open") open.push_back(static_cast<int>(i) + 1);
    }
    ask.hold = open.empty() || random_.chance(6)
                   ? 1 + random_.below(static_cast<int>(review().requests.size()) + 1)
                   : random_.one_of(open);
    if (random_.chance(2)) ask.hold_of = review_ == "SSR2" ? "ATRT3" : "SSR2";
    if (!ask.amount || !random_.chance(70)) return;
    const Minor free = review().accounts.lowest(
        random_.chance(60) ? plain::free_of_envelope() : plain::free_of_category(ask.category),
        ask.on.value_or(model_.today));
    ask.amount = std::max(free, Minor{0}) + amount(2000);
}

Ask Asker::submit_request() {
    Ask ask = begin("request.submit", random_.chance(50) ? "chair" : "finance");
    ask.category = category();
    ask.amount = amount(6000);
    if (random_.chance(40)) ask.on = act_day();
    return ask;
}

Ask Asker::of_request(const char* act, const char* role) {
    Ask ask = begin(act, role);
    std::vector<int> open;
    const auto& all = review().requests;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].state == "open") open.push_back(static_cast<int>(i) + 1);
    }
    ask.number = open.empty() || random_.chance(5)
                     ? 1 + random_.below(static_cast<int>(all.size()) + 1)
                     : random_.one_of(open);
    return ask;
}

// All of it, a part, or more; often so much that what waits for it has room.
Ask Asker::decide_request() {
    Ask ask = of_request("request.decide", "board");
    ask.amount = amount(6000);
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    if (index < review().requests.size()) {
        const plain::Request& document = review().requests[index];
        if (random_.chance(60)) ask.amount = document.amount;
        if (random_.chance(20)) ask.amount = document.amount / 2;
        if (random_.chance(30)) ask.amount = document.amount + amount(4000);
        if (random_.chance(6)) ask.user = document.submitted_by;
    }
    ask.resolution = random_.chance(97) ? "2017." + std::to_string(random_.below(90)) : "";
    if (random_.chance(70)) ask.text.clear();
    ask.year = maybe_year();
    ask.on = act_day();
    ask.expires = maybe_last_day(ask.on);
    return ask;
}

Ask Asker::refuse_request() {
    Ask ask = of_request("request.refuse", "board");
    if (random_.chance(40)) ask.on = act_day();
    return ask;
}

Ask Asker::withdraw_request() {
    Ask ask = of_request("request.withdraw", "chair");
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    if (index >= review().requests.size()) return ask;
    const plain::Request& document = review().requests[index];
    ask.on = step_day(document.posted);
    if (!random_.chance(15)) ask.user = document.submitted_by;
    return ask;
}

}  // namespace simulation
