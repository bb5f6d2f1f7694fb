// The days of acts, and the controls that are asked on them (MODEL.md 3 and 4, CONTRACTS).
#include <algorithm>

#include "model.hpp"

namespace plain {

void Model::decision_day(Verdict& verdict, std::optional<Day> asked) const {
    verdict.posted = asked.value_or(today);
    verdict.forbid(verdict.posted > today, "in_the_future");
}

void Model::act_day(Verdict& verdict, const Review& review, std::optional<Day> asked) const {
    decision_day(verdict, asked);
    verdict.forbid(review.is_closed(verdict.posted), "period_closed");
}

namespace {

// Whether requested and committed bear on every day what the moves take from them on that day.
bool bears(const Accounts& accounts, const Moves& moves, Day day) {
    return std::all_of(moves.begin(), moves.end(), [&](const auto& moved) {
        const auto& [account, amount] = moved;
        const bool guarded =
            account.bucket == Bucket::requested || account.bucket == Bucket::committed;
        return !guarded || amount >= 0 || accounts.lowest(account, day) + amount >= 0;
    });
}

// The first day that fits: open, not before the document, and borne.
Day first_day_that_fits(const Review& review, Day from, const Moves& moves) {
    const Day begin = std::max(from, review.first_open());
    std::set<Day> days{begin};
    for (const auto& [account, moved] : review.accounts.movements()) {
        for (const auto& [day, amount] : moved) {
            if (day > begin) days.insert(day);
        }
    }
    for (const Day day : days) {
        if (bears(review.accounts, moves, day)) return day;
    }
    return begin + 1000000;
}

}  // namespace

void Model::step_day(Verdict& verdict, const Review& review, const Step& step, const Moves& moves,
                     std::optional<Day> asked) const {
    const Day first = first_day_that_fits(review, step.from, moves);
    verdict.posted = asked.value_or(std::max(step.otherwise.value_or(first), first));
    verdict.forbid(verdict.posted > today, "in_the_future");
    verdict.forbid(review.is_closed(verdict.posted), "period_closed");
    if (verdict.posted < first) verdict.broken.insert(step.before);
    verdict.forbid(step.year && verdict.posted > review.year_end(*step.year), "year_over");
}

void Model::ask_controls(Verdict& verdict, const Review& review, const Draw& draw,
                         std::vector<std::string>* stopped) const {
    const auto ask = [&](const char* name, const char* rule, const Scope& scope, Minor needed) {
        const std::string control = review.setting(std::string("control.") + name);
        if (needed <= 0 || control == "off") return;
        if (review.accounts.lowest(scope, verdict.posted) >= needed) return;
        if (control == "warn") {
            verdict.warnings.emplace_back(rule);
        } else {
            verdict.broken.insert(rule);
            if (stopped != nullptr) stopped->emplace_back(rule);
        }
    };
    ask("envelope", "over_envelope", free_of_envelope(), draw.of_envelope);
    ask("category", "over_category", free_of_category(draw.category), draw.of_category);
    if (review.budget) {
        ask("fiscal-year", "over_fiscal_year", free_of_year(draw.year), draw.of_year);
    }
}

void Model::ask_controls(Verdict& verdict, const Review& review, const std::string& category,
                         int year, Minor amount, Minor of_year) const {
    ask_controls(verdict, review, {category, year, amount, amount, of_year});
}

void Model::ask_controls(Verdict& verdict, const Review& review, const std::string& category,
                         int year, const Moves& moves) const {
    ask_controls(verdict, review,
                 {category, year, drawn(moves, free_of_envelope()),
                  drawn(moves, free_of_category(category)), drawn(moves, free_of_year(year))});
}

}  // namespace plain
