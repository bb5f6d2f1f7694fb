#include "app/cli/nouns.hpp"
#include "app/cli/record.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

void add_user(Noun& noun) {
    Verb& verb = noun.verb("user", "says that a payee is a user, who then cannot approve it",
                           "purser payee user SSR2 --payee \"Carl Example\" --user carl --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument payee = verb.needed("--payee", "TEXT", "the payee, as expenses name it");
    const Argument user = verb.needed("--user", "NAME", "the user");
    verb.note(
        "A payee whose name is a user's is that user by itself. The log holds the payee's number "
        "and the user, not the name.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const std::string named = user.as(&parse_user);
        const Receipt done = session.book().set_payee_user(session.caller(), review,
                                                           payee.as(line_of("payee")), named);
        session.answer(done, done.id + " is the user " + named);
    });
}

void add_list(Noun& noun) {
    Verb& verb =
        noun.verb("list", "lists the payees that are users", "purser payee list SSR2 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Flag all = verb.flag("--all", "all payees, with their ids");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "list payees");
        session.print(report::payees(session.book(), review, session.audience(review), all.given()),
                      rendering);
    });
}

}  // namespace

void add_payee(Commands& commands) {
    Noun& noun = commands.noun("payee", "who is paid");
    add_user(noun);
    add_erase(noun, DocumentKind::payee,
              "purser payee erase SSR2-P1 --why \"Asked for by the person\" --as ann");
    add_list(noun);
}

}  // namespace purser::cli
