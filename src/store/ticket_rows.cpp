#include "store/ticket_rows.hpp"

#include <array>
#include <sodium.h>

#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

TicketKind parse_kind(const std::string& text) {
    for (const auto kind :
         {TicketKind::session, TicketKind::program, TicketKind::link, TicketKind::browser}) {
        if (name(kind) == text) return kind;
    }
    throw Broken("the book holds a ticket of an unknown kind, " + text);
}

// The tickets that a condition selects, with its one parameter.
std::vector<Ticket> load(Database& database, const std::string& condition,
                         const std::string& wanted) {
    std::vector<Ticket> result;
    Ticket one;
    std::string kind, issued, used, expires;
    int writes = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT digest, account, kind, writes, label, issued_at, "
                                   "issued_by, used_at, expires_at FROM ticket WHERE " +
                                       condition + " ORDER BY account, issued_at, digest",
         soci::use(wanted, "wanted"), soci::into(one.digest), soci::into(one.user),
         soci::into(kind), soci::into(writes), soci::into(one.label), soci::into(issued),
         soci::into(one.by), soci::into(used), soci::into(expires));
    statement.execute(false);
    while (statement.fetch()) {
        one.kind = parse_kind(kind);
        one.writes = writes != 0;
        one.issued = parse_instant(issued);
        one.used = parse_instant(used);
        one.expires = parse_instant(expires);
        result.push_back(one);
    }
    return result;
}

}  // namespace

std::string_view name(TicketKind kind) {
    switch (kind) {
        case TicketKind::session: return "session";
        case TicketKind::program: return "program";
        case TicketKind::link: return "link";
        case TicketKind::browser: return "browser";
    }
    return {};
}

std::string random_text() {
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(bytes.size(), variant)> text{};
    return sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
}

std::string put_ticket(Database& database, const Ticket& ticket) {
    const std::string held = random_text();
    const std::string digest = sha256(held);
    const std::string kind(name(ticket.kind));
    const int writes = ticket.writes ? 1 : 0;
    const std::string issued = to_text(ticket.issued);
    const std::string expires = to_text(ticket.expires);
    database.sql() << "DELETE FROM ticket WHERE expires_at <= :now", soci::use(issued);
    database.sql() << "INSERT INTO ticket (digest, account, kind, writes, label, issued_at, "
                      "issued_by, used_at, expires_at) VALUES (:digest, :account, :kind, :writes, "
                      ":label, :issued, :by, :used, :expires)",
        soci::use(digest), soci::use(ticket.user), soci::use(kind), soci::use(writes),
        soci::use(ticket.label), soci::use(issued), soci::use(ticket.by), soci::use(issued),
        soci::use(expires);
    return held;
}

std::vector<Ticket> load_tickets(Database& database, const std::string& user) {
    return load(database, user.empty() ? "account <> :wanted" : "account = :wanted", user);
}

std::vector<Ticket> find_tickets(Database& database, const std::string& digest) {
    return load(database, "digest = :wanted", digest);
}

bool has_ticket(Database& database, const std::string& digest) {
    int found = 0;
    database.sql() << "SELECT COUNT(*) FROM ticket WHERE digest = :digest", soci::use(digest),
        soci::into(found);
    return found > 0;
}

void end_ticket(Database& database, const std::string& digest) {
    database.sql() << "DELETE FROM ticket WHERE digest = :digest", soci::use(digest);
}

void end_tickets(Database& database, const std::string& user) {
    database.sql() << "DELETE FROM ticket WHERE account = :name", soci::use(user);
}

void end_tickets(Database& database, const std::string& user, TicketKind kind) {
    const std::string of(name(kind));
    database.sql() << "DELETE FROM ticket WHERE account = :name AND kind = :kind", soci::use(user),
        soci::use(of);
}

StoredPassword load_password(Database& database, const std::string& user) {
    std::string stored;
    database.sql() << "SELECT password FROM secret INNER JOIN account ON account.name = "
                      "secret.account WHERE account = :name AND disabled = 0",
        soci::use(user), soci::into(stored);
    return StoredPassword(stored);
}

void keep_password(Database& database, const std::string& user, const StoredPassword& password) {
    database.sql() << "DELETE FROM secret WHERE account = :name", soci::use(user);
    if (!password.is_there()) return;
    database.sql() << "INSERT INTO secret (account, password) VALUES (:name, :password)",
        soci::use(user), soci::use(password.hash());
}

}  // namespace purser
