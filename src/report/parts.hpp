// The parts that reports are put together from: fields, columns and the amounts of a line.
//
// A field or column with a label or title is printed; one without is for programs alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/figures.hpp"
#include "report/document.hpp"

namespace purser::report {

Field printed(std::string key, std::string label, Value value, Type type = Type::text);
Field for_programs(std::string key, Value value);

Column column(std::string key, std::string title, Type type = Type::text);
Column sum_column(std::string key, std::string title, Type type = Type::money);
Column hidden_column(std::string key, Type type = Type::text);  // for programs alone

// Absent becomes the absent value; "" too, where nothing was said.
Value value_of(const std::optional<Date>& day);
Value text_or_absent(std::string_view text);

// Approved, spent, committed, remaining, requested and free, in the order in which one follows
// from the others, as columns and as the values under them.
void add_amount_columns(std::vector<Column>& columns);
void add_amounts(Row& row, const Amounts& amounts, bool has_budget);
// The same as members for programs. Without a budget of its own approved, free and remaining are
// absent (fiscal budgets off).
void add_amount_fields(std::vector<Field>& fields, const Amounts& amounts, bool has_budget);

// Fields without a value are for programs only: no line of print is empty.
void hide_absent(std::vector<Field>& fields);

// "1 month", "12 months"
std::string counted(std::int64_t count, const std::string& one);

}  // namespace purser::report
