#include "ledger/facts.hpp"

#include <algorithm>
#include <map>

namespace purser {

void require(const Facts& facts, const std::vector<Role>& roles, std::string_view deed) {
    require(facts.actor, facts.review.key(), roles, deed);
}

namespace {

[[noreturn]] void refuse_future(const Facts& facts, Date day, const std::string& hint) {
    throw Refused(Rule::in_the_future, to_text(day) + " is after today, " + to_text(facts.today),
                  hint);
}

[[noreturn]] void refuse_closed(const Facts& facts, Date day, const std::string& hint) {
    throw Refused(Rule::period_closed,
                  facts.review.key().text() + " is closed through " +
                      to_text(*facts.review.closed_through()) + ", nothing posts on " +
                      to_text(day),
                  hint);
}

}  // namespace

Date decision_day(const Facts& facts, std::optional<Date> asked) {
    const Date day = asked.value_or(facts.today);
    if (day > facts.today) {
        refuse_future(facts, day,
                      "try: --on " + to_text(facts.today) + ", or record it when the day has come");
    }
    return day;
}

Date posting_day(const Facts& facts, std::optional<Date> asked, Date otherwise) {
    const Date day = decision_day(facts, asked.value_or(otherwise));
    if (facts.review.is_closed(day)) {
        refuse_closed(facts, day,
                      "try: --on " + to_text(facts.review.first_open_day()) +
                          ", the first open day; --document-date keeps the date of an invoice");
    }
    return day;
}

Date first_fitting_day(const Facts& facts, Date from, const std::vector<Transfer>& transfers) {
    std::map<Account, Money> taken;
    const Money none = Money::zero(facts.review.currency());
    const auto take = [&](const Account& account, const Money& amount) {
        if (account.bucket != Bucket::requested && account.bucket != Bucket::committed) return;
        taken.try_emplace(account, none).first->second += amount;
    };
    for (const auto& transfer : transfers) {
        take(transfer.from, transfer.amount);
        take(transfer.to, -transfer.amount);
    }
    Date day = std::max(from, facts.review.first_open_day());
    for (const auto& [account, amount] : taken) {
        if (amount.is_positive()) day = facts.balances.first_day_above(account, day, amount);
        if (day == Date::max()) {
            throw Broken(account.text() + " holds less than the " + amount.with_code() +
                         " that its documents say");
        }
    }
    return day;
}

Date step_day(const Facts& facts, const Step& step, const std::vector<Transfer>& transfers,
              std::optional<Date> asked, std::optional<Date> otherwise) {
    const Date first = first_fitting_day(facts, step.from, transfers);
    const Date day = asked.value_or(std::max(otherwise.value_or(first), first));
    Date last = facts.today;
    if (step.year) last = std::min(last, facts.review.calendar().last_day(*step.year));
    const bool some_day_fits = first <= last;
    const auto hint = [&](Date fits) {
        return some_day_fits ? "try: --on " + to_text(fits)
                             : "no day fits: close " + step.year->text() + " first";
    };
    if (day > facts.today) refuse_future(facts, day, hint(last));
    if (facts.review.is_closed(day)) refuse_closed(facts, day, hint(first));
    if (day < first) {
        const bool early = day < step.from;
        throw Refused(
            step.before,
            early ? to_text(day) + " is before " + step.document + ", of " + to_text(step.from)
                  : "the money of " + step.document + " is reserved from " + to_text(first) +
                        " on, not on " + to_text(day),
            hint(first));
    }
    if (day > last) {
        const std::string year = step.year->text();
        throw Refused(Rule::year_over,
                      "the money of " + step.document + " lies in " + year +
                          ", which was over on " + to_text(last) + "; " + to_text(day) +
                          " is in a later year",
                      "try: " + (some_day_fits ? "--on " + to_text(last) + ", " : "") +
                          "a later expected date of its commitment, or close " + year + " first");
    }
    return day;
}

void refuse_finished(const Facts& facts) {
    if (facts.review.state() != ReviewState::finished) return;
    throw Refused(Rule::review_finished,
                  facts.review.key().text() + " is finished since " +
                      to_text(*facts.review.state_since()) + ", it takes nothing new",
                  "try: purser review resume " + facts.review.key().text());
}

Account source(const Review& review, const std::string& category, FiscalYear year) {
    if (review.fiscal_budget()) return {category, year, Bucket::free};
    return {category, {}, Bucket::unallotted};
}

Account bucket(const std::string& category, FiscalYear year, Bucket bucket) {
    return {category, year, bucket};
}

void move(std::vector<Transfer>& transfers, const Account& from, const Account& to,
          const Money& amount) {
    if (amount.is_positive()) transfers.push_back({from, to, amount});
    if (amount.is_negative()) transfers.push_back({to, from, -amount});
}

void require_positive(const Money& amount) {
    if (amount.is_positive()) return;
    throw BadInput("the amount must be above zero, not " + amount.with_code());
}

std::string require_reason(std::string_view why, std::string_view what) {
    std::string reason = parse_text(why, "reason");
    if (reason.empty()) throw BadInput(std::string(what) + " needs a reason", "add --why \"…\"");
    return reason;
}

}  // namespace purser
