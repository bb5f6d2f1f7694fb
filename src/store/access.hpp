// Who may come in from the web: passwords, sessions, tokens of programs, one-time links, and the
// browsers that are known.
//
//     Access access(book);
//     const StoredPassword stored = access.password_of("carl");
//     if (stored.is(typed)) cookie = access.open_session("carl", stored, now);
//
// The log has who made a link for whom, who set a password and who signed another out, and no
// secret. What a person holds is random; the book keeps its SHA-256 only, so that a copy of the
// book opens no door. Answers never tell whether there is such a user.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/book.hpp"
#include "store/password.hpp"
#include "store/ticket_rows.hpp"

namespace purser {

// A link by which a user chooses a password.
struct Invitation {
    Receipt done;
    std::string link;  // what the user must hold; "" when an earlier request of that key made it
};

// That somebody made one, as the log has it.
struct Invited {
    std::string by;
    Date on;
    std::int64_t seq;
};

class Access {
public:
    static constexpr std::chrono::hours idle{2};           // of a session
    static constexpr std::chrono::hours session_life{12};  // however busy
    static constexpr std::chrono::hours link_life{48};
    static constexpr std::chrono::minutes touch_after{5};  // of its last use that was noted
    static constexpr std::chrono::hours browser_life{24 * 365};
    static constexpr std::size_t most_browsers = 20;  // of a user; the oldest are forgotten
    // A token that is made today is good up to this day: for a year.
    static Date last_day_of_token(Date today);

    explicit Access(Book& book) : book_(book) {}

    StoredPassword password_of(const std::string& user);
    bool has_any_password();

    // A session that lives as long as sessions do. Nothing when the password, which was right, is
    // another by now.
    std::optional<std::string> open_session(const std::string& user, const StoredPassword& checked,
                                            Instant now);
    // What a browser keeps that has signed in as that user; in place of what it had.
    std::string know_browser(const std::string& user, const std::string& held, Instant now);
    bool is_known_browser(const std::string& user, const std::string& held, Instant now);
    // A program's token, up to a day. BadInput when it would end before it begins, or live longer
    // than a year. Nothing when `session`, the digest of the maker's own, is over by now; "" where
    // a proxy says who it is.
    struct TokenAsk {
        std::string label;
        bool writes;
        Date until;
    };
    std::optional<std::string> issue_token(const std::string& user, const std::string& session,
                                           const TokenAsk& ask, Instant now);
    // Refuses not_permitted but to the user and to admins, unknown_user, user_disabled.
    Invitation invite(const Caller& caller, const std::string& user);
    // Nothing when it is not known, over, idle for too long, or its user is disabled.
    std::optional<Ticket> find(const std::string& held, TicketKind kind, Instant now);
    // It was used. Nobody waits for that to be noted: while others write it is not.
    void touch(const Ticket& ticket, Instant now);
    // The user has chosen a password: the link is used up, and nothing else lets the user in. Of
    // several at once one does it; nothing when the link was used or is too old.
    std::optional<Receipt> accept(const std::string& link, const NewPassword& password,
                                  const Caller& caller);

    void end(const std::string& digest);
    void end_all(const std::string& user);  // sessions, tokens, links, known browsers
    // The same by an admin, or one of them by its id. Refuses not_permitted, unknown_user,
    // nothing_changes; BadInput when there is none of that id.
    Receipt sign_out(const Caller& caller, const std::string& user, const std::string& id);
    // Of a user, or of all for "": what is not over, the oldest first.
    std::vector<Ticket> tickets(const std::string& user, Instant now);

    // The links that were made for a user and of which the user was not told yet, and that this is
    // done up to an event; and the last ones that there were.
    std::vector<Invited> untold_links(const std::string& user);
    void links_told(const std::string& user, std::int64_t seq);
    std::vector<Invited> last_links(const std::string& user);

private:
    Book& book_;
};

}  // namespace purser
