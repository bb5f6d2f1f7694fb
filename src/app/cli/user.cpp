#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/terminal.hpp"

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
    Verb& verb = noun.verb("list", "lists the users and their roles", "purser user list");
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
        static_cast<void>(session.book().user(user));  // before anybody types a secret
        const bool ask = !from_stdin.given() && stdin_is_terminal();
        const std::string secret = read_secret("password of " + user, ask);
        const Receipt done = session.book().set_password(caller, user, secret);
        session.answer(done, "the password of " + user + " is set");
    });
}

}  // namespace

void add_user(Commands& commands) {
    Noun& noun = commands.noun("user", "people and their roles");
    add_add(noun);
    add_list(noun);
    add_disable(noun);
    add_password(noun);
}

}  // namespace purser::cli
