// The columns of a file of expenses, in whatever order its header row names them.
//
// Every name must be known, none may stand twice, and the required ones must be there;
// all that is wrong with a header is said at once.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "intake/csv.hpp"

namespace purser::intake {

// In the order of the contract; the first four are required.
enum class Column : std::size_t {
    posted_on,
    category,
    amount,
    why,
    currency,
    rate,
    rate_date,
    rate_source,
    payee,
    invoice,
    document_date,
    type,
    commitment,
    meeting,
    work_item,
    key,
    refund_of,
    total,
};

inline constexpr std::array<std::string_view, 18> column_names{
    "posted_on",  "category",    "amount",    "why",     "currency",      "rate",
    "rate_date",  "rate_source", "payee",     "invoice", "document_date", "type",
    "commitment", "meeting",     "work_item", "key",     "refund_of",     "total"};

class Columns {
public:
    // The columns of a header, or everything that is wrong with it.
    static std::variant<Columns, std::vector<Problem>> parse(const Record& header);

    std::size_t count() const { return order_.size(); }
    std::string_view name_at(std::size_t at) const { return name(order_[at]); }
    bool has(Column column) const {
        return position_[static_cast<std::size_t>(column)].has_value();
    }

    // The text of that column in a record of `count()` fields, without outer spaces; "" when
    // the file has no such column.
    std::string_view cell(const Record& record, Column column) const {
        const auto at = position_[static_cast<std::size_t>(column)];
        return at ? trim(record.fields[*at]) : std::string_view{};
    }

    static std::string_view name(Column column) {
        return column_names[static_cast<std::size_t>(column)];
    }
    static std::string_view trim(std::string_view text);

private:
    std::vector<Column> order_;
    std::array<std::optional<std::size_t>, column_names.size()> position_;
};

// A cell as a message shows it: short, on one line, without control characters.
std::string shown(std::string_view cell);

}  // namespace purser::intake
