// The three ways to fail, told apart by who acts next, and the name of every rule.
//
// A Rule has one name everywhere: in this enum, in tests/errors/<rule>.test, in the
// message and in the JSON answer. The order is the order in which rules are tried.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace purser {

enum class Rule {
    unknown_user,
    user_disabled,
    not_permitted,
    key_reused,
    unknown_review,
    unknown_category,
    unknown_commitment,
    unknown_expense,
    unknown_request,
    unknown_sheet,
    unknown_payee,
    unknown_member,
    unknown_meeting,
    unknown_milestone,
    unknown_work_item,
    no_policy_covers,
    already_exists,
    review_finished,
    review_paused,
    review_not_paused,
    in_the_future,
    period_closed,
    period_not_over,
    day_not_closed,
    before_document,
    year_over,
    year_closed,
    fiscal_budget_off,
    setting_fixed,
    in_use,
    nothing_changes,
    wrong_state,
    sheet_superseded,
    own_document,
    own_payment,
    already_approved,
    other_review,
    other_category,
    other_currency,
    before_commitment,
    undecided_expenses,
    below_used,
    duplicate_invoice,
    more_than_spent,
    more_than_there,
    over_envelope,
    over_category,
    over_fiscal_year,
    amount_too_large,
    book_is_behind,
};

std::string_view name(Rule rule);

// A rule of the money or of the roles says no; the book is unchanged. Exit 1.
// `what` says what is wrong with the numbers, `hint` what to try (may be empty).
class Refused : public std::runtime_error {
public:
    Refused(Rule rule, const std::string& what, std::string hint = {})
        : std::runtime_error(what), rule_(rule), hint_(std::move(hint)) {}
    Rule rule() const { return rule_; }
    const std::string& hint() const { return hint_; }

private:
    Rule rule_;
    std::string hint_;
};

// What was typed or sent cannot be read as what it should be. Exit 2.
class BadInput : public std::runtime_error {
public:
    explicit BadInput(const std::string& what, std::string hint = {})
        : std::runtime_error(what), hint_(std::move(hint)) {}
    const std::string& hint() const { return hint_; }

private:
    std::string hint_;
};

// The disk, the database or a program is broken, or a difference was found. Exit 3.
class Broken : public std::runtime_error {
public:
    explicit Broken(const std::string& what, std::string hint = {})
        : std::runtime_error(what), hint_(std::move(hint)) {}
    const std::string& hint() const { return hint_; }

private:
    std::string hint_;
};

}  // namespace purser
