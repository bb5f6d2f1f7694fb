#include "format/xlsx.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <ostream>
#include <string>
#include <vector>

#include "format/archive.hpp"
#include "format/cells.hpp"
#include "format/chart.hpp"
#include "format/outline.hpp"
#include "format/temporary_folder.hpp"
#include "format/utf8.hpp"
#include "format/workbook.hpp"
#include "format/workbook_chart.hpp"
#include "format/xlsx_table.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

using report::Document;
using report::Field;
using report::Section;
using report::Table;
using report::Value;

constexpr std::size_t least_columns = 5;  // what the block of checks needs
constexpr std::size_t widest_label = 48;
constexpr std::size_t first_money = 16;
constexpr RowNumber kept_rows = 1'000;  // of sheet one, for what follows a long table
constexpr RowNumber most_frozen = 12;   // a header further down would fill the screen
constexpr std::size_t long_table = 20;  // rows; a shorter one stays on its page

template <typename Visit> void each_table(const Section& section, const Visit& visit) {
    for (const Table& table : section.tables) visit(table);
    for (const Section& inner : section.sections) each_table(inner, visit);
}

struct Placement {
    const Table* table;
    const Section* section;
};

// Labels stand in the first column and cannot flow over the value beside them.
std::size_t label_width(const Section& section) {
    std::size_t widest = 0;
    for (const Field& field : section.fields) widest = std::max(widest, width(field.label) + 3);
    for (const report::Check& check : section.checks) {
        widest = std::max(widest, width(check.label) + 2);
    }
    for (const Section& inner : section.sections) widest = std::max(widest, label_width(inner));
    return widest;
}

class Writer {
public:
    Writer(Workbook& book, const Document& document, RowNumber sheet_rows)
        : book_(book),
          document_(document),
          sheet_rows_(sheet_rows),
          sheet_(book.add_sheet(document.worksheet.empty() ? document.title : document.worksheet)),
          checks_(check_states(document.body)),
          primary_(primary_table(document.body)) {
        widths_.assign(least_columns, first_money);
        widths_.front() = std::min(label_width(document.body), widest_label);
        each_table(document.body, [this](const Table& table) {
            if (on_own_worksheet(table)) return;
            const std::vector<std::size_t> first = first_widths(table);
            widths_.resize(std::max(widths_.size(), first.size()), 0);
            for (std::size_t i = 0; i < first.size(); ++i)
                widths_[i] = std::max(widths_[i], first[i]);
        });
    }

    void write() {
        head();
        const Section* first = section_of_primary(document_.body);
        if (first != nullptr) content(*first, first != &document_.body);
        sections(document_.body, first, false);
        for (const Placement& own : own_sheets_) own_sheet(own);
        if (!checks_.empty()) row_ = write_check_block(book_, sheet_, row_, checks_);
        finish();
    }

private:
    void head();
    const Section* section_of_primary(const Section& section) const;
    void sections(const Section& section, const Section* written, bool titled);
    void content(const Section& section, bool titled);
    void field(const Field& field);
    void table(const Table& table, const Section& section);
    void charts(const Table& table, const Section& section, const TableEnd& end);
    void own_sheet(const Placement& own);
    ColumnNumber last_column() const { return static_cast<ColumnNumber>(widths_.size() - 1); }
    void prose(std::string_view text, ColumnNumber first, const Look& look);
    void finish();

    Workbook& book_;
    const Document& document_;
    RowNumber sheet_rows_;
    Sheet& sheet_;
    std::vector<CheckState> checks_;
    const Table* primary_;
    std::vector<std::size_t> widths_;
    RowNumber row_ = 0;
    std::vector<Placement> own_sheets_;
    std::vector<TableEnd> tables_;  // of sheet one, those with rows
};

void Writer::head() {
    Look title;
    title.size = 18;
    title.bold = true;
    title.accent = true;
    sheet_.height(row_, 1, title.size + 2);
    sheet_.text(row_++, 0, document_.title, title);
    Look subtitle;
    subtitle.soft = true;
    if (!document_.subtitle.empty()) sheet_.text(row_++, 0, document_.subtitle, subtitle);
    Look banner;
    banner.bold = true;
    banner.alert = true;
    if (!document_.banner.empty()) sheet_.text(row_++, 0, document_.banner, banner);
    if (!checks_.empty()) write_verdict(book_, sheet_, row_++, checks_);
    ++row_;
}

const Section* Writer::section_of_primary(const Section& section) const {
    for (const Table& table : section.tables) {
        if (&table == primary_) return &section;
    }
    for (const Section& inner : section.sections) {
        if (const Section* found = section_of_primary(inner)) return found;
    }
    return nullptr;
}

void Writer::sections(const Section& section, const Section* written, bool titled) {
    if (&section != written) content(section, titled);
    for (const Section& inner : section.sections) sections(inner, written, true);
}

void Writer::content(const Section& section, bool titled) {
    const RowNumber begin = row_;
    if (titled && !section.title.empty() && !prints_nothing(section)) {
        Look heading;
        heading.size = 14;
        heading.bold = true;
        heading.accent = true;
        sheet_.height(row_, 1, heading.size + 2);
        sheet_.text(row_++, 0, section_title(section), heading);
    }
    Look wrapped;
    wrapped.wrap = true;
    for (const report::Paragraph& paragraph : section.paragraphs)
        prose(paragraph.text(), 0, wrapped);
    for (const Field& one : section.fields) field(one);
    for (const report::Chart& chart : section.charts) prose(chart.sentence.text(), 0, wrapped);
    for (const Table& one : section.tables) table(one, section);
    if (!section.notes.empty() && row_ > begin) ++row_;
    wrapped.soft = true;
    for (std::size_t i = 0; i < section.notes.size(); ++i) {
        prose('(' + std::to_string(i + 1) + ") " + section.notes[i].text, 0, wrapped);
    }
    if (row_ > begin) ++row_;
}

void Writer::field(const Field& field) {
    if (field.label.empty()) return;
    Look label;
    label.soft = true;
    label.wrap = true;
    sheet_.text(row_, 0, field.label, label);
    Look value;
    value.left = true;
    const bool text = std::holds_alternative<std::string>(field.value) ||
                      std::holds_alternative<std::vector<std::string>>(field.value);
    if (text) {
        value.wrap = true;
        prose(print(field.value, field.type), 1, value);
        return;
    }
    widths_[1] = std::max(widths_[1], width(print(field.value, field.type)) + 3);
    sheet_.value(row_++, 1, field.value, field.type, value);
}

// Text from a column to the last one. A merged cell does not find its height by itself.
void Writer::prose(std::string_view text, ColumnNumber first, const Look& look) {
    const std::size_t columns =
        std::accumulate(widths_.begin() + first, widths_.end(), std::size_t{0});
    const std::string cleaned = clean(text);
    const std::size_t lines = wrap(cleaned, columns - columns / 20).size();
    if (first == 0 || lines > 1) sheet_.height(row_, lines);
    sheet_.across(row_, first, last_column(), cleaned, look);
    ++row_;
}

void Writer::table(const Table& table, const Section& section) {
    if (on_own_worksheet(table)) {
        own_sheets_.push_back({&table, &section});
        if (!is_printed(table)) return;
        Look look;
        look.italic = true;
        look.soft = true;
        sheet_.text(row_++, 0, "On the worksheet " + table.worksheet, look);
        return;
    }
    const std::string title = table_title(table, section.notes);
    if (!title.empty()) {
        Look look;
        look.bold = true;
        sheet_.text(row_++, 0, title, look);
    }
    TableWriter writer(book_, table, section.notes, checks_, widths_);
    const RowNumber limit = sheet_rows_ - std::min(kept_rows, sheet_rows_ / 4);
    const TableEnd end = writer.write({&sheet_, row_, limit, document_.title});
    row_ = end.next_row;
    if (end.rows > 0 || table.total) tables_.push_back(end);
    charts(table, section, end);
}

// Below the table whose cells they show. A timeline is left to the table.
void Writer::charts(const Table& table, const Section& section, const TableEnd& end) {
    for (const report::Chart& chart : section.charts) {
        const bool drawn = chart.table == table.key && chart.kind != report::ChartKind::timeline;
        if (!drawn || end.columns.empty() || chart_data(chart, table).empty()) continue;
        SheetChart picture{
            &chart, range_of(end.columns, table.columns[printed_columns(table).front()].key), {}};
        for (const report::ChartSeries& series : chart.series) {
            const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                             [&](const auto& c) { return c.key == series.column; });
            const std::string range = range_of(end.columns, series.column);
            if (range.empty()) continue;
            picture.series.push_back({series.role, column->title, range});
        }
        book_.draw(picture, sheet_, ++row_);
        row_ += chart_rows;
    }
}

void Writer::own_sheet(const Placement& own) {
    Sheet& sheet = book_.add_sheet(own.table->worksheet);
    std::vector<std::size_t> widths;
    TableWriter writer(book_, *own.table, own.section->notes, checks_, widths);
    writer.write({&sheet, 0, sheet_rows_, own.table->worksheet});
}

void Writer::finish() {
    sheet_.widths(widths_);
    sheet_.hide_gridlines();
    sheet_.page(document_.title);
    // Titles that stay in view are a help above one table, and wrong above a second one.
    if (tables_.size() == 1 && tables_.front().header_row < most_frozen) {
        sheet_.freeze(tables_.front().header_row + 1, 1);
        if (tables_.front().rows > long_table) {
            sheet_.repeat_rows(tables_.front().header_row, tables_.front().header_row);
        }
    } else {
        sheet_.freeze(1, 0);
    }
}

}  // namespace

void write_xlsx(const Document& document, std::ostream& out, std::uint32_t sheet_rows) {
    const TemporaryFolder folder;
    const std::filesystem::path workbook = folder.path() / "workbook.xlsx";
    Workbook book(workbook, document.title, document.as_of);
    Writer(book, document, sheet_rows).write();
    book.close();
    check_parts(workbook);
    std::ifstream file(workbook, std::ios::binary);
    out << file.rdbuf();
    if (!file || !out) throw Broken("the workbook could not be written to its end");
}

}  // namespace purser::format
