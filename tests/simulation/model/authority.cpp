// Acts of authority: they alone cross the border of a category or a year (MODEL.md 1 and 2).
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

// Where authority meets the books: a year's free money, or money not given to a year.
Account place(const std::string& category, std::optional<int> year) {
    if (year) return {category, *year, Bucket::free};
    return {category, 0, Bucket::unallotted};
}

// A year's budget is changed until the year is over, and never once it is closed.
void ask_year(Verdict& verdict, const Review& review, std::optional<int> year) {
    if (!year) return;
    verdict.forbid(!review.budget, "fiscal_budget_off");
    const Day last = review.year_end(*year);
    verdict.forbid(review.is_closed(last) || verdict.posted > last, "year_over");
}

bool stops(const Review& review, const char* control) {
    return review.setting(std::string("control.") + control) == "stop";
}

}  // namespace

// What a grant is asked, whoever gives it: dated on the day of its effect, which may lie in a
// closed month; its last day is not before that.
void Model::give(Verdict& verdict, const Review& review, const Ask& ask, Moves& moves) const {
    verdict.forbid(*ask.amount <= 0, "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    verdict.forbid(review.state == "finished", "review_finished");
    decision_day(verdict, ask.on);
    ask_year(verdict, review, ask.year);
    verdict.forbid(ask.expires && *ask.expires < verdict.posted, "bad_input");
    transfer(moves, {ask.category, 0, Bucket::authority}, place(ask.category, ask.year),
             *ask.amount);
}

// A grant, and what it makes room for: of its request, or with request 0 of any.
void Model::record_grant(Review& review, const Ask& ask, const Verdict& verdict, const Moves& moves,
                         int request) {
    decide(review, ask.category, 0, *ask.amount, verdict.posted);
    if (ask.year) decide(review, ask.category, *ask.year, *ask.amount, verdict.posted);
    record(review, ask, verdict.id, verdict.posted, moves);
    if (ask.expires) review.expiring.push_back({ask.category, *ask.amount, *ask.expires});
    release(review, ask, request, verdict.posted);
}

Verdict Model::grant(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"finance", "board"});
    verdict.forbid(ask.text.empty(), "bad_input");
    Moves moves;
    give(verdict, review, ask, moves);
    if (verdict.refused()) return verdict;
    record_grant(review, ask, verdict, moves, 0);
    return verdict;
}

// Lowering below use is recorded with a warning: controls judge use, not decisions.
Verdict Model::lower(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"finance", "board"});
    verdict.forbid(*ask.amount <= 0 || ask.text.empty(), "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    decision_day(verdict, ask.on);
    ask_year(verdict, review, ask.year);
    if (verdict.refused()) return verdict;
    if (review.accounts.lowest(place(ask.category, ask.year), verdict.posted) < *ask.amount) {
        verdict.warnings.emplace_back("more_than_there");
    }
    Moves moves;
    transfer(moves, place(ask.category, ask.year), {ask.category, 0, Bucket::authority},
             *ask.amount);
    decide(review, ask.category, 0, -*ask.amount, verdict.posted);
    if (ask.year) decide(review, ask.category, *ask.year, -*ask.amount, verdict.posted);
    record(review, ask, "", verdict.posted, moves);
    return verdict;
}

// Never more than is there, on any day from then on; the year not over. Under `stop` neither does
// it take the year's free money below zero (MODEL.md 6).
Verdict Model::allot_or_unallot(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    const bool back = ask.act == "budget.unallot";
    require(verdict, ask, ask.review, {"finance"});
    verdict.forbid(*ask.amount <= 0 || !ask.year, "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    verdict.forbid(!back && review.state == "finished", "review_finished");
    act_day(verdict, review, ask.on);
    ask_year(verdict, review, ask.year);
    if (verdict.refused()) return verdict;
    const Account from = place(ask.category, back ? ask.year : std::optional<int>{});
    const Account to = place(ask.category, back ? std::optional<int>{} : ask.year);
    verdict.forbid(review.accounts.lowest(from, verdict.posted) < *ask.amount, "more_than_there");
    verdict.forbid(
        back && stops(review, "fiscal-year") &&
            review.accounts.lowest(free_of_year(*ask.year), verdict.posted) < *ask.amount,
        "more_than_there");
    if (verdict.refused()) return verdict;
    Moves moves;
    transfer(moves, from, to, *ask.amount);
    decide(review, ask.category, *ask.year, back ? -*ask.amount : *ask.amount, verdict.posted);
    record(review, ask, "", verdict.posted, moves);
    return verdict;
}

// Two equal and opposite effects, the total unchanged (DOMAIN rule 4).
Verdict Model::move(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    require(verdict, ask, ask.review, {"finance"});
    verdict.forbid(*ask.amount <= 0 || ask.text.empty(), "bad_input");
    verdict.forbid(!review.has_category(ask.category), "unknown_category");
    verdict.forbid(!review.has_category(ask.other), "unknown_category");
    verdict.forbid(ask.category == ask.other, "bad_input");
    verdict.forbid(review.state == "finished", "review_finished");
    act_day(verdict, review, ask.on);
    ask_year(verdict, review, ask.year);
    if (verdict.refused()) return verdict;
    const Account from = place(ask.category, ask.year);
    verdict.forbid(review.accounts.lowest(from, verdict.posted) < *ask.amount, "more_than_there");
    verdict.forbid(
        stops(review, "category") &&
            review.accounts.lowest(free_of_category(ask.category), verdict.posted) < *ask.amount,
        "more_than_there");
    if (verdict.refused()) return verdict;
    Moves moves;
    transfer(moves, from, place(ask.other, ask.year), *ask.amount);
    for (const int year : {0, ask.year.value_or(0)}) {
        decide(review, ask.category, year, -*ask.amount, verdict.posted);
        decide(review, ask.other, year, *ask.amount, verdict.posted);
        if (!ask.year) break;
    }
    record(review, ask, "", verdict.posted, moves);
    return verdict;
}

}  // namespace plain
