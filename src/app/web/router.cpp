#include "app/web/router.hpp"

#include <array>
#include <cctype>
#include <chrono>
#include <iostream>

#include "app/web/account.hpp"
#include "app/web/act.hpp"
#include "app/web/address.hpp"
#include "app/web/amount.hpp"
#include "app/web/api.hpp"
#include "app/web/assets.hpp"
#include "app/web/chairs.hpp"
#include "app/web/desk.hpp"
#include "app/web/form_data.hpp"
#include "app/web/gate.hpp"
#include "app/web/machine.hpp"
#include "app/web/page.hpp"
#include "app/web/plain_request.hpp"
#include "app/web/public.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr auto table = std::to_array<Route>({
    {"GET", "/health", Door::open, Work::none, &show_health},
    {"GET", "/metrics", Door::open, Work::page, &show_metrics},
    {"GET", "/assets/DIGEST/NAME", Door::open, Work::none, &show_asset},
    {"GET", "/sign-in", Door::guest, Work::page, &show_sign_in},
    {"POST", "/sign-in", Door::open, Work::secret, &sign_in},
    {"POST", "/sign-out", Door::guest, Work::act, &sign_out},
    {"GET", "/welcome/LINK", Door::guest, Work::page, &show_welcome},
    {"POST", "/welcome/LINK", Door::open, Work::secret, &welcome},
    {"GET", "/account", Door::signed_in, Work::page, &show_account},
    {"GET", "/account/links", Door::signed_in, Work::page, &show_links},
    {"POST", "/account/links", Door::signed_in, Work::act, &links_told},
    {"POST", "/account/password", Door::open, Work::secret, &change_password},
    {"POST", "/account/sign-out-everywhere", Door::signed_in, Work::act, &sign_out_everywhere},
    {"POST", "/account/token", Door::signed_in, Work::act, &issue_token},
    {"POST", "/account/end", Door::signed_in, Work::act, &end_token},
    {"POST", "/account/invite", Door::signed_in, Work::act, &invite},
    {"GET", "/public/KEY", Door::guest, Work::page, &show_public_page},
    {"GET", "/public/KEY/FILE", Door::guest, Work::page, &show_public_file},
    {"GET", "/public/KEY/data/FILE", Door::guest, Work::page, &show_public_file},
    {"GET", "/amount/KEY", Door::signed_in, Work::page, &show_amount},
    {"GET", "/", Door::signed_in, Work::page, &show_reviews},
    {"GET", "/desk/KEY", Door::signed_in, Work::page, &show_desk},
    {"GET", "/KEY", Door::signed_in, Work::page, &show_chairs_page},
    {"GET", "/api/v1", Door::program, Work::page, &show_api},
    {"GET", "/api/v1/*", Door::program, Work::page, &read_for_program},
    {"POST", "/api/v1/*", Door::program, Work::act, &act_for_program},
    {"GET", "/*", Door::signed_in, Work::page, &show_deed},
    {"POST", "/*", Door::signed_in, Work::act, &do_deed},
});

constexpr std::size_t small_body = std::size_t{64} * 1024;  // more takes a seat
constexpr std::size_t page_threads = 8, of_one_person = 3;
constexpr std::size_t kept_pages = 256;  // of some 100 kB each
constexpr std::size_t kept_papers = 32;
constexpr std::size_t most_secrets = 16;    // a few seconds' work
constexpr std::size_t most_at_door = 2048;  // one address may be that of many; each takes no time

bool is_variable(const std::string& part) {
    return std::isupper(static_cast<unsigned char>(part.front())) != 0;
}

// KEY and what else is in capitals stands for one part; a star for all that follow.
bool fits(const std::vector<std::string>& wanted, const std::vector<std::string>& path) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == "*") return path.size() > i;
        if (i >= path.size()) return false;
        const bool is_key = wanted[i] == "KEY" && !is_variable(path[i]);
        if (is_key || (!is_variable(wanted[i]) && wanted[i] != path[i])) return false;
    }
    return wanted.size() == path.size();
}

const Route* find(const std::string& method, const std::vector<std::string>& path) {
    for (const Route& route : table) {
        if (route.method == method && fits(parts_of(route.path), path)) return &route;
    }
    return nullptr;
}

bool is_for_program(const Visit& visit) {
    return !visit.path.empty() && visit.path.front() == "api";
}

Response said(const Visit& visit, const Problem& problem) {
    return is_for_program(visit) ? api_problem(problem) : problem_page(visit, problem);
}

// What was asked for, as an address again.
std::string wanted_address(const Visit& visit) {
    std::string path;
    for (const auto& part : visit.path) path += '/' + encoded(part);
    const auto& fields = visit.request.fields;
    return (path.empty() ? "/" : path) + query_of({fields.begin(), fields.end()});
}

// A form of another site, or of a session that is over, gets no further.
std::optional<Problem> wrong_origin(const Visit& visit) {
    const std::string origin = visit.request.header("origin");
    const std::string host = visit.request.header("host");
    const std::string& ours = visit.site.settings.address;  // said by who runs this, where it is
    const bool is_ours =
        origin.empty() ||
        (ours.empty() ? origin == "http://" + host || origin == "https://" + host : origin == ours);
    if (is_ours && is_form_token(visit, visit.request.field("form-token"))) return {};
    return Problem{403, "wrong_form", "this form is not of this session, or it is too old",
                   "load the page again, then send it again"};
}

bool posts(const Route& route) { return route.method == "POST"; }
bool is_verb(const Route& route) { return posts(route) && route.path.ends_with("/*"); }

Response not_signed_in(const Visit& visit, const Route& route) {
    if (route.door == Door::program) {
        return said(visit, {401, "no_token", "this takes a bearer token that is known and in time",
                            "a user makes one on the page /account"});
    }
    return redirect("/sign-in" + (posts(route) ? "" : query_of({{"next", wanted_address(visit)}})));
}

// Says who it is; false when nobody may come in here but users.
bool recognized(Visit& visit, const Route& route) {
    if (route.door == Door::program) {
        recognize_program(visit);
    } else {
        recognize(visit);
    }
    return visit.user || route.door == Door::guest || route.door == Door::open;
}

// With its body. Who was known by the head may have been signed out meanwhile.
Response answered(Visit& visit, const Route& route) {
    if (!posts(route)) {
        if (route.door == Door::open) return route.page(visit);
        const auto reader = visit.site.books.reader();
        visit.place = &*reader;
        return recognized(visit, route) ? route.page(visit) : not_signed_in(visit, route);
    }
    {
        const auto reader = visit.site.books.reader();
        visit.place = &*reader;
        const bool is_known = recognized(visit, route);
        visit.place = nullptr;
        if (!is_known) return not_signed_in(visit, route);
    }
    if (route.door != Door::program) {
        if (const auto wrong = wrong_origin(visit)) return said(visit, *wrong);
    }
    if (route.door == Door::open) return route.page(visit);
    const auto writer = visit.site.books.writer();
    visit.place = &*writer;
    return route.page(visit);
}

bool may_be_large(const Request& head, std::size_t limit) {
    const std::string length = head.header("content-length");
    const bool is_known = !length.empty();
    return limit > small_body && (is_known ? std::stoull(length) > small_body
                                           : head.headers.contains("transfer-encoding"));
}

// What the server itself refuses, in words.
std::string words_of(int status) {
    switch (status) {
        case 405: return "this takes GET, HEAD and POST alone";
        case 408: return "the request did not arrive in time";
        case 413: return "too much was sent: a file may have 10 MB, anything else 1 MB";
        case 414: return "the address is too long";
        case 417: return "what the request expects cannot be done";
        case 431: return "the head of the request is too large";
        case 505: return "this speaks HTTP/1.1";
        default: return "the request cannot be read";
    }
}

Problem too_busy() {
    return {503, "busy", "more is asked of this server than it can answer now",
            "try again in a few seconds; nothing was recorded"};
}

}  // namespace

std::span<const Route> routes() { return table; }

Site::Site(Settings given)
    : settings(std::move(given)),
      books(settings.location),
      kept(kept_pages),
      papers_kept(kept_papers),
      secret(random_hex()),
      pulse(books),
      door_(2, 2, most_at_door),
      pages_(page_threads, of_one_person),
      acts_(3, 1),
      secrets_(2, 1, most_secrets),
      papers_(2, 1) {}

// Each may still hand on to the next.
void Site::finish() {
    for (Lane* lane : {&door_, &pages_, &acts_, &secrets_, &papers_}) lane->finish();
}

// What makes a response, or what it says when that goes wrong.
template <typename Make>
std::optional<Response> Site::tried(const Request& request, const Make& make) {
    Visit visit{*this, request, parts_of(request.path), settings.clock()};
    try {
        return make(visit);
    } catch (...) {
        visit.place = nullptr;
        return said(visit, problem_now());
    }
}

Response Site::counted(const Request& request, Response response) {
    if (response.status == 503) response.headers.emplace_back("Retry-After", "2");
    add_safety(*this, response);
    ++metrics.answered[static_cast<std::size_t>(response.status / 100)];
    metrics.microseconds += std::chrono::duration_cast<std::chrono::microseconds>(
                                std::chrono::steady_clock::now() - request.begun)
                                .count();
    return response;
}

Response Site::busy(const Request& request) {
    return *tried(request, [](const Visit& visit) { return said(visit, too_busy()); });
}

Lane& Site::lane_of(Work work) {
    switch (work) {
        case Work::none:
        case Work::page: return pages_;
        case Work::act: return acts_;
        case Work::secret: return secrets_;
        case Work::paper: return papers_;
    }
    return pages_;
}

Admission Site::admitted(const Request& head, const Route& route) {
    Admission admission;
    admission.answer = tried(head, [&](Visit& visit) -> std::optional<Response> {
        const auto reader = books.reader();
        visit.place = &*reader;
        if (!recognized(visit, route)) return not_signed_in(visit, route);
        admission.who = visit.user ? visit.user->name : '@' + network_of(head.client);
        Work work = route.work;
        if (is_verb(route)) {
            if (const auto problem = stopped_at_gate(visit)) return said(visit, *problem);
            work = work_of(visit);
            admission.body_limit = body_limit_of(visit);
        } else if (posts(route)) {
            admission.body_limit = small_body;
        }
        admission.lane = &lane_of(work);
        if (!may_be_large(head, admission.body_limit)) return {};
        admission.seat = seats.take(admission.who);
        return admission.seat == nullptr ? std::optional(said(visit, too_busy())) : std::nullopt;
    });
    if (admission.answer) admission.answer = counted(head, *admission.answer);
    return admission;
}

void Site::admit(std::shared_ptr<Request> head, std::function<void(Admission)> then) {
    ++metrics.in_flight;
    head->flight = {&metrics, [](void* counts) { --static_cast<Metrics*>(counts)->in_flight; }};
    const Route* route = nullptr;
    auto early = tried(*head, [&](Visit& visit) -> std::optional<Response> {
        read_target(*head);
        require_plain_request(*head, settings.user_header);
        visit.path = parts_of(head->path);
        route = find(head->method, visit.path);
        if (route == nullptr) {
            return said(visit, {404, "unknown_page", "there is no page at this address", ""});
        }
        return route->work == Work::none ? std::optional(route->page(visit)) : std::nullopt;
    });
    const auto judge = [this, head, route, then] { then(admitted(*head, *route)); };
    if (!early && door_.post(network_of(head->client), judge)) return;
    then({.answer = counted(*head, early ? *early : busy(*head))});
}

void Site::answer(std::shared_ptr<Request> request, const Admission& admission,
                  std::function<void(Response)> then) {
    const auto work = [this, request, who = admission.who, seat = admission.seat, then] {
        auto response = *tried(*request, [&](Visit& visit) {
            read_form(*request);
            require_plain_request(*request, settings.user_header);
            return std::optional(answered(visit, *find(request->method, visit.path)));
        });
        if (!response.paper) return then(counted(*request, std::move(response)));
        const auto print = [this, request, then, paper = response.paper] {
            then(counted(*request,
                         *tried(*request, [&](const Visit&) { return std::optional(paper()); })));
        };
        if (!papers_.post(who, print)) then(counted(*request, busy(*request)));
    };
    if (!admission.lane->post(admission.who, work)) then(counted(*request, busy(*request)));
}

Response Site::refusal(int status, const std::string& target) {
    Request request;
    request.path = target.substr(0, target.find('?'));
    auto response = *tried(request, [&](const Visit& visit) {
        return std::optional(said(visit, {status, "bad_input", words_of(status), ""}));
    });
    if (status == 405) response.headers.emplace_back("Allow", "GET, HEAD, POST");
    return counted(request, std::move(response));
}

}  // namespace purser::web
