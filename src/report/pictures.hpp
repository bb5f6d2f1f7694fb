// Sections with a picture: the envelope by category, and over time.
//
// Each is a chart and the table with its figures, of one review on one day. They show what the
// published sheet shows: remaining, and not how much of it is requested (DOMAIN 2).
#pragma once

#include <optional>
#include <vector>

#include "ledger/figures.hpp"
#include "report/document.hpp"

namespace purser::report {

// Bars of what each category has spent, committed and left; of the whole review.
Section envelope_bars(const Figures& figures);

// The burn: the same at each month's end since the start, beside a plan that uses what is approved
// evenly from the start to the expected completion, the last row. `months` are Book::by_month. For
// those who may see a forecast, the straight way to what will have been spent `at_completion` too.
Section burn(const Figures& figures, const std::vector<DayUse>& months,
             const std::optional<Money>& at_completion = {});

// The bars of a table that has a line per category, with `requested` and `free` apart.
Chart bars_of_amounts(const std::string& table, Paragraph sentence);

// The timeline of a table of milestones, with the columns planned, revised, actual and status; none
// of a table without rows.
std::optional<Chart> timeline(const Table& milestones, Date as_of);

}  // namespace purser::report
