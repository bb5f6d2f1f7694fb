#include <fstream>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "desk.hpp"
#include "store/digest.hpp"

using namespace purser;

namespace {

// A book with a commitment and expenses in all states, and a side door to its tables.
struct Tampered : Desk {
    Tampered() {
        book().open_commitment(olga(), ssr2,
                               {"travel", money("95000.00"), "Madrid", CommitmentKind::meeting,
                                day("2017-05-15"), false, day("2017-03-15")});
        auto against = draft("60000.00", "2017-03-20");
        against.commitment = DocumentId{ssr2, DocumentKind::commitment, 1};
        against.payee = "Hotel";
        book().submit_expense(olga(), ssr2, against, {});
        book().submit_expense(olga(), ssr2, against, {});
        book().approve_expense(carl(), expense(2), {{}, {}});
        book().submit_expense(olga(), ssr2, draft("10.00", "2017-03-21"), {});
        book().reject_expense(carl(), expense(3), {"not ours", {}});
        import({draft("7.00", "2017-03-22"), draft("7.00", "2017-03-22")});
        book().verify({}, {}, {});
    }
    void run(const std::string& statement) {
        soci::session side(soci::sqlite3, "dbname=\"" + location + "\"");
        side << "DROP TRIGGER IF EXISTS event_keeps";
        side << "DROP TRIGGER IF EXISTS event_stays";
        side << statement;
    }
    // What verify says, or "" when all is well.
    std::string verdict(std::optional<Head> head = {}) {
        try {
            book().verify(ssr2, head, {});
        } catch (const Broken& broken) {
            return broken.what();
        }
        return {};
    }
};

bool contains(const std::string& text, const std::string& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Verify passes a book in which every kind of document lives") {
    Tampered desk;
    CHECK(desk.verdict().empty());
    desk.book().rebuild(desk.olga(), {});
    CHECK(desk.verdict().empty());
}

TEST_CASE("Verify names the first event that was changed, swapped or taken away") {
    Tampered desk;
    const Head head = desk.book().head(desk.ssr2);
    SECTION("a changed amount") {
        desk.run(
            "UPDATE event SET body = replace(body, '95000.00', '94000.00') WHERE review = "
            "'SSR2' AND kind = 'commitment.open'");
        CHECK(contains(desk.verdict(), "SSR2#7 differs from its hash"));
    }
    SECTION("two events swapped") {
        desk.run("UPDATE event SET seq = 1000 WHERE review = 'SSR2' AND seq = 4");
        desk.run("UPDATE event SET seq = 4 WHERE review = 'SSR2' AND seq = 5");
        desk.run("UPDATE event SET seq = 5 WHERE review = 'SSR2' AND seq = 1000");
        CHECK(contains(desk.verdict(), "SSR2#4 differs from its hash"));
    }
    SECTION("one taken out of the middle") {
        desk.run("DELETE FROM event WHERE review = 'SSR2' AND seq = 5");
        CHECK(contains(desk.verdict(), "SSR2#5 is missing"));
    }
    SECTION("the last one, by the head that was published") {
        desk.run("DELETE FROM event WHERE review = 'SSR2' AND seq = " + std::to_string(head.seq));
        CHECK(contains(desk.verdict(head), "events were removed"));
        CHECK(desk.verdict({{head.seq - 1, std::string(64, '0')}}) != "");
    }
    SECTION("a head of another history") {
        CHECK(contains(desk.verdict({{head.seq, std::string(64, '0')}}), "published was"));
        CHECK(desk.verdict(head).empty());
    }
}

TEST_CASE("Verify names a row that is not what the log makes it, and rebuild mends it") {
    Tampered desk;
    const auto statement = GENERATE(
        as<std::pair<std::string, std::string>>{},
        std::pair{"UPDATE balance SET amount_minor = amount_minor + 1 WHERE bucket = 'spent'",
                  "SSR2:travel:FY17:spent on 2017-03-20"},
        std::pair{"DELETE FROM balance WHERE bucket = 'spent'", "travel:FY17:spent"},
        std::pair{"UPDATE expense SET amount_minor = 1 WHERE number = 1", "SSR2-E1"},
        std::pair{"UPDATE expense SET state = 'approved' WHERE number = 3", "SSR2-E3"},
        std::pair{"DELETE FROM expense WHERE number = 2", "SSR2-E2"},
        std::pair{"UPDATE commitment SET used_minor = 0", "SSR2-C1"},
        std::pair{"DELETE FROM commitment", "SSR2-C1"},
        std::pair{"UPDATE setting SET value = 'off' WHERE name = 'control.envelope'", "setting"},
        std::pair{"UPDATE category SET title = 'Trips' WHERE code = 'travel'", "category"},
        std::pair{"DELETE FROM decision WHERE line = 1", "decision"},
        std::pair{"UPDATE payee SET digest = '" + std::string(64, '0') + "'", "SSR2-P1"});
    CAPTURE(statement.first);
    desk.run(statement.first);
    CHECK(contains(desk.verdict(), statement.second));
    desk.book().rebuild(desk.olga(), {});
    CHECK(desk.verdict().empty());
}

TEST_CASE("Verify sees a change of any column of an expense") {
    Tampered desk;
    soci::session side(soci::sqlite3, "dbname=\"" + desk.location + "\"");
    const std::map<std::string, std::string> values{
        {"state", "'reversed'"},         {"posted_on", "'2001-02-03'"},
        {"document_on", "'2001-02-03'"}, {"spent_on", "'2001-02-03'"},
        {"own_currency", "'EUR'"},       {"approvals", "'dan=chair'"},
        {"fiscal_year", "2018"},
    };
    int columns = 0;
    soci::rowset<soci::row> all =
        (side.prepare << "SELECT name, type FROM pragma_table_info('expense')");
    for (const auto& column : all) {
        const auto name = column.get<std::string>(0);
        if (name == "review" || name == "number") continue;
        const bool is_text = column.get<std::string>(1) == "TEXT";
        const std::string other = values.contains(name) ? values.at(name)
                                  : is_text             ? "'x' || " + name
                                                        : name + " + 1";
        CAPTURE(name, other);
        desk.run("UPDATE expense SET " + name + " = " + other + " WHERE number = 4");
        CHECK(contains(desk.verdict(), "the row of SSR2-E4"));
        desk.book().rebuild(desk.olga(), {});
        CHECK(desk.verdict().empty());
        ++columns;
    }
    CHECK(columns >= 25);
}

TEST_CASE("Verify names an expense whose row holds what cannot be read") {
    Tampered desk;
    const auto nonsense = GENERATE(as<std::string>{}, "posted_on = '2017-02-30'",
                                   "spent_on = 'yesterday '", "own_currency = 'ABC'",
                                   "approvals = 'dan=king'", "approvals = ','", "fiscal_year = 17");
    CAPTURE(nonsense);
    desk.run("UPDATE expense SET " + nonsense + " WHERE number = 4");
    CHECK(contains(desk.verdict(), "the row of SSR2-E4 cannot be read"));
}

TEST_CASE("Verify says that a row of any table cannot be read, and rebuild mends it") {
    Tampered desk;
    const auto [nonsense, said] =
        GENERATE(as<std::pair<std::string, std::string>>{},
                 std::pair{"UPDATE commitment SET posted_on = '2017-02-30'", "no day 2017-02-30"},
                 std::pair{"UPDATE setting SET value = 'ABC' WHERE name = 'currency'", "ABC"},
                 std::pair{"UPDATE decision SET posted_on = '2017-13-01'", "decision"});
    CAPTURE(nonsense);
    desk.run(nonsense);
    CHECK(contains(desk.verdict(), said));
    desk.book().rebuild(desk.olga(), {});
    CHECK(desk.verdict().empty());
}

TEST_CASE("Nothing is made again from a log that was changed") {
    Tampered desk;
    desk.run("UPDATE expense SET amount_minor = 1 WHERE number = 1");
    desk.run(
        "UPDATE event SET body = replace(body, '95000.00', '94000.00') WHERE review = 'SSR2' "
        "AND kind = 'commitment.open'");
    CHECK_THROWS_WITH(desk.book().rebuild(desk.olga(), {}),
                      Catch::Contains("SSR2#7 differs from its hash"));
    CHECK(desk.book().commitments(desk.ssr2).front().amount == desk.money("95000.00"));
    CHECK(desk.book().expense(desk.expense(1)).expense.amount == desk.money("0.01"));
}

TEST_CASE("A receipt whose bytes were taken away is named, not given back") {
    Tampered desk;
    const auto path = desk.folder / "bill.pdf";
    std::ofstream(path) << "%PDF-1.4 a bill";
    desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("3.00", "2017-03-23"), path);
    const KeptFile kept = desk.book().receipt(desk.expense(6));
    CHECK(desk.book().content(kept) == "%PDF-1.4 a bill");
    desk.run("DELETE FROM file");
    CHECK_THROWS_WITH(desk.book().content(kept), Catch::Contains("bill.pdf") &&
                                                     Catch::Contains(kept.digest) &&
                                                     Catch::Contains("is missing"));
}

TEST_CASE("Verify finds a name that was changed outside the log") {
    Tampered desk;
    desk.run("UPDATE person SET name = 'Somebody else'");
    CHECK(contains(desk.verdict(), "SSR2-P1"));
}

TEST_CASE("The database itself refuses to change or delete an event") {
    Desk desk;
    soci::session side(soci::sqlite3, "dbname=\"" + desk.location + "\"");
    CHECK_THROWS_WITH(side << "UPDATE event SET reason = 'x'", Catch::Contains("append-only"));
    CHECK_THROWS_WITH(side << "DELETE FROM event", Catch::Contains("append-only"));
}

TEST_CASE("A backup restores, and a book that knows more is not lost by it") {
    Tampered desk;
    const auto file = desk.folder / "backup.db";
    desk.book().backup(desk.olga(), file);
    CHECK_THROWS_AS(desk.book().backup(desk.olga(), file), BadInput);
    CHECK(refusal([&] { desk.book().backup(desk.carl(), desk.folder / "b2.db"); }) ==
          Rule::not_permitted);
    desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("1.00", "2017-03-25"), {});
    const Head lost = desk.book().head(desk.ssr2);
    desk.opened.reset();
    CHECK(refusal([&] { Book::restore(desk.location, desk.olga(), file, {}); }) ==
          Rule::book_is_behind);
    CHECK(refusal([&] { Book::restore(desk.location, desk.carl(), file, {lost}); }) ==
          Rule::not_permitted);
    Book::restore(desk.location, desk.olga(), file, {lost});
    desk.opened.emplace(desk.location);
    CHECK(desk.book().head(desk.ssr2).seq == lost.seq - 1);
    CHECK(desk.verdict().empty());
    SECTION("also where there is no book any more") {
        desk.opened.reset();
        std::filesystem::remove(desk.location);
        Book::restore(desk.location, desk.olga(), file, {});
        desk.opened.emplace(desk.location);
        CHECK(desk.verdict().empty());
    }
}

TEST_CASE("What is not a book is said to be none") {
    Desk desk;
    CHECK_THROWS_AS(Book((desk.folder / "none.db").string()), Broken);
    std::ofstream(desk.folder / "text.db") << "this is a text file, long enough to be read as one";
    CHECK_THROWS_AS(Book((desk.folder / "text.db").string()), Broken);
    CHECK(refusal([&] { Book::create(desk.location, desk.olga()); }) == Rule::already_exists);
}

TEST_CASE("A hash is of the previous hash, a line feed and the line") {
    Hasher hasher;
    CHECK(chain_hash(hasher, first_previous_hash, "{}") == sha256(std::string(64, '0') + "\n{}"));
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
