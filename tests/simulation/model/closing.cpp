// Closing months and years (MODEL.md 2 and 4, DOMAIN rules 7 and 8).
#include <algorithm>

#include "model.hpp"

namespace plain {

// Over, not closed yet; it closes all before, and a fiscal year's last month is the year's close,
// through which a later month's close passes.
Verdict Model::close_month(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    const Day last = last_day(ask.month);
    require(verdict, ask, ask.review, {"finance"});
    verdict.forbid(last >= today, "period_not_over");
    verdict.forbid(review.is_closed(last), "nothing_changes");
    for (const int number : ask.keep) {
        verdict.forbid(static_cast<std::size_t>(number) > review.commitments.size(),
                       "unknown_commitment");
    }
    if (verdict.refused()) return verdict;
    int year = review.year_of(review.closed ? *review.closed + 1 : review.start);
    if (!review.closed) {  // money may have moved before the review's start
        for (const auto& [account, moved] : review.accounts.movements()) {
            if (account.year != 0) year = std::min(year, account.year);
        }
    }
    for (; review.year_end(year) <= last; ++year) close_year(review, year, ask);
    verdict.posted = today;
    if (review.closed == last) {
        verdict.posted = last + 1;  // the year's close, which is dated in the new year
        return verdict;
    }
    review.closed = last;
    record(review, ask, month_text(ask.month), today, {});
    return verdict;
}

// Opens the month and all after it; a month of a closed year stays closed.
Verdict Model::reopen_month(const Ask& ask) {
    Verdict verdict;
    Review& review = reviews.at(ask.review);
    const Day first = first_day(ask.month);
    require(verdict, ask, ask.review, {"finance"});
    verdict.forbid(!review.is_closed(first), "nothing_changes");
    verdict.forbid(
        review.is_closed(first) && review.is_closed(review.year_end(review.year_of(first))),
        "year_closed");
    verdict.forbid(ask.text.empty(), "bad_input");
    decision_day(verdict, ask.on);
    if (verdict.refused()) return verdict;
    review.closed = first - 1;
    record(review, ask, month_text(ask.month), verdict.posted, {});
    return verdict;
}

// Dated the first day of the new year, so that last year's figures stay true.
void Model::close_year(Review& review, int year, const Ask& ask) {
    const Day day = review.year_end(year) + 1;
    Moves moves;
    std::map<std::string, Minor> lapsed;
    const auto carry = [&](const std::string& category, Bucket in, Minor amount) {
        transfer(moves, {category, year, in}, {category, year + 1, in}, amount);
        decide(review, category, year, -amount, day);
        decide(review, category, year + 1, amount, day);
    };
    // 1, documents go on into the new year.
    for (auto& expense : review.expenses) {
        if (expense.state != "submitted" || expense.year != year) continue;
        carry(expense.category, Bucket::requested, expense.reserved);
        expense.year = year + 1;
    }
    // 2, commitments carry, or lapse but for what is claimed. What waits for a decision carries.
    for (std::size_t i = 0; i < review.commitments.size(); ++i) {
        Commitment& one = review.commitments[i];
        if (!one.lives() || one.year != year) continue;
        carry(one.category, Bucket::requested, one.reserved);
        const bool named =
            std::find(ask.keep.begin(), ask.keep.end(), static_cast<int>(i) + 1) != ask.keep.end();
        const bool lapses =
            review.setting("year-end.commitments") == "lapse" && !named && one.reserved == 0;
        const Minor held = one.rest();
        const Minor goes = lapses ? held - one.claimed : 0;
        carry(one.category, Bucket::committed, held - goes);
        if (goes > 0) {
            transfer(moves, {one.category, year, Bucket::committed},
                     review.source(one.category, year), goes);
            lapsed[one.category] += goes;
        }
        if (lapses && (goes > 0 || held == 0)) {
            if (one.claimed == 0) one.state = "closed";
            if (one.claimed != 0) one.amount = one.used + one.claimed;
        }
        if (one.lives()) one.year = year + 1;
    }
    // 3 and 4: deficits are covered; free money carries, lapses or returns. Of the last two at most
    // what the envelope has free on every day from then on, under `stop` the category too.
    const std::string regime = review.setting("year-end.free");
    Minor pool = review.accounts.lowest(free_of_envelope(), day);
    for (const auto& [category, amount] : lapsed) pool += amount;
    for (const auto& category : review.categories) {
        if (!review.budget) break;
        const Account free{category, year, Bucket::free};
        const Minor left = review.accounts.last(free) + lapsed[category];
        Minor out = 0;
        if (left > 0 && regime != "carry") {
            out = std::min(left, pool);
            if (review.setting("control.category") == "stop") {
                out = std::min(out, review.accounts.lowest(free_of_category(category), day) +
                                        lapsed[category]);
            }
            out = std::max(out, Minor{0});
        }
        pool -= out;
        transfer(moves, free, {category, 0, Bucket::unallotted}, left - out);
        transfer(moves, free,
                 {category, 0, regime == "return" ? Bucket::authority : Bucket::outside}, out);
        decide(review, category, year, -left, day);
        decide(review, category, 0, -out, day);
    }
    review.closed = day - 1;
    Ask act = ask;
    act.act = "year.close";
    record(review, act, "FY" + padded(year % 100, 2), day, moves);
}

}  // namespace plain
