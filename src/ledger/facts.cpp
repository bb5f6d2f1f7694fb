#include "ledger/facts.hpp"

#include "values/error.hpp"

namespace purser {

void require(const Facts& facts, std::initializer_list<Role> roles, std::string_view deed) {
    require(facts.actor, facts.review.key(), roles, deed);
}

Date decision_day(const Facts& facts, std::optional<Date> asked) {
    const Date day = asked.value_or(facts.today);
    if (day > facts.today) {
        throw Refused(Rule::in_the_future,
                      to_text(day) + " is after today, " + to_text(facts.today),
                      "record it when the day has come");
    }
    return day;
}

Date posting_day(const Facts& facts, std::optional<Date> asked, Date otherwise) {
    const Date day = decision_day(facts, asked.value_or(otherwise));
    if (facts.review.is_closed(day)) {
        throw Refused(Rule::period_closed,
                      facts.review.key().text() + " is closed through " +
                          to_text(*facts.review.closed_through()) + ", nothing posts on " +
                          to_text(day),
                      "try: --on " + to_text(facts.review.first_open_day()) +
                          ", the first open day; --document-date keeps the date of an invoice");
    }
    return day;
}

void refuse_year_over(const Facts& facts, FiscalYear year, Date day, std::string_view document) {
    if (facts.review.year_of(day) <= year) return;
    const Date last = facts.review.calendar().last_day(year);
    throw Refused(Rule::year_over,
                  "the money of " + std::string(document) + " lies in " + year.text() +
                      ", which was over on " + to_text(last) + "; " + to_text(day) +
                      " is in a later year",
                  "try: --on " + to_text(last) + ", a later expected date, or close " +
                      year.text() + " first");
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
