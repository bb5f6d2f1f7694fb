// What a book holds and cannot be: whoever reads it is told which row it is.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "desk.hpp"
#include "ledger/reading.hpp"

using namespace purser;

namespace {

// A book with a row in each table that is made of values, and a side door to them.
struct Damaged : Desk {
    Damaged() {
        book().open_commitment(olga(), ssr2,
                               {"travel", money("95000.00"), "Madrid", CommitmentKind::meeting,
                                day("2017-05-15"), false, day("2017-03-15")});
        book().submit_expense(olga(), ssr2, draft("10.00", "2017-03-21"), {});
    }
    // All that a page or a report asks for, and what the first of it that fails says.
    std::string said() {
        try {
            book().figures(ssr2, day("2017-06-30"), {});
            book().commitments(ssr2);
            book().each_expense(ssr2, {}, [](const ExpenseView&) { return true; });
            book().each_event(ssr2, {}, [](const StoredEvent& stored) {
                static_cast<void>(stored.event.body.money("amount", Currency::parse("USD")));
            });
            book().by_month(ssr2, day("2017-06-30"), {});
            book().accounts(ssr2);
            book().users();
        } catch (const Broken& broken) {
            return broken.what();
        }
        return {};
    }
    void run(const std::string& statement) {
        soci::session side(soci::sqlite3, "dbname=\"" + location + "\"");
        side << "PRAGMA ignore_check_constraints = ON";
        side << "DROP TRIGGER event_keeps";
        side << statement;
    }
};

}  // namespace

TEST_CASE("A row that cannot be read is broken, and named") {
    struct Row {
        std::string damage, says;
    };
    const auto row = GENERATE(values<Row>({
        {"expense SET posted_on = '2017-02-30'", "the row of SSR2-E1 cannot be read: there is no"},
        {"expense SET state = 'lost'", "the row of SSR2-E1 cannot be read: 'lost' is not a state"},
        {"expense SET fiscal_year = 4294969313", "there is no fiscal year 4294969313"},
        {"expense SET approvals = 'dan'", "the row of SSR2-E1 cannot be read"},
        {"commitment SET kind = 'dinner'", "the row of SSR2-C1 cannot be read: 'dinner'"},
        {"decision SET posted_on = 'yesterday '", "in the table decision cannot be read"},
        {"balance SET bucket = 'pocket' WHERE bucket = 'authority'",
         "in the table balance cannot be read: there is no"},
        {"balance SET day = '2017-02-30' WHERE bucket = 'authority'",
         "in the table balance cannot be read"},
        {"setting SET value = 'July' WHERE name = 'fiscal-year-start'",
         "the row of 'fiscal-year-start' in the table setting cannot be read"},
        {"setting SET value = 'soon' WHERE name = 'expected'",
         "the row of 'expected' in the table setting cannot be read"},
        {"setting SET value = 'maybe' WHERE name = 'fiscal-budget'",
         "the row of 'fiscal-budget' in the table setting cannot be read: 'maybe'"},
        {"setting SET review = 'SSR9'", "the settings of SSR2, which the log knows, are missing"},
        {"setting SET name = 'begun' WHERE name = 'start'",
         "the settings of SSR2 lack its 'start'"},
        {"account SET grants = 'king' WHERE name = 'carl'", "the row of the user carl cannot be"},
        {"event SET body = '{' WHERE review = 'SSR2' AND seq = 4", "SSR2#4 cannot be read: its"},
        {"event SET body = replace(body, '350000.00', 'much') WHERE review = 'SSR2' AND seq = 4",
         "SSR2#4 cannot be read: 'much' is not one clear number"},
        {"event SET body = '{\"amount\":[\"1.00\"]}' WHERE review = 'SSR2' AND seq = 5",
         "SSR2#5 cannot be read: its 'amount' is not of its kind"},
        {"event SET posted_on = '2017-02-30' WHERE review = 'SSR2' AND seq = 2",
         "SSR2#2 cannot be read: there is no day 2017-02-30"},
    }));
    CAPTURE(row.damage);
    Damaged desk;
    REQUIRE(desk.said().empty());
    desk.run("UPDATE " + row.damage);
    CHECK_THAT(desk.said(), Catch::Contains(row.says));
}

TEST_CASE("Reading says where, and what is wrong there") {
    const auto where = [] { return row_of("SSR2-C3"); };
    const auto said = [&](const auto& read) -> std::string {
        try {
            reading(where, read);
        } catch (const Broken& broken) {
            return std::string(broken.what()) + " / " + broken.hint();
        }
        return {};
    };
    CHECK(said([] { return 1; }).empty());
    CHECK(said([] { throw BadInput("there is no day 2017-02-30"); }) ==
          "the row of SSR2-C3 cannot be read: there is no day 2017-02-30 / try: purser rebuild");
    CHECK(said([] { throw Unreadable("it says no 'from'"); }) ==
          "the row of SSR2-C3 cannot be read: it says no 'from' / try: purser rebuild");
    CHECK(said([] { return std::string_view("M").substr(2); }) ==
          "the row of SSR2-C3 cannot be read: a part of it is missing / try: purser rebuild");
    // What is named already keeps its name; what goes wrong in who uses it is left alone.
    CHECK(said([] { throw Broken("the disk is full", "make room"); }) ==
          "the disk is full / make room");
    CHECK_THROWS_AS(naming(where, [] { throw BadInput("no such column"); }), BadInput);
    CHECK_THROWS_AS(naming(where, [] { throw Unreadable("no amount"); }), Broken);
}
