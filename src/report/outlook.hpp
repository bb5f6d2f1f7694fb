// What a forecast is made from: gathered from the book once, before and after a what-if.
//
// The figures of one day, the months whose spending is averaged, what is to come, what people
// expect; and what each method makes of them. report/forecast.cpp puts it on the page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/projection.hpp"
#include "report/catalogue.hpp"
#include "report/single_contract.hpp"

namespace purser::report {

// Spending of one month of the window, per category in the review's order.
struct MonthSpent {
    WindowMonth month;
    std::vector<Money> spent;
};

struct Outlook {
    Figures figures;
    ReviewState state;           // on the day
    Rest rest;                   // the days that are projected
    std::int64_t months_wanted;  // of the run rate
    std::vector<MonthSpent> months;
    std::vector<PlannedMeeting> planned;
    std::vector<OwnForecast> own;
    Cushion cushion;
    std::vector<Known> known;  // per category, in the review's order
    Merged kept;               // of which rows no estimate is told, for it has what is committed

    std::int64_t months_counted() const;
    Currency currency() const { return figures.review.currency(); }
    Money approved() const { return figures.envelope().approved; }
};

Outlook outlook(Book& book, const ReviewKey& key, const ForecastAsk& ask, Date today,
                Audience audience);
// The same with one more commitment of so much.
Outlook with_commitment(Outlook before, const std::string& category, const Money& amount);

// One method's answer.
struct Method {
    std::string key;                  // "run_rate", "scheduled"
    std::string title;                // "Run rate"
    std::vector<Estimate> estimates;  // per category, in the review's order
    Estimate total;
    FreeEnd end;
};
// The computed ones that can be told; the run rate only where a month counts.
std::vector<Method> methods(const Outlook& outlook);
// What will have been spent at the run rate; nothing where no month counts.
std::optional<Money> at_run_rate(const std::vector<Method>& methods);

// What one person expects, beside them.
struct OwnFigures {
    std::string user;
    std::vector<std::optional<Money>> categories;  // at completion, in the review's order
    std::optional<Money> total;  // of the review as a whole, else the sum where none is missing
};
std::vector<OwnFigures> own_figures(const Outlook& outlook);

}  // namespace purser::report
