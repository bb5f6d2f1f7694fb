#include "app/web/account.hpp"

#include <algorithm>
#include <mutex>

#include "app/web/address.hpp"
#include "app/web/page.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::chrono::minutes touch_after{5};
constexpr std::size_t longest_password = 1000;

std::string cookie_name(const Site& site, const std::string& what) {
    return (site.is_secure() ? "__Host-purser-" : "purser-") + what;
}

// A cookie that no script reads and no other site sends along with a form.
void set_cookie(const Site& site, Response& response, const std::string& what,
                const std::string& value) {
    std::string text = cookie_name(site, what) + '=' + value + "; Path=/; HttpOnly; SameSite=Lax";
    if (site.is_secure()) text += "; Secure";
    if (value.empty()) text += "; Max-Age=0";
    response.headers.emplace_back("Set-Cookie", text);
}

// A page of ours to go to after signing in, and nothing else.
std::string safe_target(const std::string& target) {
    // Browsers leave tabs and line ends out of an address: "/\t/other.example" is another site's.
    const bool is_plain = std::none_of(target.begin(), target.end(), [](unsigned char c) {
        return c <= ' ' || c == '\\' || c == 127;
    });
    const bool is_path = target.starts_with('/') && !target.starts_with("//") && is_plain;
    return is_path ? target : "/";
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

// Nothing when the password is right, else what to say.
std::string wrong_password(Visit& visit, const std::string& user, const std::string& password) {
    const std::string wrong =
        "The name or the password is wrong, or there were too many tries: wait a little then.";
    Site& site = visit.site;
    const auto now = std::chrono::steady_clock::now();
    if (user.size() > 64 || password.size() > longest_password) return wrong;
    if (site.lockout.is_locked(user, now)) return wrong;
    const std::unique_lock turn(site.password_turn, std::chrono::seconds(5));
    if (!turn.owns_lock()) return "Too many people are signing in: try again in a moment.";
    const bool right = visit.place != nullptr
                           ? visit.place->access.is_password(user, password)
                           : site.books.reader()->access.is_password(user, password);
    if (right) {
        site.lockout.passed(user);
        return {};
    }
    site.lockout.failed(user, now);
    ++site.metrics.failed_sign_ins;
    return wrong;
}

Data tickets_of(Visit& visit, TicketKind kind) {
    Data all = list();
    for (const Ticket& one : visit.place->access.tickets(visit.user->name, kind, visit.now)) {
        Data data;
        data.set("label", one.label);
        data.set("issued", to_text(day_of(one.issued)));
        data.set("used", to_text(one.used).substr(0, 16));
        data.set("expires", to_text(day_of(one.expires)));
        data.set("scope", one.writes ? "reads and writes" : "reads");
        data.set("digest", one.digest);
        data.set("token", form_token(visit));
        data.set("this", visit.ticket && visit.ticket->digest == one.digest);
        all.push_back(data);
    }
    return all;
}

struct Said {
    std::string done, problem, secret;
};

Response account_page(Visit& visit, const Said& said, int status = 200) {
    Data data;
    data.set("user", visit.user->name);
    data.set("token", form_token(visit));
    data.set("done", said.done);
    data.set("is_done", !said.done.empty());
    data.set("problem", said.problem);
    data.set("wrong", !said.problem.empty());
    data.set("secret", said.secret);
    data.set("has_secret", !said.secret.empty());
    data.set("sessions", tickets_of(visit, TicketKind::session));
    data.set("programs", tickets_of(visit, TicketKind::program));
    data.set("is_admin", visit.user->has(Role::admin, ReviewKey::book()));
    return framed(visit, {"Account", rendered("account", data), status});
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
                                "ask an admin for a new one; the first: purser user invite NAME"});
}

// Only the proxy says who somebody is; whoever reaches us around it says nothing.
bool is_of_proxy(const Visit& visit) {
    return visit.site.settings.listen.is_proxy(visit.request.remote);
}

Response proxy_decides(const Visit& visit) {
    return problem_page(visit, {403, "not_permitted",
                                "the proxy in front of this says who somebody is, and it named "
                                "nobody whom the book knows",
                                "sign in there; an admin adds users here: purser user add NAME"});
}

Caller caller_of(const Visit& visit, const std::string& user) { return {user, {}, visit.now}; }

}  // namespace

void recognize(Visit& visit) {
    Site& site = visit.site;
    const std::string& header = site.settings.user_header;
    Place& place = *visit.place;
    if (!header.empty()) {
        const std::string name = is_of_proxy(visit) ? visit.request.header(header) : "";
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
        if (visit.now - visit.ticket->used >= touch_after) {
            site.books.writer()->access.touch(*visit.ticket, visit.now);  // waits for nobody
        }
        return;
    }
    visit.form_secret = visit.request.cookie(cookie_name(site, "visitor"));
}

Response show_sign_in(Visit& visit) {
    if (!visit.site.settings.user_header.empty()) return proxy_decides(visit);
    const bool is_new = visit.form_secret.size() < 32;
    if (is_new) visit.form_secret = random_hex();
    Response response = sign_in_page(visit, {}, 200);
    if (is_new) set_cookie(visit.site, response, "visitor", visit.form_secret);
    return response;
}

Response sign_in(Visit& visit) {
    if (!visit.site.settings.user_header.empty()) return proxy_decides(visit);
    const std::string user = visit.request.field("user");
    const std::string problem = wrong_password(visit, user, visit.request.field("password"));
    if (!problem.empty()) return sign_in_page(visit, problem, 403);
    const auto writer = visit.site.books.writer();
    const std::string session = writer->access.open_session(user, visit.now);
    ++visit.site.metrics.sign_ins;
    Response response = redirect(safe_target(visit.request.field("next")));
    set_cookie(visit.site, response, "session", session);
    set_cookie(visit.site, response, "visitor", "");
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
    const bool is_new = visit.form_secret.size() < 32;
    if (is_new) visit.form_secret = random_hex();
    Response response = welcome_page(visit, link->user, {}, 200);
    if (is_new) set_cookie(visit.site, response, "visitor", visit.form_secret);
    return response;
}

Response welcome(Visit& visit) {
    const std::string held = visit.path.at(1);
    const auto link = visit.place->access.find(held, TicketKind::link, visit.now);
    if (!link) return no_link(visit);
    const std::string password = visit.request.field("password");
    if (password != visit.request.field("again")) {
        return welcome_page(visit, link->user, "The two passwords differ.", 400);
    }
    try {
        visit.place->access.accept(held, password, caller_of(visit, link->user));
    } catch (const BadInput& bad) {
        return welcome_page(visit, link->user, bad.what(), 400);
    }
    Response response = redirect("/");
    set_cookie(visit.site, response, "session",
               visit.place->access.open_session(link->user, visit.now));
    return response;
}

Response show_account(Visit& visit) { return account_page(visit, {}); }

Response change_password(Visit& visit) {
    const std::string wrong =
        wrong_password(visit, visit.user->name, visit.request.field("current"));
    if (!wrong.empty()) return account_page(visit, {{}, "The present password is wrong.", {}}, 403);
    const std::string password = visit.request.field("password");
    if (password != visit.request.field("again")) {
        return account_page(visit, {{}, "The two new passwords differ.", {}}, 400);
    }
    Place& place = *visit.place;
    try {
        place.book.set_password(caller_of(visit, visit.user->name), visit.user->name, password);
    } catch (const BadInput& bad) {
        return account_page(visit, {{}, bad.what(), {}}, 400);
    }
    Response response = redirect("/account");
    set_cookie(visit.site, response, "session",
               place.access.open_session(visit.user->name, visit.now));
    return response;
}

Response sign_out_everywhere(Visit& visit) {
    visit.place->access.end_all(visit.user->name, TicketKind::session);
    Response response = redirect("/sign-in");
    set_cookie(visit.site, response, "session", "");
    return response;
}

Response issue_token(Visit& visit) {
    try {
        const std::string label = parse_text(visit.request.field("label"), "label");
        const Date until = parse_date(visit.request.field("until"));
        const Instant expires{until + date::days{1}};
        const std::string held = visit.place->access.issue({visit.user->name,
                                                            TicketKind::program,
                                                            visit.request.field("scope") == "write",
                                                            label,
                                                            visit.now,
                                                            visit.now,
                                                            expires,
                                                            {}});
        return account_page(visit, {"The token, which is shown this once:", {}, held});
    } catch (const BadInput& bad) {
        return account_page(visit, {{}, bad.what(), {}}, 400);
    }
}

// Of one's own only.
Response end_token(Visit& visit) {
    const std::string digest = visit.request.field("digest");
    for (const auto kind : {TicketKind::session, TicketKind::program}) {
        for (const Ticket& one : visit.place->access.tickets(visit.user->name, kind, visit.now)) {
            if (one.digest == digest) visit.place->access.end(digest);
        }
    }
    return redirect("/account");
}

Response invite(Visit& visit) {
    try {
        const std::string user = parse_user(visit.request.field("name"));
        const std::string link =
            visit.place->access.invite(caller_of(visit, visit.user->name), user);
        const std::string at = (visit.site.is_secure() ? "https://" : "http://") +
                               visit.request.header("host") + "/welcome/" + link;
        return account_page(visit, {"A link for " + user + ", good once, for two days:", {}, at});
    } catch (const Refused& no) {
        return account_page(visit, {{}, no.what(), {}}, 422);
    } catch (const BadInput& bad) {
        return account_page(visit, {{}, bad.what(), {}}, 400);
    }
}

}  // namespace purser::web
