#include "app/cli/answer.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/terminal.hpp"
#include "store/access.hpp"

namespace purser::cli {
namespace {

std::vector<Grant> grants_of(const std::vector<Role>& roles,
                             const std::vector<ReviewKey>& reviews) {
    std::vector<Grant> grants;
    for (const Role role : roles) {
        if (reviews.empty()) grants.push_back({role, {}});
        for (const ReviewKey& review : reviews) grants.push_back({role, review});
    }
    return grants;
}

std::string listed(const std::vector<Grant>& grants) {
    std::string result = grants.size() == 1 ? "the role " : "the roles ";
    for (const Grant& grant : grants) {
        if (&grant != &grants.front()) result += &grant == &grants.back() ? " and " : ", ";
        result += name(grant.role);
        if (grant.review) result += " for " + grant.review->text();
    }
    return result;
}

void add_add(Noun& noun) {
    Verb& verb = noun.verb("add", "adds a user, or roles to one",
                           "purser user add carl --role chair --review SSR2 --as ann");
    const Argument who = verb.word("NAME", "a short name: letters, digits, dots, dashes");
    const Argument roles =
        verb.needed_list("--role", "ROLE", "finance, support, chair, board, viewer or admin");
    const Argument reviews =
        verb.list("--review", "KEY", "the review that the roles are for; none: all reviews");
    verb.runs([=](Session& session) {
        const AddUser ask{who.as(&parse_user),
                          grants_of(roles.each(&parse_role), reviews.each(&ReviewKey::parse))};
        const Receipt done = session.book().add_user(session.caller(), ask);
        session.answer(done, ask.name + " has " + listed(ask.grants));
    });
}

void add_list(Noun& noun) {
    Verb& verb = noun.verb("list", "lists the users and their roles, as far as one works with them",
                           "purser user list");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        session.reader("list the users");
        session.print(report::users(session.book(), session.any_reader(), session.audience()),
                      rendering);
    });
}

void add_disable(Noun& noun) {
    Verb& verb = noun.verb("disable", "takes a user's rights away; what was done stays",
                           "purser user disable carl --as ann");
    const Argument who = verb.word("NAME", "the user");
    verb.runs([=](Session& session) {
        const std::string user = who.as(&parse_user);
        const Receipt done = session.book().disable_user(session.caller(), user);
        session.answer(done, user + " is disabled");
    });
}

void add_password(Noun& noun) {
    Verb& verb = noun.verb("password", "sets the password for the web pages",
                           "purser user password carl --as carl");
    const Argument who = verb.last_word("NAME", "the user (oneself); for others it takes an admin");
    const Flag from_stdin =
        verb.flag("--stdin", "take one line of standard input and do not ask, for scripts");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        const Caller caller = session.caller();
        const std::string user = who.maybe(&parse_user).value_or(caller.user);
        const User named = session.book().user(user);  // before anybody types a secret
        const bool ask = !from_stdin.given() && stdin_is_terminal();
        const NewPassword password(named.name, read_secret("password of " + user, ask));
        const Receipt done = session.book().set_password(caller, user, password);
        session.answer(done, "the password of " + user + " is set");
    });
}

void add_invite(Noun& noun) {
    Verb& verb = noun.verb("invite", "makes a link by which a user chooses a password",
                           "purser user invite carl --address https://books.example.org --as ann");
    const Argument who = verb.word("NAME", "the user; for others than oneself it takes an admin");
    const Argument address =
        verb.option("--address", "URL", "where the pages are, as serve has it");
    verb.note(
        "The link is shown this once, is good once, for two days, and takes the place of an "
        "earlier one. The log has who made it, and the user is told of it at the next sign-in.");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        const std::string user = who.as(&parse_user);
        const std::string at = address.maybe(&parse_site_address).value_or("");
        const Invitation made = Access(session.book()).invite(session.caller(), user);
        const std::string path = made.link.empty() ? "" : at + "/welcome/" + made.link;
        if (session.json()) {
            auto answer = json_of(made.done);
            answer["link"] = path;
            session.out() << dumped(answer);
        } else {
            session.answer(made.done, path.empty() ? "the link of this request was shown before"
                                                   : "a link for " + user + ": " + path);
        }
    });
}

void add_sessions(Noun& noun) {
    Verb& verb =
        noun.verb("sessions", "lists where a user is signed in, and the user's tokens and links",
                  "purser user sessions carl --as ann");
    const Argument who = verb.last_word("NAME", "the user (all that one may see)");
    const Rendering rendering = list_options(verb);
    verb.note(
        "Of oneself; an admin sees those of all. A known browser lets nobody in: it is one in "
        "which the user has signed in before, so that wrong passwords of others do not hold it "
        "up. What a person or a program holds is kept nowhere.");
    verb.runs([=](Session& session) {
        const auto reader = session.any_reader();
        const bool sees_all = !reader || reader->has(Role::admin, ReviewKey::book());
        const std::string user =
            who.maybe(&parse_user).value_or(sees_all ? std::string() : reader->name);
        if (!sees_all && user != reader->name) {
            require(*reader, ReviewKey::book(), {Role::admin}, "see the sessions of others");
        }
        if (!user.empty()) static_cast<void>(session.book().user(user));  // refuses unknown_user
        session.print(report::tickets(session.book(), user, session.now(), session.audience()),
                      rendering);
    });
}

void add_sign_out(Noun& noun) {
    Verb& verb =
        noun.verb("sign-out", "ends all of a user's sessions, tokens and links, or one of them",
                  "purser user sign-out carl --as ann");
    const Argument who = verb.word("NAME", "the user");
    const Argument id = verb.option("--id", "TEXT", "the one, as purser user sessions has it");
    verb.note("The password stays; to shut somebody out: purser user disable.");
    verb.runs([=](Session& session) {
        const std::string user = who.as(&parse_user);
        const std::string one = id.as(line_of("id"));
        const Receipt done = Access(session.book()).sign_out(session.caller(), user, one);
        session.answer(done, one.empty() ? user + " is signed out everywhere, and has no token"
                                         : one + " of " + user + " is ended");
    });
}

}  // namespace

void add_user(Commands& commands) {
    Noun& noun = commands.noun("user", "people and their roles");
    add_add(noun);
    add_list(noun);
    add_disable(noun);
    add_password(noun);
    add_invite(noun);
    add_sessions(noun);
    add_sign_out(noun);
}

}  // namespace purser::cli
