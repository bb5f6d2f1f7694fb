#include "store/row_reader.hpp"

#include <cassert>
#include <charconv>

#include "store/sqlite_statement.hpp"

namespace purser {
namespace {

class SqliteRows : public RowReader {
public:
    SqliteRows(Database& database, const std::string& statement, Bound bound)
        : bound_(std::move(bound)), statement_(database, statement) {
        for (const auto& [name, value] : bound_.texts) {
            sqlite_api::sqlite3_bind_text(statement_.get(), place(name), value.data(),
                                          static_cast<int>(value.size()), nullptr);
        }
        for (const auto& [name, value] : bound_.numbers) {
            sqlite_api::sqlite3_bind_int64(statement_.get(), place(name), value);
        }
    }

    bool next() override { return statement_.step(); }

    std::string_view text(std::size_t column) const override {
        // As a blob: the same bytes, not copied to end with a zero. The value is looked up once,
        // which SQLite allows where a connection stays with its thread.
        auto* const value =
            sqlite_api::sqlite3_column_value(statement_.get(), static_cast<int>(column));
        const auto* const begin = static_cast<const char*>(sqlite_api::sqlite3_value_blob(value));
        if (begin == nullptr) return {};
        return {begin, static_cast<std::size_t>(sqlite_api::sqlite3_value_bytes(value))};
    }

    std::int64_t number(std::size_t column) const override {
        return sqlite_api::sqlite3_column_int64(statement_.get(), static_cast<int>(column));
    }

    void again(const std::string& name, long long value) override {
        sqlite_api::sqlite3_reset(statement_.get());
        sqlite_api::sqlite3_bind_int64(statement_.get(), place(name), value);
    }

private:
    int place(const std::string& name) const {
        const int place =
            sqlite_api::sqlite3_bind_parameter_index(statement_.get(), (':' + name).c_str());
        assert(place != 0);
        return place;
    }

    Bound bound_;  // SQLite keeps no copy
    SqliteStatement statement_;
};

// The separator is a control character, which no text of a book holds (parse_text).
constexpr char separator = '\x1f';

class PackedRows : public RowReader {
public:
    PackedRows(Database& database, const std::string& statement, Bound bound)
        : bound_(std::move(bound)), statement_(database.sql()) {
        for (auto& [name, value] : bound_.texts) statement_.exchange(soci::use(value, name));
        for (auto& [name, value] : bound_.numbers) statement_.exchange(soci::use(value, name));
        statement_.exchange(soci::into(packed_));
        statement_.alloc();
        statement_.prepare(statement);
        statement_.define_and_bind();
        statement_.execute(false);
    }

    bool next() override {
        if (!statement_.fetch()) return false;
        columns_.clear();
        const std::string_view all = packed_;
        for (std::size_t at = 0; at <= all.size();) {
            const auto end = std::min(all.find(separator, at), all.size());
            columns_.push_back(all.substr(at, end - at));
            at = end + 1;
        }
        return true;
    }

    std::string_view text(std::size_t column) const override { return columns_.at(column); }

    std::int64_t number(std::size_t column) const override {
        const std::string_view text = columns_.at(column);
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }

    void again(const std::string& name, long long value) override {
        for (auto& [known, bound] : bound_.numbers) {
            if (known == name) bound = value;
        }
        statement_.execute(false);
    }

private:
    Bound bound_;
    std::string packed_;
    std::vector<std::string_view> columns_;
    soci::statement statement_;
};

}  // namespace

std::unique_ptr<RowReader> read_rows(Database& database, const std::vector<std::string>& columns,
                                     const std::string& rest, Bound bound) {
    std::string names;
    std::string pattern;
    for (const auto& column : columns) {
        names += ", " + column;
        pattern += separator + std::string("%s");
    }
    names.erase(0, 2);
    pattern.erase(0, 1);
    if (database.is_sqlite()) {
        return std::make_unique<SqliteRows>(database, "SELECT " + names + ' ' + rest,
                                            std::move(bound));
    }
    return std::make_unique<PackedRows>(
        database, "SELECT format('" + pattern + "', " + names + ") " + rest, std::move(bound));
}

}  // namespace purser
