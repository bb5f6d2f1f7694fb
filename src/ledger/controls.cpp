#include "ledger/controls.hpp"

#include "values/error.hpp"

namespace purser {
namespace {

struct Question {
    Limit limit;
    FreeScope scope;
    std::string of;  // "Travel", "FY17", "the envelope"
};

std::string hint(const Facts& facts, const Draw& draw, Limit limit, const Money& missing) {
    const std::string key = facts.review.key().text();
    const std::string amount = " --amount " + missing.text();
    switch (limit) {
        case Limit::envelope:
            return "ask the Board for " + missing.with_code() + " more: purser request submit " +
                   key + " --category " + draw.category + amount +
                   " --why \"…\"; what names it with --hold ID waits for the money";
        case Limit::category:
            return "try: purser budget move " + key + " --from CODE --to " + draw.category +
                   amount + " --why \"…\"";
        case Limit::fiscal_year:
            return "try: purser budget allot " + key + " --fiscal-year " + draw.year.text() +
                   " --category " + draw.category + amount;
    }
    return {};
}

// A category's sum, or a year's, could tell the price of a single contract (DOMAIN rule 13).
bool is_told(const Facts& facts, Limit limit) {
    return limit == Limit::envelope || facts.review.text("single-contract") != "merge" ||
           is_told_prices(facts.actor, facts.review.key());
}

// What is compared, and how it is made up.
std::string sum_text(const Facts& facts, const Question& question, const Money& free, Date day,
                     Date asked_on) {
    const Breakdown parts = facts.balances.breakdown(question.scope, day);
    return ", " + free.grouped() + " is free" + (day == asked_on ? "" : " on " + to_text(day)) +
           "\n  free = " + parts.approved.grouped() + " approved - " + parts.spent.grouped() +
           " spent - " + parts.committed.grouped() + " committed - " + parts.requested.grouped() +
           " requested";
}

// Asks one control for one sum.
void ask(const Facts& facts, const Draw& draw, const Money& amount, const Question& question,
         std::vector<Warning>& warnings) {
    if (!amount.is_positive()) return;
    const Control control = facts.review.control(question.limit);
    if (control == Control::off) return;
    const auto [free, day] = facts.balances.lowest_free(question.scope, draw.on);
    if (amount <= free) return;
    const bool told = is_told(facts, question.limit);
    const std::string message =
        draw.document + " needs " + amount.with_code() + " of " + question.of +
        (told ? sum_text(facts, question, free, day, draw.on) : ", and less is free");
    if (control == Control::warn) {
        warnings.push_back({std::string(name(rule_of(question.limit))), message});
    } else {
        throw Refused(rule_of(question.limit), message,
                      told ? hint(facts, draw, question.limit, amount - free)
                           : "finance and support know how much, and can move money");
    }
}

std::vector<Question> questions(const Review& review, const std::string& category,
                                FiscalYear year) {
    std::vector<Question> result{
        {Limit::envelope, {}, "the envelope"},
        {Limit::category, {category, {}}, review.category(category).title}};
    if (review.fiscal_budget()) result.push_back({Limit::fiscal_year, {{}, year}, year.text()});
    return result;
}

}  // namespace

std::vector<Warning> check_controls(const Facts& facts, const Draw& draw) {
    std::vector<Warning> warnings;
    for (const Question& question : questions(facts.review, draw.category, draw.year)) {
        Money amount = draw.amount;
        if (question.limit == Limit::category) amount = draw.of_category.value_or(amount);
        if (question.limit == Limit::fiscal_year) amount = draw.of_year.value_or(amount);
        ask(facts, draw, amount, question, warnings);
    }
    return warnings;
}

std::optional<std::vector<Warning>> check_or_wait(const Facts& facts, const Draw& draw,
                                                  Warning& stopped) {
    try {
        return check_controls(facts, draw);
    } catch (const Refused& stop) {
        stopped = {std::string(name(stop.rule())), stop.what()};
        return {};
    }
}

std::vector<FreeOf> free_of(const Review& review, const Balances& balances,
                            const std::string& category, FiscalYear year, Date on) {
    std::vector<FreeOf> result;
    for (const Question& question : questions(review, category, year)) {
        result.push_back(
            {question.limit, question.of, balances.lowest_free(question.scope, on).first});
    }
    return result;
}

}  // namespace purser
