#include "ledger/closing.hpp"

#include <algorithm>
#include <map>

#include "ledger/duties.hpp"
#include "ledger/envelope.hpp"
#include "values/error.hpp"

namespace purser::closing {
namespace {

std::vector<std::string> texts(const std::vector<CheckItem>& items) {
    std::vector<std::string> result;
    for (const auto& item : items) result.push_back(item.what);
    return result;
}

// Collects a year's close: transfers, and the same said as decisions of authority.
class YearClose {
public:
    YearClose(const Facts& facts, FiscalYear year, Entry& entry)
        : facts_(facts), year_(year), entry_(entry) {}

    void carry(const std::string& category, Bucket in, const Money& amount) {
        move(entry_.transfers, bucket(category, year_, in), bucket(category, year_.next(), in),
             amount);
        decide(category, year_, -amount);
        decide(category, year_.next(), amount);
    }
    void lapse_commitment(const std::string& category, const Money& amount) {
        move(entry_.transfers, bucket(category, year_, Bucket::committed),
             source(facts_.review, category, year_), amount);
        lapsed_.try_emplace(category, Money::zero(facts_.review.currency())).first->second +=
            amount;
    }
    // Steps 3 and 4: deficits are covered, free money leaves the year.
    void settle_free(const std::string& regime) {
        Money pool = facts_.balances.lowest_free({}, entry_.posted_on).first;
        for (const auto& [category, amount] : lapsed_) pool += amount;
        for (const auto& category : facts_.review.categories()) {
            const Account free = bucket(category.code, year_, Bucket::free);
            const Account unallotted{category.code, {}, Bucket::unallotted};
            Money left = facts_.balances.last(free);
            left += lapsed(category.code);
            const Money none = Money::zero(left.currency());
            const bool leaves = left.is_positive() && regime != "carry";
            const Money most = leaves ? may_leave(pool, category.code) : none;
            const Money out = std::max(std::min(left, most), none);
            pool -= out;
            move(entry_.transfers, free, unallotted, left - out);
            move(entry_.transfers, free,
                 {category.code, {}, regime == "return" ? Bucket::authority : Bucket::outside},
                 out);
            decide(category.code, year_, -left);
            decide(category.code, {}, -out);
        }
    }
    void finish() { entry_.body.set_list("decisions", decisions_); }

private:
    Money lapsed(const std::string& category) const {
        const auto at = lapsed_.find(category);
        return at == lapsed_.end() ? Money::zero(facts_.review.currency()) : at->second;
    }
    // What all of the envelope has free bounds what leaves it; so does the category under `stop`.
    Money may_leave(const Money& pool, const std::string& category) const {
        if (facts_.review.control(Limit::category) != Control::stop) return pool;
        const Money free = facts_.balances.lowest_free({category, {}}, entry_.posted_on).first;
        return std::min(pool, free + lapsed(category));
    }
    void decide(const std::string& category, std::optional<FiscalYear> year, const Money& amount) {
        if (amount.is_zero() || (year && !facts_.review.fiscal_budget())) return;
        decisions_.push_back(decision_text(category, year, amount));
    }
    const Facts& facts_;
    FiscalYear year_;
    Entry& entry_;
    std::map<std::string, Money> lapsed_;
    std::vector<std::string> decisions_;
};

}  // namespace

void require_closable(const Facts& facts, Month month) {
    require(facts, Act::period_close);
    const std::string& key = facts.review.key().text();
    if (month.last_day() >= facts.today) {
        throw Refused(Rule::period_not_over,
                      month.text() + " is over after " + to_text(month.last_day()) + ", today is " +
                          to_text(facts.today),
                      "close it when it is over");
    }
    if (facts.review.is_closed(month.last_day())) {
        throw Refused(
            Rule::nothing_changes,
            key + " is closed through " + to_text(*facts.review.closed_through()) + " already",
            Month::of(facts.review.first_open_day()).text() + ", the next month to close");
    }
}

std::vector<FiscalYear> years_ending(const Facts& facts, Month month) {
    std::vector<FiscalYear> years;
    const auto& calendar = facts.review.calendar();
    const auto closed = facts.review.closed_through();
    FiscalYear year = calendar.year_of(closed ? next_day(*closed) : facts.review.start());
    if (!closed) {  // money may have moved before the review's start
        for (const auto& [account, series] : facts.balances.accounts()) {
            if (account.year) year = std::min(year, *account.year);
        }
    }
    for (; calendar.last_day(year) <= month.last_day(); year = year.next()) years.push_back(year);
    return years;
}

Entry reopen_month(const Facts& facts, Month month, const std::string& why,
                   std::optional<Date> on) {
    require(facts, Act::period_reopen);
    const Review& review = facts.review;
    const std::string& key = review.key().text();
    if (!review.is_closed(month.first_day())) {
        throw Refused(Rule::nothing_changes,
                      month.text() + " of " + key + " is open" +
                          (review.closed_through() ? ", " + key + " is closed through " +
                                                         to_text(*review.closed_through())
                                                   : ": no month is closed"));
    }
    const FiscalYear year = review.year_of(month.first_day());
    if (review.is_closed(review.calendar().last_day(year))) {
        throw Refused(Rule::year_closed,
                      month.text() + " lies in " + year.text() + ", which is closed: its money " +
                          "has gone on into the next year",
                      "try: --on " + to_text(review.first_open_day()) +
                          ", the first open day, with --document-date");
    }
    const std::string reason = require_reason(why, "reopening a month");
    Entry entry{Act::period_reopen, month.text(), decision_day(facts, on), {}, reason, {}, {}, {}};
    entry.body.set_list("settings", {"closed-through=" + to_text(previous_day(month.first_day()))});
    return entry;
}

Entry close_month(const Facts& facts, Month month, const std::vector<CheckItem>& check_list) {
    Entry entry{Act::period_close, month.text(), facts.today, {}, {}, {}, {}, {}};
    entry.body.set_list("settings", {"closed-through=" + to_text(month.last_day())});
    entry.body.set_list("check_list", texts(check_list));
    return entry;
}

Entry close_year(const Facts& facts, FiscalYear year, const std::vector<Commitment>& alive,
                 const std::vector<std::int64_t>& keep, const std::vector<CheckItem>& check_list) {
    const Date last = facts.review.calendar().last_day(year);
    Entry entry{Act::year_close, year.text(), next_day(last), {}, {}, {}, {}, {}};
    YearClose close(facts, year, entry);
    for (const auto& category : facts.review.categories()) {
        close.carry(category.code, Bucket::requested,
                    facts.balances.last(bucket(category.code, year, Bucket::requested)));
    }
    const bool lapses = facts.review.text("year-end.commitments") == "lapse";
    std::vector<std::string> lapsed;
    for (const auto& document : alive) {
        const bool kept = !lapses || document.reserved.is_positive() ||
                          std::find(keep.begin(), keep.end(), document.number) != keep.end();
        const Money carried = kept ? document.rest() : document.claimed;
        close.carry(document.category, Bucket::committed, carried);
        if (kept || document.state != CommitmentState::open) continue;
        if (carried.is_positive() && carried == document.rest()) continue;  // all of it is claimed
        close.lapse_commitment(document.category, document.rest() - carried);
        lapsed.push_back(
            DocumentId{facts.review.key(), DocumentKind::commitment, document.number}.text());
    }
    if (facts.review.fiscal_budget()) {
        close.settle_free(facts.review.text("year-end.free"));
    }
    close.finish();
    entry.body.set_list("settings", {"closed-through=" + to_text(last)});
    entry.body.set_list("lapsed", lapsed);
    entry.body.set_list("check_list", texts(check_list));
    return entry;
}

}  // namespace purser::closing
