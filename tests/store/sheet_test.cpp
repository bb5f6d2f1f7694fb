// The life of a fact sheet in the book: frozen at issue, its bytes kept, its digests in the log.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "desk.hpp"
#include "store/digest.hpp"

using namespace purser;

namespace {

// A review with an expense of March, closed through March.
struct SheetDesk : Desk {
    SheetDesk() {
        spend("1000.00", "2017-03-20");
        close("2017-03");
    }
    void spend(const char* amount, const char* on) {
        const Receipt done = book().submit_expense(olga(), ssr2, draft(amount, on), {});
        book().approve_expense(carl(), DocumentId::parse(done.id), {{}, {}});
    }
    void close(const char* month) { book().close_month(olga(), ssr2, Month::parse(month), {}); }
    static DocumentId sheet(int number) {
        return {ReviewKey::parse("SSR2"), DocumentKind::sheet, number};
    }
    SheetAct act(Act act, int number = 0, const char* why = "", const char* on = nullptr) const {
        SheetAct ask{act, ssr2, number, {}, why, {}};
        if (on != nullptr) ask.on = day(on);
        return ask;
    }
    // Renders nothing but what can be recognised: the format, the state and the number.
    static std::vector<Rendered> rendered(const Sheet& sheet) {
        const std::string text =
            std::string(name(sheet.state)) + ' ' + std::to_string(sheet.number) + '\n';
        return {
            {"csv", "the same for all\n"}, {"text", text}, {"pdf", "%PDF " + text + '\0' + '\x80'}};
    }
    Sheet previewed(const Caller& caller, const SheetAct& ask) {
        return std::get<Sheet>(book().preview_sheet(caller, ask));
    }
    Receipt run(const Caller& caller, const SheetAct& ask) {
        const auto preview = book().preview_sheet(caller, ask);
        if (const auto* earlier = std::get_if<Receipt>(&preview)) return *earlier;
        const Sheet& sheet = std::get<Sheet>(preview);
        return book().record_sheet(caller, ask, sheet, rendered(sheet)).value();
    }
    void issue() { run(olga(), act(Act::sheet_issue)); }
    void issue_as_of(const char* as_of) {
        SheetAct ask = act(Act::sheet_issue);
        ask.as_of = day(as_of);
        run(olga(), ask);
    }
    void approve(int number) { run(carl(), act(Act::sheet_approve, number)); }
    void post(int number) { run(olga(), act(Act::sheet_post, number)); }
    void publish(int number) {
        approve(number);
        post(number);
    }
    std::string bytes(int number, const char* format, std::optional<SheetState> state = {}) {
        return book().sheet_bytes(sheet(number), state, format).value_or("none");
    }
    Money spent(const Sheet& of) {
        return book().figures(ssr2, of.as_of, of.known_at).envelope().spent;
    }
    void sound() {
        CHECK_NOTHROW(book().verify({}, {}, {}));
        book().rebuild(olga(), {});
        CHECK_NOTHROW(book().verify({}, {}, {}));
    }
    std::string broken() {
        try {
            book().verify(ssr2, {}, {});
        } catch (const Broken& broken) {
            return broken.what();
        }
        return {};
    }
    void sql(const std::string& statement) {
        soci::session side(soci::sqlite3, "dbname=\"" + location + "\"");
        side << statement;
    }
};

}  // namespace

TEST_CASE("A sheet is issued, approved and posted, and keeps its bytes of each state",
          "[DOMAIN 4.9]") {
    SheetDesk desk;
    const Head before = desk.book().head(desk.ssr2);
    desk.issue();
    const Sheet issued = desk.book().sheet(desk.sheet(1));
    CHECK(issued.state == SheetState::issued);
    CHECK(issued.as_of == desk.day("2017-03-31"));
    CHECK(issued.events == before.seq);
    CHECK(issued.head == before.hash);
    CHECK(issued.target->day() == desk.day("2017-05-10"));
    CHECK(desk.bytes(1, "text") == "issued 1\n");
    desk.approve(1);
    desk.post(1);
    CHECK(desk.book().sheet(desk.sheet(1)).state == SheetState::posted);
    CHECK(desk.bytes(1, "text") == "posted 1\n");
    CHECK(desk.bytes(1, "text", SheetState::issued) == "issued 1\n");
    CHECK(desk.bytes(1, "text", SheetState::approved) == "approved 1\n");
    CHECK(desk.bytes(1, "pdf") == std::string("%PDF posted 1\n") + '\0' + '\x80');
    CHECK(desk.bytes(1, "docx") == "none");
    CHECK(refusal([&] { desk.bytes(1, "text", SheetState::withheld); }) == Rule::wrong_state);
    CHECK(refusal([&] { desk.bytes(2, "text"); }) == Rule::unknown_sheet);
    desk.sound();
    CHECK(desk.bytes(1, "text", SheetState::approved) == "approved 1\n");
}

TEST_CASE("The figures of a sheet are those known at its issue, whatever comes later") {
    SheetDesk desk;  // its clock stands still: the instants of all acts are the same
    desk.issue();
    const Sheet sheet = desk.book().sheet(desk.sheet(1));
    desk.book().reopen_month(desk.olga(), desk.ssr2, Month::parse("2017-03"), {"late", {}});
    desk.spend("500.00", "2017-03-25");
    desk.close("2017-03");
    CHECK(desk.spent(sheet) == desk.money("1000.00"));
    CHECK(desk.travel("2017-03-31").spent == desk.money("1500.00"));
    desk.approve(1);
    CHECK(desk.spent(desk.book().sheet(desk.sheet(1))) == desk.money("1000.00"));
    desk.issue();
    CHECK(desk.spent(desk.book().sheet(desk.sheet(2))) == desk.money("1500.00"));
    CHECK(desk.spent(desk.book().sheet(desk.sheet(1))) == desk.money("1000.00"));
    desk.sound();
}

TEST_CASE("What was rendered before the log moved on is not issued") {
    SheetDesk desk;
    const SheetAct ask = desk.act(Act::sheet_issue);
    const Sheet early = desk.previewed(desk.olga(), ask);
    desk.spend("20.00", "2017-04-03");
    CHECK_FALSE(desk.book().record_sheet(desk.olga(), ask, early, desk.rendered(early)));
    CHECK(desk.book().sheets(desk.ssr2).empty());
    desk.issue();
    CHECK(desk.book().sheets(desk.ssr2).size() == 1);
    desk.sound();
}

TEST_CASE("A preview writes nothing") {
    SheetDesk desk;
    const Head before = desk.book().head(desk.ssr2);
    const Sheet sheet = desk.previewed(desk.olga(), desk.act(Act::sheet_issue));
    CHECK(sheet.number == 1);
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    CHECK(desk.book().sheets(desk.ssr2).empty());
}

TEST_CASE("A request key issues one sheet, and is answered without rendering again") {
    SheetDesk desk;
    const SheetAct ask = desk.act(Act::sheet_issue);
    const Receipt first = desk.run(desk.olga("march"), ask);
    const auto again = desk.book().preview_sheet(desk.olga("march"), ask);
    REQUIRE(std::holds_alternative<Receipt>(again));
    CHECK(std::get<Receipt>(again).event == first.event);
    CHECK(desk.book().sheets(desk.ssr2).size() == 1);
    SheetAct other = ask;
    other.as_of = desk.day("2017-03-30");
    CHECK(refusal([&] { desk.run(desk.olga("march"), other); }) == Rule::key_reused);
}

TEST_CASE("A posted sheet is superseded by the next one of its day or a later one") {
    SheetDesk desk;
    desk.issue();
    desk.publish(1);
    desk.close("2017-04");
    desk.issue_as_of("2017-04-30");
    const auto superseding_first = [&]() -> std::int64_t {
        const auto sheets = desk.book().sheets(desk.ssr2);
        const Sheet* const by = superseding(sheets, sheets.front());
        return by == nullptr ? 0 : by->number;
    };
    CHECK(superseding_first() == 0);
    desk.publish(2);
    CHECK(superseding_first() == 2);
    SECTION("and the restatement of an earlier day leaves the later one in force") {
        desk.issue_as_of("2017-03-31");
        desk.publish(3);
        const auto sheets = desk.book().sheets(desk.ssr2);
        CHECK(sheets.at(2).restates == 1);
        CHECK(superseding(sheets, sheets.at(1)) == nullptr);
        CHECK(current(sheets)->number == 2);
    }
    SECTION("and one that is withdrawn supersedes nothing") {
        desk.book().withdraw_sheet(desk.olga(), desk.sheet(2), {"a name in it", {}});
        CHECK(superseding_first() == 0);
        CHECK(current(desk.book().sheets(desk.ssr2))->number == 1);
    }
    desk.sound();
}

TEST_CASE("Withdrawing deletes the bytes of every state and keeps digests and reason") {
    SheetDesk desk;
    desk.issue();
    desk.publish(1);
    desk.issue();  // has the same csv
    desk.book().withdraw_sheet(desk.olga(), desk.sheet(1), {"a name in it", {}});
    const Sheet gone = desk.book().sheet(desk.sheet(1));
    CHECK(gone.state == SheetState::withdrawn);
    CHECK(gone.withdrawn_why == "a name in it");
    CHECK(gone.files.size() == 9);
    CHECK(gone.files.at(1).digest == sha256("issued 1\n"));
    CHECK(refusal([&] { desk.bytes(1, "text"); }) == Rule::wrong_state);
    CHECK(refusal([&] { desk.bytes(1, "text", SheetState::issued); }) == Rule::wrong_state);
    int left = 0;
    {
        soci::session side(soci::sqlite3, "dbname=\"" + desk.location + "\"");
        side << "SELECT COUNT(*) FROM file", soci::into(left);
    }
    CHECK(left == 3);  // of the second sheet
    CHECK(desk.bytes(2, "csv") == "the same for all\n");
    desk.sound();
    CHECK(refusal([&] {
              desk.book().withdraw_sheet(desk.olga(), desk.sheet(1), {"again", {}});
          }) == Rule::wrong_state);
}

TEST_CASE("Verify names the rendering that was changed or is missing") {
    SheetDesk desk;
    desk.issue();
    desk.approve(1);
    REQUIRE(desk.broken().empty());
    SECTION("changed bytes") {
        desk.sql("UPDATE file SET content = 'AAAA' WHERE name = 'SSR2-S1-approved.pdf'");
        CHECK(desk.broken().find("SSR2-S1-approved.pdf") != std::string::npos);
    }
    SECTION("missing bytes") {
        desk.sql("DELETE FROM file WHERE name = 'SSR2-S1-issued.text'");
        CHECK(desk.broken() == "the text of SSR2-S1 as it was issued is missing");
    }
    SECTION("other bytes under their own digest") {
        desk.sql("UPDATE file SET digest = '" + sha256("other") +
                 "', content = 'b3RoZXI=' WHERE name = "
                 "'SSR2-S1-issued.pdf'");
        CHECK(desk.broken() == "the pdf of SSR2-S1 as it was issued is missing");
    }
    SECTION("a changed row") {
        desk.sql("UPDATE sheet SET state = 'posted'");
        CHECK(desk.broken() == "the row of SSR2-S1 cannot be read: it is posted, but on no day");
        desk.book().rebuild(desk.olga(), {});
        CHECK(desk.broken().empty());
    }
}

TEST_CASE("A backup carries the sheets, and a restore gives the same bytes") {
    SheetDesk desk;
    desk.book().add_user(desk.olga(), {"ada", {{Role::admin, {}}}});
    desk.issue();
    desk.approve(1);
    const auto copy = desk.folder / "copy.db";
    desk.book().backup({"ada", {}, desk.now}, copy);
    desk.opened.reset();
    std::filesystem::remove(desk.location);
    Book::restore(desk.location, {"ada", {}, desk.now}, copy, {});
    desk.opened.emplace(desk.location);
    CHECK(desk.bytes(1, "pdf") == std::string("%PDF approved 1\n") + '\0' + '\x80');
    CHECK(desk.bytes(1, "text", SheetState::issued) == "issued 1\n");
}

TEST_CASE("Targets are set and revised, and each day knows what became of its sheet") {
    SheetDesk desk;
    desk.book().set_sheet_target(desk.olga(), desk.ssr2,
                                 {desk.day("2017-04-14"), desk.day("2017-05-21"), {}});
    desk.book().set_sheet_target(
        desk.olga(), desk.ssr2,
        {desk.day("2017-03-31"), desk.day("2017-05-10"), desk.day("2017-05-12")});
    desk.close("2017-04");
    desk.issue_as_of("2017-03-31");
    desk.issue_as_of("2017-04-14");
    desk.approve(1);
    desk.run(desk.carl(), desk.act(Act::sheet_withhold, 2, "the review is paused"));
    desk.run(desk.olga(), desk.act(Act::sheet_post, 1, "", "2017-07-15"));
    const auto due = desk.book().due_sheets(desk.ssr2, desk.day("2017-07-15"));
    REQUIRE(due.size() == 4);  // March, 14 April off the calendar, June, and September to come
    CHECK(due[0].target == Target{desk.day("2017-05-10"), desk.day("2017-05-12")});
    CHECK(due[0].state == SheetState::posted);
    CHECK(due[0].days_late(desk.day("2017-07-15")) == 64);
    CHECK(due[1].off_calendar);
    CHECK(due[1].target.day() == desk.day("2017-05-21"));  // eleven days after the other's first
    CHECK(due[1].state == SheetState::withheld);
    CHECK(due[1].days_late(desk.day("2017-07-15")) == 0);
    CHECK_FALSE(due[2].state);
    CHECK(due[2].target.day() == desk.day("2017-08-10"));
    CHECK(due[3].financials == desk.day("2017-09-30"));
    desk.sound();
}
