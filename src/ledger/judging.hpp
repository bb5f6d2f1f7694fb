// Which acts on a document are open to somebody now: asked of the acts' own rules, and nothing is
// recorded.
//
// An act that needs no more than a reason is asked for as it would be done today. One that needs
// more (an amendment, a refund, a decision of the Board) is asked what its rule asks first: who,
// and in which state.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ledger/expense.hpp"
#include "ledger/recording.hpp"
#include "ledger/request.hpp"
#include "ledger/sheet.hpp"

namespace purser {

struct Judged {
    Act act;
    std::optional<Refused> refused;  // absent: open as it is

    // Whether it can be done: nothing is in its way, or a day or an amount, of which another can
    // be named.
    bool is_open() const;
};

// What the rules of an expense must know beside it.
struct ExpenseFacts {
    const Expense& document;
    const Commitment* commitment;  // that it is against, or null
    std::string_view payee_user;   // whom it pays, or ""
};

std::vector<Judged> judge(const Facts& facts, const ExpenseFacts& expense);
std::vector<Judged> judge(const Facts& facts, const Commitment& document,
                          std::int64_t undecided_expenses);
std::vector<Judged> judge(const Facts& facts, const Request& document);
std::vector<Judged> judge(const Facts& facts, const SheetFacts& known, const Sheet& document);
// Of a member or milestone by its code, "M3"; and of a person, whose name is absent when erased.
std::vector<Judged> judge(const Facts& facts, const RecordFold& known, RecordKind kind,
                          const std::string& code);
Judged judge_erasure(const Facts& facts, const DocumentId& person,
                     const std::optional<std::string>& name);

}  // namespace purser
