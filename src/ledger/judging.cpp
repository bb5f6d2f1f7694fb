#include "ledger/judging.hpp"

#include <algorithm>
#include <array>

#include "ledger/correction.hpp"

namespace purser {
namespace {

// Stands for the reason that will be typed.
constexpr const char* some_reason = "-";

// What another day or another amount may settle.
constexpr auto of_what_is_typed = std::to_array<Rule>(
    {Rule::in_the_future, Rule::period_closed, Rule::before_document, Rule::before_commitment,
     Rule::year_over, Rule::over_envelope, Rule::over_category, Rule::over_fiscal_year});

template <typename Ask> Judged judged(Act act, const Ask& ask) {
    try {
        ask();
    } catch (const Refused& no) {
        return {act, no};
    }
    return {act, {}};
}

}  // namespace

bool Judged::is_open() const {
    return !refused || std::find(of_what_is_typed.begin(), of_what_is_typed.end(),
                                 refused->rule()) != of_what_is_typed.end();
}

std::vector<Judged> judge(const Facts& facts, const ExpenseFacts& expense) {
    const Expense& document = expense.document;
    const Commitment* const commitment = expense.commitment;
    const Decide how{some_reason, {}};
    using enum Act;
    return {
        judged(expense_approve,
               [&] { expense::approve(facts, document, commitment, how, expense.payee_user); }),
        judged(expense_reject, [&] { expense::reject(facts, document, commitment, how); }),
        judged(expense_withdraw, [&] { expense::withdraw(facts, document, commitment, how); }),
        judged(expense_amend, [&] { expense::require_amendable(facts, document); }),
        judged(expense_refund, [&] { expense::require_refundable(facts, document); }),
        judged(expense_reverse, [&] { expense::reverse(facts, document, commitment, how); }),
    };
}

std::vector<Judged> judge(const Facts& facts, const Commitment& document,
                          std::int64_t undecided_expenses) {
    const Decide how{some_reason, {}};
    using enum Act;
    return {
        judged(commitment_confirm, [&] { commitment::confirm(facts, document, {}, how); }),
        judged(commitment_reject, [&] { commitment::reject(facts, document, how); }),
        judged(commitment_amend, [&] { commitment::require_amendable(facts, document); }),
        judged(commitment_close,
               [&] { commitment::close(facts, document, undecided_expenses, how); }),
    };
}

std::vector<Judged> judge(const Facts& facts, const Request& document) {
    const Decide how{some_reason, {}};
    using enum Act;
    return {
        judged(request_decide, [&] { request::require_decidable(facts, document); }),
        judged(request_refuse, [&] { request::refuse(facts, document, how); }),
        judged(request_withdraw, [&] { request::withdraw(facts, document, how); }),
    };
}

std::vector<Judged> judge(const Facts& facts, const SheetFacts& known, const Sheet& document) {
    SheetAct how{Act::sheet_approve, facts.review.key(), document.number, {}, some_reason, {}};
    using enum Act;
    return {
        judged(sheet_approve, [&] { sheet::approve(facts, known, document, how); }),
        judged(sheet_withhold, [&] { sheet::withhold(facts, known, document, how); }),
        judged(sheet_post, [&] { sheet::post(facts, known, document, how); }),
        judged(sheet_withdraw,
               [&] {
                   sheet::withdraw(facts, document, {some_reason, {}});
               }),
    };
}

std::vector<Judged> judge(const Facts& facts, const RecordFold& known, RecordKind kind,
                          const std::string& code) {
    const bool is_member = kind == RecordKind::member;
    const Act set = is_member ? Act::member_set : Act::milestone_set;
    const Act remove = is_member ? Act::member_remove : Act::milestone_remove;
    return {
        judged(set, [&] { Recording(facts, known, kind).require_known(code); }),
        judged(remove, [&] { Recording(facts, known, kind).remove(code, 0); }),
    };
}

Judged judge_erasure(const Facts& facts, const DocumentId& person,
                     const std::optional<std::string>& name) {
    return judged(erasure_of(person), [&] { require_erasable(facts, person, name); });
}

}  // namespace purser
