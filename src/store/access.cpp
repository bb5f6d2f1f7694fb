#include "store/access.hpp"

#include <algorithm>

#include "ledger/duties.hpp"
#include "ledger/setup.hpp"
#include "store/engine.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::size_t links_listed = 10;

// The same day of the next year; of 29 February the day before 1 March.
Date year_after(Date day) {
    const date::year_month_day last(day);
    const auto next = (last.year() + date::years{1}) / last.month() / last.day();
    return next.ok() ? Date(next) : Date(next.year() / next.month() / date::last);
}

// Also of one that an older version gave for longer.
bool is_over(const Ticket& ticket, Instant now) {
    const bool is_idle = ticket.kind == TicketKind::session && now - ticket.used >= Access::idle;
    const bool is_old = ticket.kind == TicketKind::program &&
                        day_of(now) > Access::last_day_of_token(day_of(ticket.issued));
    return now >= ticket.expires || is_idle || is_old;
}

// The links that were made for a user, after an event of BOOK, the newest first.
std::vector<Invited> load_links(Database& database, const std::string& user, std::int64_t after) {
    std::vector<Invited> result;
    std::string by;
    std::string on;
    long long seq = 0;
    const long long first = after;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT seq, actor, posted_on FROM event WHERE review || '' = 'BOOK' AND subject = "
                ":name AND seq > :after AND kind NOT IN ('expense.submit', 'expense.settle') AND "
                "kind <> 'payee.add' AND kind = 'user.invite' ORDER BY seq DESC",
         soci::use(user, "name"), soci::use(first, "after"), soci::into(seq), soci::into(by),
         soci::into(on));
    statement.execute(false);
    while (statement.fetch()) result.push_back({by, parse_date(on), seq});
    return result;
}

// Those that were known the longest go, until there is room for one more.
void make_room_for_browser(Database& database, const std::string& user) {
    auto known = load_tickets(database, user);
    std::erase_if(known, [](const Ticket& one) { return one.kind != TicketKind::browser; });
    for (std::size_t i = 0; i + Access::most_browsers <= known.size(); ++i) {
        end_ticket(database, known[i].digest);
    }
}

std::string named(const Ticket& ticket) {
    return (ticket.kind == TicketKind::program ? "token" : std::string(name(ticket.kind))) + ' ' +
           ticket.id();
}

}  // namespace

Date Access::last_day_of_token(Date today) { return year_after(today); }

StoredPassword Access::password_of(const std::string& user) {
    return book_.engine_->read([&] { return load_password(book_.engine_->database, user); });
}

bool Access::has_any_password() {
    return book_.engine_->read([&] {
        int count = 0;
        book_.engine_->database.sql() << "SELECT COUNT(*) FROM secret", soci::into(count);
        return count > 0;
    });
}

std::optional<std::string> Access::open_session(const std::string& user,
                                                const StoredPassword& checked, Instant now) {
    return book_.engine_->guarded([&]() -> std::optional<std::string> {
        Database& database = book_.engine_->database;
        Transaction transaction(database, Transaction::Kind::write);
        if (load_password(database, user).hash() != checked.hash()) return {};
        std::string held = put_ticket(
            database,
            {user, TicketKind::session, true, {}, now, now, now + session_life, user, {}});
        transaction.commit();
        return held;
    });
}

std::string Access::know_browser(const std::string& user, const std::string& held, Instant now) {
    return book_.engine_->guarded([&] {
        Database& database = book_.engine_->database;
        Transaction transaction(database, Transaction::Kind::write);
        if (!held.empty()) end_ticket(database, sha256(held));
        make_room_for_browser(database, user);
        std::string fresh = put_ticket(
            database,
            {user, TicketKind::browser, false, {}, now, now, now + browser_life, user, {}});
        transaction.commit();
        return fresh;
    });
}

bool Access::is_known_browser(const std::string& user, const std::string& held, Instant now) {
    if (held.empty()) return false;
    const auto known = find(held, TicketKind::browser, now);
    return known && known->user == user;
}

std::optional<std::string> Access::issue_token(const std::string& user, const std::string& session,
                                               const TokenAsk& ask, Instant now) {
    const Date today = day_of(now);
    if (ask.until < today) {
        throw BadInput("it would end before it begins", "name today or a later day");
    }
    if (ask.until > last_day_of_token(today)) {
        throw BadInput("a token lives a year at most",
                       "until " + to_text(last_day_of_token(today)) + " at the latest");
    }
    return book_.engine_->guarded([&]() -> std::optional<std::string> {
        Database& database = book_.engine_->database;
        Transaction transaction(database, Transaction::Kind::write);
        if (load_user(database, user).disabled) return {};
        if (!session.empty() && !has_ticket(database, session)) return {};
        const Instant expires{ask.until + date::days{1}};
        std::string held = put_ticket(
            database,
            {user, TicketKind::program, ask.writes, ask.label, now, now, expires, user, {}});
        transaction.commit();
        return held;
    });
}

Invitation Access::invite(const Caller& caller, const std::string& user) {
    Database& database = book_.engine_->database;
    Invitation made;
    made.done = book_.engine_->act(
        caller, {ReviewKey::book(), Act::user_invite, user, {}, {}, {}}, [&](Writing& writing) {
            const User target = load_user(database, user);
            const Instant until = caller.now + link_life;
            Entry entry = setup::invite(writing.actor(), target, until, writing.today());
            end_tickets(database, user, TicketKind::link);  // the newest only
            made.link = put_ticket(
                database,
                {user, TicketKind::link, true, {}, caller.now, caller.now, until, caller.user, {}});
            return entry;
        });
    return made;
}

std::optional<Ticket> Access::find(const std::string& held, TicketKind kind, Instant now) {
    const std::string digest = sha256(held);
    return book_.engine_->read([&]() -> std::optional<Ticket> {
        Database& database = book_.engine_->database;
        const auto found = find_tickets(database, digest);
        if (found.empty() || found.front().kind != kind || is_over(found.front(), now)) return {};
        if (load_user(database, found.front().user).disabled) return {};
        return found.front();
    });
}

// A moment ago is now: a page with ten pictures writes once.
void Access::touch(const Ticket& ticket, Instant now) {
    if (now - ticket.used < touch_after) return;
    const std::string used = to_text(now);
    book_.engine_->guarded([&] {
        Database& database = book_.engine_->database;
        if (!database.begin_write_now()) return;
        try {
            database.sql() << "UPDATE ticket SET used_at = :used WHERE digest = :digest",
                soci::use(used), soci::use(ticket.digest);
            database.commit();
        } catch (const soci::soci_error&) {
            database.rollback();
            throw;
        }
    });
}

std::optional<Receipt> Access::accept(const std::string& link, const NewPassword& password,
                                      const Caller& caller) {
    return book_.engine_->guarded([&]() -> std::optional<Receipt> {
        // One transaction around both: who comes second finds the link gone.
        Transaction transaction(book_.engine_->database, Transaction::Kind::write);
        const auto found = find_tickets(book_.engine_->database, sha256(link));
        const bool is_good = !found.empty() && found.front().kind == TicketKind::link &&
                             found.front().user == caller.user &&
                             !is_over(found.front(), caller.now);
        if (!is_good) return {};
        Receipt done = book_.set_password(caller, caller.user, password);
        transaction.commit();
        return done;
    });
}

void Access::end(const std::string& digest) {
    book_.engine_->guarded([&] {
        Transaction transaction(book_.engine_->database, Transaction::Kind::write);
        end_ticket(book_.engine_->database, digest);
        transaction.commit();
    });
}

void Access::end_all(const std::string& user) {
    book_.engine_->guarded([&] {
        Transaction transaction(book_.engine_->database, Transaction::Kind::write);
        end_tickets(book_.engine_->database, user);
        transaction.commit();
    });
}

Receipt Access::sign_out(const Caller& caller, const std::string& user, const std::string& id) {
    Database& database = book_.engine_->database;
    Body body;
    body.set("id", id);
    return book_.engine_->act(
        caller, {ReviewKey::book(), Act::user_sign_out, user, {}, {}, std::move(body)},
        [&](Writing& writing) {
            const User target = load_user(database, user);
            std::vector<std::string> ended;
            std::vector<std::string> digests;
            for (const Ticket& one : load_tickets(database, user)) {
                if ((!id.empty() && one.id() != id) || is_over(one, caller.now)) continue;
                ended.push_back(named(one));
                digests.push_back(one.digest);
            }
            require(writing.actor(), {}, ReviewKey::book(), Act::user_sign_out);
            if (!id.empty() && ended.empty()) {
                throw BadInput(user + " has no session, token, link or browser '" + id + "'",
                               "see: purser user sessions " + user);
            }
            Entry entry = setup::sign_out(writing.actor(), target, ended, writing.today());
            for (const auto& digest : digests) end_ticket(database, digest);
            return entry;
        });
}

std::vector<Ticket> Access::tickets(const std::string& user, Instant now) {
    auto all = book_.engine_->read([&] { return load_tickets(book_.engine_->database, user); });
    std::erase_if(all, [&](const Ticket& one) { return is_over(one, now); });
    return all;
}

std::vector<Invited> Access::untold_links(const std::string& user) {
    return book_.engine_->read([&] {
        long long told = 0;
        book_.engine_->database.sql() << "SELECT seq FROM link_told WHERE account = :name",
            soci::use(user), soci::into(told);
        return load_links(book_.engine_->database, user, told);
    });
}

void Access::links_told(const std::string& user, std::int64_t seq) {
    const long long told = seq;
    book_.engine_->guarded([&] {
        Transaction transaction(book_.engine_->database, Transaction::Kind::write);
        book_.engine_->database.sql()
            << "INSERT INTO link_told (account, seq) VALUES (:name, :seq) ON CONFLICT (account) DO "
               "UPDATE SET seq = excluded.seq WHERE excluded.seq > link_told.seq",
            soci::use(user), soci::use(told);
        transaction.commit();
    });
}

std::vector<Invited> Access::last_links(const std::string& user) {
    auto links = book_.engine_->read([&] { return load_links(book_.engine_->database, user, 0); });
    if (links.size() > links_listed) links.resize(links_listed);
    return links;
}

}  // namespace purser
