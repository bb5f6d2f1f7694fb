#include "store/sorter.hpp"

#include <sqlite3.h>

#include "values/error.hpp"

namespace purser {
namespace {

[[noreturn]] void fail(sqlite3* database) {
    throw Broken("the temporary database to sort in cannot be written: " +
                     std::string(sqlite3_errmsg(database)),
                 "make room on the disk, then do it again");
}

void bind_bytes(sqlite3_stmt* statement, int place, std::string_view bytes) {
    sqlite3_bind_blob64(statement, place, bytes.data(), bytes.size(), SQLITE_STATIC);
}

}  // namespace

void Sorter::Closing::operator()(sqlite3* database) const { sqlite3_close(database); }
void Sorter::Closing::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Sorter::Sorter() {
    sqlite3* opened = nullptr;
    const int done = sqlite3_open("", &opened);  // a file that is deleted when it is closed
    database_.reset(opened);
    const char* const begin =
        "PRAGMA journal_mode = OFF; PRAGMA cache_size = -8000; "
        "CREATE TABLE line (number INTEGER PRIMARY KEY, key BLOB, data BLOB NOT NULL); BEGIN";
    if (done != SQLITE_OK || sqlite3_exec(opened, begin, nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(opened);
    }
    insert_ = prepare("INSERT INTO line (key, data) VALUES (?, ?)");
}

Sorter::Statement Sorter::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) != SQLITE_OK) {
        fail(database_.get());
    }
    return Statement(statement);
}

void Sorter::add(const std::optional<std::string>& key, std::string_view row) {
    if (key) {
        bind_bytes(insert_.get(), 1, *key);
    } else {
        sqlite3_bind_null(insert_.get(), 1);
    }
    bind_bytes(insert_.get(), 2, row);
    if (sqlite3_step(insert_.get()) != SQLITE_DONE) fail(database_.get());
    sqlite3_reset(insert_.get());
}

void Sorter::each(bool falling, const Sink<std::string_view>& sink) {
    const Statement rows =
        prepare(falling ? "SELECT data FROM line ORDER BY key DESC NULLS LAST, number"
                        : "SELECT data FROM line ORDER BY key ASC NULLS LAST, number");
    int state = SQLITE_ROW;
    while ((state = sqlite3_step(rows.get())) == SQLITE_ROW) {
        const std::string_view row(static_cast<const char*>(sqlite3_column_blob(rows.get(), 0)),
                                   static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), 0)));
        if (!sink(row)) return;
    }
    if (state != SQLITE_DONE) fail(database_.get());
}

}  // namespace purser
