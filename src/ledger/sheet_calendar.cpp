#include "ledger/sheet_calendar.hpp"

#include <algorithm>

#include "ledger/duties.hpp"
#include "ledger/reading.hpp"

namespace purser {
namespace {

bool is_calendar_month(const Review& review, Month month) {
    const std::string& calendar = review.text("sheet-calendar");
    if (calendar == "none") return false;
    return calendar == "monthly" || review.calendar().is_quarter_end(month);
}

const SheetTarget* find_set(const std::vector<SheetTarget>& set, Date financials) {
    const auto at = std::find_if(set.begin(), set.end(), [&](const SheetTarget& one) {
        return one.financials == financials;
    });
    return at == set.end() ? nullptr : &*at;
}

// The day with which the review's calendar ends.
Date end_of(const Review& review) {
    if (review.state() == ReviewState::finished) return *review.state_since();
    return std::max(review.expected(), review.closed_through().value_or(Date::min()));
}

}  // namespace

Body SetSheetTarget::asked() const {
    Body body;
    body.set("financials", financials);
    body.set("target", target);
    if (revised) body.set("revised", *revised);
    return body;
}

Date regular_target(Date financials) {
    return Month::of(financials).next().next().first_day() + date::days{9};
}

bool is_on_calendar(const Review& review, Date financials) {
    const Month month = Month::of(financials);
    return financials == month.last_day() && financials >= review.start() &&
           is_calendar_month(review, month);
}

std::optional<Target> target_of(const Review& review, const std::vector<SheetTarget>& set,
                                Date financials) {
    if (const SheetTarget* const one = find_set(set, financials)) return one->target;
    if (!is_on_calendar(review, financials)) return {};
    return Target{regular_target(financials)};
}

std::vector<Date> calendar_days(const Review& review, Date today) {
    std::vector<Date> days;
    if (review.text("sheet-calendar") == "none") return days;
    const Date last = std::min(today, end_of(review));
    for (Month month = Month::of(review.start());; month = month.next()) {
        if (!is_calendar_month(review, month)) continue;
        days.push_back(month.last_day());
        if (month.last_day() >= last) return days;
    }
}

namespace sheet {

Entry set_target(const Facts& facts, const std::vector<SheetTarget>& set,
                 const SetSheetTarget& ask) {
    require(facts, Act::sheet_due);
    for (const Date day : {ask.target, ask.revised.value_or(ask.target)}) {
        if (day > ask.financials) continue;
        throw BadInput("a sheet is posted after the day of its figures, not on " + to_text(day),
                       "a target after " + to_text(ask.financials));
    }
    const std::string key = facts.review.key().text();
    if (const SheetTarget* const known = find_set(set, ask.financials)) {
        const Target& target = known->target;
        if (target.original != ask.target) {
            throw Refused(
                Rule::setting_fixed,
                "the sheet of " + to_text(ask.financials) + " has the original target " +
                    to_text(target.original) + " since " + event_id(facts.review.key(), known->seq),
                "try: purser factsheet due " + key + " --financials " + to_text(ask.financials) +
                    " --target " + to_text(target.original) + " --revised " + to_text(ask.target));
        }
        if (!ask.revised || ask.revised == target.day()) {
            throw Refused(Rule::nothing_changes,
                          "the target of the sheet of " + to_text(ask.financials) + " is " +
                              to_text(target.day()) + " already",
                          "see: purser factsheet list " + key);
        }
    }
    return {Act::sheet_due, {}, facts.today, {}, {}, ask.asked(), {}, {}};
}

}  // namespace sheet

SheetTarget sheet_target(const Event& event) {
    const Body& body = event.body;
    return {needed_day(body, "financials"),
            event.seq,
            {needed_day(body, "target"), body.day("revised")}};
}

}  // namespace purser
