// The rows of a statement, one after another: one that cannot be read is Broken, by its name.
//
// `where` answers the Stored (ledger/reading.hpp) of the row whose columns were just fetched. A
// statement's key columns stand first, so that a row is named by them whatever else it lacks.
#pragma once

#include <soci/soci.h>
#include <string>
#include <string_view>

#include "ledger/reading.hpp"
#include "values/period.hpp"

namespace purser {

// What SOCI says where a column that is never without a value has none.
inline bool says_null(const soci::soci_error& error) {
    return std::string_view(error.what()).find("Null value") != std::string_view::npos;
}

inline bool fetch_row(soci::statement& statement) {
    try {
        return statement.fetch();
    } catch (const soci::soci_error& error) {
        if (!says_null(error)) throw;
        throw Unreadable("a value of it is missing");
    }
}

template <typename Where, typename Take>
void each_row(soci::statement& statement, const Where& where, const Take& take) {
    statement.execute(false);
    const auto next = [&] {
        if (!fetch_row(statement)) return false;
        take();
        return true;
    };
    while (reading(where, next)) {
    }
}

inline FiscalYear year_in(std::int64_t number) {
    constexpr std::int64_t last = 9999;  // before an int could cut it short
    if (number > 0 && number <= last) return FiscalYear(static_cast<int>(number));
    throw BadInput("there is no fiscal year " + std::to_string(number));
}

}  // namespace purser
