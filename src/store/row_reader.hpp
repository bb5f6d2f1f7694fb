// Reads rows of many columns, of tables that may hold a million.
//
// SQLite's values are taken from where they lie: SOCI copies each several times. PostgreSQL's come
// as one text, which is cut apart.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/database.hpp"

namespace purser {

// Values for the names in a statement, like :review.
struct Bound {
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<std::pair<std::string, long long>> numbers = {};
};

class RowReader {
public:
    virtual ~RowReader() = default;
    virtual bool next() = 0;
    // Of the current row; a text is there until the next one.
    virtual std::string_view text(std::size_t column) const = 0;
    virtual std::int64_t number(std::size_t column) const = 0;
    // Begins once more, with another value for a number that was bound.
    virtual void again(const std::string& name, long long value) = 0;
};

// `rest` follows the columns: "FROM event WHERE review = :review ORDER BY seq".
std::unique_ptr<RowReader> read_rows(Database& database, const std::vector<std::string>& columns,
                                     const std::string& rest, Bound bound);

}  // namespace purser
