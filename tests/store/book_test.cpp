#include "store/book.hpp"

#include <fstream>

#include "desk.hpp"
#include "store/digest.hpp"

using namespace purser;

TEST_CASE("An expense reserves money when submitted and spends it when approved") {
    Desk desk;
    const auto receipt =
        desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("1000.00", "2017-03-20"), {});
    CHECK(receipt.id == "SSR2-E1");
    CHECK(desk.travel("2017-03-20").requested == desk.money("1000.00"));
    CHECK(desk.travel("2017-03-19").requested.is_zero());
    desk.book().approve_expense(desk.carl(), desk.expense(1), {{}, {}});
    CHECK(desk.travel("2017-03-20").spent == desk.money("1000.00"));
    CHECK(desk.travel("2017-03-20").free == desk.money("349000.00"));
    CHECK(desk.travel("2017-03-20").remaining() == desk.money("349000.00"));
    CHECK(desk.book().verify({}, {}, {}).chains == 2);
}

TEST_CASE("A request key answers the same request with the first receipt", "[DOMAIN 4.14]") {
    Desk desk;
    const auto draft = desk.draft("1000.00", "2017-03-20");
    const auto first = desk.book().submit_expense(desk.olga("k1"), desk.ssr2, draft, {});
    const auto again = desk.book().submit_expense(desk.olga("k1"), desk.ssr2, draft, {});
    CHECK(again.id == first.id);
    CHECK(again.event == first.event);
    CHECK(desk.travel("2017-03-20").requested == desk.money("1000.00"));
    CHECK(refusal([&] {
              desk.book().submit_expense(desk.olga("k1"), desk.ssr2,
                                         desk.draft("1000.01", "2017-03-20"), {});
          }) == Rule::key_reused);
    SECTION("a refusal leaves its key free") {
        auto far = desk.draft("999999.00", "2017-03-20");
        CHECK(refusal([&] { desk.book().submit_expense(desk.olga("k2"), desk.ssr2, far, {}); }) ==
              Rule::over_envelope);
        const auto done = desk.book().submit_expense(desk.olga("k2"), desk.ssr2,
                                                     desk.draft("2.00", "2017-03-20"), {});
        CHECK(done.id == "SSR2-E2");
    }
    SECTION("rebuild keeps the keys") {
        desk.book().rebuild(desk.olga(), {});
        CHECK(desk.book().submit_expense(desk.olga("k1"), desk.ssr2, draft, {}).event ==
              first.event);
    }
}

TEST_CASE("A refused act leaves no trace") {
    Desk desk;
    const Head before = desk.book().head(desk.ssr2);
    auto far = desk.draft("550000.01", "2017-03-20");
    far.payee = "Hotel Tivoli";
    CHECK(refusal([&] { desk.book().submit_expense(desk.olga(), desk.ssr2, far, {}); }) ==
          Rule::over_envelope);
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    CHECK(desk.book().verify({}, {}, {}).events == 9);
}

TEST_CASE("Figures can be asked as known at an instant", "[DOMAIN 4.10]") {
    Desk desk;
    desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("1000.00", "2017-03-20"), {});
    const Instant then = desk.now;
    desk.now += std::chrono::hours{24};
    desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("500.00", "2017-03-18"), {});
    desk.book().grant(desk.olga(), desk.ssr2, desk.change("travel", "7000.00", "2017-03-16"));
    const Date on = Desk::day("2017-03-31");
    const auto now = desk.book().figures(desk.ssr2, on, {});
    const auto known = desk.book().figures(desk.ssr2, on, then);
    CHECK(now.envelope().requested == desk.money("1500.00"));
    CHECK(now.envelope().approved == desk.money("557000.00"));
    CHECK(known.envelope().requested == desk.money("1000.00"));
    CHECK(known.envelope().approved == desk.money("550000.00"));
    CHECK(known.decisions.size() == now.decisions.size() - 1);
    CHECK(known.events == now.events - 2);
    const auto before_all =
        desk.book().figures(desk.ssr2, on, parse_instant("2016-01-01T00:00:00Z"));
    CHECK(before_all.envelope().approved.is_zero());
}

TEST_CASE("A payee's name is not in the log, only its digest") {
    Desk desk;
    auto draft = desk.draft("10.00", "2017-03-20");
    draft.payee = "Zarko Kecic";
    desk.book().submit_expense(desk.olga(), desk.ssr2, draft, {});
    desk.book().submit_expense(desk.olga(), desk.ssr2, draft, {});
    std::string log;
    desk.book().each_event(desk.ssr2, {},
                           [&](const StoredEvent& stored) { log += canonical_line(stored.row); });
    CHECK(log.find("Kecic") == std::string::npos);
    CHECK(log.find("SSR2-P2") == std::string::npos);
    CHECK(desk.book().expense(desk.expense(2)).payee == "Zarko Kecic");
}

TEST_CASE("The same invoice of the same payee is refused, of an undone expense taken again",
          "[DOMAIN 4.14]") {
    Desk desk;
    auto draft = desk.draft("10.00", "2017-03-20");
    draft.payee = "Hotel";
    draft.invoice = "A-17";
    desk.book().submit_expense(desk.olga(), desk.ssr2, draft, {});
    const auto again = [&] {
        return refusal([&] { desk.book().submit_expense(desk.olga(), desk.ssr2, draft, {}); });
    };
    CHECK(again() == Rule::duplicate_invoice);
    desk.book().withdraw_expense(desk.olga(), desk.expense(1), {{}, {}});
    CHECK(again() == std::nullopt);
    auto other = draft;
    other.payee = "Another hotel";
    CHECK_NOTHROW(desk.book().submit_expense(desk.olga(), desk.ssr2, other, {}));
}

TEST_CASE("A receipt is kept with its expense and checked by verify") {
    Desk desk;
    const auto path = desk.folder / "receipt.pdf";
    std::ofstream(path) << "%PDF-1.4 a receipt";
    desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("10.00", "2017-03-20"), path);
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
    const KeptFile kept = desk.book().receipt(DocumentId::parse("SSR2-E1"));
    CHECK(kept.name == "receipt.pdf");
    CHECK(desk.book().content(kept) == "%PDF-1.4 a receipt");
    CHECK_THROWS_AS(
        desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("10.00", "2017-03-20"),
                                   desk.folder / "nothing.pdf"),
        BadInput);
}

TEST_CASE("A receipt is what its bytes are, whatever it is called") {
    struct Row {
        std::string name, bytes, kept;
    };
    const auto row = GENERATE(values<Row>({
        {"bill.exe", "%PDF-1.4", "bill.pdf"},
        {"bill", "\xff\xd8\xff\xe0", "bill.jpg"},
        {"bill.html", "\x89PNG\r\n\x1a\n", "bill.png"},
        {"bill.pdf", "RIFF....WEBPVP8 ", "bill.webp"},
        {"bill.pdf", "<html><script>", {}},
        {"bill.pdf", " %PDF-1.4", {}},
        {"bill.webp", "RIFF....WAVEfmt ", {}},
        {"bill.png", "\x89PNG", {}},
        {"bill.pdf", "%PDF", {}},
    }));
    CAPTURE(row.name, row.bytes);
    Desk desk;
    const auto path = desk.folder / row.name;
    std::ofstream(path, std::ios::binary) << row.bytes;
    const auto submit = [&] {
        desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("10.00", "2017-03-20"), path);
    };
    if (row.kept.empty()) {
        CHECK_THROWS_WITH(submit(), "the receipt " + row.name + " is neither a PDF nor a picture");
        return;
    }
    submit();
    const KeptFile kept = desk.book().receipt(desk.expense(1));
    CHECK(kept.name == row.kept);
    CHECK(desk.book().content(kept) == row.bytes);
}

TEST_CASE("Closing June closes the year, and a later month passes through it") {
    Desk desk;
    desk.now = parse_instant("2018-09-01T00:00:00.000Z");
    desk.book().open_commitment(
        desk.olga(), desk.ssr2,
        {"travel", desk.money("95000.00"), "Madrid", CommitmentKind::meeting,
         Desk::day("2017-05-15"), false, Desk::day("2017-03-15")});
    desk.book().submit_expense(desk.olga(), desk.ssr2, desk.draft("400.00", "2017-06-20"), {});
    const auto receipts =
        desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2018-07"), {});
    CHECK(receipts.size() == 3);  // FY17, FY18, and July itself
    const auto june = desk.book().figures(desk.ssr2, Desk::day("2017-06-30"), {});
    CHECK(june.in(FiscalYear(2017)).committed == desk.money("95000.00"));
    CHECK(june.in(FiscalYear(2017)).requested == desk.money("400.00"));
    const auto july = desk.book().figures(desk.ssr2, Desk::day("2017-07-01"), {});
    CHECK(july.in(FiscalYear(2017)).committed.is_zero());
    CHECK(july.in(FiscalYear(2018)).committed == desk.money("95000.00"));
    CHECK(july.unallotted() == desk.money("454600.00"));
    CHECK(july.envelope().approved == desk.money("550000.00"));
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
    desk.book().rebuild(desk.olga(), {});
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
}

TEST_CASE("Users, roles and passwords are on the book's own chain") {
    Desk desk;
    CHECK(refusal([&] {
              desk.book().add_user({"nobody", {}, desk.now}, {"x", {{Role::chair, {}}}});
          }) == Rule::unknown_user);
    CHECK(refusal([&] {
              desk.book().add_user(desk.carl(), {"x", {{Role::chair, {}}}});
          }) == Rule::not_permitted);
    const NewPassword password("carl", "correct horse battery");
    desk.book().set_password(desk.carl(), "carl", password);
    CHECK(refusal([&] { desk.book().set_password(desk.carl(), "olga", password); }) ==
          Rule::not_permitted);
    desk.book().disable_user(desk.olga(), "carl");
    CHECK(desk.book().user("carl").disabled);
    CHECK_NOTHROW(desk.book().verify({}, {}, {}));
}
