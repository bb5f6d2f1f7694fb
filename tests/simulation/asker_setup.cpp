// What is asked of users, policies and reviews: the opening of every history, and later changes.
#include "asker.hpp"

namespace simulation {

using plain::Ask;
using plain::Day;
using plain::Minor;

namespace {

const std::vector<std::string> roles{"admin", "finance", "support", "chair", "board", "viewer"};

}  // namespace

std::vector<Ask> Asker::opening() {
    std::vector<Ask> asks;
    const auto add = [&](const char* act) -> Ask& {
        Ask ask;
        ask.act = act;
        ask.user = "olga";
        asks.push_back(ask);
        return asks.back();
    };
    add("book.init");
    const std::vector<std::pair<const char*, const char*>> people{
        {"otto", "finance"}, {"sue", "support"}, {"sam", "support"}, {"carl", "chair"},
        {"cora", "chair"},   {"bob", "board"},   {"vera", "viewer"}, {"ada", "admin"},
        {"fay", "finance"},  {"fay", "chair"}};
    for (const auto& [name, role] : people) {
        Ask& ask = add("user.add");
        ask.category = name;
        ask.other = role;
    }
    const Day today = plain::day(2017, 2, 20);
    const std::vector<std::string> keys{"SSR2", "ATRT3", "CCT-1"};
    const int reviews = 1 + random_.below(3);
    for (int i = 0; i < reviews; ++i) {
        const std::string& key = keys[static_cast<std::size_t>(i)];
        {
            Ask& ask = add("review.open");
            ask.review = key;
            ask.text = "A review";
            ask.category = random_.one_of<std::string>({"USD", "USD", "EUR", "JPY", "KWD"});
            ask.document_on = today - random_.below(400);
            ask.expected = today + random_.below(900);
            ask.count = random_.one_of<int>({7, 7, 7, 1, 4, 12});
            ask.proposed = random_.chance(30);
            ask.on = today - random_.below(30);
        }
        const std::string currency = asks.back().category;
        const int categories = 2 + random_.below(2);
        for (int c = 0; c < categories; ++c) {
            Ask& ask = add("category.add");
            ask.review = key;
            ask.category = std::vector<std::string>{"travel", "services",
                                                    "support"}[static_cast<std::size_t>(c)];
            ask.text = "Title";
        }
        for (const char* control : {"envelope", "category", "fiscal-year"}) {
            Ask& ask = add("review.set");
            ask.review = key;
            ask.other = std::string("control.") + control;
            ask.text = random_.one_of<std::string>({"stop", "stop", "warn", "off"});
        }
        {
            Ask& ask = add("review.set");
            ask.review = key;
            ask.other = "year-end.free";
            ask.text = random_.one_of<std::string>({"carry", "lapse", "return"});
        }
        {
            Ask& ask = add("review.set");
            ask.review = key;
            ask.other = "year-end.commitments";
            ask.text = random_.one_of<std::string>({"carry", "lapse"});
        }
        if (random_.chance(50)) {  // small amounts one chair, more two, beyond that finance as well
            const Minor unit = minor_per_unit(currency);
            const std::vector<std::pair<Minor, std::pair<const char*, int>>> tiers{
                {500 * unit, {"chair", 1}},
                {2000 * unit, {"chair", 2}},
                {random_.chance(70) ? 0 : 2500 * unit, {"chair", 1}},
                {0, {"finance", 1}}};
            for (const auto& [up_to, needed] : tiers) {
                Ask& ask = add("policy.add");
                ask.review = key;
                ask.on = today - 100;
                if (up_to != 0) ask.amount = up_to;
                ask.other = needed.first;
                ask.count = needed.second;
            }
        }
        Ask& ask = add("envelope.grant");
        ask.review = key;
        ask.category = "travel";
        ask.amount = 20000 * minor_per_unit(currency);
        ask.on = today - 10;
        ask.text = "the first grant";
    }
    return asks;
}

Ask Asker::set_review() {
    Ask ask = begin("review.set", "admin");
    const std::vector<std::pair<std::string, std::vector<std::string>>> settings{
        {"control.envelope", {"stop", "stop", "warn", "off"}},
        {"control.category", {"stop", "warn", "off"}},
        {"control.fiscal-year", {"stop", "warn", "off"}},
        {"year-end.free", {"carry", "lapse", "return"}},
        {"year-end.commitments", {"carry", "lapse"}},
        {"fiscal-budget", {"on", "off"}}};
    const auto& [name, values] = random_.one_of(settings);
    ask.other = name;
    ask.text = random_.one_of(values);
    if (random_.chance(20)) ask.on = act_day();
    return ask;
}

Ask Asker::change_state() {
    Ask ask = begin("review.pause", "finance");
    ask.act = random_.one_of<std::string>({"review.pause", "review.resume", "review.finish"});
    if (review().state == "finished" && random_.chance(80)) ask.act = "review.resume";
    if (ask.act == "review.finish" && random_.chance(60)) ask.act = "review.resume";
    if (random_.chance(30)) ask.on = act_day();
    return ask;
}

Ask Asker::add_category() {
    Ask ask = begin("category.add", "finance");
    ask.category = random_.one_of<std::string>({"travel", "support", "staff", "legal"});
    ask.text = "Title";
    return ask;
}

Ask Asker::add_user() {
    Ask ask = begin("user.add", "admin");
    ask.category = random_.one_of<std::string>({"otto", "sam", "cora", "dan", "dan", "eve"});
    ask.other = random_.chance(30) ? "chair" : random_.one_of(roles);
    if (!random_.chance(40)) ask.review.clear();
    return ask;
}

Ask Asker::disable_user() {
    Ask ask = begin("user.disable", "admin");
    ask.category = random_.one_of<std::string>({"sam", "cora", "dan", "eve", "ada", "ghost"});
    ask.review.clear();
    return ask;
}

Ask Asker::add_policy() {
    Ask ask = begin("policy.add", "admin");
    ask.on = model_.today - random_.below(100) + 20;
    if (random_.chance(60)) ask.amount = amount(2500);
    ask.other = random_.one_of<std::string>({"chair", "chair", "finance", "board"});
    ask.count = random_.below(3) + (random_.chance(95) ? 1 : 0);
    // A later policy of that day may ask for less than an expense was given.
    for (const auto& expense : review().expenses) {
        if (expense.state != "submitted" || expense.approvals.empty() || !random_.chance(60)) {
            continue;
        }
        ask.on = expense.posted;
        ask.amount.reset();
        ask.other = expense.approvals.front().role;
        ask.count = 1;
    }
    return ask;
}

Ask Asker::open_review() {
    Ask ask = begin("review.open", "admin");
    ask.category = "USD";
    ask.count = 7;
    ask.text = "Another";
    ask.document_on = model_.today;
    ask.expected = model_.today + 100;
    return ask;
}

}  // namespace simulation
