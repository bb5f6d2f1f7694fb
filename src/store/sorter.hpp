// Rows in another order, however many: SQL sorts them in a temporary database.
//
// What does not fit into a few megabytes of memory goes to a file without a name. Rows of equal
// keys stay in the order in which they came, those without a key stand at the end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "values/sink.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace purser {

class Sorter {
public:
    Sorter();
    // Keys are compared byte by byte. Before the first each().
    void add(const std::optional<std::string>& key, std::string_view row);
    void each(bool falling, const Sink<std::string_view>& sink);

private:
    struct Closing {
        void operator()(sqlite3* database) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Closing>;
    Statement prepare(const char* sql);

    std::unique_ptr<sqlite3, Closing> database_;
    Statement insert_;
};

}  // namespace purser
