#include "format/text_table.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>
#include <string>

#include "format/cells.hpp"
#include "format/outline.hpp"
#include "format/utf8.hpp"

namespace purser::format {
namespace {

using report::Note;
using report::Row;
using report::Table;
using report::Type;

constexpr std::size_t gap = 2;               // between two columns
constexpr std::size_t title_lines = 2;       // a number's column is as wide as its title asks then
constexpr std::size_t most_title_lines = 4;  // on a page that is full
constexpr std::size_t text_title = 24;       // up to here a text's title stands on one line
constexpr std::size_t narrowest_text = 18;   // a text column is not narrowed below
constexpr std::size_t longest_kept = 24;     // and no word up to here is cut

struct ColumnPlan {
    std::size_t place;  // in the row
    const report::Column* column;
    bool right;
    std::string title;
    std::size_t columns = 0;   // its width
    std::size_t smallest = 0;  // what wrapping can bring it down to
    bool parentheses = false;  // some amount is below zero: the others leave room for the bracket
};

struct Plan {
    std::vector<ColumnPlan> columns;
    std::vector<Group> groups;
    std::size_t rows = 0;
};

using Cells = std::vector<std::string>;

bool ends_in_parenthesis(const ColumnPlan& column, const std::string& text) {
    return column.right && text.ends_with(')');
}

// In the total row a cell without a sum is empty.
Cells printed(const Plan& plan, const Row& row, bool total) {
    Cells cells;
    cells.reserve(plan.columns.size());
    for (const ColumnPlan& column : plan.columns) {
        const auto& value = row.at(column.place);
        std::string text =
            is_blank(value, *column.column, total) ? "" : print(value, column.column->type);
        if (column.parentheses && !ends_in_parenthesis(column, text)) text += ' ';
        cells.push_back(std::move(text));
    }
    return cells;
}

// The narrowest that lets a title stand in a few lines.
std::size_t title_columns(const std::string& title, std::size_t lines) {
    std::size_t columns = std::max<std::size_t>(longest_word(title), 1);
    while (wrap(title, columns).size() > lines) ++columns;
    return columns;
}

void measure_row(Plan& plan, const Row& row, bool total) {
    const Cells cells = printed(plan, row, total);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        ColumnPlan& column = plan.columns[i];
        const std::size_t room =
            column.parentheses || !ends_in_parenthesis(column, cells[i]) ? 0 : 1;
        column.parentheses = column.parentheses || room > 0;
        column.columns = std::max(column.columns, longest_line(cells[i]) + room);
        const bool text = column.column->type == Type::text;
        const std::size_t kept =
            text ? std::min(longest_word(cells[i]), longest_kept) : column.columns;
        column.smallest = std::max(column.smallest, kept);
    }
}

std::size_t table_columns(const Plan& plan) {
    std::size_t sum = 0;
    for (const ColumnPlan& column : plan.columns) sum += column.columns + gap;
    return sum == 0 ? 0 : sum - gap;
}

void give_titles_room(Plan& plan, std::size_t lines) {
    for (ColumnPlan& column : plan.columns) {
        const std::size_t on_one_line = std::min(text_title, width(column.title));
        const std::size_t wrapped = title_columns(column.title, lines);
        const bool text = column.column->type == Type::text;
        column.smallest = std::max({column.smallest, longest_word(column.title),
                                    std::min(narrowest_text, column.columns)});
        column.columns = std::max({column.columns, wrapped, text ? on_one_line : 0});
    }
}

// Takes from the widest texts until the page is wide enough, or nothing is left to take.
void narrow(Plan& plan, std::size_t page_columns) {
    while (table_columns(plan) > page_columns) {
        const auto widest = std::max_element(
            plan.columns.begin(), plan.columns.end(), [](const auto& a, const auto& b) {
                const std::size_t of_a = a.columns > a.smallest ? a.columns : 0;
                const std::size_t of_b = b.columns > b.smallest ? b.columns : 0;
                return of_a < of_b;
            });
        if (widest->columns <= widest->smallest) return;
        --widest->columns;
    }
}

std::size_t group_columns(const Plan& plan, const Group& group) {
    std::size_t sum = (group.count - 1) * gap;
    for (std::size_t i = 0; i < group.count; ++i) sum += plan.columns[group.first + i].columns;
    return sum;
}

void widen_to_heading(Plan& plan, const Group& group) {
    const std::size_t wanted = group.title.empty() ? 0 : width(group.title) + 4;
    for (std::size_t i = 0; group_columns(plan, group) < wanted; ++i) {
        ++plan.columns[group.first + i % group.count].columns;
    }
}

Plan plan_of(const Table& table, const std::vector<Note>& notes, std::size_t page_columns) {
    Plan plan;
    const std::vector<std::size_t> places = printed_columns(table);
    for (const std::size_t place : places) {
        const report::Column& column = table.columns[place];
        const std::string title = clean(marked(column.title, notes, column.key));
        plan.columns.push_back({place, &column, stands_right(column.type), title});
    }
    plan.groups = groups_of(table, places);
    table.rows([&](const Row& row) {
        ++plan.rows;
        measure_row(plan, row, false);
    });
    if (table.total) measure_row(plan, *table.total, true);
    const Plan measured = plan;
    for (std::size_t lines = title_lines; lines <= most_title_lines; ++lines) {
        plan.columns = measured.columns;
        give_titles_room(plan, lines);
        if (table_columns(plan) <= page_columns) break;
    }
    narrow(plan, page_columns);
    for (const Group& group : plan.groups) widen_to_heading(plan, group);
    return plan;
}

void put_line(std::ostream& out, std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

std::string separator(std::size_t index) { return repeat(" ", index == 0 ? 0 : gap); }

void put_groups(const Plan& plan, std::ostream& out) {
    if (!has_groups(plan.groups)) return;
    std::string line;
    for (std::size_t i = 0; i < plan.groups.size(); ++i) {
        const Group& group = plan.groups[i];
        const std::size_t columns = group_columns(plan, group);
        const std::string title = group.title.empty() ? "" : ' ' + clean(group.title) + ' ';
        line += separator(i) + pad(title, columns, Align::centre, title.empty() ? " " : "─");
    }
    put_line(out, line);
}

void put_rule(const Plan& plan, std::ostream& out) {
    std::string line;
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
        line += separator(i) + repeat("─", plan.columns[i].columns);
    }
    put_line(out, line);
}

// One row of the table as lines of the terminal. Titles stand at the bottom, cells at the top.
void put_cells(const Plan& plan, const Cells& cells, bool bottom, std::ostream& out) {
    std::vector<std::vector<std::string>> blocks;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const ColumnPlan& column = plan.columns[i];
        // A number is never broken, and wrapping would take its room for a bracket.
        const bool number = column.right && !bottom;
        blocks.push_back(number ? Cells{cells[i]} : wrap(cells[i], column.columns));
        height = std::max(height, blocks.back().size());
    }
    for (std::size_t n = 0; n < height; ++n) {
        std::string line;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const std::size_t above = bottom ? height - blocks[i].size() : 0;
            const bool filled = n >= above && n - above < blocks[i].size();
            const ColumnPlan& column = plan.columns[i];
            line += separator(i) + pad(filled ? blocks[i][n - above] : "", column.columns,
                                       column.right ? Align::right : Align::left);
        }
        put_line(out, line);
    }
}

Cells titles(const Plan& plan) {
    Cells cells;
    for (const ColumnPlan& column : plan.columns) {
        cells.push_back(column.title + (column.parentheses ? " " : ""));
    }
    return cells;
}

}  // namespace

void write_text_table(const Table& table, const std::vector<Note>& notes, std::size_t page_columns,
                      std::ostream& out) {
    const std::string title = clean(table_title(table, notes));
    if (!title.empty()) out << title << "\n\n";
    const Plan plan = plan_of(table, notes, page_columns);
    if (plan.rows == 0 && !table.empty_text.empty()) {
        for (const std::string& line : wrap(clean(table.empty_text), page_columns))
            out << line << '\n';
        return;
    }
    put_groups(plan, out);
    put_cells(plan, titles(plan), true, out);
    put_rule(plan, out);
    table.rows([&](const Row& row) { put_cells(plan, printed(plan, row, false), false, out); });
    if (table.total) {
        put_rule(plan, out);
        put_cells(plan, printed(plan, *table.total, true), false, out);
    }
}

}  // namespace purser::format
