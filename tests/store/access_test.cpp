#include "store/access.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <thread>

#include "desk.hpp"
#include "store/digest.hpp"

using namespace purser;
using namespace std::chrono_literals;

namespace {

const std::string sentence = "a sentence is easy to remember";

void set_password(Desk& desk, const Caller& caller, const std::string& user,
                  const std::string& secret = sentence) {
    desk.book().set_password(caller, user, {user, secret});
}

bool is_password(Access& access, const std::string& user, const std::string& secret) {
    return access.password_of(user).is(secret);
}

// All lines of the log of users and roles.
std::string log_of(Book& book) {
    std::string text;
    book.each_event(ReviewKey::book(), {},
                    [&](const StoredEvent& stored) { text += canonical_line(stored.row) + '\n'; });
    return text;
}

// Of a user who may have a password.
std::string session_of(Access& access, const std::string& user, Instant now) {
    return access.open_session(user, access.password_of(user), now).value();
}

Instant at(const Desk& desk, std::chrono::milliseconds later) { return desk.olga().now + later; }

}  // namespace

TEST_CASE("A password lets in its user, and nobody else") {
    Desk desk;
    Access access(desk.book());
    CHECK(!access.has_any_password());
    CHECK(!is_password(access, "olga", sentence));  // none yet
    set_password(desk, desk.olga(), "olga");
    CHECK(access.has_any_password());
    CHECK(is_password(access, "olga", sentence));
    CHECK(!is_password(access, "olga", sentence + " "));
    CHECK(!is_password(access, "carl", sentence));
    CHECK(!is_password(access, "nobody", sentence));
    CHECK(!is_password(access, "", ""));
}

TEST_CASE("The book keeps no secret that opens a door") {
    Desk desk;
    Access access(desk.book());
    set_password(desk, desk.olga(), "olga");
    const std::string held = session_of(access, "olga", at(desk, 0ms));
    CHECK(held.size() == 43);
    const auto ticket = access.find(held, TicketKind::session, at(desk, 0ms));
    REQUIRE(ticket);
    CHECK(ticket->user == "olga");
    CHECK(ticket->digest == sha256(held));
    CHECK(!access.find(ticket->digest, TicketKind::session, at(desk, 0ms)));
    CHECK(!access.find(held, TicketKind::program, at(desk, 0ms)));
    CHECK(session_of(access, "olga", at(desk, 0ms)) != held);
    CHECK(desk.book().verify({}, {}, {}).chains == 2);
}

TEST_CASE("A session ends when it is not used, and in any case after half a day") {
    Desk desk;
    Access access(desk.book());
    const std::string held = session_of(access, "olga", at(desk, 0ms));
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

TEST_CASE("A password that was right a moment ago opens nothing once it is another") {
    Desk desk;
    Access access(desk.book());
    set_password(desk, desk.olga(), "olga");
    const StoredPassword checked = access.password_of("olga");
    const auto session =
        access.find(session_of(access, "olga", at(desk, 0ms)), TicketKind::session, at(desk, 0ms));
    set_password(desk, desk.olga(), "olga", "another sentence, as good");
    CHECK(!access.open_session("olga", checked, at(desk, 1s)));
    // Nor does a session that it ended make a token.
    CHECK(!access.issue_token("olga", session->digest, {"late", true, day_of(desk.now)},
                              at(desk, 1s)));
    CHECK(access.tickets("olga", at(desk, 1s)).empty());
}

TEST_CASE("A new password, whoever sets it, signing out and being disabled end all ways in") {
    Desk desk;
    Access access(desk.book());
    set_password(desk, desk.olga(), "sam");
    const Instant now = at(desk, 0ms);
    const Date today = day_of(now);
    std::map<TicketKind, std::string> held{
        {TicketKind::session, session_of(access, "sam", now)},
        {TicketKind::program,
         access.issue_token("sam", "", {"a script", false, today}, now).value()},
        {TicketKind::link, access.invite(desk.olga(), "sam").link},
        {TicketKind::browser, access.know_browser("sam", {}, now)}};
    const std::string of_olga =
        access.issue_token("olga", "", {"another", true, today}, now).value();
    for (const auto& [kind, what] : held) REQUIRE(access.find(what, kind, at(desk, 1s)));
    const Caller sam{"sam", {}, desk.now};
    SECTION("a new password") { set_password(desk, sam, "sam", "another sentence, as good"); }
    SECTION("set by an admin") {
        set_password(desk, desk.olga(), "sam", "another sentence, as good");
    }
    SECTION("chosen by the link") {
        CHECK(access.accept(held.at(TicketKind::link), {"sam", "another sentence, as good"}, sam));
    }
    SECTION("out everywhere") { access.end_all("sam"); }
    SECTION("out by an admin") { access.sign_out(desk.olga(), "sam", {}); }
    SECTION("no longer a user") {
        desk.book().disable_user(desk.olga(), "sam");
        CHECK(!is_password(access, "sam", sentence));
        desk.book().add_user(desk.olga(), {"sam", {{Role::support, {}}}});
        CHECK(!is_password(access, "sam", sentence));  // who comes back begins anew
    }
    for (const auto& [kind, what] : held) {
        CAPTURE(name(kind));
        CHECK(!access.find(what, kind, at(desk, 1s)));
    }
    CHECK(access.find(of_olga, TicketKind::program, at(desk, 1s)));  // another's stays
    CHECK(desk.book().verify({}, {}, {}).chains == 2);
}

TEST_CASE("A token lives a year at most") {
    Desk desk;
    Access access(desk.book());
    const Instant now = parse_instant("2020-02-29T23:59:59.999Z");
    const auto issue = [&](const char* until) {
        return access.issue_token("olga", "", {"a script", true, parse_date(until)}, now);
    };
    CHECK_THROWS_AS(issue("2020-02-28"), BadInput);
    CHECK_THROWS_AS(issue("2021-03-01"), BadInput);
    try {
        issue("2031-01-01");
    } catch (const BadInput& bad) {
        CHECK(bad.hint() == "until 2021-02-28 at the latest");
    }
    const std::string held = issue("2021-02-28").value();
    const auto lives = [&](const char* at) {
        return access.find(held, TicketKind::program, parse_instant(at)).has_value();
    };
    CHECK(lives("2021-02-28T23:59:59.999Z"));
    CHECK(!lives("2021-03-01T00:00:00.000Z"));
    CHECK(Access::last_day_of_token(parse_date("2017-07-15")) == parse_date("2018-07-15"));
    CHECK(issue("2020-02-29"));
}

TEST_CASE("A link lets its user choose a password once, and only admins make one for others") {
    Desk desk;
    Access access(desk.book());
    CHECK(refusal([&] { access.invite(desk.carl(), "olga"); }) == Rule::not_permitted);
    CHECK(refusal([&] { access.invite(desk.olga(), "nobody"); }) == Rule::unknown_user);
    const std::string first = access.invite(desk.olga(), "carl").link;
    const Invitation invitation = access.invite(desk.olga("once"), "carl");
    const std::string& link = invitation.link;
    CHECK(!access.find(first, TicketKind::link, at(desk, 1s)));  // the newest only
    CHECK(access.find(link, TicketKind::link, at(desk, Access::link_life - 1ms)));
    CHECK(!access.find(link, TicketKind::link, at(desk, Access::link_life)));
    // A request that comes twice makes one link, which is not told again.
    const Invitation again = access.invite(desk.olga("once"), "carl");
    CHECK(again.link.empty());
    CHECK(again.done.event == invitation.done.event);
    CHECK(!access.accept(link, {"sam", sentence}, {"sam", {}, desk.now}));  // another's
    CHECK(!access.accept("no such link", {"carl", sentence}, desk.carl()));
    Caller late = desk.carl();
    late.now = at(desk, Access::link_life);
    CHECK(!access.accept(link, {"carl", sentence}, late));
    CHECK(access.accept(link, {"carl", sentence}, desk.carl()));
    CHECK(is_password(access, "carl", sentence));
    CHECK(!access.accept(link, {"carl", "another sentence, as good"}, desk.carl()));
    CHECK(is_password(access, "carl", sentence));
}

TEST_CASE("Of eight who use a link at once, one chooses the password") {
    Desk desk;
    const std::string link = Access(desk.book()).invite(desk.olga(), "carl").link;
    const std::int64_t before = desk.book().head(ReviewKey::book()).seq;
    std::array<bool, 8> won{};
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < won.size(); ++i) {
            threads.emplace_back([&, i] {
                Book book(desk.location);
                const NewPassword mine("carl", sentence + ' ' + std::to_string(i));
                won.at(i) = Access(book).accept(link, mine, desk.carl()).has_value();
            });
        }
    }
    CHECK(std::count(won.begin(), won.end(), true) == 1);
    CHECK(desk.book().head(ReviewKey::book()).seq == before + 1);
    const auto winner = std::find(won.begin(), won.end(), true) - won.begin();
    Access access(desk.book());
    CHECK(is_password(access, "carl", sentence + ' ' + std::to_string(winner)));
}

TEST_CASE("Who made a link for whom is in the log, and its user is told once") {
    Desk desk;
    Access access(desk.book());
    CHECK(access.untold_links("carl").empty());
    const auto first = access.invite(desk.olga(), "carl").done;
    const auto second = access.invite(desk.olga(), "carl");
    CHECK(access.invite(desk.olga(), "sam").done.event == "BOOK#6");
    auto links = access.untold_links("carl");
    REQUIRE(links.size() == 2);  // the newest first
    CHECK(links[0].seq == second.done.seq);
    CHECK(links[1].seq == first.seq);
    CHECK(links[0].by == "olga");
    CHECK(links[0].on == day_of(desk.now));
    access.links_told("carl", first.seq);
    CHECK(access.untold_links("carl").size() == 1);
    access.links_told("carl", second.done.seq);
    CHECK(access.untold_links("carl").empty());
    access.links_told("carl", first.seq);  // an older page that comes late
    CHECK(access.untold_links("carl").empty());
    CHECK(access.last_links("carl").size() == 2);
    desk.book().rebuild(desk.olga(), {});
    CHECK(access.untold_links("carl").empty());
    CHECK(access.untold_links("sam").size() == 1);
    CHECK(desk.book().verify({}, {}, {}).chains == 2);
}

TEST_CASE("A book that is restored lets nobody in who was signed out since") {
    Desk desk;
    Access access(desk.book());
    set_password(desk, desk.olga(), "olga");
    const std::string ended = session_of(access, "olga", at(desk, 0ms));
    const std::string kept = session_of(access, "olga", at(desk, 0ms));
    const auto file = desk.folder / "backup.db";
    desk.book().backup(desk.olga(), file);
    access.end(sha256(ended));
    desk.opened.reset();
    Book::restore(desk.location, desk.olga(), file, {});
    Book book(desk.location);
    CHECK(Access(book).find(kept, TicketKind::session, at(desk, 1s)));
    CHECK(!Access(book).find(ended, TicketKind::session, at(desk, 1s)));
}

TEST_CASE("A browser is known for its user alone, and of many the oldest are forgotten") {
    Desk desk;
    Access access(desk.book());
    const std::string first = access.know_browser("carl", {}, at(desk, 0ms));
    CHECK(access.is_known_browser("carl", first, at(desk, 1s)));
    CHECK(!access.is_known_browser("olga", first, at(desk, 1s)));
    CHECK(!access.is_known_browser("carl", {}, at(desk, 1s)));
    CHECK(!access.is_known_browser("carl", first, at(desk, Access::browser_life)));
    CHECK(!access.find(first, TicketKind::session, at(desk, 1s)));
    const std::string second = access.know_browser("carl", first, at(desk, 1s));
    CHECK(!access.is_known_browser("carl", first, at(desk, 2s)));  // it has a new one
    for (std::size_t i = 0; i < Access::most_browsers; ++i) {
        access.know_browser("carl", {}, at(desk, 2s + std::chrono::seconds(i)));
    }
    CHECK(!access.is_known_browser("carl", second, at(desk, 60s)));
    CHECK(access.tickets("carl", at(desk, 60s)).size() == Access::most_browsers);
}

TEST_CASE("An admin ends one of a user's sessions and tokens, by its id") {
    Desk desk;
    Access access(desk.book());
    const Instant now = at(desk, 0ms);
    const std::string session = session_of(access, "carl", now);
    const std::string token =
        access.issue_token("carl", "", {"a script", true, day_of(now)}, now).value();
    const auto all = access.tickets({}, now);
    REQUIRE(all.size() == 2);
    CHECK(refusal([&] { access.sign_out(desk.carl(), "carl", {}); }) == Rule::not_permitted);
    CHECK(refusal([&] { access.sign_out(desk.olga(), "nobody", {}); }) == Rule::unknown_user);
    CHECK(refusal([&] { access.sign_out(desk.olga(), "sam", {}); }) == Rule::nothing_changes);
    CHECK_THROWS_AS(access.sign_out(desk.olga(), "carl", "0123456789ab"), BadInput);
    access.sign_out(desk.olga(), "carl", sha256(token).substr(0, 12));
    CHECK(!access.find(token, TicketKind::program, now));
    CHECK(access.find(session, TicketKind::session, now));
}

TEST_CASE("A request key stands for its password, of which the log has nothing to guess from") {
    Desk desk;
    const auto set = [&](const std::string& secret) {
        return desk.book().set_password(desk.olga("k"), "carl", {"carl", secret});
    };
    const Receipt done = set(sentence);
    CHECK(set(sentence).event == done.event);
    CHECK(refusal([&] { set("another sentence, as good"); }) == Rule::key_reused);
    CHECK(is_password(*std::make_unique<Access>(desk.book()), "carl", sentence));
    CHECK(refusal([&] { desk.book().disable_user(desk.olga("k"), "carl"); }) == Rule::key_reused);
    const std::string log = log_of(desk.book());
    // Whatever a guesser could make of the password and what else the log says.
    for (const auto& guess : {sentence, sha256(sentence),
                              sha256("BOOK\nuser.password\ncarl\n" + sha256(sentence) + "\n{}")}) {
        CHECK(log.find(guess) == std::string::npos);
    }
    // The same request for other passwords would be the same text there.
    Desk other;
    other.book().set_password(other.olga("k"), "carl", {"carl", "another sentence, as good"});
    const auto request_of = [](const std::string& text) {
        const auto at = text.rfind("\"request\":\"");
        return text.substr(at, 80);
    };
    CHECK(request_of(log) == request_of(log_of(other.book())));
    // Once the password is another, who asks again is told so instead of "done".
    set_password(desk, desk.olga(), "carl", "a third sentence, as good");
    CHECK(refusal([&] { set(sentence); }) == Rule::key_reused);
}
