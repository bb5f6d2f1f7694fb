#include "report/outlook.hpp"

#include <algorithm>

#include "values/decimal.hpp"

namespace purser::report {
namespace {

constexpr std::int64_t usual_months = 3;

std::vector<Setting> states_of(Book& book, const ReviewKey& key, std::optional<Instant> known_at) {
    std::vector<Setting> states;
    for (const SaidSetting& one : book.said(key, "state", known_at)) states.push_back(one.setting);
    return states;
}

std::int64_t months_wanted(const Review& review, std::optional<std::int64_t> asked) {
    if (asked) return *asked;
    const std::string& set = review.text("forecast.months");
    return set.empty() ? usual_months : Decimal::parse(set).digits();
}

// A finished review takes nothing new, so nothing is projected.
Rest rest_of(const Review& review, ReviewState state, Date as_of) {
    const Date from = std::max(next_day(as_of), review.start());
    if (state == ReviewState::finished) return {from, previous_day(from)};
    return {from, review.expected()};
}

std::vector<Money> spent_by(const Figures& figures) {
    std::vector<Money> result;
    for (const auto& category : figures.categories) result.push_back(category.total.spent);
    return result;
}

std::vector<MonthSpent> months_of(Book& book, const ReviewKey& key,
                                  const std::vector<WindowMonth>& window,
                                  std::optional<Instant> known_at) {
    std::vector<MonthSpent> result;
    if (window.empty()) return result;
    const auto spent_until = [&](Date day) { return spent_by(book.figures(key, day, known_at)); };
    auto before = spent_until(previous_day(window.front().month.first_day()));
    for (const WindowMonth& month : window) {
        const auto after = spent_until(month.month.last_day());
        MonthSpent of{month, {}};
        for (std::size_t i = 0; i < after.size(); ++i) of.spent.push_back(after[i] - before[i]);
        result.push_back(std::move(of));
        before = after;
    }
    return result;
}

Money sum_of(const std::vector<MonthSpent>& months, std::size_t category, Currency currency) {
    Money sum = Money::zero(currency);
    for (const MonthSpent& one : months) {
        if (one.month.counts) sum += one.spent.at(category);
    }
    return sum;
}

Money sum_of(const std::vector<PlannedMeeting>& planned, const std::string& category,
             Currency currency) {
    Money sum = Money::zero(currency);
    for (const PlannedMeeting& one : planned) {
        if (one.category == category) sum += one.amount;
    }
    return sum;
}

}  // namespace

std::int64_t Outlook::months_counted() const {
    return std::count_if(months.begin(), months.end(),
                         [](const MonthSpent& one) { return one.month.counts; });
}

Outlook outlook(Book& book, const ReviewKey& key, const ForecastAsk& ask, Date today,
                Audience audience) {
    const Date as_of = ask.as_of.value_or(today);
    Figures figures = book.figures(key, as_of, ask.known_at);
    const Review& review = figures.review;
    const Currency currency = review.currency();
    const auto states = states_of(book, key, ask.known_at);
    const ReviewState state = state_on(as_of, states);
    const std::int64_t wanted = months_wanted(review, ask.months);
    auto months = months_of(book, key, window(review, as_of, wanted, states), ask.known_at);
    auto own = own_forecasts(book.said(key, own_forecast_prefix, ask.known_at), as_of, currency);
    auto planned = planned_meetings(book.said(key, planned_prefix, ask.known_at), as_of, currency);
    // One that is over was held or was not: it is no longer to come.
    std::erase_if(planned, [&](const PlannedMeeting& one) {
        return state == ReviewState::finished || one.expected <= as_of;
    });
    std::vector<Known> known;
    for (std::size_t i = 0; i < figures.categories.size(); ++i) {
        const CategoryFigures& of = figures.categories[i];
        known.push_back({of.category.code, of.total, sum_of(months, i, currency),
                         sum_of(planned, of.category.code, currency)});
    }
    const std::string cushion = ask.cushion.value_or(review.text("forecast.cushion"));
    const Rest rest = rest_of(review, state, as_of);
    Merged kept = kept_from(audience, book, figures);
    return {figures,
            state,
            rest,
            wanted,
            std::move(months),
            std::move(planned),
            std::move(own),
            Cushion::parse(cushion, currency),
            std::move(known),
            std::move(kept)};
}

Outlook with_commitment(Outlook before, const std::string& category, const Money& amount) {
    for (std::size_t i = 0; i < before.known.size(); ++i) {
        if (before.known[i].category != category) continue;
        for (Amounts* of : {&before.known[i].now, &before.figures.categories[i].total}) {
            of->committed += amount;
            of->free -= amount;
        }
    }
    return before;
}

std::vector<Method> methods(const Outlook& outlook) {
    const Estimate none = Estimate::zero(outlook.currency());
    Method rate{"run_rate", "Run rate", {}, none, {}};
    Method schedule{"scheduled", "Scheduled", {}, none, {}};
    const auto add = [](Method& method, const Estimate& estimate) {
        method.estimates.push_back(estimate);
        method.total += estimate;
    };
    const std::int64_t months = outlook.months_counted();
    for (const Known& known : outlook.known) {
        if (months > 0) add(rate, by_run_rate(known, months, outlook.rest));
        add(schedule, by_schedule(known));
    }
    std::vector<Planned> planned;
    for (const PlannedMeeting& one : outlook.planned) planned.push_back({one.expected, one.amount});
    schedule.end = scheduled_end(outlook.figures.envelope().free, std::move(planned));
    if (months == 0) return {schedule};
    rate.end = run_rate_end(outlook.known, months, outlook.rest);
    return {rate, schedule};
}

std::optional<Money> at_run_rate(const std::vector<Method>& methods) {
    for (const Method& method : methods) {
        if (method.key == "run_rate") return method.total.at_completion();
    }
    return {};
}

std::vector<OwnFigures> own_figures(const Outlook& outlook) {
    std::map<std::string, OwnFigures> by_user;
    for (const OwnForecast& one : outlook.own) {
        OwnFigures& of = by_user.try_emplace(one.user, OwnFigures{one.user, {}, {}}).first->second;
        of.categories.resize(outlook.known.size());
        if (one.category.empty()) of.total = one.amount;
        for (std::size_t i = 0; i < outlook.known.size(); ++i) {
            if (outlook.known[i].category == one.category) of.categories[i] = one.amount;
        }
    }
    std::vector<OwnFigures> result;
    for (auto& [user, of] : by_user) {
        if (!of.total) {
            Money sum = Money::zero(outlook.currency());
            bool whole = true;
            for (const auto& amount : of.categories) {
                whole = whole && amount.has_value();
                if (amount) sum += *amount;
            }
            if (whole) of.total = sum;
        }
        result.push_back(std::move(of));
    }
    return result;
}

}  // namespace purser::report
