#include "store/database.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <soci/backend-loader.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>
#include <vector>

#include "embedded/schemas.hpp"
#include "store/each_row.hpp"
#include "store/location.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::chrono::seconds longest_turn{10};  // as long as SQLite waits for other programs

Broken in_use(const std::string& location) {
    return Broken("the book " + location + " is in use: another program is writing to it",
                  "try again in a moment; nothing was recorded");
}

constexpr const char* version_table =
    "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL)";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

constexpr const char* waits_for_writers = "PRAGMA busy_timeout = 10000";

// The one SQL text, as PostgreSQL takes it.
std::string for_postgresql(std::string_view sqlite_text) {
    std::string text(sqlite_text);
    replace_all(text, " STRICT, WITHOUT ROWID;", ";");
    replace_all(text, " STRICT;", ";");
    replace_all(text, " INTEGER ", " BIGINT ");
    return text;
}

// The backend's name. Loaded when asked for: its libraries would make every start half as slow
// again.
const std::string& postgresql() {
    static const std::string backend = [] {
        soci::dynamic_backends::register_backend("postgresql", "libsoci_postgresql.so.4.0");
        return "postgresql";
    }();
    return backend;
}

std::vector<std::string> migrations() {
    std::vector<std::string> names;
    for (const auto name : embedded::schemas::names("migrations/")) names.emplace_back(name);
    return names;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Whether neither the file nor anything beside it can be written by this program.
bool only_readable(const std::filesystem::path& file) {
    const auto folder = std::filesystem::absolute(file).parent_path();
    return access(file.c_str(), R_OK) == 0 && access(file.c_str(), W_OK) != 0 &&
           access(folder.c_str(), W_OK) != 0;
}

// A path as SQLite takes it in a URI.
std::string in_uri(const std::string& path) {
    std::string text;
    for (const char c : path) {
        constexpr std::string_view special = "%?#\"";
        const bool plain = special.find(c) == std::string_view::npos;
        text += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return text;
}

std::string_view triggers(bool is_sqlite) {
    return is_sqlite ? "append_only.sqlite.sql" : "append_only.postgresql.sql";
}

// What SQLite said, without the function that heard it and the statement it was told.
std::string in_plain_words(std::string text) {
    if (text.starts_with("sqlite3_")) text.erase(0, text.find(": ") + 2);
    return text.substr(0, text.find(" while "));
}

}  // namespace

Database::Database(std::string location)
    : location_(std::move(location)), is_sqlite_(!is_postgresql(location_)) {}

// SQLite keeps its log of writes beside the book, also for reading. Where nothing can be written,
// the book is read as a file that does not change; unless such a log was left, which holds acts.
std::string Database::sqlite_name() {
    if (!only_readable(location_)) return location_;
    std::error_code none;
    const auto log = std::filesystem::file_size(location_ + "-wal", none);
    if (!none && log > 0) return location_;
    read_only_since_ = std::filesystem::last_write_time(location_);
    return "file:" + in_uri(std::filesystem::absolute(location_)) + "?immutable=1";
}

void Database::require_unchanged() const {
    if (!read_only_since_ || std::filesystem::last_write_time(location_) == *read_only_since_) {
        return;
    }
    throw Broken("the book " + shown(location_) + " was written while it was read", "try again");
}

bool Database::refuses_changes() {
    int found = 0;
    sql() << (is_sqlite_ ? "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger' AND "
                           "tbl_name = 'event' AND name IN ('event_keeps', 'event_stays')"
                         : "SELECT 2 * COUNT(*) FROM pg_trigger WHERE tgname = 'event_keeps' AND "
                           "tgrelid = 'event'::regclass AND tgenabled <> 'D'"),
        soci::into(found);
    return found == 2;
}

void Database::make_views() {
    script(embedded::schemas::file("views.sql"));
    script(embedded::schemas::file(triggers(is_sqlite_)));
}

void Database::connect(bool create) {
    if (!is_sqlite_) {
        // SOCI loads the whole answer of a query here, where SQLite gives row by row: reading a
        // long log needs memory for all of it.
        session_ = std::make_unique<soci::session>(postgresql(), for_soci(location_));
        script("SET client_min_messages = warning; SET TIME ZONE 'UTC'");
        return;
    }
    const bool exists = std::filesystem::exists(location_);
    if (std::filesystem::is_directory(location_)) {
        throw Broken(shown(location_) + " is a folder, not a book",
                     "name the file with --book FILE");
    }
    if (create && exists) {
        throw Refused(Rule::already_exists, "there is a file " + shown(location_) + " already",
                      "name another with --book FILE");
    }
    if (!create && !exists) {
        const std::string place = shown(location_);
        throw Broken("there is no book at " + place,
                     "try: purser --book " + place + " --as YOU init, or --book FILE");
    }
    // One connection serves one thread, so SQLite need not lock each call, nor count memory. It
    // takes this before its first use only, and keeps what it has afterwards.
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_URI, 1);
    const std::string name = create ? location_ : sqlite_name();
    session_ = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + name + "\" timeout=10");
    script(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        "PRAGMA cache_size = -16000; PRAGMA secure_delete = OFF");
}

void Database::script(std::string_view text) {
    const std::string owned(text);
    if (is_sqlite_) {
        auto* backend = static_cast<soci::sqlite3_session_backend*>(sql().get_backend());
        char* message = nullptr;
        if (sqlite_api::sqlite3_exec(backend->conn_, owned.c_str(), nullptr, nullptr, &message) !=
            SQLITE_OK) {
            const std::string what = message == nullptr ? "unknown error" : message;
            sqlite_api::sqlite3_free(message);
            throw soci::soci_error(what);
        }
        return;
    }
    sql() << owned;
}

Database Database::create(const std::string& location) {
    Database database(location);
    try {
        database.connect(true);
        if (!database.is_sqlite_) {
            int found = 0;
            database.sql() << "SELECT COUNT(*) FROM information_schema.tables WHERE "
                              "table_schema = current_schema() AND table_name = 'event'",
                soci::into(found);
            if (found > 0) {
                throw Refused(Rule::already_exists,
                              "there is a book at " + shown(location) + " already",
                              "name another with --book");
            }
        }
        database.write_ahead();
        database.bring_up_to_date();
    } catch (const soci::soci_error& error) {
        rethrow_as_broken(error, location);
    }
    return database;
}

Database Database::open(const std::string& location) {
    Database database(location);
    try {
        database.connect(false);
        int found = 0;
        database.sql() << (database.is_sqlite_
                               ? "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'migration'"
                               : "SELECT COUNT(*) FROM information_schema.tables WHERE "
                                 "table_schema = current_schema() AND table_name = 'migration'"),
            soci::into(found);
        if (found == 0) {
            throw Broken(shown(location) + " is a database, but not a book of Purser",
                         "name the book with --book FILE");
        }
        database.write_ahead();
        database.bring_up_to_date();
    } catch (const soci::soci_error& error) {
        rethrow_as_broken(error, location);
    }
    return database;
}

// Readers do not wait for a writer. It changes the file, so it is asked of a book only.
void Database::write_ahead() {
    if (is_sqlite_ && !read_only_since_) script("PRAGMA journal_mode = WAL");
}

// Runs the migrations that this book has not seen, and the views when they changed. A name that
// this program does not know was written by a newer one.
void Database::bring_up_to_date() {
    std::vector<std::string> pending = migrations();
    const std::string derived_digest = fmt::format("{} {}", embedded::schemas::digest("views.sql"),
                                                   embedded::schemas::digest(triggers(is_sqlite_)));
    bool derived_known = false;
    if (!read_only_since_) script(version_table);
    soci::rowset<soci::row> rows = (sql().prepare << "SELECT name, digest FROM migration");
    for (const auto& row : rows) {
        const auto name = row.get<std::string>(0);
        if (name == "views") {
            derived_known = row.get<std::string>(1) == derived_digest;
        } else if (std::erase(pending, name) == 0) {
            throw Broken(shown(location_) + " was written by a newer Purser: it holds " + name,
                         "use that version, or a newer one");
        }
    }
    if (pending.empty() && derived_known) return;
    Transaction transaction(*this, Transaction::Kind::write);
    for (const auto& name : pending) {
        const std::string_view text = embedded::schemas::file(name);
        script(is_sqlite_ ? std::string(text) : for_postgresql(text));
        const std::string digest(embedded::schemas::digest(name));
        sql() << "INSERT INTO migration (name, digest) VALUES (:name, :digest)", soci::use(name),
            soci::use(digest);
    }
    make_views();
    sql() << "DELETE FROM migration WHERE name = 'views'";
    sql() << "INSERT INTO migration (name, digest) VALUES ('views', :digest)",
        soci::use(derived_digest);
    transaction.commit();
}

void Database::begin_write() {
    if (turn_.mutex() != nullptr && !turn_.try_lock_for(longest_turn)) throw in_use(location_);
    begin_alone();
}

bool Database::begin_write_now() {
    if (turn_.mutex() != nullptr && !turn_.try_lock()) return false;
    if (!is_sqlite_) {
        int is_alone = 0;
        script("BEGIN");
        in_transaction_ = true;
        sql() << "SELECT CASE WHEN pg_try_advisory_xact_lock(hashtext(current_schema())) THEN 1 "
                 "ELSE 0 END",
            soci::into(is_alone);
        if (is_alone == 0) rollback();
        return is_alone != 0;
    }
    script("PRAGMA busy_timeout = 0");
    try {
        begin_alone();
    } catch (const soci::soci_error&) {
        static_cast<void>(0);  // somebody writes: then not
    }
    script(waits_for_writers);
    return in_transaction_;
}

// In its turn, which is over when it fails.
void Database::begin_alone() {
    try {
        script(is_sqlite_ ? "BEGIN IMMEDIATE"
                          : "BEGIN; SELECT pg_advisory_xact_lock(hashtext(current_schema()))");
    } catch (...) {
        end_turn();
        throw;
    }
    in_transaction_ = true;
}

void Database::end_turn() noexcept {
    if (turn_.owns_lock()) turn_.unlock();
}

void Database::only_read() {
    script(is_sqlite_ ? "PRAGMA query_only = ON"
                      : "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
}

void Database::begin_read() {
    script(is_sqlite_ ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    in_transaction_ = true;
}

void Database::commit() {
    script("COMMIT");
    in_transaction_ = false;
    end_turn();
}

void Database::rollback() noexcept {
    in_transaction_ = false;
    try {
        script("ROLLBACK");
    } catch (const std::exception&) {
        // The connection is broken or the database has rolled back by itself: nothing is left.
        static_cast<void>(0);
    }
    end_turn();
}

Transaction::Transaction(Database& database, Kind kind)
    : database_(database), outer_(!database.in_transaction()) {
    if (!outer_) return;
    if (kind == Kind::write) {
        database_.begin_write();
    } else {
        database_.begin_read();
    }
}

Transaction::~Transaction() {
    if (outer_ && open_) database_.rollback();
}

void Transaction::commit() {
    if (outer_) database_.commit();
    open_ = false;
}

void rethrow_as_broken(const soci::soci_error& error, const std::string& place) {
    const std::string what = without_password(in_plain_words(error.what()), place);
    const std::string location = shown(place);
    if (contains(what, "locked") || contains(what, "busy")) {
        throw in_use(location);
    }
    if (contains(what, "full")) {
        throw Broken("the disk of " + location + " is full",
                     "free some space; nothing was recorded");
    }
    if (contains(what, "readonly") || contains(what, "unable to open")) {
        throw Broken("cannot write " + location, "check who may write the file and its folder");
    }
    if (contains(what, "disk I/O error")) {
        throw Broken(
            "the disk of " + location + " failed, or a limit on the size of files: " + what,
            "look at the disk and at: ulimit -f; nothing was recorded");
    }
    if (contains(what, "not a database") || contains(what, "malformed")) {
        throw Broken(location + " is not a book, or it is damaged: " + what,
                     "restore the last backup: purser restore FILE");
    }
    if (says_null(error)) {
        throw Broken("a row of the book " + location + " lacks a value that it must have",
                     "see: purser verify");
    }
    throw Broken("the database of " + location + " failed: " + what);
}

}  // namespace purser
