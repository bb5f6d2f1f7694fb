#include "app/cli/expense_parts.hpp"

#include "values/error.hpp"

namespace purser::cli {

RateOptions rate_options(Verb& verb) {
    return {
        verb.option("--rate", "R", "what one of it is in the review's currency: 0.1506"),
        verb.option("--rate-date", "DATE", "the day that the rate is of"),
        verb.option("--rate-source", "TEXT", "who published the rate: ECB"),
    };
}

void refuse_rate(const RateOptions& options, Currency own, const std::string& hint) {
    if (!options.any()) return;
    throw BadInput(
        "the amount is in " + std::string(own.code()) + " as the review is, so it has no rate",
        hint);
}

Original original_of(const RateOptions& options, const Money& amount, Currency own) {
    const std::string code(amount.currency().code());
    if (!options.rate.given() || !options.rate_on.given() || !options.source.given()) {
        throw BadInput(
            "an amount in " + code + " needs --rate, --rate-date and --rate-source",
            "--rate is how many " + std::string(own.code()) + " one " + code + " is, like 0.1506");
    }
    Original original{amount, options.rate.as(&Rate::parse), options.rate_on.as(&parse_date),
                      options.source.as(line_of("source"))};
    if (original.source.empty()) {
        throw BadInput("the source of a rate is empty", "name who published it, like ECB");
    }
    return original;
}

std::string amount_text(const Money& amount, const std::string& category,
                        const std::optional<Original>& original) {
    std::string text = amount.with_code() + " of " + category;
    if (original) {
        text += " (" + original->amount.with_code() + " at " + original->rate.text() + ")";
    }
    return text;
}

std::string free_text(const std::vector<FreeOf>& free) {
    std::string text;
    for (const FreeOf& one : free) {
        text += (text.empty() ? "" : ", ") + one.amount.grouped() + " of " + one.of;
    }
    return text;
}

std::string state_text(Session& session, const DocumentId& id) {
    const Expense expense = session.book().expense(id).expense;
    std::string text = id.text() + " is " + std::string(name(expense.state)) + ": " +
                       expense.amount.with_code() + " of " + expense.category;
    if (expense.state == ExpenseState::reversed && expense.refunded.is_positive()) {
        text += ", of which " + expense.refunded.with_code() + " was refunded before";
    }
    if (expense.state != ExpenseState::submitted) return text;
    const auto needed =
        approvals_needed(session.book().policy(id.review), expense.amount, expense.posted_on);
    return text + "; " + missing_text(needed, expense.approvals) + " missing";
}

}  // namespace purser::cli
