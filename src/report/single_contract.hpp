// What keeps the price of a single contract from being read off the sheet (DOMAIN rule 13).
//
// Where one contract alone makes up a committed figure and the review's setting `single-contract`
// is `merge`, the committed, remaining and committed-to-date figures of that row, and of the next
// smallest one, are given only as their sum. Totals stay as they are.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/sheet_columns.hpp"
#include "store/book.hpp"

namespace purser::report {

// The rows that are given only together; none, or two and more.
struct Merged {
    std::vector<std::string> rows;  // codes of categories, in the order of the sheet

    bool any() const { return !rows.empty(); }
    bool hides(const std::string& row) const;
    bool hides(const std::string& row, const SheetColumn& column) const;
};

// Folds the log only where the review asks to merge and has contracts.
Merged merged_rows(Book& book, const Figures& figures);

// "Professional Services and Travel", as the rows are called in print.
std::string titles(const Merged& merged, const Figures& figures);
// "services+travel", as the row of their sums is called.
std::string code(const Merged& merged);
// Their sum.
Amounts together(const Merged& merged, const Figures& figures, std::optional<FiscalYear> year);
// What is said about it, without saying which of the rows it is about.
std::string merged_note(const Merged& merged, const Figures& figures);

}  // namespace purser::report
