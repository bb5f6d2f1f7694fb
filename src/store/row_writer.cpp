#include "store/row_writer.hpp"

#include <cassert>

#include "store/sqlite_statement.hpp"

namespace purser {
namespace {

class SqliteWriter : public RowWriter {
public:
    SqliteWriter(Database& database, const std::string& statement, std::size_t columns)
        : statement_(database, statement), columns_(static_cast<int>(columns)) {}

    void text(std::string_view value) override {
        const char* const begin = value.empty() ? "" : value.data();  // no data would be NULL
        sqlite_api::sqlite3_bind_text(statement_.get(), ++at_, begin,
                                      static_cast<int>(value.size()), nullptr);  // not copied
    }
    void number(std::int64_t value) override {
        sqlite_api::sqlite3_bind_int64(statement_.get(), ++at_, value);
    }
    void write() override {
        assert(at_ == columns_);
        at_ = 0;
        statement_.step();
        sqlite_api::sqlite3_reset(statement_.get());
    }

private:
    SqliteStatement statement_;
    int columns_;
    int at_ = 0;
};

// PostgreSQL takes the type of a value from its column, so each is bound as a text.
class SociWriter : public RowWriter {
public:
    SociWriter(Database& database, const std::string& statement,
               const std::vector<std::string>& columns)
        : values_(columns.size()), statement_(database.sql()) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            statement_.exchange(soci::use(values_[i], columns[i]));
        }
        statement_.alloc();
        statement_.prepare(statement);
        statement_.define_and_bind();
    }

    void text(std::string_view value) override { values_.at(at_++) = value; }
    void number(std::int64_t value) override { values_.at(at_++) = std::to_string(value); }
    void write() override {
        assert(at_ == values_.size());
        at_ = 0;
        statement_.execute(true);
    }

private:
    std::vector<std::string> values_;
    soci::statement statement_;
    std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<RowWriter> write_rows(Database& database, const std::string& table,
                                      const std::vector<std::string>& columns) {
    std::string names;
    std::string places;
    for (const auto& column : columns) {
        names += (names.empty() ? "" : ", ") + column;
        places += (places.empty() ? ":" : ", :") + column;
    }
    const std::string statement =
        "INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")";
    if (database.is_sqlite()) {
        return std::make_unique<SqliteWriter>(database, statement, columns.size());
    }
    return std::make_unique<SociWriter>(database, statement, columns);
}

}  // namespace purser
