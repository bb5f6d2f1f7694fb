// What a workbook proves: each checked cell is the ledger's figure, and the sum of its entries.
//
// The answers are worked out once before anything is written, so that the formulas carry them as
// cached values; where the formulas look is taken down while the tables are written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "format/workbook.hpp"
#include "report/document.hpp"

namespace purser::format {

struct CheckState {
    const report::Check* check;
    std::optional<Money> figure;  // of the checked cell; absent when there is no such cell
    std::optional<Money> summed;  // of the entries; absent when nothing is to be added up
    std::string cell;             // where the figure stands, for a formula
    std::string sum;              // a formula that adds the entries up, without "="

    bool agrees() const;
};

// Runs through the rows of every table that a check names.
std::vector<CheckState> check_states(const report::Section& body);
bool all_agree(const std::vector<CheckState>& states);

// Sums the matching rows of one stretch of a sheet: SUMIFS(…). `range` gives a column's range.
struct ColumnRange {
    std::string key;
    std::string range;
};
std::string range_of(const std::vector<ColumnRange>& columns, const std::string& key);  // or ""
std::string sum_of_matches(const report::Check& check, const std::vector<ColumnRange>& columns);

// "ROUND(…,2)": cents added as binary fractions leave crumbs that a comparison would see.
std::string rounded(const std::string& expression, Currency currency);

// The one cell that speaks for all lines of the block, named `check`.
void write_verdict(Workbook& book, Sheet& sheet, RowNumber row,
                   const std::vector<CheckState>& states);

// A line per check from this row on. Answers the first free row.
RowNumber write_check_block(Workbook& book, Sheet& sheet, RowNumber row,
                            const std::vector<CheckState>& states);

}  // namespace purser::format
