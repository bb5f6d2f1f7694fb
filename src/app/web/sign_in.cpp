#include "app/web/sign_in.hpp"

#include <algorithm>

#include "app/web/account.hpp"
#include "app/web/address.hpp"
#include "app/web/page.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

std::string cookie_name(const Site& site, const std::string& what) {
    return (site.is_secure() ? "__Host-purser-" : "purser-") + what;
}

// Of each user one, so that several can be known in the same browser; it names nobody.
std::string browser_cookie(const std::string& user) {
    return "browser-" + sha256(user).substr(0, 12);
}

Response sign_in_page(const Visit& visit, const std::string& problem, int status) {
    Data data;
    data.set("token", form_token(visit));
    data.set("next", safe_target(visit.request.field("next")));
    data.set("user", visit.request.field("user"));
    data.set("problem", problem);
    data.set("wrong", !problem.empty());
    return framed(visit, {"Sign in", rendered("sign_in", data), status});
}

Response welcome_page(const Visit& visit, const std::string& user, const std::string& problem,
                      int status) {
    Data data;
    data.set("token", form_token(visit));
    data.set("action", "/welcome/" + visit.path.at(1));
    data.set("user", user);
    data.set("problem", problem);
    data.set("wrong", !problem.empty());
    return framed(visit, {"Welcome", rendered("welcome", data), status});
}

Response no_link(const Visit& visit) {
    return problem_page(visit, {404, "unknown_link", "this link was used, or it is too old",
                                "ask an admin for a new one: purser user invite NAME"});
}

Response proxy_decides(const Visit& visit) {
    return problem_page(visit, {403, "not_permitted",
                                "the proxy in front of this says who somebody is, and it named "
                                "nobody whom the book knows",
                                "sign in there; an admin adds users here: purser user add NAME"});
}

// A form's secret before anybody is known, in a cookie of its own.
Response with_visitor(Visit& visit, const std::function<Response()>& page) {
    const bool is_new = visit.form_secret.size() < 32;
    if (is_new) visit.form_secret = random_hex();
    Response response = page();
    if (is_new) set_cookie(visit.site, response, "visitor", visit.form_secret);
    return response;
}

}  // namespace

std::string line_of(const Visit& visit, const std::string& field) {
    std::string text = visit.request.field(field);
    require_plain(text, "field " + field);
    return text;
}

void set_cookie(const Site& site, Response& response, const std::string& what,
                const std::string& value, std::chrono::seconds kept) {
    std::string text = cookie_name(site, what) + '=' + value + "; Path=/; HttpOnly; SameSite=Lax";
    if (site.is_secure()) text += "; Secure";
    if (value.empty()) text += "; Max-Age=0";
    if (kept.count() > 0) text += "; Max-Age=" + std::to_string(kept.count());
    response.headers.emplace_back("Set-Cookie", text);
}

std::string safe_target(const std::string& target) {
    // Browsers leave tabs and line ends out of an address: "/\t/other.example" is another site's.
    const bool is_plain = std::none_of(target.begin(), target.end(), [](unsigned char c) {
        return c <= ' ' || c == '\\' || c == 127;
    });
    const bool is_path = target.starts_with('/') && !target.starts_with("//") && is_plain;
    return is_path ? target : "/";
}

Judged judge_password(Visit& visit, const std::string& user, const std::string& password) {
    const Judged wrong{
        "The name or the password is wrong, or there were too many tries: wait a "
        "little then.",
        403,
        {}};
    Site& site = visit.site;
    if (user.size() > 64 || password.size() > NewPassword::longest) return wrong;
    Lockout::Try one{user, network_of(visit.request.client),
                     visit.ticket ? visit.ticket->digest : ""};
    Judged result;
    {
        const auto reader = site.books.reader();
        const std::string held = visit.request.cookie(cookie_name(site, browser_cookie(user)));
        const bool is_known =
            one.own.empty() && reader->access.is_known_browser(user, held, visit.now);
        if (is_known) one.own = sha256(held);
        result.stored = reader->access.password_of(user);
    }
    if (!site.lockout.admits(one, std::chrono::steady_clock::now())) return wrong;
    if (result.stored.is(password)) {
        site.lockout.passed(one);
        return result;
    }
    ++site.metrics.failed_sign_ins;
    return wrong;
}

std::unique_ptr<NewPassword> chosen_password(Visit& visit, const std::string& user) {
    const std::string password = line_of(visit, "password");
    if (password != line_of(visit, "again")) {
        throw BadInput("the two passwords differ", "type the same one twice");
    }
    return std::make_unique<NewPassword>(user, password);
}

std::string come_in(Visit& visit, Response& response, const std::string& user,
                    const StoredPassword& password, const std::string& next) {
    Site& site = visit.site;
    const auto writer = site.books.writer();
    const auto session = writer->access.open_session(user, password, visit.now);
    if (!session) return {};
    const std::string held = visit.request.cookie(cookie_name(site, browser_cookie(user)));
    ++site.metrics.sign_ins;
    set_cookie(site, response, "session", *session);
    set_cookie(site, response, "visitor", "");
    set_cookie(site, response, browser_cookie(user),
               writer->access.know_browser(user, held, visit.now), Access::browser_life);
    const bool has_news = !writer->access.untold_links(user).empty();
    return has_news ? "/account/links" + query_of({{"next", next}}) : next;
}

void recognize(Visit& visit) {
    Site& site = visit.site;
    const std::string& header = site.settings.user_header;
    Place& place = *visit.place;
    if (!header.empty()) {
        // Only the proxy says who somebody is; whoever reaches us around it says nothing.
        const bool is_of_proxy = site.settings.listen.is_proxy(visit.request.remote);
        const std::string name = is_of_proxy ? visit.request.header(header) : "";
        for (const User& user : place.book.users()) {
            if (user.name == name && !user.disabled) visit.user = user;
        }
        visit.form_secret = sha256(site.secret + '\n' + name);
        return;
    }
    const std::string session = visit.request.cookie(cookie_name(site, "session"));
    if (!session.empty()) {
        visit.ticket = place.access.find(session, TicketKind::session, visit.now);
    }
    if (visit.ticket) {
        visit.user = place.book.user(visit.ticket->user);
        visit.form_secret = session;
        if (visit.now - visit.ticket->used >= Access::touch_after) {
            site.books.writer()->access.touch(*visit.ticket, visit.now);  // waits for nobody
        }
        return;
    }
    visit.form_secret = visit.request.cookie(cookie_name(site, "visitor"));
}

Response show_sign_in(Visit& visit) {
    if (!visit.site.settings.user_header.empty()) return proxy_decides(visit);
    return with_visitor(visit, [&] { return sign_in_page(visit, {}, 200); });
}

Response sign_in(Visit& visit) {
    if (!visit.site.settings.user_header.empty()) return proxy_decides(visit);
    const std::string user = line_of(visit, "user");
    visit.ticket.reset();  // who signs in anew is counted as everybody is
    const Judged judged = judge_password(visit, user, line_of(visit, "password"));
    if (!judged.problem.empty()) return sign_in_page(visit, judged.problem, judged.status);
    Response response = redirect("/sign-in");
    const std::string target =
        come_in(visit, response, user, judged.stored, safe_target(visit.request.field("next")));
    if (!target.empty()) response.headers.front().second = target;
    return response;
}

Response sign_out(Visit& visit) {
    if (visit.ticket) visit.place->access.end(visit.ticket->digest);
    Response response = redirect("/sign-in");
    set_cookie(visit.site, response, "session", "");
    return response;
}

Response show_welcome(Visit& visit) {
    const auto link = visit.place->access.find(visit.path.at(1), TicketKind::link, visit.now);
    if (!link) return no_link(visit);
    return with_visitor(visit, [&] { return welcome_page(visit, link->user, {}, 200); });
}

Response welcome(Visit& visit) {
    const std::string held = visit.path.at(1);
    const auto link = visit.site.books.reader()->access.find(held, TicketKind::link, visit.now);
    if (!link) return no_link(visit);
    try {
        const auto password = chosen_password(visit, link->user);
        const bool is_done = visit.site.books.writer()
                                 ->access.accept(held, *password, {link->user, {}, visit.now})
                                 .has_value();
        if (!is_done) return no_link(visit);
        Response response = redirect("/sign-in");
        // That there was a link is told at the next sign-in: whoever holds it knows already.
        const std::string target = come_in(visit, response, link->user, password->stored(), "/");
        if (!target.empty()) response.headers.front().second = "/";
        return response;
    } catch (const BadInput& bad) {
        return welcome_page(visit, link->user, sentence_of(bad), 400);
    }
}

}  // namespace purser::web
