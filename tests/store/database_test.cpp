#include "store/database.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "desk.hpp"

using namespace purser;

namespace {

std::string index_of(soci::session& side) {
    std::string text;
    side << "SELECT sql FROM sqlite_schema WHERE name = 'event_by_subject'", soci::into(text);
    return text;
}

}  // namespace

TEST_CASE("A book that was begun before is brought up to date when it is opened") {
    Desk desk;
    desk.book().open_commitment(
        desk.olga(), desk.ssr2,
        {"travel", desk.money("95000.00"), "Madrid", CommitmentKind::meeting,
         desk.day("2017-05-15"), false, desk.day("2017-03-15")});
    desk.book().amend_commitment(
        desk.olga(), DocumentId{desk.ssr2, DocumentKind::commitment, 1},
        {desk.money("94000.00"), {}, false, "cheaper", desk.day("2017-03-20")});
    desk.opened.reset();
    soci::session side(soci::sqlite3, "dbname=\"" + desk.location + "\"");
    const std::string now = index_of(side);
    // As the migration 0001 made it.
    side << "DROP INDEX event_by_subject";
    side << "CREATE INDEX event_by_subject ON event (subject, seq) WHERE kind NOT IN "
            "('expense.submit', 'expense.settle', 'payee.add')";
    side << "DELETE FROM migration WHERE name = 'migrations/0003_event_by_subject.sql'";
    REQUIRE(index_of(side) != now);

    desk.opened.emplace(desk.location);
    EventFilter filter;
    filter.subject = "SSR2-C1";
    std::vector<Act> acts;
    desk.book().each_event(desk.ssr2, filter,
                           [&](const StoredEvent& stored) { acts.push_back(stored.event.act); });
    CHECK(acts == std::vector<Act>{Act::commitment_open, Act::commitment_amend});
    CHECK(index_of(side) == now);
    desk.book().verify({}, {}, {});  // Broken otherwise
}
