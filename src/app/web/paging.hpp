// A long list a page at a time: the table that is read as data keeps some of its rows.
//
// Its total row stays the ledger's, over all of them. A download has all rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "report/document.hpp"

namespace purser::web {

struct Window {
    std::int64_t first = 0;  // rows before it
    std::int64_t count = 0;  // 0: all
    // How many more are counted: without it all are, however many.
    std::optional<std::int64_t> ahead{};
    std::int64_t last_counted() const { return first + count + ahead.value_or(0); }
};
// "offset" and "limit" as they were asked; BadInput unless whole numbers, and 1,000 rows at most.
Window parse_window(const std::string& offset, const std::string& limit);

// The document with that much of its list. `rows` counts them as they go by: one more than
// last_counted() when there are more.
report::Document windowed(report::Document document, const Window& window,
                          const std::shared_ptr<std::int64_t>& rows);

}  // namespace purser::web
