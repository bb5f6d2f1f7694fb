// The tables and charts of a forecast, made from an outlook and what each method makes of it.
//
// They arrange; every figure is computed in ledger/projection.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/outlook.hpp"

namespace purser::report {

// Every method's total, and each category's, in one shape for all.
struct Answer {
    std::string key, title;
    std::vector<std::optional<Money>> categories;
    std::optional<Money> total;
};
std::vector<Answer> answers(const Outlook& outlook, const std::vector<Method>& methods);

Table side_by_side(const Outlook& outlook, const std::vector<Answer>& answers);
// Where two people with the same sheet part: every pair of figures, per category.
Table differences(const Outlook& outlook, const std::vector<Answer>& answers);
Table totals_table(const Outlook& outlook, const std::vector<Method>& methods);
Table lines(const Outlook& outlook, const std::vector<Method>& methods);
Section month_section(const Outlook& outlook);
Section planned_section(const Outlook& outlook);
Section own_section(const Outlook& outlook);
// Spent at each month's end up to the day, then each method's way to the expected completion, in
// straight lines: a chart and its table. Without a rest or an envelope there is none.
std::optional<Section> course(Book& book, const Outlook& outlook,
                              const std::vector<Method>& methods);

}  // namespace purser::report
