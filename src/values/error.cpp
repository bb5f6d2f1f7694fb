#include "values/error.hpp"

namespace purser {

std::string_view name(Rule rule) {
    switch (rule) {
        case Rule::unknown_user: return "unknown_user";
        case Rule::user_disabled: return "user_disabled";
        case Rule::not_permitted: return "not_permitted";
        case Rule::key_reused: return "key_reused";
        case Rule::unknown_review: return "unknown_review";
        case Rule::unknown_category: return "unknown_category";
        case Rule::unknown_commitment: return "unknown_commitment";
        case Rule::unknown_expense: return "unknown_expense";
        case Rule::unknown_request: return "unknown_request";
        case Rule::unknown_sheet: return "unknown_sheet";
        case Rule::unknown_payee: return "unknown_payee";
        case Rule::unknown_member: return "unknown_member";
        case Rule::unknown_meeting: return "unknown_meeting";
        case Rule::unknown_milestone: return "unknown_milestone";
        case Rule::unknown_work_item: return "unknown_work_item";
        case Rule::no_policy_covers: return "no_policy_covers";
        case Rule::already_exists: return "already_exists";
        case Rule::review_finished: return "review_finished";
        case Rule::review_paused: return "review_paused";
        case Rule::review_not_paused: return "review_not_paused";
        case Rule::in_the_future: return "in_the_future";
        case Rule::period_closed: return "period_closed";
        case Rule::period_not_over: return "period_not_over";
        case Rule::day_not_closed: return "day_not_closed";
        case Rule::before_document: return "before_document";
        case Rule::year_over: return "year_over";
        case Rule::year_closed: return "year_closed";
        case Rule::fiscal_budget_off: return "fiscal_budget_off";
        case Rule::setting_fixed: return "setting_fixed";
        case Rule::in_use: return "in_use";
        case Rule::nothing_changes: return "nothing_changes";
        case Rule::wrong_state: return "wrong_state";
        case Rule::sheet_superseded: return "sheet_superseded";
        case Rule::own_document: return "own_document";
        case Rule::own_payment: return "own_payment";
        case Rule::already_approved: return "already_approved";
        case Rule::other_review: return "other_review";
        case Rule::other_category: return "other_category";
        case Rule::other_currency: return "other_currency";
        case Rule::before_commitment: return "before_commitment";
        case Rule::undecided_expenses: return "undecided_expenses";
        case Rule::below_used: return "below_used";
        case Rule::duplicate_invoice: return "duplicate_invoice";
        case Rule::more_than_spent: return "more_than_spent";
        case Rule::more_than_there: return "more_than_there";
        case Rule::over_envelope: return "over_envelope";
        case Rule::over_category: return "over_category";
        case Rule::over_fiscal_year: return "over_fiscal_year";
        case Rule::amount_too_large: return "amount_too_large";
        case Rule::book_is_behind: return "book_is_behind";
    }
    return {};
}

}  // namespace purser
