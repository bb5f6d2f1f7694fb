// The documents that money is tied to: commitments and expenses, and what they hold of it.
//
// These are rows made from the log: every event that touches one is folded into it, in the
// same way when it is written, rebuilt and verified.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/people.hpp"
#include "values/date.hpp"
#include "values/id.hpp"
#include "values/money.hpp"
#include "values/period.hpp"

namespace purser {

enum class CommitmentKind { meeting, contract };
enum class CommitmentState { proposed, open, rejected, closed, held };
enum class ExpenseState { submitted, approved, rejected, withdrawn, held, reversed };

std::string_view name(CommitmentKind kind);
std::string_view name(CommitmentState state);
std::string_view name(ExpenseState state);
CommitmentKind parse_commitment_kind(std::string_view text);  // BadInput with did-you-mean
CommitmentState parse_commitment_state(std::string_view text);
ExpenseState parse_expense_state(std::string_view text);

struct Commitment {
    std::int64_t number;
    std::int64_t seq;  // of the event that opened it
    CommitmentState state;
    CommitmentKind kind;
    std::string category;
    FiscalYear year;  // in which its money lies
    Money amount;     // what was promised; for a proposal what is asked
    Money used;       // its expenses less their reversals
    Money claimed;    // of the rest, by undecided expenses
    Money reserved;   // in `requested`: a proposal, or a proposed increase
    Date posted_on;
    Date expected;
    std::string what;
    std::string asked_by;      // who asked for what waits: the proposal, or its increase
    std::string meeting = {};  // the code of the one that it pays for, or ""

    // What stands in `committed` for it: max(amount - used, claimed, 0) while open (MODEL.md 2).
    Money rest() const;
    Money unclaimed() const { return rest() - claimed; }
    Money over_run() const;   // used above amount, else zero
    Money under_run() const;  // of a closed one: amount above used, else zero
    friend bool operator==(const Commitment&, const Commitment&) = default;
};

struct Expense {
    std::int64_t number;
    std::int64_t seq;  // of the event that submitted it
    ExpenseState state;
    std::string category;
    FiscalYear year;  // in which its money lies
    Money amount;
    Money claimed;   // of its commitment's rest, while undecided
    Money reserved;  // in `requested`, while undecided
    Date posted_on;
    std::optional<Date> document_on;
    std::int64_t commitment;  // its number, or 0 for a direct expense
    std::int64_t payee;       // its number, or 0
    std::string invoice;
    std::string row_print;  // how a line of an imported file is known again, or ""
    std::string submitted_by;
    std::vector<Approval> approvals;
    Money own_amount;     // as its invoice says: in its own currency, else the same as `amount`
    Money refunded;       // at the rates of the refunds, in the review's currency
    Money own_refunded;   // of own_amount
    std::int64_t closed;  // the closed commitment that it came too late for: its number, or 0
    std::int64_t told;    // seq of the event that says its texts: the last amendment's, or `seq`
    std::optional<Date> spent_on;              // from which day its money is spent
    std::string amended_by;                    // who amended it while undecided: "olga,otto"
    std::string meeting = {}, work_item = {};  // their codes, or ""

    // What is in `spent` for it, below zero where refunds brought more than it had cost.
    Money spent() const;
    // What it uses of its commitment: a refund comes back as free money, a reversal to the rest.
    Money used() const;
    // What a reversal takes back of an approved one: all that was not refunded.
    Money reversible() const;
    bool was_amended_by(std::string_view user) const;
    friend bool operator==(const Expense& a, const Expense& b);
};

std::string approvals_text(
    const std::vector<Approval>& approvals);  // "ann=chair,bob/carl=chair,dan=chair?":
                                              // bob on behalf of carl, ? is stated
std::vector<Approval> parse_approvals(std::string_view text);

// A decision on authority: what a grant, lowering, allotment or move did to what is approved.
// The second knowledge of "approved", kept apart from the buckets and compared with them.
struct Decision {
    std::int64_t seq;
    std::string act;  // "envelope.grant"
    std::string category;
    std::optional<FiscalYear> year;  // absent: the category as a whole
    Money amount;                    // signed
    Date on;
    friend bool operator==(const Decision&, const Decision&) = default;
};

}  // namespace purser
