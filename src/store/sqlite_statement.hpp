// A statement of SQLite, prepared once and stepped often, without what SOCI does for each row.
//
// Whoever reads or writes a million rows uses it by RowReader and RowWriter.
#pragma once

#include <memory>
#include <soci/sqlite3/soci-sqlite3.h>
#include <string>

#include "store/database.hpp"

namespace purser {

class SqliteStatement {
public:
    // soci_error when it cannot be prepared, in SQLite's words, as of all that fails here.
    SqliteStatement(Database& database, const std::string& text)
        : connection_(
              static_cast<soci::sqlite3_session_backend*>(database.sql().get_backend())->conn_) {
        sqlite_api::sqlite3_stmt* prepared = nullptr;
        const int done = sqlite_api::sqlite3_prepare_v2(
            connection_, text.data(), static_cast<int>(text.size()), &prepared, nullptr);
        statement_.reset(prepared);
        if (done != SQLITE_OK) fail();
    }

    sqlite_api::sqlite3_stmt* get() const { return statement_.get(); }

    bool step() {  // false at the end
        const int step = sqlite_api::sqlite3_step(get());
        if (step != SQLITE_ROW && step != SQLITE_DONE) fail();
        return step == SQLITE_ROW;
    }

private:
    struct Finalize {
        void operator()(sqlite_api::sqlite3_stmt* statement) const {
            sqlite_api::sqlite3_finalize(statement);
        }
    };

    [[noreturn]] void fail() const {
        const std::string what = sqlite_api::sqlite3_errmsg(connection_);
        sqlite_api::sqlite3_reset(get());
        throw soci::soci_error(what);
    }

    sqlite_api::sqlite3* connection_;
    std::unique_ptr<sqlite_api::sqlite3_stmt, Finalize> statement_;
};

}  // namespace purser
