// What all pages share, and what one request is to the page that answers it.
//
// A page never decides: it asks the book in the name of who is signed in, and shows what it says.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/web/books.hpp"
#include "app/web/http.hpp"
#include "app/web/kept.hpp"
#include "app/web/lockout.hpp"

namespace purser::web {

// Counts for /metrics.
struct Metrics {
    std::atomic<std::int64_t> answered[6]{};  // by the status' first digit
    std::atomic<std::int64_t> microseconds{0};
    std::atomic<std::int64_t> in_flight{0};
    std::atomic<std::int64_t> sign_ins{0}, failed_sign_ins{0};
};

struct Settings {
    std::string location;
    Listen listen;
    std::string user_header;  // that a trusted proxy says who it is with, or ""
    std::string proxy;        // the address that it has; "" for any of this machine
    std::function<Instant()> clock;
};

struct Site {
    explicit Site(Settings given);

    bool is_secure() const { return settings.listen.has_tls() || settings.listen.behind_proxy; }
    Response answer(const Request& request);

    Settings settings;
    Books books;
    Kept kept;
    Lockout lockout;
    std::timed_mutex password_turn;  // hashing takes 64 MB: one at a time
    Metrics metrics;
    std::string secret;  // of this run
};

struct Visit {
    Site& site;
    const Request& request;
    std::vector<std::string> path;  // its parts between slashes
    Instant now;
    Place* place = nullptr;  // absent where the page takes one by itself
    std::optional<User> user{};
    std::optional<Ticket> ticket{};
    std::string form_secret{};  // what the tokens of this visitor's forms are made from

    Date today() const { return day_of(now); }
};

// A form's token, each time another text; it fits the visitor for whom it was made.
std::string form_token(const Visit& visit);
bool is_form_token(const Visit& visit, const std::string& token);
std::string random_hex();

// What did not go as asked, for people and for programs.
struct Problem {
    int status;
    std::string rule, what, hint;
};
Problem problem_now();  // of the exception that is being handled; logs what is Broken

}  // namespace purser::web
