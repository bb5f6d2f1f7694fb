#include "report/parts.hpp"

namespace purser::report {

Field printed(std::string key, std::string label, Value value, Type type) {
    return {std::move(key), std::move(label), std::move(value), type};
}

Field for_programs(std::string key, Value value) {
    return {std::move(key), {}, std::move(value), Type::text};
}

Column column(std::string key, std::string title, Type type) {
    Column result;
    result.key = std::move(key);
    result.title = std::move(title);
    result.type = type;
    return result;
}

Column sum_column(std::string key, std::string title, Type type) {
    Column result = column(std::move(key), std::move(title), type);
    result.total = true;
    return result;
}

Column hidden_column(std::string key, Type type) {
    Column result = column(std::move(key), {}, type);
    result.machine_only = true;
    return result;
}

Value value_of(const std::optional<Date>& day) {
    if (!day) return {};
    return *day;
}

Value text_or_absent(std::string_view text) {
    if (text.empty()) return {};
    return std::string(text);
}

void add_amount_columns(std::vector<Column>& columns) {
    columns.push_back(sum_column("approved", "Approved"));
    columns.push_back(sum_column("spent", "Spent"));
    columns.push_back(sum_column("committed", "Committed"));
    columns.push_back(sum_column("remaining", "Remaining"));
    columns.back().formula = {{"approved", 1}, {"spent", -1}, {"committed", -1}};
    columns.push_back(sum_column("requested", "Requested"));
    columns.push_back(sum_column("free", "Free"));
    columns.back().formula = {{"remaining", 1}, {"requested", -1}};
}

void add_amounts(Row& row, const Amounts& amounts, bool has_budget) {
    const auto budget = [&](const Money& amount) { return has_budget ? Value(amount) : Value(); };
    row.push_back(budget(amounts.approved));
    row.emplace_back(amounts.spent);
    row.emplace_back(amounts.committed);
    row.push_back(budget(amounts.remaining()));
    row.emplace_back(amounts.requested);
    row.push_back(budget(amounts.free));
}

void add_amount_fields(std::vector<Field>& fields, const Amounts& amounts, bool has_budget) {
    std::vector<Column> columns;
    Row row;
    add_amount_columns(columns);
    add_amounts(row, amounts, has_budget);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        fields.push_back(for_programs(columns[i].key, row[i]));
    }
}

void hide_absent(std::vector<Field>& fields) {
    for (Field& field : fields) {
        const auto* texts = std::get_if<std::vector<std::string>>(&field.value);
        const bool empty = std::holds_alternative<std::monostate>(field.value) ||
                           (texts != nullptr && texts->empty());
        if (empty) field.label.clear();
    }
}

std::string counted(std::int64_t count, const std::string& one) {
    return std::to_string(count) + ' ' + one + (count == 1 ? "" : "s");
}

}  // namespace purser::report
