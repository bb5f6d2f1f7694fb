#include "app/web/account.hpp"

#include <algorithm>

#include "app/web/address.hpp"
#include "app/web/page.hpp"
#include "app/web/sign_in.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t longest_label = 100;

std::string to_minute(Instant at) {
    std::string text = to_text(at).substr(0, 16);
    text.replace(text.find('T'), 1, " ");
    return text;
}

Data tickets_of(Visit& visit, const std::vector<Ticket>& tickets, TicketKind kind) {
    Data all = list();
    for (const Ticket& one : tickets) {
        if (one.kind != kind) continue;
        Data data;
        data.set("label", one.label);
        data.set("issued", to_text(day_of(one.issued)));
        data.set("used", to_minute(one.used));
        // The last day, not the midnight after it.
        data.set("last_day", to_text(day_of(one.expires - std::chrono::milliseconds{1})));
        data.set("scope", one.writes ? "reads and writes" : "reads");
        data.set("digest", one.digest);
        data.set("token", form_token(visit));
        data.set("this", visit.ticket && visit.ticket->digest == one.digest);
        all.push_back(data);
    }
    return all;
}

Data links_of(const std::vector<Invited>& links) {
    Data all = list();
    for (const Invited& one : links) {
        Data data;
        data.set("by", one.by);
        data.set("on", to_text(one.on));
        all.push_back(data);
    }
    return all;
}

struct Said {
    std::string done, problem, secret;
};

Response account_page(Visit& visit, const Said& said, int status = 200) {
    Access& access = visit.place->access;
    const auto tickets = access.tickets(visit.user->name, visit.now);
    const auto links = access.last_links(visit.user->name);
    Data data;
    data.set("user", visit.user->name);
    data.set("token", form_token(visit));
    data.set("done", said.done);
    data.set("is_done", !said.done.empty());
    data.set("problem", said.problem);
    data.set("wrong", !said.problem.empty());
    data.set("secret", said.secret);
    data.set("has_secret", !said.secret.empty());
    data.set("sessions", tickets_of(visit, tickets, TicketKind::session));
    data.set("programs", tickets_of(visit, tickets, TicketKind::program));
    data.set("today", to_text(visit.today()));
    data.set("last_day", to_text(Access::last_day_of_token(visit.today())));
    data.set("has_links", !links.empty());
    data.set("links", links_of(links));
    data.set("is_admin", visit.user->has(Role::admin, ReviewKey::book()));
    return framed(visit, {"Account", rendered("account", data), status});
}

// Where the page lends itself a book.
Response account_page_now(Visit& visit, const Said& said, int status) {
    const auto reader = visit.site.books.reader();
    visit.place = &*reader;
    Response response = account_page(visit, said, status);
    visit.place = nullptr;
    return response;
}

Caller caller_of(const Visit& visit) { return {visit.user->name, {}, visit.now}; }

Access::TokenAsk token_asked(const Visit& visit) {
    const std::string label = parse_text(line_of(visit, "label"), "label");
    if (label.empty() || label.size() > longest_label) {
        throw BadInput("What the token is for has 1 to 100 letters.");
    }
    return {label, visit.request.field("scope") == "write", parse_date(line_of(visit, "until"))};
}

// To who is signed out meanwhile.
Response signed_out(const Visit& visit) {
    Response response = redirect("/sign-in");
    set_cookie(visit.site, response, "session", "");
    return response;
}

}  // namespace

std::string sentence_of(const BadInput& bad) {
    std::string text = bad.what();
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    if (!text.ends_with('.')) text += '.';
    return bad.hint().empty() ? text : text + " Try: " + bad.hint() + '.';
}

Response show_account(Visit& visit) { return account_page(visit, {}); }

Response change_password(Visit& visit) {
    if (!visit.user) return redirect("/sign-in");
    const std::string user = visit.user->name;
    const Judged present = judge_password(visit, user, line_of(visit, "current"));
    if (!present.problem.empty()) {
        const bool is_wrong = present.status == 403;
        return account_page_now(
            visit,
            {{},
             is_wrong ? "The present password is wrong, or there were too many tries: wait a "
                        "little then."
                      : present.problem,
             {}},
            present.status);
    }
    try {
        const auto password = chosen_password(visit, user);
        visit.site.books.writer()->book.set_password(caller_of(visit), user, *password);
        Response response = redirect("/account");
        const std::string target = come_in(visit, response, user, password->stored(), "/account");
        if (!target.empty()) response.headers.front().second = target;
        return response;
    } catch (const BadInput& bad) {
        return account_page_now(visit, {{}, sentence_of(bad), {}}, 400);
    }
}

Response sign_out_everywhere(Visit& visit) {
    visit.place->access.end_all(visit.user->name);
    return signed_out(visit);
}

Response issue_token(Visit& visit) {
    try {
        const std::string session = visit.ticket ? visit.ticket->digest : "";
        const auto held = visit.place->access.issue_token(visit.user->name, session,
                                                          token_asked(visit), visit.now);
        if (!held) return signed_out(visit);
        return account_page(visit, {"The token, which is shown this once:", {}, *held});
    } catch (const BadInput& bad) {
        return account_page(visit, {{}, sentence_of(bad), {}}, 400);
    }
}

// Of one's own only.
Response end_token(Visit& visit) {
    const std::string digest = line_of(visit, "digest");
    for (const Ticket& one : visit.place->access.tickets(visit.user->name, visit.now)) {
        if (one.digest == digest) visit.place->access.end(digest);
    }
    return redirect("/account");
}

Response invite(Visit& visit) {
    try {
        const std::string user = parse_user(line_of(visit, "name"));
        const Invitation made = visit.place->access.invite(caller_of(visit), user);
        return account_page(visit, {"A link for " + user + ", good once, for two days:",
                                    {},
                                    visit.site.address + "/welcome/" + made.link});
    } catch (const Refused& no) {
        return account_page(visit, {{}, no.what(), {}}, 422);
    } catch (const BadInput& bad) {
        return account_page(visit, {{}, sentence_of(bad), {}}, 400);
    }
}

Response show_links(Visit& visit) {
    const std::string next = safe_target(visit.request.field("next"));
    const auto links = visit.place->access.untold_links(visit.user->name);
    if (links.empty()) return redirect(next);
    Data data;
    data.set("token", form_token(visit));
    data.set("next", next);
    data.set("seq", std::to_string(links.front().seq));
    data.set("links", links_of(links));
    return framed(visit, {"Links to your account", rendered("links", data)});
}

Response links_told(Visit& visit) {
    const std::string seq = line_of(visit, "seq");
    for (const Invited& one : visit.place->access.untold_links(visit.user->name)) {
        if (std::to_string(one.seq) == seq) {
            visit.place->access.links_told(visit.user->name, one.seq);
        }
    }
    return redirect(safe_target(visit.request.field("next")));
}

}  // namespace purser::web
