#include "report/sheet_columns.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "report/parts.hpp"

namespace purser::report {
namespace {

Money times(int sign, const Money& amount) {
    if (sign == 0) return Money::zero(amount.currency());
    return sign < 0 ? -amount : amount;
}

// The column that holds one of the terms alone, or null when the sheet has none.
const SheetColumn* alone(const std::vector<SheetColumn>& columns, const SheetColumn& like,
                         int SheetColumn::*term) {
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const SheetColumn& one) {
        return one.year == like.year && one.terms() == 1 && one.*term == 1;
    });
    return at == columns.end() ? nullptr : &*at;
}

std::vector<Term> formula(const std::vector<SheetColumn>& columns, const SheetColumn& column) {
    std::vector<Term> result;
    if (column.terms() < 2) return result;
    for (const auto term : {&SheetColumn::approved, &SheetColumn::spent, &SheetColumn::committed}) {
        if (column.*term == 0) continue;
        const SheetColumn* const of = alone(columns, column, term);
        if (of == nullptr) return {};
        result.push_back({of->key, column.*term});
    }
    return result;
}

}  // namespace

Money SheetColumn::of(const Amounts& amounts) const {
    return times(approved, amounts.approved) + times(spent, amounts.spent) +
           times(committed, amounts.committed);
}

Money SheetColumn::of(const CategoryFigures& category) const {
    return of(year ? category.in(*year) : category.total);
}

Money SheetColumn::of(const Figures& figures) const {
    return of(year ? figures.in(*year) : figures.envelope());
}

int SheetColumn::terms() const {
    return std::abs(approved) + std::abs(spent) + std::abs(committed);
}

bool SheetColumn::exists(const Review& review) const {
    return !year || approved == 0 || review.fiscal_budget();
}

std::string SheetColumn::group() const {
    return year ? "Fiscal year " + year->text() : std::string("Whole review");
}

std::vector<SheetColumn> sheet_columns(Layout layout, FiscalYear year) {
    if (layout == Layout::envelope) {
        return {{"approved", "Approved Budget", {}, 1, 0, 0},
                {"spent_to_date", "Spent to Date", {}, 0, 1, 0},
                {"committed", "Committed Services", {}, 0, 0, 1},
                {"spent_and_committed_to_date", "Total Spent and Committed to Date", {}, 0, 1, 1},
                {"remaining", "Remaining", {}, 1, -1, -1}};
    }
    const std::string name = year.text();
    return {{"fy_approved", name + " Approved Budget", year, 1, 0, 0},
            {"fy_spent", name + " Budget Spent to Date", year, 0, 1, 0},
            {"fy_committed", "Committed " + name + " Services", year, 0, 0, 1},
            {"fy_remaining", "Remaining " + name + " Budget", year, 1, -1, -1},
            {"spent_to_date", "Actual Expenses Review to Date", {}, 0, 1, 0},
            {"spent_and_committed_to_date", "Total Spent and Committed to Date", {}, 0, 1, 1}};
}

std::vector<Column> money_columns(const std::vector<SheetColumn>& columns, Type type) {
    std::vector<Column> result;
    for (const SheetColumn& column : columns) {
        result.push_back(sum_column(column.key, column.title, type));
        result.back().group = column.group();
        result.back().formula = formula(columns, column);
    }
    return result;
}

}  // namespace purser::report
