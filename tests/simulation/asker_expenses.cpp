// What is asked of expenses until they are decided: alone, shared, or as a file.
#include <algorithm>

#include "asker.hpp"

namespace simulation {

using plain::Ask;
using plain::Day;
using plain::Minor;

namespace {

const std::vector<std::string> payees{"Hotel", "Air", "Zoë & Co", "Hotel", "Air",
                                      "Hotel", "Air", "carl",     "cora",  "dan"};

}  // namespace

void Asker::expense(Ask& ask, bool of_file) {
    const auto& commitments = review().commitments;
    std::vector<int> open;
    for (std::size_t i = 0; i < commitments.size(); ++i) {
        if (commitments[i].state == "open") open.push_back(static_cast<int>(i) + 1);
    }
    ask.category = category();
    if (!open.empty() && random_.chance(50)) {
        ask.commitment = random_.one_of(open);
        const auto& commitment = commitments[static_cast<std::size_t>(ask.commitment) - 1];
        if (!random_.chance(3)) ask.category = commitment.category;
        if (random_.chance(2))
            ask.commitment = 1 + random_.below(static_cast<int>(open.size()) + 9);
        if (random_.chance(1)) ask.commitment_of = review_ == "SSR2" ? "ATRT3" : "SSR2";
    } else if (!of_file && random_.chance(20)) {
        come_after(ask);
        if (random_.chance(3)) ask.commitment = 1;
    }
    price(ask, of_file);
    if (random_.chance(40)) ask.payee = random_.one_of(payees);
    if (random_.chance(15)) ask.invoice = "I-" + std::to_string(random_.below(40));
    if (random_.chance(15)) ask.work_item = random_.one_of<std::string>({"W1", "DNS"});
    if (random_.chance(20))
        ask.document_on = model_.today - random_.below(120) + (random_.chance(3) ? 125 : 0);
    ask.on = act_day();
    if (!of_file) return;
    const Day open_from = std::max(review().first_open(), model_.today - 60);
    if (!ask.on || random_.chance(93)) {
        ask.on = open_from + random_.below(std::max(1, model_.today - open_from + 1));
    }
}

// After a closed commitment, whose money is back.
void Asker::come_after(Ask& ask) {
    std::vector<int> closed;
    for (std::size_t i = 0; i < review().commitments.size(); ++i) {
        if (review().commitments[i].state == "closed") closed.push_back(static_cast<int>(i) + 1);
    }
    if (closed.empty() || random_.chance(4)) closed.push_back(1 + random_.below(12));
    ask.after = random_.one_of(closed);
    const auto index = static_cast<std::size_t>(ask.after) - 1;
    if (index < review().commitments.size() && !random_.chance(4)) {
        ask.category = review().commitments[index].category;
    }
    if (random_.chance(2)) ask.commitment_of = review_ == "SSR2" ? "ATRT3" : "SSR2";
}

// In the review's currency, or now and then in another.
void Asker::price(Ask& ask, bool of_file) {
    std::vector<std::string> others;
    for (const char* one : {"USD", "EUR", "JPY", "KWD"}) {
        if (one != review().currency) others.emplace_back(one);
    }
    if (random_.chance(20)) {
        plain::Foreign foreign;
        foreign.currency = random_.one_of(others);
        foreign.amount =
            1 + random_.below(static_cast<int>(900 * minor_per_unit(foreign.currency)));
        foreign.scale = random_.below(7);
        foreign.digits = 1;
        for (int i = 0; i < foreign.scale; ++i) foreign.digits *= 10;
        foreign.digits =
            std::max<std::int64_t>(1, foreign.digits * (1 + random_.below(2000)) / 1000);
        foreign.on = model_.today - random_.below(30);
        ask.foreign = foreign;
    } else {
        ask.amount = amount(random_.chance(5) ? 12000 : of_file ? 500 : 1500);
    }
}

Ask Asker::submit() {
    Ask ask = begin("expense.submit", random_.chance(60) ? "support" : "finance");
    expense(ask, false);
    to_the_limit(ask);
    maybe_wait(ask);
    return ask;
}

// One cost over two to four categories or reviews, the named one among them.
Ask Asker::share() {
    Ask ask = begin("expense.submit", random_.chance(60) ? "support" : "finance");
    expense(ask, false);
    ask.commitment = 0;
    if (!random_.chance(6)) ask.after = 0;
    if (ask.after == 0) ask.commitment_of.clear();
    std::vector<std::string> keys;
    for (const auto& [key, of] : model_.reviews) {
        const bool fits = of.currency == review().currency || random_.chance(5);
        if (fits && !of.categories.empty()) keys.push_back(key);
    }
    const int parts = 2 + random_.below(3);
    const int named = random_.below(parts);
    for (int i = 0; i < parts; ++i) {
        plain::Share share{review_, ask.category, "",
                           1 + random_.below(random_.chance(50) ? 3 : 90)};
        if (i != named && !keys.empty()) {
            share.review = random_.one_of(keys);
            share.category = random_.one_of(model_.reviews.at(share.review).categories);
        }
        if (random_.chance(20)) share.work_item = "W2";
        ask.shares.push_back(share);
    }
    if (ask.amount && random_.chance(8)) ask.amount = 1 + random_.below(5);
    if (ask.foreign && random_.chance(20)) ask.foreign->amount = 1 + random_.below(5);
    to_the_limit(ask);
    return ask;
}

Ask Asker::of_expense(const char* act, const char* role) {
    Ask ask = begin(act, role);
    std::vector<int> undecided;
    const auto& all = review().expenses;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool stated = std::any_of(all[i].approvals.begin(), all[i].approvals.end(),
                                        [](const auto& one) { return one.stated; });
        const bool agrees = stated && ask.act == "expense.approve" && random_.chance(5);
        const bool waits = all[i].state == "held" && random_.chance(20);
        if (all[i].state == "submitted" || agrees || waits) {
            undecided.push_back(static_cast<int>(i) + 1);
        }
    }
    ask.number = undecided.empty() || random_.chance(6)
                     ? 1 + random_.below(static_cast<int>(all.size()) + 1)
                     : random_.one_of(undecided);
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    if (index >= all.size()) return ask;
    ask.on = step_day(all[index].posted);
    if (ask.act == "expense.withdraw" && !random_.chance(15)) ask.user = all[index].submitted_by;
    const auto& approvals = all[index].approvals;
    if (!approvals.empty() && ask.act == "expense.approve" && random_.chance(15)) {
        ask.user = approvals.front().user;
    }
    return ask;
}

Ask Asker::approve() {
    return of_expense("expense.approve", random_.chance(85) ? "chair" : "finance");
}
Ask Asker::reject() { return of_expense("expense.reject", "chair"); }
Ask Asker::withdraw() { return of_expense("expense.withdraw", "support"); }

Ask Asker::import() {
    Ask ask = begin("expense.import", "finance");
    const int rows = 1 + random_.below(4);
    for (int i = 0; i < rows; ++i) {
        Ask row;
        row.act = "expense.submit";
        row.review = review_;
        row.text = random_.one_of<std::string>({"hotel", "air", "venue"});
        expense(row, true);
        if (random_.chance(20)) row.key = "row" + std::to_string(random_.below(60));
        ask.rows.push_back(row);
        if (random_.chance(10)) ask.rows.push_back(row);  // a twin
    }
    if (!imports_.empty() && random_.chance(25)) {  // rows of an earlier file among new ones
        for (const auto& row : random_.one_of(imports_).rows) {
            if (row.review != review_) continue;
            ask.rows.push_back(row);
            if (random_.chance(25)) ask.rows.push_back(row);  // one more of what is known
        }
    }
    ask.text.clear();
    if (random_.chance(60)) {
        ask.approved_by = random_.one_of<std::vector<std::string>>({{"carl"},
                                                                    {"carl", "cora"},
                                                                    {"carl", "cora", "fay"},
                                                                    {"cora", "otto", "carl"},
                                                                    {"carl", "carl"},
                                                                    {"vera"}});
    }
    ask.late_open = random_.chance(40);
    ask.dry_run = random_.chance(10);
    return ask;
}

}  // namespace simulation
