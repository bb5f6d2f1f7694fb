#include "store/access.hpp"

#include "desk.hpp"
#include "store/digest.hpp"

using namespace purser;
using namespace std::chrono_literals;

namespace {

const std::string sentence = "a sentence is easy to remember";

Instant at(const Desk& desk, std::chrono::milliseconds later) { return desk.olga().now + later; }

}  // namespace

TEST_CASE("A password lets in its user, and nobody else") {
    Desk desk;
    Access access(desk.book());
    CHECK(!access.has_any_password());
    CHECK(!access.is_password("olga", sentence));  // none yet
    desk.book().set_password(desk.olga(), "olga", sentence);
    CHECK(access.has_any_password());
    CHECK(access.is_password("olga", sentence));
    CHECK(!access.is_password("olga", sentence + " "));
    CHECK(!access.is_password("carl", sentence));
    CHECK(!access.is_password("nobody", sentence));
    CHECK(!access.is_password("", ""));
}

TEST_CASE("The book keeps no secret that opens a door") {
    Desk desk;
    Access access(desk.book());
    const std::string held = access.open_session("olga", at(desk, 0ms));
    CHECK(held.size() == 43);
    const auto ticket = access.find(held, TicketKind::session, at(desk, 0ms));
    REQUIRE(ticket);
    CHECK(ticket->user == "olga");
    CHECK(ticket->digest == sha256(held));
    CHECK(!access.find(ticket->digest, TicketKind::session, at(desk, 0ms)));
    CHECK(!access.find(held, TicketKind::program, at(desk, 0ms)));
    CHECK(access.open_session("olga", at(desk, 0ms)) != held);
    CHECK(desk.book().verify({}, {}, {}).chains == 2);
}

TEST_CASE("A session ends when it is not used, and in any case after half a day") {
    Desk desk;
    Access access(desk.book());
    const std::string held = access.open_session("olga", at(desk, 0ms));
    const auto lives = [&](std::chrono::milliseconds later) {
        return access.find(held, TicketKind::session, at(desk, later)).has_value();
    };
    CHECK(lives(Access::idle - 1ms));
    CHECK(!lives(Access::idle));
    for (auto used = 0h; used < Access::session_life; used += 1h) {
        access.touch(*access.find(held, TicketKind::session, at(desk, used)), at(desk, used));
    }
    CHECK(lives(Access::session_life - 1ms));
    CHECK(!lives(Access::session_life));
}

TEST_CASE("A new password, a disabled user and signing out everywhere end sessions") {
    Desk desk;
    Access access(desk.book());
    const std::string held = access.open_session("olga", at(desk, 0ms));
    const std::string program = access.issue({"olga",
                                              TicketKind::program,
                                              false,
                                              "a script",
                                              at(desk, 0ms),
                                              at(desk, 0ms),
                                              at(desk, 24h * 90),
                                              {}});
    const auto lives = [&](const std::string& what, TicketKind kind) {
        return access.find(what, kind, at(desk, 1s)).has_value();
    };
    SECTION("a new password") {
        desk.book().set_password(desk.olga(), "olga", sentence);
        CHECK(!lives(held, TicketKind::session));
        CHECK(lives(program, TicketKind::program));
    }
    SECTION("out everywhere") {
        access.end_all("olga", TicketKind::session);
        CHECK(!lives(held, TicketKind::session));
        CHECK(lives(program, TicketKind::program));
    }
    SECTION("one of them") {
        access.end(sha256(program));
        CHECK(lives(held, TicketKind::session));
        CHECK(!lives(program, TicketKind::program));
    }
    SECTION("no longer a user") {
        const std::string of_carl = access.open_session("carl", at(desk, 0ms));
        desk.book().set_password(desk.olga(), "olga", sentence);
        desk.book().disable_user(desk.olga(), "carl");
        CHECK(!lives(of_carl, TicketKind::session));
    }
}

TEST_CASE("A link lets its user choose a password once, and only admins make one for others") {
    Desk desk;
    Access access(desk.book());
    CHECK(refusal([&] { access.invite(desk.carl(), "olga"); }) == Rule::not_permitted);
    CHECK(refusal([&] { access.invite(desk.olga(), "nobody"); }) == Rule::unknown_user);
    const std::string first = access.invite(desk.olga(), "carl");
    const std::string link = access.invite(desk.olga(), "carl");
    CHECK(!access.find(first, TicketKind::link, at(desk, 1s)));  // the newest only
    CHECK(access.find(link, TicketKind::link, at(desk, Access::link_life - 1ms)));
    CHECK(!access.find(link, TicketKind::link, at(desk, Access::link_life)));
    CHECK_THROWS_AS(access.accept(link, "short", desk.carl()), BadInput);
    access.accept(link, sentence, desk.carl());
    CHECK(access.is_password("carl", sentence));
    CHECK(!access.find(link, TicketKind::link, at(desk, 1s)));
}
