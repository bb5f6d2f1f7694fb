// What is only asked waits for no writer, and leaves no byte.

#include "desk.hpp"
#include "store/access.hpp"

using namespace purser;

namespace {

std::string open_acts(const std::vector<Judged>& judged) {
    std::string text;
    for (const Judged& one : judged) {
        if (one.is_open()) text += (text.empty() ? "" : " ") + std::string(name(one.act));
    }
    return text;
}

// A desk with one document of each kind, and a second connection that only reads.
struct ReadingDesk : Desk {
    DocumentId proposal{ssr2, DocumentKind::commitment, 1};
    DocumentId request{ssr2, DocumentKind::request, 1};
    DocumentId member{ssr2, DocumentKind::member, 1};
    std::optional<Book> reader;

    ReadingDesk() {
        book().add_user(olga(), {"bob", {{Role::board, {}}}});
        book().open_commitment(sam(), ssr2,
                               {"travel",
                                money("1000.00"),
                                "Madrid",
                                CommitmentKind::meeting,
                                day("2017-08-24"),
                                true,
                                {}});
        book().submit_request(carl(), ssr2, {"travel", money("40000.00"), "A third meeting", {}});
        auto held = draft("360000.00", "2017-07-15");
        held.hold = request;
        book().submit_expense(olga(), ssr2, held, {});
        book().submit_expense(sam(), ssr2, draft("100.00", "2017-07-01"), {});
        book().add_record(olga(), ssr2, RecordKind::member, {{}, {{"member", "Žarko"}}}, {});
        reader.emplace(location);
        reader->only_read();
    }
    Caller sam() const { return {"sam", {}, now}; }

    // Runs it while an import holds the write lock; without waiting, or the test waits long.
    template <typename Work> void while_an_import_writes(const Work& work) {
        bool done = false;
        const ImportSource rows = [&]() -> std::optional<std::variant<ImportRow, Problem>> {
            if (done) return {};
            done = true;
            work();
            return ImportRow{2, draft("1.00", "2017-07-02"), {}};
        };
        const auto result = book().import_expenses(
            olga(), ssr2, {"expenses.csv", std::string(64, 'a'), {}, false, false}, rows,
            [](const Problem&) {}, {});
        REQUIRE(done);
        REQUIRE(result.recorded == 1);
    }
};

}  // namespace

TEST_CASE("Who may do what is judged while another writes") {
    ReadingDesk desk;
    desk.while_an_import_writes([&] {
        const auto begun = std::chrono::steady_clock::now();
        const auto open = [&](const Caller& caller, const DocumentId& id) {
            return open_acts(desk.reader->judged(caller, id));
        };
        CHECK(open(desk.carl(), desk.expense(2)) == "expense.approve expense.reject");
        CHECK(open(desk.sam(), desk.expense(2)) == "expense.withdraw expense.amend");
        CHECK(open(desk.olga(), desk.expense(1)) == "expense.withdraw expense.amend");
        CHECK(open(desk.carl(), desk.proposal) == "commitment.confirm commitment.reject");
        CHECK(open({"bob", {}, desk.now}, desk.request) == "request.decide request.refuse");
        CHECK(open(desk.olga(), desk.member) == "member.set member.remove member.erase");
        CHECK(refusal([&] { desk.reader->judged(desk.carl(), desk.expense(7)); }) ==
              Rule::unknown_expense);
        CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
    });
    desk.book().verify({}, {}, {});
}

TEST_CASE("What would be is told while another writes, and by a book that only reads") {
    ReadingDesk desk;
    const Head before = desk.book().head(desk.ssr2);
    const auto without = desk.book().after_decision(desk.request, desk.money("10000.00"), desk.now);
    CHECK(without.held().is_zero());
    CHECK(without.envelope().requested == desk.money("361100.00"));
    desk.while_an_import_writes([&] {
        const auto now =
            desk.reader->after_decision(desk.request, desk.money("10000.00"), desk.now);
        CHECK(now.held().is_zero());
        CHECK(now.envelope().requested == desk.money("361100.00"));
        CHECK(now.decisions.size() == without.decisions.size());
        CHECK(desk.reader->free_after(desk.expense(2)).size() == 3);
        CHECK_FALSE(desk.reader
                        ->try_commitment(desk.ssr2,
                                         {"travel",
                                          desk.money("1.00"),
                                          "Washington",
                                          CommitmentKind::meeting,
                                          Desk::day("2018-08-24"),
                                          false,
                                          {}},
                                         desk.now)
                        .stopped);
        CHECK(desk.reader->head(desk.ssr2).hash == before.hash);
    });
}

TEST_CASE("A trial of what comes after a grant that has ended knows that it has") {
    Desk desk;
    auto grant = desk.change("travel", "5000.00", "2017-04-01");
    grant.expires = Desk::day("2017-07-17");
    desk.book().grant(desk.olga(), desk.ssr2, grant);
    desk.now = parse_instant("2017-07-20T09:00:00.000Z");
    const auto tried = [&](const char* amount) {
        return desk.book()
            .try_commitment(desk.ssr2,
                            {"travel",
                             desk.money(amount),
                             "Washington",
                             CommitmentKind::meeting,
                             Desk::day("2017-08-24"),
                             false,
                             {}},
                            desk.now)
            .stopped.has_value();
    };
    CHECK_FALSE(tried("550000.00"));
    CHECK(tried("550000.01"));
    CHECK(desk.book().expiring(desk.ssr2).front().ended_seq == 0);
}

TEST_CASE("A sheet is previewed as it is issued, also where a grant has ended since") {
    Desk desk;
    auto grant = desk.change("travel", "5000.00", "2017-04-01");
    grant.expires = Desk::day("2017-07-17");
    desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-03"), {});
    desk.book().grant(desk.olga(), desk.ssr2, grant);
    desk.now = parse_instant("2017-07-20T09:00:00.000Z");
    const SheetAct ask{Act::sheet_issue, desk.ssr2};
    const auto preview = desk.book().preview_sheet(desk.olga(), ask);
    const auto done = desk.book().record_sheet(desk.olga(), ask, std::get<Sheet>(preview), {});
    REQUIRE(done);
    CHECK(desk.book().sheet({desk.ssr2, DocumentKind::sheet, 1}).events == done->seq - 1);
    CHECK(desk.book().expiring(desk.ssr2).front().ended_seq == done->seq - 1);
    desk.book().verify({}, {}, {});
}

TEST_CASE("A book that only reads refuses to write, whatever is asked of it") {
    ReadingDesk desk;
    const Head before = desk.book().head(desk.ssr2);
    CHECK_THROWS_AS(
        desk.reader->submit_expense(desk.sam(), desk.ssr2, desk.draft("1.00", "2017-07-02"), {}),
        Broken);
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
}

TEST_CASE("That a session is used is noted when nobody writes, and nobody waits for it") {
    ReadingDesk desk;
    Access access(desk.book());
    desk.book().set_password(desk.olga(), "carl", {"carl", "a sentence is easy to remember"});
    const std::string held =
        access.open_session("carl", access.password_of("carl"), desk.now).value();
    const auto ticket = [&](Access& of) { return of.find(held, TicketKind::session, desk.now); };
    const Instant later = desk.now + std::chrono::minutes(10);
    Book other(desk.location);
    Access others(other);
    desk.while_an_import_writes([&] {
        const auto begun = std::chrono::steady_clock::now();
        others.touch(*ticket(others), later);
        CHECK(ticket(others)->used == desk.now);
        CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
    });
    others.touch(*ticket(others), later);
    CHECK(ticket(access)->used == later);
    // Others wait for a writer again, as they did before.
    CHECK_NOTHROW(other.add_user(desk.olga(), {"eve", {{Role::viewer, {}}}}));
}
