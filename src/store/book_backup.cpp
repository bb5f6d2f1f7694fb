// Book: backup and restore of a book in one SQLite file.
#include <filesystem>
#include <fstream>

#include "store/engine.hpp"
#include "store/location.hpp"
#include "store/ticket_rows.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

namespace fs = std::filesystem;

void require_file(const Database& database, const char* instead) {
    if (database.is_sqlite()) return;
    throw BadInput("a book on a PostgreSQL server is not one file",
                   std::string("use the server's own ") + instead);
}

// A file that is removed again unless it was kept.
class TemporaryFile {
public:
    explicit TemporaryFile(fs::path path) : path_(std::move(path)) { remove(); }
    ~TemporaryFile() { remove(); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const fs::path& path() const { return path_; }
    void move_to(const fs::path& target) { fs::rename(path_, target); }

private:
    void remove() noexcept {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm"})
            fs::remove(path_.string() + suffix, ignored);
    }
    fs::path path_;
};

// The chains of the present book whose last event the other book does not have.
void require_nothing_lost(Database& present, Database& restored, const std::vector<Head>& discard) {
    std::string lost;
    std::string heads;
    for (const auto& chain : chains(present)) {
        const ChainEnd end = chain_end(present, chain);
        std::string hash;
        const long long seq = end.seq;
        restored.sql() << "SELECT hash FROM event WHERE review = :review AND seq = :seq",
            soci::use(chain.text()), soci::use(seq), soci::into(hash);
        bool let_go = hash == end.hash;
        for (const auto& head : discard) let_go |= head.seq == end.seq && head.hash == end.hash;
        if (let_go) continue;
        const ChainEnd kept = chain_end(restored, chain);
        lost += "\n  " + chain.text() + ": events " + std::to_string(kept.seq + 1) + " to " +
                std::to_string(end.seq) + (kept.seq >= end.seq ? ", of another history" : "");
        heads += " --discard " + std::to_string(end.seq) + ":" + end.hash;
    }
    if (lost.empty()) return;
    throw Refused(Rule::book_is_behind, "the present book knows events that the file lacks:" + lost,
                  "keep a backup of the present book; to let them go: restore with" + heads);
}

// Names that the present book has erased are erased in what replaces it.
void repeat_erasures(Database& present, Database& restored) {
    soci::rowset<soci::row> erased =
        (present.sql().prepare
         << "SELECT review, kind, CAST(number AS TEXT) FROM (SELECT review, 'payee' AS kind, number FROM payee "
            "UNION SELECT review, 'member', CAST(SUBSTR(code, 2) AS INTEGER) FROM record WHERE "
            "kind = 'member' AND name = 'digest') AS known WHERE NOT EXISTS (SELECT 1 FROM person "
            "WHERE person.review = known.review AND person.kind = known.kind AND person.number = "
            "known.number)");
    for (const auto& row : erased) {
        const auto review = row.get<std::string>(0);
        const auto kind = row.get<std::string>(1);
        const long long number = std::stoll(row.get<std::string>(2));
        restored.sql() << "DELETE FROM person WHERE review = :review AND kind = :kind AND number "
                          "= :number",
            soci::use(review), soci::use(kind), soci::use(number);
    }
}

// As a new file: to copy it with its mode would let those read the book who may read the backup.
void copy_content(const fs::path& from, const fs::path& to) {
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    if (fs::file_size(from) > 0) out << in.rdbuf();
    out.close();
    if (!in || !out) throw Broken("cannot copy " + from.string() + " beside the book");
}

// What is wrong with the copy is wrong with the backup, and said of it.
template <typename Deed>
auto of_backup(const fs::path& file, const fs::path& copy, const Deed& deed) {
    try {
        return deed();
    } catch (const Broken& broken) {
        std::string what = broken.what();
        const auto at = what.find(copy.string());
        if (at != std::string::npos) what.replace(at, copy.string().size(), file.string());
        throw Broken(what + "; nothing was restored", "an earlier backup");
    }
}

// What let somebody in and was ended since does not let in again.
void repeat_endings(Database& present, Database& restored) {
    for (const Ticket& one : load_tickets(restored, {})) {
        if (!has_ticket(present, one.digest)) end_ticket(restored, one.digest);
    }
}

}  // namespace

void Book::backup(const Caller& caller, const std::filesystem::path& file) {
    engine_->guarded([&] {
        Database& database = engine_->database;
        require_file(database, "pg_dump");
        require(load_user(database, caller.user), ReviewKey::book(), {Role::admin},
                "back the book up");
        if (fs::exists(file)) {
            throw BadInput("there is a file " + file.string() + " already", "name a new one");
        }
        TemporaryFile copy(file.string() + ".part");
        const std::string path = copy.path().string();
        try {
            database.sql() << "VACUUM INTO :path", soci::use(path);
        } catch (const soci::soci_error& error) {
            rethrow_as_broken(error, file.string());  // it is the copy that has no room
        }
        copy.move_to(file);
        return 0;
    });
}

VerifyResult Book::restore(const std::string& location, const Caller& caller,
                           const std::filesystem::path& file, const std::vector<Head>& discard) {
    if (is_postgresql(location)) {
        throw BadInput("a book on a PostgreSQL server is not one file",
                       "use the server's own pg_restore");
    }
    if (!fs::is_regular_file(file)) throw BadInput("there is no file " + file.string());
    TemporaryFile copy(location + ".restore");
    copy_content(file, copy.path());
    VerifyResult result;
    {
        Book book = of_backup(file, copy.path(), [&] { return Book(copy.path().string()); });
        result = of_backup(file, copy.path(), [&] { return book.verify({}, {}, {}); });
        Database& restored = book.engine_->database;
        if (fs::exists(location)) {
            Engine present(Database::open(location));
            present.guarded([&] {
                Transaction alone(present.database, Transaction::Kind::write);
                require(load_user(present.database, caller.user), ReviewKey::book(), {Role::admin},
                        "restore the book");
                require_nothing_lost(present.database, restored, discard);
                repeat_erasures(present.database, restored);
                repeat_endings(present.database, restored);
                return 0;
            });
        } else {
            book.engine_->guarded([&] {
                require(load_user(restored, caller.user), ReviewKey::book(), {Role::admin},
                        "restore the book");
                return 0;
            });
        }
        restored.script("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::error_code ignored;
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(location + suffix, ignored);
    copy.move_to(location);
    return result;
}

}  // namespace purser
