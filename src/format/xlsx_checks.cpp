#include "format/xlsx_checks.hpp"

#include <algorithm>

#include "format/cells.hpp"

namespace purser::format {
namespace {

using report::Check;
using report::Row;
using report::Section;
using report::Table;
using report::Type;
using report::Value;

constexpr const char* agreement = "agrees with the ledger";
constexpr const char* difference = "DIFFERS FROM THE LEDGER";
constexpr const char* line_agreement = "agrees";
constexpr const char* line_difference = "DIFFERS";
constexpr ColumnNumber answer_column = 4;

std::size_t place_of(const Table& table, const std::string& key) {
    std::size_t i = 0;
    while (i < table.columns.size() && table.columns[i].key != key) ++i;
    return i;
}

bool is_text(const Value& value, const std::string& wanted) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? *text == wanted : machine_text(value) == wanted;
}

// The places of a check's columns in a table, so that rows need no search by key.
class Adder {
public:
    Adder(const Table& table, CheckState& state)
        : state_(state),
          sum_(place_of(table, state.check->sum_column)),
          usable_(sum_ < table.columns.size()) {
        for (const report::Match& match : state.check->where) {
            where_.push_back(place_of(table, match.column));
            usable_ = usable_ && where_.back() < table.columns.size();
        }
        if (usable_ && !state_.summed) state_.summed = Money::zero(state.check->ledger.currency());
    }

    void add(const Row& row) {
        if (!usable_) return;
        for (std::size_t i = 0; i < where_.size(); ++i) {
            if (!is_text(row.at(where_[i]), state_.check->where[i].text)) return;
        }
        if (const auto* money = std::get_if<Money>(&row.at(sum_))) *state_.summed += *money;
    }

private:
    CheckState& state_;
    std::size_t sum_;
    bool usable_;
    std::vector<std::size_t> where_;
};

void find_figure(const Table& table, const Row& row, CheckState& state) {
    const std::size_t at = place_of(table, state.check->column);
    if (state.figure || at == table.columns.size() || !is_text(row.at(0), state.check->row)) return;
    if (const auto* money = std::get_if<Money>(&row.at(at))) state.figure = *money;
}

void run_through(const Table& table, std::vector<CheckState>& states) {
    std::vector<CheckState*> looked_for;
    std::vector<Adder> adders;
    for (CheckState& state : states) {
        if (state.check->table == table.key) looked_for.push_back(&state);
        if (state.check->sum_table == table.key) adders.emplace_back(table, state);
    }
    if (table.key.empty() || (looked_for.empty() && adders.empty())) return;
    table.rows([&](const Row& row) {
        for (CheckState* state : looked_for) find_figure(table, row, *state);
        for (Adder& adder : adders) adder.add(row);
    });
    if (!table.total) return;
    for (CheckState* state : looked_for) find_figure(table, *table.total, *state);
}

template <typename Visit> void each_section(const Section& section, const Visit& visit) {
    visit(section);
    for (const Section& inner : section.sections) each_section(inner, visit);
}

// A text inside a formula, as a criterion: equal to it, none of its letters a wildcard.
std::string criterion(const std::string& text) {
    std::string result = "\"=";
    for (const char c : text) {
        if (c == '*' || c == '?' || c == '~') result += '~';
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

std::string equal(const std::string& a, const std::string& b, Currency currency) {
    return rounded(a + '-' + b, currency) + "=0";
}

void write_line(Sheet& sheet, RowNumber row, const CheckState& state) {
    const Check& check = *state.check;
    const Currency currency = check.ledger.currency();
    const std::string sheet_cell = cell_name(row, 1);
    const std::string ledger_cell = cell_name(row, 2);
    const std::string sum_cell = cell_name(row, 3);
    Look label;
    label.wrap = true;
    sheet.text(row, 0, check.label, label);
    const bool found = state.figure && !state.cell.empty();
    if (found) sheet.formula(row, 1, '=' + state.cell, *state.figure, Type::money, Look{});
    if (!found) sheet.value(row, 1, Value{}, Type::money, Look{});
    sheet.value(row, 2, check.ledger, Type::money, Look{});
    std::string answer = equal(sheet_cell, ledger_cell, currency);
    if (!state.sum.empty()) {
        sheet.formula(row, 3, '=' + rounded(state.sum, currency), *state.summed, Type::money,
                      Look{});
        answer = "AND(" + answer + ',' + equal(sum_cell, ledger_cell, currency) + ')';
    }
    Look centred;
    centred.centre = true;
    const bool provable = found && (check.sum_table.empty() || !state.sum.empty());
    const std::string cached = state.agrees() && provable ? line_agreement : line_difference;
    if (provable) {
        sheet.formula(row, answer_column,
                      "=IF(" + answer + ",\"" + line_agreement + "\",\"" + line_difference + "\")",
                      Value{cached}, Type::text, centred);
    } else {
        sheet.text(row, answer_column, cached, centred);
    }
    sheet.alert_unless(row, answer_column, line_agreement);
}

}  // namespace

bool CheckState::agrees() const {
    const bool added_up = check->sum_table.empty() || summed == check->ledger;
    return figure == check->ledger && added_up;
}

std::vector<CheckState> check_states(const Section& body) {
    std::vector<CheckState> states;
    each_section(body, [&](const Section& section) {
        for (const Check& check : section.checks) states.push_back({&check, {}, {}, {}, {}});
    });
    if (states.empty()) return states;
    each_section(body, [&](const Section& section) {
        for (const Table& table : section.tables) run_through(table, states);
    });
    return states;
}

bool all_agree(const std::vector<CheckState>& states) {
    return std::all_of(states.begin(), states.end(),
                       [](const auto& state) { return state.agrees(); });
}

std::string rounded(const std::string& expression, Currency currency) {
    const int decimals = currency.decimals();
    if (decimals == 0) return expression;
    return "ROUND(" + expression + ',' + std::to_string(decimals) + ')';
}

std::string range_of(const std::vector<ColumnRange>& columns, const std::string& key) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const ColumnRange& column) { return column.key == key; });
    return found == columns.end() ? std::string() : found->range;
}

std::string sum_of_matches(const Check& check, const std::vector<ColumnRange>& columns) {
    const std::string summed = range_of(columns, check.sum_column);
    if (summed.empty()) return {};
    if (check.where.empty()) return "SUM(" + summed + ')';
    std::string sum = "SUMIFS(" + summed;
    for (const report::Match& match : check.where) {
        const std::string tested = range_of(columns, match.column);
        if (tested.empty()) return {};
        sum += ',' + tested + ',' + criterion(match.text);
    }
    return sum + ')';
}

void write_verdict(Workbook& book, Sheet& sheet, RowNumber row,
                   const std::vector<CheckState>& states) {
    Look label;
    label.soft = true;
    sheet.text(row, 0, "Check: every figure below", label);
    Look verdict;
    verdict.bold = true;
    verdict.left = true;
    // The lines stand further down and are known later: the formula asks for them by name.
    sheet.formula(row, 1,
                  std::string("=IF(COUNTIF(check_lines,\"") + line_agreement +
                      "\")=ROWS(check_lines),\"" + agreement + "\",\"" + difference + "\")",
                  Value{std::string(all_agree(states) ? agreement : difference)}, Type::text,
                  verdict);
    sheet.alert_unless(row, 1, agreement);
    book.define("check", sheet.cell(row, 1));
}

RowNumber write_check_block(Workbook& book, Sheet& sheet, RowNumber row,
                            const std::vector<CheckState>& states) {
    Look heading;
    heading.size = 14;
    heading.bold = true;
    heading.accent = true;
    sheet.height(row, 1, heading.size + 2);
    sheet.text(row++, 0, "Check", heading);
    Look title;
    title.bold = true;
    title.wrap = true;
    title.band = true;
    title.below = true;
    Look right = title;
    right.right = true;
    sheet.height(row, 2);
    sheet.text(row, 0, "Figure", title);
    sheet.text(row, 1, "In this workbook", right);
    sheet.text(row, 2, "In the ledger", right);
    sheet.text(row, 3, "Sum of the entries", right);
    title.centre = true;
    sheet.text(row, answer_column, "Answer", title);
    const RowNumber first = ++row;
    for (const CheckState& state : states) write_line(sheet, row++, state);
    book.define("check_lines", sheet.range(first, row - 1, answer_column));
    return row;
}

}  // namespace purser::format
