// The money columns of a fact sheet: how each follows from the figures, and from any entry.
//
// A column is a sum of approved, spent and committed, of one fiscal year or of the whole review
// (DOMAIN 3). The sheet, what changed between two sheets and what makes one figure read it here,
// so that an effect of an entry and the figure that it moves cannot be told differently.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/figures.hpp"
#include "report/document.hpp"
#include "report/sheet_notes.hpp"

namespace purser::report {

constexpr const char* total_row = "total";

struct SheetColumn {
    std::string key;                 // "fy_spent"
    std::string title;               // "FY17 Budget Spent to Date"
    std::optional<FiscalYear> year;  // absent: of the whole review
    int approved, spent, committed;  // +1, -1 or 0: with which sign each is in it

    Money of(const Amounts& amounts) const;
    Money of(const CategoryFigures& category) const;
    Money of(const Figures& figures) const;  // over all categories
    int terms() const;                       // how many of the three are in it
    // Without budgets for fiscal years a year has nothing approved, so nothing that remains.
    bool exists(const Review& review) const;
    std::string group() const;  // "Fiscal year FY17" or "Whole review"
};

std::vector<SheetColumn> sheet_columns(Layout layout, FiscalYear year);
// As columns of a table, a computed one with its formula where its terms stand beside it.
std::vector<Column> money_columns(const std::vector<SheetColumn>& columns, Type type);

}  // namespace purser::report
