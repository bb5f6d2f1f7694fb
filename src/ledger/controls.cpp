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

// Asks one control for one sum.
void ask(const Facts& facts, const Draw& draw, const Money& amount, const Question& question,
         std::vector<Warning>& warnings) {
    if (!amount.is_positive()) return;
    const Control control = facts.review.control(question.limit);
    if (control == Control::off) return;
    const auto [free, day] = facts.balances.lowest_free(question.scope, draw.on);
    if (amount <= free) return;
    const Breakdown parts = facts.balances.breakdown(question.scope, day);
    const std::string message = draw.document + " needs " + amount.with_code() + " of " +
                                question.of + ", " + free.grouped() + " is free" +
                                (day == draw.on ? "" : " on " + to_text(day)) +
                                "\n  free = " + parts.approved.grouped() + " approved - " +
                                parts.spent.grouped() + " spent - " + parts.committed.grouped() +
                                " committed - " + parts.requested.grouped() + " requested";
    if (control == Control::warn) {
        warnings.push_back({std::string(name(rule_of(question.limit))), message});
    } else {
        throw Refused(rule_of(question.limit), message,
                      hint(facts, draw, question.limit, amount - free));
    }
}

}  // namespace

std::vector<Warning> check_controls(const Facts& facts, const Draw& draw) {
    std::vector<Warning> warnings;
    const std::string& title = facts.review.category(draw.category).title;
    ask(facts, draw, draw.amount, {Limit::envelope, {}, "the envelope"}, warnings);
    ask(facts, draw, draw.of_category.value_or(draw.amount),
        {Limit::category, {draw.category, {}}, title}, warnings);
    if (facts.review.fiscal_budget()) {
        ask(facts, draw, draw.of_year.value_or(draw.amount),
            {Limit::fiscal_year, {{}, draw.year}, draw.year.text()}, warnings);
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

}  // namespace purser
