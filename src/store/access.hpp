// Who may come in from the web: passwords, sessions, tokens of programs, one-time links.
//
//     Access access(book);
//     if (access.is_password("carl", typed)) cookie = access.issue({"carl", …}, now);
//
// None of it is in the log: who looked at the money did not move it. What a person holds is random;
// the book keeps its SHA-256 only, so that a copy of the book opens no door. Answers never tell
// whether there is such a user.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/book.hpp"

namespace purser {

enum class TicketKind {
    session,  // of a browser; ends when it was not used for a while, and with a new password
    program,  // a bearer token
    link,     // lets a user choose a password once
};
std::string_view name(TicketKind kind);

struct Ticket {
    std::string user;
    TicketKind kind;
    bool writes = true;  // false: it only reads
    std::string label;   // what a person calls it
    Instant issued, used, expires;
    std::string digest;  // what it is known by in the book
};

class Access {
public:
    static constexpr std::chrono::hours idle{2};           // of a session
    static constexpr std::chrono::hours session_life{12};  // however busy
    static constexpr std::chrono::hours link_life{48};

    explicit Access(Book& book) : book_(book) {}

    // Takes as long for a user who is not there, has no password or is disabled.
    bool is_password(const std::string& user, const std::string& password);
    bool has_any_password();

    // What the person must hold from now on; it is shown once and never again. BadInput when it
    // would end before it begins.
    std::string issue(const Ticket& ticket);
    // A session that lives as long as sessions do.
    std::string open_session(const std::string& user, Instant now);
    // A link by which the user chooses a password. Refuses not_permitted but to the user and to
    // admins, unknown_user.
    std::string invite(const Caller& caller, const std::string& user);
    // Nothing when it is not known, over, idle for too long, or its user is disabled.
    std::optional<Ticket> find(const std::string& held, TicketKind kind, Instant now);
    // It was used. Nobody waits for that to be noted: while others write it is not.
    void touch(const Ticket& ticket, Instant now);
    // The user has chosen a password: the link is gone, and all sessions are over.
    Receipt accept(const std::string& link, const std::string& password, const Caller& caller);

    void end(const std::string& digest);
    void end_all(const std::string& user, TicketKind kind);
    std::vector<Ticket> tickets(const std::string& user, TicketKind kind, Instant now);

private:
    Book& book_;
};

}  // namespace purser
