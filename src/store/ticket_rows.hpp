// Rows of who may come in: sessions, tokens of programs, one-time links, known browsers.
//
// What a person holds is random; a row has its SHA-256 only, so that a copy of the book opens no
// door. None of them is made from the log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "store/password.hpp"
#include "values/date.hpp"

namespace purser {

enum class TicketKind {
    session,  // of a browser that is signed in; ends when it was not used for a while
    program,  // a bearer token
    link,     // lets a user choose a password once
    browser,  // has signed in as that user before: others' wrong passwords do not lock it out
};
std::string_view name(TicketKind kind);

struct Ticket {
    std::string user;
    TicketKind kind;
    bool writes = true;  // false: it only reads
    std::string label;   // what a person calls it
    Instant issued, used, expires;
    std::string by;      // who made it; "" where that is not known
    std::string digest;  // what it is known by in the book

    std::string id() const { return digest.substr(0, 12); }  // for people, to name one of a few
};

// 256 random bits, as a text for addresses and cookies.
std::string random_text();

// A new row with the times of the ticket; gives what the person must hold, which is kept nowhere.
std::string put_ticket(Database& database, const Ticket& ticket);
// Those of a user, or of all for "", the oldest first; those that are over, too.
std::vector<Ticket> load_tickets(Database& database, const std::string& user);
std::vector<Ticket> find_tickets(Database& database, const std::string& digest);
bool has_ticket(Database& database, const std::string& digest);
void end_ticket(Database& database, const std::string& digest);
void end_tickets(Database& database, const std::string& user);  // of every kind
void end_tickets(Database& database, const std::string& user, TicketKind kind);

// What is kept of a user's password; none for who is disabled or not there.
StoredPassword load_password(Database& database, const std::string& user);
// "" takes it away.
void keep_password(Database& database, const std::string& user, const StoredPassword& password);

}  // namespace purser
