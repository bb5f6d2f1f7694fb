// Requests to the Board, what waits for them, and grants with an end date (MODEL.md 2 and 3).
#include "desk.hpp"

using namespace purser;

namespace {

// 550,000 granted, of which travel has 350,000; a request for 40,000 of travel is open.
struct BoardDesk : Desk {
    BoardDesk() {
        book().add_user(olga(), {"bob", {{Role::board, {}}}});
        book().set_review(olga(), ssr2, stop_categories());
        book().submit_request(carl(), ssr2,
                              {"travel", money("40000.00"), "A third meeting", day("2017-04-01")});
    }
    static SetReview stop_categories() {
        SetReview ask;
        ask.values = {{"control.category", "stop"}};
        return ask;
    }
    Caller bob() const { return {"bob", {}, now}; }
    DocumentId request(int number = 1) const { return {ssr2, DocumentKind::request, number}; }
    ExpenseDraft waiting(const char* amount, const char* on) const {
        auto ask = draft(amount, on);
        ask.hold = request();
        return ask;
    }
    void submit(const ExpenseDraft& ask) { book().submit_expense(olga(), ssr2, ask, {}); }
    DecideRequest granted(const char* amount, const char* on) const {
        return {money(amount), "2017.04.05.1", {}, {}, {}, day(on)};
    }
    ExpenseState state(int number) { return book().expense(expense(number)).expense.state; }
    Money held(const char* on) { return book().figures(ssr2, day(on), {}).held(); }
    // Verified, and the same rows when made again.
    void sound() {
        CHECK_NOTHROW(book().verify({}, {}, {}));
        book().rebuild(olga(), {});
        CHECK_NOTHROW(book().verify({}, {}, {}));
    }
};

}  // namespace

TEST_CASE("What a control stops waits for a request and moves nothing",
          "[DOMAIN 4.3][MODEL 2 held]") {
    BoardDesk desk;
    desk.submit(desk.waiting("350000.01", "2017-04-02"));
    CHECK(desk.state(1) == ExpenseState::held);
    CHECK(desk.travel("2017-04-02").requested.is_zero());
    CHECK(desk.travel("2017-04-02").free == desk.money("350000.00"));
    CHECK(desk.held("2017-04-02") == desk.money("350000.01"));
    CHECK(desk.held("2017-04-01").is_zero());
    SECTION("what fits does not wait") {
        desk.submit(desk.waiting("350000.00", "2017-04-02"));
        CHECK(desk.state(2) == ExpenseState::submitted);
    }
    SECTION("nobody approves it, its submitter takes it back") {
        CHECK(refusal([&] { desk.book().approve_expense(desk.carl(), desk.expense(1), {}); }) ==
              Rule::wrong_state);
        desk.book().withdraw_expense(desk.olga(), desk.expense(1), {{}, desk.day("2017-04-04")});
        CHECK(desk.held("2017-04-03") == desk.money("350000.01"));
        CHECK(desk.held("2017-04-04").is_zero());
    }
    SECTION("its invoice is not recorded twice") {
        auto first = desk.waiting("360000.00", "2017-04-02");
        first.payee = "Hotel";
        first.invoice = "17";
        desk.submit(first);
        CHECK(refusal([&] { desk.submit(first); }) == Rule::duplicate_invoice);
    }
    desk.sound();
}

TEST_CASE("A decision releases what waits in the order of recording, up to what does not fit",
          "[DOMAIN 4.3][MODEL 2 held]") {
    BoardDesk desk;
    desk.submit(desk.draft("340000.00", "2017-04-02"));
    desk.submit(desk.waiting("20000.00", "2017-04-03"));  // E2: needs 10,000 more
    desk.submit(desk.waiting("35000.00", "2017-04-04"));  // E3
    desk.submit(desk.waiting("10001.00", "2017-04-05"));  // E4: would fit after E2 alone
    CHECK(desk.held("2017-04-05") == desk.money("65001.00"));
    SECTION("in full") {
        desk.book().decide_request(desk.bob(), desk.request(),
                                   desk.granted("55001.00", "2017-04-04"));
        CHECK(desk.held("2017-04-05").is_zero());
        CHECK(desk.travel("2017-04-05").free.is_zero());
        // Each is dated the latest of its own day and the grant's.
        CHECK(desk.book().expense(desk.expense(2)).expense.posted_on == desk.day("2017-04-04"));
        CHECK(desk.book().expense(desk.expense(4)).expense.posted_on == desk.day("2017-04-05"));
    }
    SECTION("in part: nothing overtakes the first that does not fit") {
        desk.book().decide_request(desk.bob(), desk.request(),
                                   desk.granted("30000.00", "2017-04-04"));
        CHECK(desk.state(2) == ExpenseState::submitted);
        CHECK(desk.state(3) == ExpenseState::held);
        CHECK(desk.state(4) == ExpenseState::held);
        CHECK(desk.travel("2017-04-05").free == desk.money("20000.00"));
        SECTION("a later grant goes on") {
            desk.book().grant(desk.olga(), desk.ssr2,
                              desk.change("travel", "25001.00", "2017-04-06"));
            CHECK(desk.held("2017-04-06").is_zero());
            CHECK(desk.travel("2017-04-06").free.is_zero());
        }
    }
    SECTION("refused: it goes on waiting") {
        desk.book().refuse_request(desk.bob(), desk.request(), {"Not now", {}});
        CHECK(desk.held("2017-07-15") == desk.money("65001.00"));
        CHECK(refusal([&] { desk.submit(desk.waiting("99999.00", "2017-04-05")); }) ==
              Rule::wrong_state);
    }
    desk.sound();
}

TEST_CASE("A held expense is released on the first open day when its month is closed") {
    BoardDesk desk;
    desk.submit(desk.waiting("360000.00", "2017-04-03"));
    desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-04"), {});
    // The decision itself may take effect in the closed month.
    desk.book().decide_request(desk.bob(), desk.request(), desk.granted("10000.00", "2017-04-02"));
    CHECK(desk.book().expense(desk.expense(1)).expense.posted_on == desk.day("2017-05-01"));
    CHECK(desk.travel("2017-04-30").approved == desk.money("360000.00"));
    CHECK(desk.travel("2017-04-30").requested.is_zero());
    CHECK(desk.travel("2017-05-01").requested == desk.money("360000.00"));
    desk.sound();
}

TEST_CASE("What waits reserves nothing, so it can end after its year was closed") {
    BoardDesk desk;
    desk.submit(desk.waiting("360000.00", "2017-04-03"));
    const OpenCommitment ask{"travel",
                             desk.money("351000.00"),
                             "Kobe",
                             CommitmentKind::meeting,
                             desk.day("2017-06-01"),
                             true,
                             desk.day("2017-04-03"),
                             desk.request()};
    desk.book().open_commitment(desk.olga(), desk.ssr2, ask);
    const DocumentId commitment{desk.ssr2, DocumentKind::commitment, 1};
    desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-06"), {});
    SECTION("rejected") {
        desk.book().reject_expense(desk.carl(), desk.expense(1), {"No", {}});
        desk.book().reject_commitment(desk.carl(), commitment, {"No", {}});
    }
    SECTION("withdrawn and closed") {
        desk.book().withdraw_expense(desk.olga(), desk.expense(1), {});
        desk.book().close_commitment(desk.olga(), commitment, {});
    }
    CHECK(desk.held("2017-06-30") == desk.money("711000.00"));
    CHECK(desk.held("2017-07-15").is_zero());
    desk.sound();
}

TEST_CASE("A held expense is released though its commitment lapsed while it waited") {
    BoardDesk desk;
    SetReview lapse;
    lapse.values = {{"year-end.commitments", "lapse"}};
    desk.book().set_review(desk.olga(), desk.ssr2, lapse);
    desk.book().open_commitment(desk.olga(), desk.ssr2,
                                {"travel",
                                 desk.money("100.00"),
                                 "Kobe",
                                 CommitmentKind::meeting,
                                 desk.day("2017-06-01"),
                                 false,
                                 desk.day("2017-04-02"),
                                 {}});
    auto ask = desk.waiting("360000.00", "2017-04-03");
    ask.commitment = DocumentId{desk.ssr2, DocumentKind::commitment, 1};
    desk.submit(ask);
    desk.book().close_month(desk.olga(), desk.ssr2, Month::parse("2017-06"), {});
    REQUIRE(desk.book().commitments(desk.ssr2).at(0).state == CommitmentState::closed);
    desk.book().decide_request(desk.bob(), desk.request(), desk.granted("10000.00", "2017-04-02"));
    CHECK(desk.state(1) == ExpenseState::submitted);
    CHECK(desk.travel("2017-07-01").requested == desk.money("360000.00"));
    desk.sound();
}

TEST_CASE("A held commitment opens, or becomes the proposal that it was") {
    BoardDesk desk;
    const bool proposed = GENERATE(false, true);
    const OpenCommitment ask{"travel",
                             desk.money("351000.00"),
                             "Kobe",
                             CommitmentKind::meeting,
                             desk.day("2017-06-01"),
                             proposed,
                             desk.day("2017-04-03"),
                             desk.request()};
    desk.book().open_commitment(desk.olga(), desk.ssr2, ask);
    const DocumentId id{desk.ssr2, DocumentKind::commitment, 1};
    CHECK(desk.book().commitment(id).state == CommitmentState::held);
    CHECK(desk.travel("2017-04-03").committed.is_zero());
    SECTION("released") {
        desk.book().decide_request(desk.bob(), desk.request(),
                                   desk.granted("1000.00", "2017-04-05"));
        CHECK(desk.book().commitment(id).state ==
              (proposed ? CommitmentState::proposed : CommitmentState::open));
        CHECK(desk.travel("2017-04-05").committed == desk.money(proposed ? "0.00" : "351000.00"));
        CHECK(desk.travel("2017-04-05").requested == desk.money(proposed ? "351000.00" : "0.00"));
        CHECK(desk.travel("2017-04-04").committed.is_zero());
    }
    SECTION("closed while it waits") {
        desk.book().close_commitment(desk.olga(), id, {});
        CHECK(desk.held("2017-07-15").is_zero());
    }
    desk.sound();
}

TEST_CASE("A grant recorded late changes past days, and not what was known then", "[DOMAIN 4.10]") {
    BoardDesk desk;
    const Instant then = desk.now;
    desk.now = parse_instant("2017-08-01T09:00:00.000Z");
    desk.book().decide_request(desk.bob(), desk.request(), desk.granted("40000.00", "2017-03-20"));
    const auto approved = [&](std::optional<Instant> known_at) {
        return desk.book().figures(desk.ssr2, desk.day("2017-03-31"), known_at).envelope().approved;
    };
    CHECK(approved({}) == desk.money("590000.00"));
    CHECK(approved(then) == desk.money("550000.00"));
}

TEST_CASE("A grant with an end date counts as used last and leaves by itself", "[MODEL 2 expire]") {
    BoardDesk desk;
    auto ask = desk.granted("40000.00", "2017-07-10");
    ask.expires = desk.day("2017-07-20");
    desk.book().decide_request(desk.bob(), desk.request(), ask);
    desk.submit(desk.draft("365000.00", "2017-07-15"));  // uses 15,000 of it
    SECTION("the figures know it before the book records it") {
        CHECK(desk.travel("2017-07-20").free == desk.money("25000.00"));
        CHECK(desk.travel("2017-07-21").free.is_zero());
        CHECK(desk.travel("2017-07-21").approved == desk.money("365000.00"));
    }
    SECTION("the next act records it, and nothing more can be used") {
        desk.now = parse_instant("2017-07-25T09:00:00.000Z");
        CHECK(refusal([&] { desk.submit(desk.draft("0.01", "2017-07-25")); }) ==
              Rule::over_category);
        desk.book().add_category(desk.olga(), desk.ssr2,
                                 {"support", "Support", false, desk.day("2017-07-25")});
        CHECK(desk.travel("2017-07-20").free == desk.money("25000.00"));
        CHECK(desk.travel("2017-07-21").free.is_zero());
        EventFilter filter;
        std::string last;
        desk.book().each_event(desk.ssr2, filter, [&](const StoredEvent& stored) {
            if (stored.event.act == Act::envelope_expire) last = stored.row.posted_on;
        });
        CHECK(last == "2017-07-21");
    }
    desk.sound();
}

TEST_CASE("Money of a grant that is recorded after its end is used by what waited in time") {
    BoardDesk desk;
    desk.submit(desk.waiting("360000.00", "2017-04-03"));
    auto ask = desk.granted("40000.00", "2017-04-02");
    ask.expires = desk.day("2017-04-30");
    desk.book().decide_request(desk.bob(), desk.request(), ask);
    CHECK(desk.state(1) == ExpenseState::submitted);
    CHECK(desk.travel("2017-05-01").approved == desk.money("360000.00"));
    CHECK(desk.travel("2017-05-01").free.is_zero());
    desk.sound();
}

TEST_CASE("What waits is not served out of a grant that has ended on its day", "[DOMAIN 4.3]") {
    BoardDesk desk;
    desk.submit(desk.waiting("360000.00", "2017-05-10"));
    auto ask = desk.granted("40000.00", "2017-04-02");
    ask.expires = desk.day("2017-04-30");
    desk.book().decide_request(desk.bob(), desk.request(), ask);
    CHECK(desk.state(1) == ExpenseState::held);
    CHECK(desk.travel("2017-04-30").free == desk.money("390000.00"));
    CHECK(desk.travel("2017-05-01").free == desk.money("350000.00"));
    CHECK(desk.travel("2017-05-10").requested.is_zero());
    desk.sound();
}

TEST_CASE("What a decision would change is shown without changing anything") {
    BoardDesk desk;
    desk.submit(desk.waiting("360000.00", "2017-07-15"));
    const Head before = desk.book().head(desk.ssr2);
    const auto after = [&](const char* grant) {
        return desk.book().after_decision(desk.request(), desk.money(grant), desk.now);
    };
    CHECK(after("0.00").held() == desk.money("360000.00"));
    CHECK(after("9999.99").held() == desk.money("360000.00"));
    CHECK(after("10000.00").held().is_zero());
    CHECK(after("10000.00").envelope().requested == desk.money("360000.00"));
    CHECK(desk.book().head(desk.ssr2).hash == before.hash);
    CHECK(desk.state(1) == ExpenseState::held);
    CHECK(desk.held("2017-07-15") == desk.money("360000.00"));
}

TEST_CASE("A request is decided by the Board, once, and never by who submitted it") {
    BoardDesk desk;
    const auto decide = [&](const Caller& caller) {
        return refusal([&] {
            desk.book().decide_request(caller, desk.request(), desk.granted("1.00", "2017-04-04"));
        });
    };
    CHECK(decide(desk.carl()) == Rule::not_permitted);
    desk.book().add_user(desk.olga(), {"carl", {{Role::board, {}}}});
    CHECK(decide(desk.carl()) == Rule::own_document);
    CHECK_FALSE(decide(desk.bob()));
    CHECK(decide(desk.bob()) == Rule::wrong_state);
    CHECK(refusal([&] { desk.book().request(desk.request(7)); }) == Rule::unknown_request);
    desk.sound();
}

TEST_CASE("A delegate of the Board decides, but not on a request of who delegated") {
    BoardDesk desk;
    const auto delegate = [&](const char* user) {
        desk.book().add_delegation(desk.olga(),
                                   {user, "sam", desk.day("2017-07-01"), desk.day("2017-07-31")});
    };
    const Caller sam{"sam", {}, desk.now};
    const auto decide = [&] {
        return refusal([&] {
            desk.book().decide_request(sam, desk.request(), desk.granted("1.00", "2017-04-04"));
        });
    };
    CHECK(decide() == Rule::not_permitted);
    delegate("bob");
    SECTION("in the Board's place") { CHECK_FALSE(decide()); }
    SECTION("carl submitted it, and sam acts for carl too") {
        delegate("carl");
        CHECK(decide() == Rule::own_document);
        CHECK(refusal([&] {
                  desk.book().refuse_request(sam, desk.request(), {"No", {}});
              }) == Rule::own_document);
    }
    desk.sound();
}
