// One connection to a book's database: an SQLite file, or PostgreSQL by its URL.
//
// Opening checks that it is a book and brings older ones up to date. One SQL text serves both
// databases; what differs between them stands in database.cpp and row_reader.cpp alone.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <soci/soci.h>
#include <string>
#include <string_view>

namespace purser {

// Whose turn it is to write, among the threads of one program.
using WriteTurn = std::timed_mutex;

class Database {
public:
    // Makes the tables. Refuses already_exists when there is a book.
    static Database create(const std::string& location);
    // Broken when there is no book, when it is not one, or when it is of a newer version.
    static Database open(const std::string& location);

    soci::session& sql() { return *session_; }
    bool is_sqlite() const { return is_sqlite_; }
    const std::string& location() const { return location_; }
    void script(std::string_view text);  // several statements, without parameters
    void make_views();                   // makes views and triggers again, within a transaction
    bool refuses_changes();              // whether the triggers that keep the log are there
    // Of a book that only can be read: Broken when it was written while it was read.
    void require_unchanged() const;

    // From now on the database itself refuses, on this connection, what would write.
    void only_read();

    // From now on it writes in turns with others that were told the same.
    void writes_in(WriteTurn& turn) { turn_ = std::unique_lock(turn, std::defer_lock); }
    void begin_write();      // waits for other writers, then alone
    bool begin_write_now();  // or, where somebody writes, not at all
    void begin_read();       // one consistent view
    void commit();
    void rollback() noexcept;
    bool in_transaction() const { return in_transaction_; }

private:
    explicit Database(std::string location);
    void connect(bool create);
    std::string sqlite_name();
    void write_ahead();
    void bring_up_to_date();
    void begin_alone();
    void end_turn() noexcept;
    std::string location_;
    bool is_sqlite_;
    bool in_transaction_ = false;
    std::optional<std::filesystem::file_time_type> read_only_since_;  // its last change, then
    std::unique_lock<WriteTurn> turn_;  // of nothing, where nobody shares
    std::unique_ptr<soci::session> session_;
};

// Rolls back unless committed.
class Transaction {
public:
    enum class Kind { read, write };
    Transaction(Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool outer_;
    bool open_ = true;
};

// What a database error means to a person: locked, full, read-only, or as it is.
[[noreturn]] void rethrow_as_broken(const soci::soci_error& error, const std::string& location);

}  // namespace purser
