// Members, meetings, milestones and work items in the book, and names that are erased.
#include <fstream>
#include <sstream>

#include "desk.hpp"

using namespace purser;

namespace {

struct RecordDesk : Desk {
    Receipt add(RecordKind kind, const std::string& code,
                std::vector<std::pair<std::string, std::string>> said) {
        return book().add_record(olga(), ssr2, kind, {code, std::move(said), {}}, {});
    }
    Receipt member(const std::string& name) {
        return add(RecordKind::member, {}, {{"member", name}, {"body", "GNSO"}});
    }
    Receipt meeting(const std::string& code) {
        return add(RecordKind::meeting, code,
                   {{"title", code}, {"kind", "face-to-face"}, {"from", "2017-05-13"}});
    }
    DocumentId of(DocumentKind kind, int number) const { return {ssr2, kind, number}; }
    RecordResult import_rows(RecordKind kind, const std::vector<RecordAsk>& rows,
                             bool dry_run = false) {
        std::size_t at = 0;
        return book().import_records(
            olga(), ssr2, kind, {"rows.csv", std::string(64, 'a'), dry_run},
            [&]() -> std::optional<std::variant<RecordRow, Problem>> {
                if (at == rows.size()) return {};
                ++at;
                return RecordRow{static_cast<std::int64_t>(at) + 1, rows[at - 1]};
            },
            {}, [&](const Problem& found) { problems.push_back(found); });
    }
    // Verified, and the same rows when made again.
    void sound() {
        CHECK_NOTHROW(book().verify({}, {}, {}));
        book().rebuild(olga(), {});
        CHECK_NOTHROW(book().verify({}, {}, {}));
    }
    std::string bytes() const {
        std::ostringstream all;
        for (const char* suffix : {"", "-wal"}) {
            all << std::ifstream(location + suffix, std::ios::binary).rdbuf();
        }
        return all.str();
    }
};

}  // namespace

TEST_CASE("Members are numbered, named beside the log, and known as at an instant") {
    RecordDesk desk;
    CHECK(desk.member("Žarko Kecić").id == "SSR2-M1");
    const Instant before = desk.now;
    desk.now += std::chrono::hours{1};
    CHECK(desk.member("Olga \"O\" Example").id == "SSR2-M2");
    desk.book().set_record(desk.olga(), desk.ssr2, RecordKind::member, {"M1", {{"region", "EUR"}}},
                           {"as the team says", {}});
    const Records now = desk.book().records(desk.ssr2, {});
    REQUIRE(now.members.size() == 2);
    CHECK(now.members.at(0).name == "Žarko Kecić");
    CHECK(now.members.at(0).region == "EUR");
    const Records then = desk.book().records(desk.ssr2, before);
    REQUIRE(then.members.size() == 1);
    CHECK(then.members.at(0).region.empty());
    bool in_log = false;
    desk.book().each_event(desk.ssr2, {}, [&](const StoredEvent& stored) {
        in_log |= stored.row.body.find("Kecić") != std::string::npos;
    });
    CHECK(!in_log);
    desk.sound();
}

TEST_CASE("A member who is renamed is tied to the log by the new name") {
    RecordDesk desk;
    desk.member("Olga Exampel");
    desk.book().set_record(desk.olga(), desk.ssr2, RecordKind::member,
                           {"M1", {{"member", "Olga Example"}}}, {"misspelt", {}});
    CHECK(desk.book().records(desk.ssr2, {}).members.at(0).name == "Olga Example");
    desk.sound();
}

TEST_CASE("The same request key adds one member") {
    RecordDesk desk;
    const RecordAsk ask{{}, {{"member", "A"}}, {}};
    const auto add = [&](const RecordAsk& one) {
        return desk.book().add_record(desk.olga("k1"), desk.ssr2, RecordKind::member, one, {});
    };
    CHECK(add(ask).event == add(ask).event);
    CHECK(desk.book().records(desk.ssr2, {}).members.size() == 1);
    CHECK(refusal([&] { add({{}, {{"member", "B"}}, {}}); }) == Rule::key_reused);
}

TEST_CASE("A file of records is one event, all rows or none, and doubles nothing") {
    RecordDesk desk;
    const std::vector<RecordAsk> rows{{{}, {{"member", "A"}, {"body", "GAC"}}},
                                      {{}, {{"member", "B"}, {"role", "chair"}}}};
    SECTION("a dry run writes nothing") {
        CHECK(desk.import_rows(RecordKind::member, rows, true).added == 2);
        CHECK(desk.book().records(desk.ssr2, {}).members.empty());
    }
    SECTION("twice") {
        const RecordResult first = desk.import_rows(RecordKind::member, rows);
        CHECK(first.added == 2);
        REQUIRE(first.receipt);
        const RecordResult again = desk.import_rows(RecordKind::member, rows);
        CHECK(again.same == 2);
        CHECK(!again.receipt);
        CHECK(desk.book().records(desk.ssr2, {}).members.at(1).name == "B");
    }
    SECTION("each row that cannot be is a problem with its line") {
        auto bad = rows;
        bad.push_back({{}, {{"member", "C"}, {"from", "2017-05-02"}, {"until", "2017-05-01"}}});
        bad.push_back({{}, {{"body", "GAC"}}});
        CHECK(desk.import_rows(RecordKind::member, bad).problems == 2);
        REQUIRE(desk.problems.size() == 2);
        CHECK(desk.problems.at(0).line == 4);
        CHECK(desk.book().records(desk.ssr2, {}).members.empty());
    }
    desk.sound();
}

TEST_CASE("An expense names a meeting and a work item that the review has") {
    RecordDesk desk;
    auto ask = desk.draft("100.00", "2017-04-03");
    ask.meeting = "Madrid";
    ask.work_item = "SSR1";
    desk.book().submit_expense(desk.olga(), desk.ssr2, ask, {});  // the review has none of either
    desk.meeting("MADRID");
    CHECK(refusal([&] { desk.book().submit_expense(desk.olga(), desk.ssr2, ask, {}); }) ==
          Rule::unknown_meeting);
    ask.meeting = "MADRID";
    desk.book().submit_expense(desk.olga(), desk.ssr2, ask, {});
    CHECK(desk.book().expense(desk.expense(2)).expense.meeting == "MADRID");
    SECTION("in a file too, with its column") {
        ask.meeting = "MADIRD";
        CHECK(desk.import({ask}).problems == 1);
        CHECK(desk.problems.at(0).column == "meeting");
        CHECK(desk.problems.at(0).refused == Rule::unknown_meeting);
    }
    SECTION("what an older expense says may stay when another text is amended") {
        AmendExpense amend;
        amend.text = "Hotel, two nights";
        amend.why = "clearer";
        desk.book().amend_expense(desk.olga(), desk.expense(1), amend, {});
        amend.meeting = "Lisbon";
        CHECK(refusal([&] {
                  desk.book().amend_expense(desk.olga(), desk.expense(1), amend, {});
              }) == Rule::unknown_meeting);
        amend.meeting = "MADRID";
        desk.book().amend_expense(desk.olga(), desk.expense(1), amend, {});
        CHECK(desk.book().expense(desk.expense(1)).expense.meeting == "MADRID");
    }
    SECTION("and a meeting that is named is not taken out") {
        CHECK(refusal([&] {
                  desk.book().remove_record(desk.olga(), desk.ssr2, RecordKind::meeting, "MADRID",
                                            {"by mistake", {}});
              }) == Rule::in_use);
    }
    desk.sound();
}

TEST_CASE(
    "What is charged adds up to what is spent, by the expense's meeting or its commitment's") {
    RecordDesk desk;
    desk.meeting("MADRID");
    desk.meeting("ICANN60");
    OpenCommitment open{"travel",
                        desk.money("1000.00"),
                        "Madrid",
                        CommitmentKind::meeting,
                        Desk::day("2017-05-15"),
                        false,
                        Desk::day("2017-03-15")};
    open.meeting = "MADRID";
    desk.book().open_commitment(desk.olga(), desk.ssr2, open);
    open.meeting = "Madrid";
    CHECK(refusal([&] { desk.book().open_commitment(desk.olga(), desk.ssr2, open); }) ==
          Rule::unknown_meeting);
    const DocumentId c1 = desk.of(DocumentKind::commitment, 1);
    CHECK(desk.book().commitment(c1).meeting == "MADRID");
    const auto spend = [&](const char* amount, bool on_commitment, const std::string& meeting) {
        auto ask = desk.draft(amount, "2017-04-03");
        if (on_commitment) ask.commitment = c1;
        ask.meeting = meeting;
        ask.work_item = "WS1";
        const Receipt done = desk.book().submit_expense(desk.olga(), desk.ssr2, ask, {});
        desk.book().approve_expense(desk.carl(), DocumentId::parse(done.id), {});
        return DocumentId::parse(done.id);
    };
    spend("300.00", true, {});                              // MADRID, by its commitment
    spend("50.00", true, "ICANN60");                        // its own word counts
    const DocumentId refunded = spend("80.00", false, {});  // none
    desk.book().refund_expense(desk.olga(), refunded, {desk.money("30.00"), {}, "not used", {}});
    desk.book().reverse_expense(desk.olga(), spend("9.00", false, "ICANN60"), {"twice", {}});
    std::string said;
    for (const auto& one : desk.book().charged(desk.ssr2)) {
        said += one.meeting + '|' + one.work_item + '|' + one.spent.text() + '\n';
    }
    CHECK(said == "|WS1|50.00\nICANN60|WS1|50.00\nMADRID|WS1|300.00\n");
    SECTION("a commitment can name its meeting later") {
        desk.book().amend_commitment(desk.olga(), c1,
                                     {{}, {}, false, "was another", {}, "ICANN60"});
        CHECK(desk.book().commitment(c1).meeting == "ICANN60");
        CHECK(desk.book().commitment(c1).amount == desk.money("1000.00"));
        desk.book().amend_commitment(desk.olga(), c1, {{}, {}, false, "of none", {}, ""});
        CHECK(desk.book().commitment(c1).meeting.empty());
    }
    desk.sound();
}

TEST_CASE("An erased name is gone from the book and its file; the chain still verifies") {
    RecordDesk desk;
    desk.member("Unusualname Person");
    auto ask = desk.draft("100.00", "2017-04-03", "Hotel of Unusualname Person");
    ask.payee = "Unusualname Person";
    desk.book().submit_expense(desk.olga(), desk.ssr2, ask, {});
    const DocumentId member = desk.of(DocumentKind::member, 1);
    const DocumentId payee = desk.of(DocumentKind::payee, 1);
    const Erased erased = desk.book().erase(desk.olga(), member, "asked for");
    // The expense's reason, and the payee.
    CHECK(erased.found == 2);
    REQUIRE(erased.texts.size() == 2);
    CHECK(erased.texts.at(1) == "SSR2-P1");
    CHECK(desk.book().records(desk.ssr2, {}).members.at(0).name.empty());
    CHECK(desk.book().erase(desk.olga(), payee, "asked for").found == 1);
    CHECK(desk.book().expense(desk.expense(1)).payee == "(erased)");
    CHECK(refusal([&] { desk.book().erase(desk.olga(), payee, "again"); }) ==
          Rule::nothing_changes);
    CHECK(refusal([&] { desk.book().erase(desk.olga(), desk.of(DocumentKind::member, 9), "x"); }) ==
          Rule::unknown_member);
    CHECK(refusal([&] { desk.book().erase(desk.olga(), desk.of(DocumentKind::payee, 9), "x"); }) ==
          Rule::unknown_payee);
    desk.sound();
}

TEST_CASE("No byte of an erased name stays in the book's file") {
    RecordDesk desk;
    desk.member("Unusualname Person");
    CHECK(desk.bytes().find("Unusualname") != std::string::npos);
    desk.book().erase(desk.olga(), desk.of(DocumentKind::member, 1), "asked for");
    CHECK(desk.bytes().find("Unusualname") == std::string::npos);
}

TEST_CASE("A restored book forgets the names that the present one has erased") {
    RecordDesk desk;
    desk.member("A Person");
    const auto file = desk.folder / "backup.db";
    desk.book().backup(desk.olga(), file);
    desk.book().erase(desk.olga(), desk.of(DocumentKind::member, 1), "asked for");
    const Head head = desk.book().head(desk.ssr2);
    desk.opened.reset();
    Book::restore(desk.location, desk.olga(), file, {head});
    desk.opened.emplace(desk.location);
    CHECK(desk.book().records(desk.ssr2, {}).members.at(0).name.empty());
    desk.sound();
}
