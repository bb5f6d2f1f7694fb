// Writes rows of many columns, into tables that may take a million.
// The counterpart of RowReader: SQLite takes the values from where they lie.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace purser {

class RowWriter {
public:
    virtual ~RowWriter() = default;
    // The next column of the row, in their order. A text must be there until write().
    virtual void text(std::string_view value) = 0;
    virtual void number(std::int64_t value) = 0;
    virtual void write() = 0;  // the row, when it has all columns; the next one begins
};

std::unique_ptr<RowWriter> write_rows(Database& database, const std::string& table,
                                      const std::vector<std::string>& columns);

}  // namespace purser
