#include "store/row_writer.hpp"

#include <limits>

#include "desk.hpp"
#include "store/row_reader.hpp"

using namespace purser;

namespace {

// A book with one more table.
struct Shelf : Desk {
    Database database = Database::open(location);
    Shelf() {
        database.script(
            "CREATE TABLE shelf (name TEXT NOT NULL, number INTEGER NOT NULL CHECK (number <> 0))");
    }
    std::vector<std::pair<std::string, std::int64_t>> rows() {
        std::vector<std::pair<std::string, std::int64_t>> result;
        const auto reader = read_rows(database, {"name", "number"}, "FROM shelf ORDER BY name", {});
        while (reader->next()) result.emplace_back(reader->text(0), reader->number(1));
        return result;
    }
};

void put(RowWriter& to, std::string_view name, std::int64_t number) {
    to.text(name);
    to.number(number);
    to.write();
}

}  // namespace

TEST_CASE("What is written is read again, row by row") {
    Shelf shelf;
    const auto writer = write_rows(shelf.database, "shelf", {"name", "number"});
    CHECK(shelf.rows().empty());
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    put(*writer, "Žarko's \"東京\"; --", least);
    put(*writer, {}, most);
    put(*writer, "=1+1\n", -1);
    CHECK(shelf.rows() == std::vector<std::pair<std::string, std::int64_t>>{
                              {"", most}, {"=1+1\n", -1}, {"Žarko's \"東京\"; --", least}});
}

TEST_CASE("A row that the table refuses is said in its words, and the next one goes in") {
    Shelf shelf;
    const auto writer = write_rows(shelf.database, "shelf", {"name", "number"});
    put(*writer, "a", 1);
    CHECK_THROWS_WITH(put(*writer, "b", 0), Catch::Contains("CHECK constraint failed"));
    put(*writer, "c", 3);
    CHECK(shelf.rows() == std::vector<std::pair<std::string, std::int64_t>>{{"a", 1}, {"c", 3}});
}

TEST_CASE("A table that there is not is said when the writer is made") {
    Shelf shelf;
    CHECK_THROWS_WITH(write_rows(shelf.database, "cupboard", {"name"}),
                      Catch::Contains("no such table: cupboard"));
}
