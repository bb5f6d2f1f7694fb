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
#include "app/web/machine.hpp"
#include "app/web/page.hpp"
#include "app/web/public.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr auto table = std::to_array<Route>({
    {"GET", "/health", Door::open, &show_health},
    {"GET", "/metrics", Door::open, &show_metrics},
    {"GET", "/assets/DIGEST/NAME", Door::open, &show_asset},
    {"GET", "/sign-in", Door::guest, &show_sign_in},
    {"POST", "/sign-in", Door::open, &sign_in},
    {"POST", "/sign-out", Door::guest, &sign_out},
    {"GET", "/welcome/LINK", Door::guest, &show_welcome},
    {"POST", "/welcome/LINK", Door::guest, &welcome},
    {"GET", "/account", Door::signed_in, &show_account},
    {"POST", "/account/password", Door::signed_in, &change_password},
    {"POST", "/account/sign-out-everywhere", Door::signed_in, &sign_out_everywhere},
    {"POST", "/account/token", Door::signed_in, &issue_token},
    {"POST", "/account/end", Door::signed_in, &end_token},
    {"POST", "/account/invite", Door::signed_in, &invite},
    {"GET", "/public/KEY", Door::guest, &show_public_page},
    {"GET", "/public/KEY/FILE", Door::guest, &show_public_file},
    {"GET", "/public/KEY/data/FILE", Door::guest, &show_public_file},
    {"GET", "/amount/KEY", Door::signed_in, &show_amount},
    {"GET", "/", Door::signed_in, &show_reviews},
    {"GET", "/desk/KEY", Door::signed_in, &show_desk},
    {"GET", "/KEY", Door::signed_in, &show_chairs_page},
    {"GET", "/api/v1", Door::program, &show_api},
    {"GET", "/api/v1/*", Door::program, &read_for_program},
    {"POST", "/api/v1/*", Door::program, &act_for_program},
    {"GET", "/*", Door::signed_in, &show_deed},
    {"POST", "/*", Door::signed_in, &do_deed},
});

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
    const bool is_ours =
        origin.empty() || origin == "http://" + host || origin == "https://" + host;
    if (is_ours && is_form_token(visit, visit.request.field("form-token"))) return {};
    return Problem{403, "wrong_form", "this form is not of this session, or it is too old",
                   "load the page again, then send it again"};
}

Response answer_route(Visit& visit, const Route& route) {
    const bool posts = route.method == "POST";
    if (route.door == Door::open && !posts) return route.page(visit);
    // Who it is needs a moment; the page itself may need longer, and a writer.
    {
        const auto reader = visit.site.books.reader();
        visit.place = &*reader;
        if (route.door == Door::program) {
            recognize_program(visit);
        } else {
            recognize(visit);
        }
        if (!posts && (route.door == Door::guest || visit.user)) return route.page(visit);
        visit.place = nullptr;
    }
    if (route.door == Door::program && !visit.user) {
        return said(visit, {401, "no_token", "this takes a bearer token that is known and in time",
                            "a user makes one on the page /account"});
    }
    if (route.door == Door::signed_in && !visit.user) {
        return redirect("/sign-in" + (posts ? "" : query_of({{"next", wanted_address(visit)}})));
    }
    if (route.door != Door::program) {
        if (const auto wrong = wrong_origin(visit)) return said(visit, *wrong);
    }
    if (route.door == Door::open) return route.page(visit);
    const auto writer = visit.site.books.writer();
    visit.place = &*writer;
    return route.page(visit);
}

Response answer_visit(Visit& visit) {
    try {
        if (visit.request.method == "ERROR") {
            return said(visit, {std::stoi(visit.request.body), "bad_input",
                                "the server cannot take this request", ""});
        }
        const Route* const route = find(visit.request.method, visit.path);
        if (route == nullptr) {
            return said(visit, {404, "unknown_page", "there is no page at this address", ""});
        }
        return answer_route(visit, *route);
    } catch (...) {
        visit.place = nullptr;
        return said(visit, problem_now());
    }
}

}  // namespace

std::span<const Route> routes() { return table; }

Response Site::answer(const Request& request) {
    const auto begun = std::chrono::steady_clock::now();
    ++metrics.in_flight;
    Response response;
    try {
        Visit visit{*this, request, parts_of(request.path), settings.clock()};
        response = answer_visit(visit);
    } catch (const std::exception& sorry) {
        std::cerr << "broken: " + std::string(sorry.what()) + '\n';
        response.status = 500;
        response.type = "text/plain; charset=utf-8";
        response.body = "something broke; the log says more\n";
    }
    add_safety(*this, response);
    --metrics.in_flight;
    ++metrics.answered[static_cast<std::size_t>(response.status / 100)];
    metrics.microseconds += std::chrono::duration_cast<std::chrono::microseconds>(
                                std::chrono::steady_clock::now() - begun)
                                .count();
    return response;
}

}  // namespace purser::web
