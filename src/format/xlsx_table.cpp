#include "format/xlsx_table.hpp"

#include <algorithm>

#include "format/cells.hpp"
#include "format/outline.hpp"
#include "format/utf8.hpp"

namespace purser::format {
namespace {

using report::Check;
using report::Column;
using report::Row;
using report::Table;
using report::Type;
using report::Value;

constexpr std::size_t widest_name = 44;
constexpr std::size_t widest_text = 60;
constexpr std::size_t measured_rows = 2'000;  // texts of the rows after them wrap
constexpr std::size_t named_rows = 200;       // beyond it nobody refers to a row by name

std::string heading(const Column& column, const std::vector<report::Note>& notes, bool with_group) {
    const std::string title =
        marked(column.title.empty() ? column.key : column.title, notes, column.key);
    return with_group && !column.group.empty() ? column.group + ": " + title : title;
}

std::size_t first_width(const Column& column) {
    const std::size_t word = longest_word(column.title) + 2;
    switch (column.type) {
        case Type::money:
        case Type::whole_money: return std::max<std::size_t>(word, 16);
        case Type::date: return std::max<std::size_t>(word, 13);
        case Type::count: return std::max<std::size_t>(word, 10);
        case Type::text: return std::max<std::size_t>(word, 14);
    }
    return word;
}

}  // namespace

std::vector<std::size_t> first_widths(const Table& table) {
    std::vector<std::size_t> widths;
    for (const std::size_t place : printed_columns(table)) {
        widths.push_back(first_width(table.columns[place]));
    }
    return widths;
}

TableWriter::TableWriter(Workbook& book, const Table& table, const std::vector<report::Note>& notes,
                         std::vector<CheckState>& checks, std::vector<std::size_t>& widths)
    : book_(book), table_(table), notes_(notes), checks_(checks), widths_(widths) {
    place_columns();
}

// What people see, and what a check must find although nobody else looks at it.
void TableWriter::place_columns() {
    const auto asked = [this](const std::string& key) {
        return std::any_of(checks_.begin(), checks_.end(), [&](const CheckState& state) {
            const Check& check = *state.check;
            const bool criterion =
                std::any_of(check.where.begin(), check.where.end(),
                            [&](const auto& match) { return match.column == key; });
            return check.sum_table == table_.key && (criterion || check.sum_column == key);
        });
    };
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        const Column& column = table_.columns[i];
        if (column.machine_only && !asked(column.key)) continue;
        columns_.push_back({i, &column, {}, {}});
        if (widths_.size() < columns_.size()) widths_.push_back(first_width(column));
    }
}

TableEnd TableWriter::write(const TablePlace& place) {
    place_ = place;
    sheet_ = place.sheet;
    row_ = place.row;
    bool begun = false;
    const auto begin = [&] {
        if (!begun) header();
        begun = true;
    };
    table_.rows([&](const Row& row) {
        begin();
        if (row_ + 1 >= place_.row_limit) next_sheet();  // a row stays free for the total
        figures(row);
    });
    const bool shows_nothing = !begun && !table_.empty_text.empty();
    if (shows_nothing && !on_own_worksheet(table_)) {
        Look look;
        look.italic = true;
        look.soft = true;
        sheet_->text(row_++, 0, table_.empty_text, look);
        return {row_, place.row, 0, {}};
    }
    begin();
    if (shows_nothing) {
        sheet_->text(row_, 0, table_.empty_text, Look{});
        stretches_.back().end = row_ + 1;  // so that a sum has a range to look at
        ++row_;
    }
    tell_checks();
    filter();
    if (table_.total && !shows_nothing) total(*table_.total);
    finish_sheets();
    const RowNumber next = stretches_.size() == 1 ? row_ : place_.row_limit;
    const bool whole = stretches_.size() == 1 && rows_ > 0;
    return {next, header_row_, rows_,
            whole ? ranges_of(stretches_.front()) : std::vector<ColumnRange>()};
}

void TableWriter::header() {
    const bool own = on_own_worksheet(table_);
    Look look;
    look.bold = true;
    look.wrap = true;
    look.band = true;
    look.below = true;
    std::vector<std::size_t> places;
    for (const Placed& placed : columns_) places.push_back(placed.place);
    const std::vector<Group> groups = groups_of(table_, places);
    if (!own && has_groups(groups)) {
        Look group_look = look;
        group_look.centre = true;
        group_look.accent = true;
        for (const Group& group : groups) {
            const auto first = static_cast<ColumnNumber>(group.first);
            const auto last = static_cast<ColumnNumber>(group.first + group.count - 1);
            Look empty = look;
            empty.below = false;
            sheet_->across(row_, first, last, group.title,
                           group.title.empty() ? empty : group_look);
        }
        ++row_;
    }
    std::size_t lines = 1;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const std::string title = heading(*columns_[i].column, notes_, own);
        lines = std::max(lines, wrap(title, std::max<std::size_t>(widths_[i], 4) - 2).size());
    }
    sheet_->height(row_, lines);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Look title_look = look;
        title_look.right = stands_right(columns_[i].column->type);
        title_look.left = title_look.indent = columns_[i].column->type == Type::date;
        sheet_->text(row_, static_cast<ColumnNumber>(i), heading(*columns_[i].column, notes_, own),
                     title_look);
    }
    header_row_ = row_++;
    stretches_.push_back({sheet_, row_, row_});
}

void TableWriter::next_sheet() {
    filter();
    sheet_ = &book_.add_sheet(place_.name);
    row_ = 0;
    const RowNumber first_header = header_row_;
    header();
    header_row_ = first_header;
}

bool TableWriter::has_to_itself(const Sheet* sheet) const {
    return on_own_worksheet(table_) || sheet != place_.sheet;
}

// Before the total, which it leaves alone: the library takes no filter of rows that have left it.
void TableWriter::filter() {
    const Stretch& stretch = stretches_.back();
    if (!has_to_itself(stretch.sheet)) return;
    const RowNumber last = std::max(stretch.first, stretch.end) - 1;
    sheet_->filter(stretch.first - 1, last, static_cast<ColumnNumber>(columns_.size() - 1));
}

void TableWriter::finish_sheets() {
    for (const Stretch& stretch : stretches_) {
        if (!has_to_itself(stretch.sheet)) continue;
        stretch.sheet->freeze(stretch.first, 1);
        stretch.sheet->widths(widths_);
        stretch.sheet->page(place_.name);
        stretch.sheet->repeat_rows(0, stretch.first - 1);
    }
}

// Not every spreadsheet finds the height of a row with wrapped texts by itself.
void TableWriter::set_height(const Row& row) {
    std::size_t lines = 1;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto* text = std::get_if<std::string>(&row.at(columns_[i].place));
        if (text == nullptr) continue;
        widen(static_cast<ColumnNumber>(i), *text);
        const bool fits = text->size() <= widths_[i] && text->find('\n') == std::string::npos;
        if (!fits) lines = std::max(lines, wrap(clean(*text), widths_[i]).size());
    }
    if (lines > 1) sheet_->height(row_, lines);
}

void TableWriter::figures(const Row& row) {
    set_height(row);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Placed& placed = columns_[i];
        add(placed, row.at(placed.place));
        Look look;
        look.wrap = placed.column->type == Type::text;
        cell(static_cast<ColumnNumber>(i), row, look);
        name_figure(static_cast<ColumnNumber>(i), row, false);
    }
    ++row_;
    ++rows_;
    stretches_.back().end = row_;
}

void TableWriter::add(Placed& placed, const Value& value) const {
    if (const auto* money = std::get_if<Money>(&value)) {
        if (!placed.sum) placed.sum = Money::zero(money->currency());
        placed.adds_up = placed.adds_up && placed.sum->currency() == money->currency();
        if (placed.adds_up) *placed.sum += *money;
    } else if (const auto* count = std::get_if<std::int64_t>(&value)) {
        placed.count = placed.count.value_or(0) + *count;
    }
}

void TableWriter::cell(ColumnNumber at, const Row& row, const Look& look) {
    const Placed& placed = columns_[at];
    const Value& value = row.at(placed.place);
    if (is_blank(value, *placed.column, false)) return;
    const std::string formula = row_formula(placed, row);
    if (formula.empty()) {
        sheet_->value(row_, at, value, placed.column->type, look);
    } else {
        sheet_->formula(row_, at, '=' + formula, value, placed.column->type, look);
    }
    widen(at, value);
}

void TableWriter::widen(ColumnNumber at, const Value& value) {
    Placed& placed = columns_[at];
    const Type type = placed.column->type;
    std::size_t most = at == 0 ? widest_name : widest_text;
    if (const auto* money = std::get_if<Money>(&value)) {
        const std::int64_t size =
            money->is_negative() ? (-*money).amount_minor() : money->amount_minor();
        if (size <= placed.largest) return;
        placed.largest = size;
        most = widest_text;
    } else if (rows_ >= measured_rows) {
        return;  // its texts wrap
    }
    widths_[at] = std::max(widths_[at], std::min(longest_line(print(value, type)) + 3, most));
}

// The cell's name, and the checks that are about it.
void TableWriter::name_figure(ColumnNumber at, const Row& row, bool is_total) {
    const Placed& placed = columns_[at];
    const bool named = !on_own_worksheet(table_) && (rows_ < named_rows || is_total);
    if ((!named && checks_.empty()) || !std::holds_alternative<Money>(row.at(placed.place))) return;
    const std::string name = machine_text(row.at(0));
    const std::string reference = sheet_->cell(row_, at);
    if (named) book_.define(name_part(name) + '_' + name_part(placed.column->key), reference);
    for (CheckState& state : checks_) {
        const Check& check = *state.check;
        const bool meant =
            check.table == table_.key && check.row == name && check.column == placed.column->key;
        if (meant && state.cell.empty()) state.cell = reference;
    }
}

std::size_t TableWriter::place_of(const std::string& key) const {
    const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const Placed& placed) {
        return placed.column->key == key;
    });
    return static_cast<std::size_t>(found - columns_.begin());
}

// "" unless it gives exactly the ledger's figure.
std::string TableWriter::row_formula(const Placed& placed, const Row& row) const {
    const auto* figure = std::get_if<Money>(&row.at(placed.place));
    if (placed.column->formula.empty() || figure == nullptr) return {};
    Money sum = Money::zero(figure->currency());
    std::string expression;
    for (const report::Term& term : placed.column->formula) {
        const std::size_t at = place_of(term.column);
        if (at == columns_.size()) return {};
        const auto* part = std::get_if<Money>(&row.at(columns_[at].place));
        if (part == nullptr || part->currency() != sum.currency()) return {};
        if (term.sign < 0) {
            sum -= *part;
            expression += '-';
        } else {
            sum += *part;
            if (!expression.empty()) expression += '+';
        }
        expression += cell_name(row_, static_cast<ColumnNumber>(at));
    }
    return sum == *figure ? rounded(expression, sum.currency()) : std::string();
}

std::string TableWriter::sum_formula(const Placed& placed, const Value& value,
                                     ColumnNumber at) const {
    const auto* money = std::get_if<Money>(&value);
    const auto* count = std::get_if<std::int64_t>(&value);
    const bool same_money = money != nullptr && placed.adds_up && placed.sum == *money;
    const bool same_count = count != nullptr && placed.count == *count;
    if (rows_ == 0 || (!same_money && !same_count)) return {};
    std::string ranges;
    for (const Stretch& stretch : stretches_) {
        if (!ranges.empty()) ranges += ',';
        const bool here = stretch.sheet == sheet_;
        ranges += here ? cell_name(stretch.first, at) + ':' + cell_name(stretch.end - 1, at)
                       : stretch.sheet->range(stretch.first, stretch.end - 1, at);
    }
    const std::string sum = "SUM(" + ranges + ')';
    return same_money ? rounded(sum, money->currency()) : sum;
}

void TableWriter::total(const Row& row) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Placed& placed = columns_[i];
        const Value& value = row.at(placed.place);
        const auto at = static_cast<ColumnNumber>(i);
        Look look;
        look.bold = true;
        look.total = true;
        if (is_absent(value)) {
            sheet_->blank(row_, at, look);
            continue;
        }
        const std::string sum = placed.column->total ? sum_formula(placed, value, at) : "";
        if (sum.empty()) {
            cell(at, row, look);
        } else {
            sheet_->formula(row_, at, '=' + sum, value, placed.column->type, look);
            widen(at, value);
        }
        name_figure(at, row, true);
    }
    ++row_;
}

std::vector<ColumnRange> TableWriter::ranges_of(const Stretch& stretch) const {
    const RowNumber last = std::max(stretch.first + 1, stretch.end) - 1;
    std::vector<ColumnRange> ranges;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto at = static_cast<ColumnNumber>(i);
        ranges.push_back({columns_[i].column->key, stretch.sheet->range(stretch.first, last, at)});
    }
    return ranges;
}

void TableWriter::tell_checks() {
    for (CheckState& state : checks_) {
        const Check& check = *state.check;
        if (check.sum_table.empty() || check.sum_table != table_.key) continue;
        for (const Stretch& stretch : stretches_) {
            const std::string sum = sum_of_matches(check, ranges_of(stretch));
            if (sum.empty()) return;
            state.sum += (state.sum.empty() ? "" : "+") + sum;
        }
    }
}

}  // namespace purser::format
