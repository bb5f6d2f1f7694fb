#include "store/access.hpp"

#include <array>
#include <sodium.h>

#include "ledger/setup.hpp"
#include "store/engine.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

std::string random_text() {
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(bytes.size(), variant)> text{};
    return sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
}

// A hash that no password has, checked where there is none so that the answer takes as long.
const std::string& hash_of_nobody() {
    static const std::string hash = [] {
        std::string result(crypto_pwhash_STRBYTES, '\0');
        const std::string secret = random_text();
        if (crypto_pwhash_str(result.data(), secret.data(), secret.size(),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
            throw Broken("not enough memory to hash a password");
        }
        return result;
    }();
    return hash;
}

TicketKind parse_kind(const std::string& text) {
    for (const auto kind : {TicketKind::session, TicketKind::program, TicketKind::link}) {
        if (name(kind) == text) return kind;
    }
    throw Broken("the book holds a ticket of an unknown kind, " + text);
}

// The tickets that a condition selects, with its one parameter.
std::vector<Ticket> load(Database& database, const std::string& condition,
                         const std::string& wanted) {
    std::vector<Ticket> result;
    std::string digest, account, kind, label, issued, used, expires;
    int writes = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT digest, account, kind, writes, label, issued_at, "
                                   "used_at, expires_at FROM ticket WHERE " +
                                       condition + " ORDER BY issued_at, digest",
         soci::use(wanted, "wanted"), soci::into(digest), soci::into(account), soci::into(kind),
         soci::into(writes), soci::into(label), soci::into(issued), soci::into(used),
         soci::into(expires));
    statement.execute(false);
    while (statement.fetch()) {
        result.push_back({account, parse_kind(kind), writes != 0, label, parse_instant(issued),
                          parse_instant(used), parse_instant(expires), digest});
    }
    return result;
}

bool is_over(const Ticket& ticket, Instant now) {
    return now >= ticket.expires ||
           (ticket.kind == TicketKind::session && now - ticket.used >= Access::idle);
}

}  // namespace

std::string_view name(TicketKind kind) {
    switch (kind) {
        case TicketKind::session: return "session";
        case TicketKind::program: return "program";
        case TicketKind::link: return "link";
    }
    return {};
}

bool Access::is_password(const std::string& user, const std::string& password) {
    const auto hash = book_.engine_->read([&] {
        std::string stored;
        book_.engine_->database.sql()
            << "SELECT password FROM secret INNER JOIN account ON account.name = secret.account "
               "WHERE account = :name AND disabled = 0",
            soci::use(user), soci::into(stored);
        return stored;
    });
    const std::string& checked = hash.empty() ? hash_of_nobody() : hash;
    const bool fits =
        crypto_pwhash_str_verify(checked.c_str(), password.data(), password.size()) == 0;
    return fits && !hash.empty();
}

bool Access::has_any_password() {
    return book_.engine_->read([&] {
        int count = 0;
        book_.engine_->database.sql() << "SELECT COUNT(*) FROM secret", soci::into(count);
        return count > 0;
    });
}

std::string Access::issue(const Ticket& ticket) {
    if (ticket.expires <= ticket.issued) {
        throw BadInput("it would end before it begins", "name a later day");
    }
    return book_.engine_->guarded([&] {
        Database& database = book_.engine_->database;
        const std::string held = random_text();
        const std::string digest = sha256(held);
        const std::string kind(name(ticket.kind));
        const int writes = ticket.writes ? 1 : 0;
        const std::string issued = to_text(ticket.issued);
        const std::string expires = to_text(ticket.expires);
        Transaction transaction(database, Transaction::Kind::write);
        load_user(database, ticket.user);  // refuses unknown_user
        database.sql() << "DELETE FROM ticket WHERE expires_at <= :now", soci::use(issued);
        database.sql() << "INSERT INTO ticket (digest, account, kind, writes, label, issued_at, "
                          "used_at, expires_at) VALUES (:digest, :account, :kind, :writes, :label, "
                          ":issued, :used, :expires)",
            soci::use(digest), soci::use(ticket.user), soci::use(kind), soci::use(writes),
            soci::use(ticket.label), soci::use(issued), soci::use(issued), soci::use(expires);
        transaction.commit();
        return held;
    });
}

std::string Access::open_session(const std::string& user, Instant now) {
    return issue({user, TicketKind::session, true, {}, now, now, now + session_life, {}});
}

std::string Access::invite(const Caller& caller, const std::string& user) {
    const User target = book_.user(user);
    // The same rule as for setting the password itself.
    setup::set_password(book_.user(caller.user), target, {}, day_of(caller.now));
    end_all(user, TicketKind::link);
    return issue(
        {user, TicketKind::link, true, {}, caller.now, caller.now, caller.now + link_life, {}});
}

std::optional<Ticket> Access::find(const std::string& held, TicketKind kind, Instant now) {
    const std::string digest = sha256(held);
    return book_.engine_->read([&]() -> std::optional<Ticket> {
        Database& database = book_.engine_->database;
        const auto found = load(database, "digest = :wanted", digest);
        if (found.empty() || found.front().kind != kind || is_over(found.front(), now)) return {};
        if (load_user(database, found.front().user).disabled) return {};
        return found.front();
    });
}

void Access::touch(const Ticket& ticket, Instant now) {
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

Receipt Access::accept(const std::string& link, const std::string& password, const Caller& caller) {
    const Receipt done = book_.set_password(caller, caller.user, password);
    end(sha256(link));
    return done;
}

void Access::end(const std::string& digest) {
    book_.engine_->guarded([&] {
        Transaction transaction(book_.engine_->database, Transaction::Kind::write);
        book_.engine_->database.sql() << "DELETE FROM ticket WHERE digest = :digest",
            soci::use(digest);
        transaction.commit();
    });
}

void Access::end_all(const std::string& user, TicketKind kind) {
    const std::string of(name(kind));
    book_.engine_->guarded([&] {
        Transaction transaction(book_.engine_->database, Transaction::Kind::write);
        book_.engine_->database.sql()
            << "DELETE FROM ticket WHERE account = :name AND kind = :kind",
            soci::use(user), soci::use(of);
        transaction.commit();
    });
}

std::vector<Ticket> Access::tickets(const std::string& user, TicketKind kind, Instant now) {
    auto all = book_.engine_->read(
        [&] { return load(book_.engine_->database, "account = :wanted", user); });
    std::erase_if(all, [&](const Ticket& one) { return one.kind != kind || is_over(one, now); });
    return all;
}

}  // namespace purser
