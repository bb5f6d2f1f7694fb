// One table on worksheets: typed cells, live formulas, defined names.
//
// The rows are run through once and leave memory at once. A formula is written only where it gives
// exactly the figure of the row; where the cells of checks stand is taken down on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "format/workbook.hpp"
#include "format/xlsx_checks.hpp"
#include "report/document.hpp"

namespace purser::format {

// Figures of one table on one sheet: rows first to before `end`.
struct Stretch {
    Sheet* sheet;
    RowNumber first;
    RowNumber end;
};

struct TablePlace {
    Sheet* sheet;         // where it begins
    RowNumber row;        // the first row that it may use
    RowNumber row_limit;  // rows of a sheet that it may use
    std::string name;     // what further sheets are called, with a number
};

struct TableEnd {
    RowNumber next_row;  // the first free row, on the sheet where it began
    RowNumber header_row;
    std::size_t rows;
    std::vector<ColumnRange> columns;  // its figures, where all rows stand on one sheet
};

class TableWriter {
public:
    // `widths` are the columns of the sheet where it begins, at least as wide as they are now.
    TableWriter(Workbook& book, const report::Table& table, const std::vector<report::Note>& notes,
                std::vector<CheckState>& checks, std::vector<std::size_t>& widths);

    TableEnd write(const TablePlace& place);

private:
    struct Placed {
        std::size_t place;  // in the row
        const report::Column* column;
        std::optional<Money> sum;  // of the rows so far
        std::optional<std::int64_t> count;
        bool adds_up = true;        // every amount was of one currency
        std::int64_t largest = -1;  // amount so far, its sign aside: the column's width follows
    };

    void place_columns();
    void header();
    void set_height(const report::Row& row);
    void figures(const report::Row& row);
    void total(const report::Row& row);
    void cell(ColumnNumber at, const report::Row& row, const Look& look);
    void add(Placed& placed, const report::Value& value) const;
    std::string row_formula(const Placed& placed, const report::Row& row) const;
    std::string sum_formula(const Placed& placed, const report::Value& value,
                            ColumnNumber at) const;
    void widen(ColumnNumber at, const report::Value& value);
    void name_figure(ColumnNumber at, const report::Row& row, bool is_total);
    std::vector<ColumnRange> ranges_of(const Stretch& stretch) const;
    void tell_checks();
    void next_sheet();
    bool has_to_itself(const Sheet* sheet) const;
    void filter();
    void finish_sheets();
    std::size_t place_of(const std::string& key) const;  // on the sheet; columns_.size() if absent

    Workbook& book_;
    const report::Table& table_;
    const std::vector<report::Note>& notes_;
    std::vector<CheckState>& checks_;
    std::vector<std::size_t>& widths_;
    std::vector<Placed> columns_;
    TablePlace place_{};
    Sheet* sheet_ = nullptr;
    RowNumber row_ = 0;
    RowNumber header_row_ = 0;
    std::size_t rows_ = 0;
    std::vector<Stretch> stretches_;
};

// Column widths to begin with, from the titles and types alone.
std::vector<std::size_t> first_widths(const report::Table& table);

}  // namespace purser::format
