// The border to libxlsxwriter, and the only place in the program that has floating point.
//
// A figure crosses it from minor units, divided once: with at most 15 digits the nearest double
// is the amount, and every spreadsheet shows it so. More digits are refused. Rows of a sheet are
// written from top to bottom and leave memory at once. Every failing call is Broken.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include <xlsxwriter.h>

#include "report/document.hpp"

namespace purser::format {

enum class Number : char { general, date, count, money, whole_money, dash };

// How a cell looks. Two equal looks are one format of the workbook.
struct Look {
    int size = 11;
    bool bold = false;
    bool italic = false;
    bool wrap = false;
    bool right = false;
    bool left = false;
    bool centre = false;
    bool indent = false;
    bool soft = false;   // grey
    bool alert = false;  // dark red
    bool accent = false;
    bool band = false;                // a light ground
    bool below = false;               // a rule below
    bool total = false;               // a rule above, two below
    Number number = Number::general;  // this and its currency follow from the value
    std::array<char, 3> currency{};

    friend auto operator<=>(const Look&, const Look&) = default;
};

using RowNumber = std::uint32_t;
using ColumnNumber = std::uint16_t;

class Workbook;
struct SheetChart;

class Sheet {
public:
    void text(RowNumber row, ColumnNumber column, std::string_view text, const Look& look);
    void blank(RowNumber row, ColumnNumber column, const Look& look);
    // Typed: money and counts are numbers, dates are dates, all else is text.
    void value(RowNumber row, ColumnNumber column, const report::Value& value, report::Type type,
               const Look& look);
    // A live formula and what it gives: a Money, a count or a text.
    void formula(RowNumber row, ColumnNumber column, const std::string& formula,
                 const report::Value& cached, report::Type type, const Look& look);
    // Text over several columns of one row.
    void across(RowNumber row, ColumnNumber first, ColumnNumber last, std::string_view text,
                const Look& look);

    void height(RowNumber row, std::size_t lines, int size = Look{}.size);  // before its cells
    void widths(const std::vector<std::size_t>& columns);
    void alert_unless(RowNumber row, ColumnNumber column, const std::string& text);
    void freeze(RowNumber rows, ColumnNumber columns);
    void filter(RowNumber first, RowNumber last, ColumnNumber last_column);
    void page(const std::string& title);  // A4 across, one page wide, numbered
    void repeat_rows(RowNumber first, RowNumber last);
    void hide_gridlines();

    // 'Fact Sheet'!$B$3, for a formula on any sheet.
    std::string cell(RowNumber row, ColumnNumber column) const;
    std::string range(RowNumber first, RowNumber last, ColumnNumber column) const;

private:
    friend class Workbook;
    struct SheetChart;
    Sheet(Workbook& book, lxw_worksheet* sheet, std::string name);
    void number(RowNumber row, ColumnNumber column, double figure, const Look& look);

    Workbook& book_;
    lxw_worksheet* sheet_;
    std::string name_;
};

// B3, for a formula on the same sheet.
std::string cell_name(RowNumber row, ColumnNumber column);

class Workbook {
public:
    // Files that are needed on the way go into the folder of `path`.
    Workbook(const std::filesystem::path& path, const std::string& title, Date created);
    ~Workbook();
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    // The name is made valid and unique. The sheet lives as long as the workbook.
    Sheet& add_sheet(std::string_view wanted);
    // Names a cell or range. A name that is taken, whatever its case, gets "_2" and so on.
    void define(const std::string& wanted, const std::string& reference);
    // A native chart over the cells of its figures, with its corner in that row.
    void draw(const SheetChart& wanted, Sheet& sheet, RowNumber row);
    void close();

private:
    friend class Sheet;
    lxw_format* format(const Look& look);

    std::string path_;
    std::string folder_;
    lxw_workbook* book_ = nullptr;
    std::map<Look, lxw_format*> formats_;
    std::vector<std::unique_ptr<Sheet>> sheets_;
    std::set<std::string> taken_names_;
};

// Letters, digits and underscores, beginning with a letter: part of a defined name.
std::string name_part(std::string_view text);

}  // namespace purser::format
