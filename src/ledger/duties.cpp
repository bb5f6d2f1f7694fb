#include "ledger/duties.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace purser {
namespace {

using enum Role;
using enum Act;
using By = Duty::By;

struct Line {
    std::vector<Act> acts;
    Duty duty;
};

const std::vector<Line>& lines() {
    static const std::vector<Line> all{
        {{user_add}, {"add users", {admin}, By::book}},
        {{user_disable}, {"disable users", {admin}, By::book}},
        {{user_sign_out}, {"sign others out", {admin}, By::book}},
        {{policy_add}, {"add policies", {admin}, By::book}},
        {{review_open}, {"open reviews", {admin}, By::book}},
        {{review_set}, {"set reviews", {admin}}},
        {{review_pause, review_resume, review_finish},
         {"pause, resume or finish reviews", {admin, finance}}},
        {{category_add}, {"add categories", {admin, finance}}},
        {{envelope_grant}, {"record grants", {finance, board}}},
        {{envelope_lower}, {"record lowerings", {finance, board}}},
        {{budget_allot}, {"allot money to a year", {finance}}},
        {{budget_unallot}, {"take allotted money back", {finance}}},
        {{budget_move}, {"move money between categories", {finance}}},
        {{commitment_open}, {"propose commitments", {finance, support}}},
        {{commitment_confirm}, {"confirm commitments", {chair}, By::mandate}},
        {{commitment_reject}, {"reject commitments", {chair}, By::mandate}},
        {{commitment_amend}, {"amend commitments", {finance, support}}},
        {{commitment_close}, {"close commitments", {finance}}},
        {{expense_submit}, {"submit expenses", {finance, support}}},
        {{expense_settle}, {"record settled expenses", {finance}}},
        {{expense_import}, {"import expenses", {finance}}},
        {{expense_approve}, {"approve expenses", {chair}, By::policy}},
        {{expense_reject}, {"reject expenses", {chair}, By::policy}},
        {{expense_withdraw}, {"withdraw expenses", {finance, support}}},
        {{expense_amend}, {"amend expenses", {finance, support}}},
        {{expense_refund}, {"record refunds", {finance}}},
        {{expense_reverse}, {"reverse expenses", {finance}}},
        {{request_submit}, {"submit requests to the Board", {chair, finance}}},
        {{request_decide}, {"decide requests to the Board", {board}, By::mandate}},
        {{request_refuse}, {"refuse requests to the Board", {board}, By::mandate}},
        {{request_withdraw}, {"withdraw requests to the Board", {chair, finance}}},
        {{sheet_issue}, {"issue fact sheets", {finance}}},
        {{sheet_approve}, {"approve fact sheets", {chair}, By::mandate}},
        {{sheet_withhold}, {"withhold fact sheets", {chair}, By::mandate}},
        {{sheet_post}, {"post fact sheets", {finance}}},
        {{sheet_withdraw}, {"withdraw fact sheets", {finance}}},
        {{sheet_due}, {"say when fact sheets are due", {finance}}},
        {{period_close, year_close}, {"close months", {finance}}},
        {{period_reopen}, {"reopen months", {finance}}},
        {{forecast_set, forecast_withdraw}, {"record a forecast", {finance, support, chair}}},
        {{member_add, member_set, member_remove, member_import},
         {"record members", {finance, support}}},
        {{meeting_add, meeting_set, meeting_remove, meeting_import, meeting_attend},
         {"record meetings", {finance, support}}},
        {{milestone_add, milestone_set, milestone_remove, milestone_import},
         {"record milestones", {finance, support}}},
        {{work_item_add, work_item_set, work_item_remove, work_item_import},
         {"record work items", {finance, support}}},
        {{payee_user}, {"say who a payee is", {finance, support}}},
        {{payee_erase, member_erase}, {"erase names", {admin}}},
    };
    return all;
}

}  // namespace

const Duty& duty_of(Act act) {
    static const std::map<Act, Duty> duties = [] {
        std::map<Act, Duty> of;
        for (const auto& [acts, duty] : lines()) {
            for (const Act one : acts) of.emplace(one, duty);
        }
        return of;
    }();
    static const Duty of_whom_it_concerns;
    const auto found = duties.find(act);
    return found == duties.end() ? of_whom_it_concerns : found->second;
}

Mandate require(const User& actor, const std::vector<User>& delegators, const ReviewKey& review,
                Act act) {
    const Duty& duty = duty_of(act);
    const ReviewKey& of = duty.by == By::book ? ReviewKey::book() : review;
    const auto role_of = [&](const User& user) -> std::optional<Role> {
        const auto found = std::find_if(duty.roles.begin(), duty.roles.end(),
                                        [&](Role role) { return user.has(role, of); });
        if (found == duty.roles.end()) return {};
        return *found;
    };
    const bool is_delegated = duty.by == By::mandate || duty.by == By::policy;
    if (!actor.disabled) {
        if (const auto own = role_of(actor)) return {*own, {}};
        for (const User& delegator : delegators) {
            const auto role = role_of(delegator);
            if (role && is_delegated) return {*role, delegator.name};
        }
    }
    require(actor, of, duty.roles, duty.deed);
    return {duty.roles.front(), {}};  // not reached: that refused
}

Mandate require(const Facts& facts, Act act) {
    return require(facts.actor, facts.delegators, facts.review.key(), act);
}

}  // namespace purser
