// What all pages share, and what one request is to the page that answers it.
//
// A page never decides: it asks the book in the name of who is signed in, and shows what it says.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "app/web/books.hpp"
#include "app/web/http.hpp"
#include "app/web/kept.hpp"
#include "app/web/lane.hpp"
#include "app/web/lockout.hpp"
#include "app/web/pulse.hpp"
#include "app/web/seats.hpp"

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
    std::string address;      // where people find the pages; "" where they listen
    std::function<Instant()> clock;
};

struct Route;
enum class Work;

// Its work is done in lanes, so that none holds what others need: who it is and whether it may;
// pages; acts; what hashes a password, 64 MB each; what is printed on paper, some ten seconds each.
struct Site : Answering {
    explicit Site(Settings given);
    ~Site() override { finish(); }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    void admit(std::shared_ptr<Request> head, std::function<void(Admission)> then) override;
    void answer(std::shared_ptr<Request> request, const Admission& admission,
                std::function<void(Response)> then) override;
    Response refusal(int status, const std::string& target) override;
    void finish();  // what was accepted is answered when this returns

    bool is_secure() const { return settings.listen.has_tls() || settings.listen.behind_proxy; }

    Settings settings;
    Books books;
    Kept kept;
    Kept papers_kept;  // by the digest of what they are made of
    Lockout lockout;
    std::string address;  // where the pages are, for links: "https://books.example.org"
    Metrics metrics;
    Seats seats;
    std::string secret;  // of this run
    Pulse pulse;

private:
    template <typename Make>
    std::optional<Response> tried(const Request& request, const Make& make);
    Admission admitted(const Request& head, const Route& route);
    Response counted(const Request& request, Response response);
    Response busy(const Request& request);
    Lane& lane_of(Work work);

    Lane door_, pages_, acts_, secrets_, papers_;
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
