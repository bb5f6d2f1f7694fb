// The register: what each event did to the figures, per category and fiscal year.
//
// Approved = spent + committed + requested + free holds for every row, so each column adds up to
// the figure of the same name: over a category, a fiscal year, or all. Money that is granted and
// not given to a year stands in rows without a year, under approved and free.
#pragma once

#include <string>
#include <vector>

#include "ledger/figures.hpp"
#include "report/catalogue.hpp"

namespace purser::report {

struct Effect {
    std::string category;
    std::optional<FiscalYear> year;
    Amounts amounts;
};

// One for each category and year that the event touches; none for events that move no money.
std::vector<Effect> effects(const Event& event);

// The table, streamed when its rows are asked for, of the log's first so many events: what is
// recorded meanwhile stays out, as it is not in the figures either. Without a total row.
Table register_table(Book& book, const ReviewKey& key, const RegisterFilter& asked,
                     Audience audience, std::int64_t events);

}  // namespace purser::report
