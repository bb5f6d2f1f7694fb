#include "app/web/page.hpp"

#include <algorithm>
#include <array>

#include "app/web/assets.hpp"
#include "embedded/web.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

struct Link {
    std::string_view title, noun;
};
// What a review's navigation offers; the rest stands on its desk.
constexpr std::array<Link, 8> links{{{"Expenses", "/expense/list/"},
                                     {"Commitments", "/commitments/"},
                                     {"Requests", "/request/list/"},
                                     {"Register", "/register/"},
                                     {"Meetings", "/meetings/"},
                                     {"Forecast", "/forecast/"},
                                     {"Fact sheet", "/factsheet/show/"},
                                     {"Desk", "/desk/"}}};

Data navigation(const Visit& visit, const std::string& review) {
    Data all = list();
    const std::string here = '/' + visit.path.front() +
                             (visit.path.size() > 2 ? '/' + visit.path[1] : std::string()) + '/';
    const auto add = [&](std::string_view title, const std::string& target, bool is_here) {
        Data one;
        one.set("title", std::string(title));
        one.set("target", target);
        one.set("here", is_here);
        all.push_back(one);
    };
    if (visit.user && !sees_figures(*visit.user, review)) {
        add("Fact sheets", "/factsheet/list/" + review, here == "/factsheet/list/");
        return all;
    }
    add("Overview", '/' + review, visit.path.front() == review);
    for (const Link& link : links) {
        add(link.title, std::string(link.noun) + review, here == link.noun);
    }
    return all;
}

}  // namespace

bool sees_figures(const User& user, const std::string& review) {
    return std::any_of(user.grants.begin(), user.grants.end(), [&](const Grant& grant) {
        return grant.role != Role::viewer && (!grant.review || grant.review->text() == review);
    });
}

Data list() { return Data{Data::type::list}; }

std::string template_text(std::string_view name) {
    return std::string(embedded::web::file(std::string(name) + ".html"));
}

std::string rendered(std::string_view name, const Data& data) {
    kainjow::mustache::mustache page{template_text(name)};
    return page.render(data);
}

std::string escaped(std::string_view text) {
    Data data;
    data.set("text", std::string(text));
    kainjow::mustache::mustache page{"{{text}}"};
    return page.render(data);
}

std::string body_of_kept(const std::string& page) {
    const auto begin = page.find("</h1>");
    const auto head = page.find("</header>", begin);
    const auto end = page.rfind("</main>");
    if (begin == std::string::npos || head == std::string::npos || end == std::string::npos) {
        throw Broken("a kept page has no body");
    }
    return page.substr(begin + 5, head - begin - 5) + page.substr(head + 9, end - head - 9);
}

std::string token_field(const Visit& visit) {
    return "<input type=\"hidden\" name=\"form-token\" value=\"" + form_token(visit) + "\">";
}

Response framed(const Visit& visit, const Page& page) {
    Data data;
    data.set("title", page.title);
    data.set("body", page.body);
    data.set("wide", page.wide);
    data.set("bootstrap", asset_path("bootstrap.css"));
    data.set("sheet", asset_path("sheet.css"));
    data.set("style", asset_path("purser.css"));
    data.set("icon", asset_path("icon.svg"));
    data.set("signed_in", visit.user.has_value());
    if (visit.user) {
        data.set("user", visit.user->name);
        data.set("token", form_token(visit));
        data.set("ends", visit.ticket.has_value());
    }
    if (!page.review.empty()) {
        data.set("in_review", true);
        data.set("review", page.review);
        data.set("links", navigation(visit, page.review));
    }
    Response response;
    response.status = page.status;
    response.body = rendered("frame", data);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Response problem_page(const Visit& visit, const Problem& problem, const std::string& review) {
    Data data;
    const bool missing = problem.status == 404;
    const std::string title = missing                 ? "Not here"
                              : problem.status == 403 ? "Not allowed"
                              : problem.status == 422 ? "Refused"
                              : problem.status >= 500 ? "Something broke"
                                                      : "That did not work";
    data.set("title", title);
    data.set("what", problem.what);
    data.set("hint", problem.hint);
    data.set("has_hint", !problem.hint.empty());
    return framed(visit, {title, rendered("problem", data), problem.status, review});
}

Problem no_page() { return {404, "unknown_page", "there is no page at this address", ""}; }

Response redirect(const std::string& to) {
    Response response;
    response.status = 303;
    response.type = "text/plain; charset=utf-8";
    response.headers.emplace_back("Location", to);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

void add_safety(const Site& site, Response& response) {
    auto& headers = response.headers;
    const bool has_own = std::any_of(headers.begin(), headers.end(), [](const auto& one) {
        return one.first == "Content-Security-Policy";
    });
    if (!has_own) {
        headers.emplace_back("Content-Security-Policy",
                             "default-src 'none'; style-src 'self'; script-src 'self'; "
                             "connect-src 'self'; img-src 'self' data:; form-action 'self'; "
                             "frame-ancestors 'none'; base-uri 'none'");
    }
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("Referrer-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    if (site.is_secure()) {
        headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    }
}

}  // namespace purser::web
