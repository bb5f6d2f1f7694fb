#include "ledger/controls.hpp"

#include "values/error.hpp"

namespace purser {
namespace {

struct Question {
    Limit limit;
    Rule rule;
    FreeScope scope;
    std::string of;  // "Travel", "FY17", "the envelope"
};

std::string hint(const Facts& facts, const Draw& draw, Limit limit, const Money& missing) {
    const std::string key = facts.review.key().text();
    const std::string amount = " --amount " + missing.text();
    switch (limit) {
        case Limit::envelope:
            return "ask the Board for " + missing.with_code() +
                   " more; once granted: " + "purser envelope grant " + key + " --category " +
                   draw.category + amount + " --why \"…\"";
        case Limit::category:
            return "try: purser budget move " + key + " --from CODE --to " + draw.category +
                   amount + " --why \"…\"";
        case Limit::fiscal_year:
            return "try: purser budget allot " + key + " --fiscal-year " + draw.year.text() +
                   " --category " + draw.category + amount;
    }
    return {};
}

void ask(const Facts& facts, const Draw& draw, const Question& question,
         std::vector<Warning>& warnings) {
    const Control control = facts.review.control(question.limit);
    if (control == Control::off) return;
    const auto [free, day] = facts.balances.lowest_free(question.scope, draw.on);
    if (draw.amount <= free) return;
    const Breakdown parts = facts.balances.breakdown(question.scope, day);
    const std::string message = draw.document + " needs " + draw.amount.with_code() + " of " +
                                question.of + ", " + free.grouped() + " is free" +
                                (day == draw.on ? "" : " on " + to_text(day)) +
                                "\n  free = " + parts.approved.grouped() + " approved - " +
                                parts.spent.grouped() + " spent - " + parts.committed.grouped() +
                                " committed - " + parts.requested.grouped() + " requested";
    if (control == Control::warn) {
        warnings.push_back({std::string(name(question.rule)), message});
    } else {
        throw Refused(question.rule, message,
                      hint(facts, draw, question.limit, draw.amount - free));
    }
}

Question year_question(const Draw& draw) {
    return {Limit::fiscal_year, Rule::over_fiscal_year, {{}, draw.year}, draw.year.text()};
}

}  // namespace

std::vector<Warning> check_controls(const Facts& facts, const Draw& draw) {
    std::vector<Warning> warnings;
    if (!draw.amount.is_positive()) return warnings;
    const std::string& title = facts.review.category(draw.category).title;
    ask(facts, draw, {Limit::envelope, Rule::over_envelope, {}, "the envelope"}, warnings);
    ask(facts, draw, {Limit::category, Rule::over_category, {draw.category, {}}, title}, warnings);
    if (facts.review.fiscal_budget()) ask(facts, draw, year_question(draw), warnings);
    return warnings;
}

std::vector<Warning> check_year_control(const Facts& facts, const Draw& draw) {
    std::vector<Warning> warnings;
    if (!draw.amount.is_positive() || !facts.review.fiscal_budget()) return warnings;
    ask(facts, draw, year_question(draw), warnings);
    return warnings;
}

}  // namespace purser
