// Expenses with their texts, one after the other: what a row does not hold is read from the log.
//
// Within a transaction, and for as long as it lasts.
#pragma once

#include <string>
#include <unordered_map>

#include "store/engine.hpp"

namespace purser {

class ExpenseViews {
public:
    ExpenseViews(Database& database, const Review& review);
    ExpenseView of(const Expense& expense);

private:
    Event event(std::int64_t seq);
    const std::string& payee(std::int64_t number);

    Database& database_;
    const Review& review_;
    JournalReader events_;
    std::unordered_map<std::int64_t, std::string> payees_;
};

}  // namespace purser
