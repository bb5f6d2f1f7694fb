#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

void add_itself(Noun& noun) {
    Verb& verb = noun.itself(
        "purser delegate carl --to dana --from 2017-03-20 --until 2017-04-14 --as carl");
    const Argument who = verb.word("USER", "who will be away; for others it takes an admin");
    const Argument to = verb.needed("--to", "USER", "who acts for them");
    const Argument from = verb.needed("--from", "DATE", "the first day, UTC");
    const Argument until = verb.needed("--until", "DATE", "the last day, itself included");
    verb.note(
        "On these days the other may approve, confirm and reject in USER's own roles; both are "
        "recorded. Neither decides on what USER submitted or is paid.");
    verb.runs([=](Session& session) {
        const Delegate ask{who.as(&parse_user), to.as(&parse_user), from.as(&parse_date),
                           until.as(&parse_date)};
        const Receipt done = session.book().add_delegation(session.caller(), ask);
        session.answer(done, ask.delegate + " acts for " + ask.delegator + " from " +
                                 to_text(ask.from) + " until " + to_text(ask.until));
    });
}

void add_end(Noun& noun) {
    Verb& verb = noun.verb("end", "ends what was delegated, from now on",
                           "purser delegate end carl --to dana --as carl");
    const Argument who = verb.word("USER", "who is back; for others it takes an admin");
    const Argument to = verb.needed("--to", "USER", "who acted for them");
    verb.runs([=](Session& session) {
        const std::string delegator = who.as(&parse_user);
        const std::string delegate = to.as(&parse_user);
        const Receipt done = session.book().end_delegation(session.caller(), delegator, delegate);
        session.answer(done, delegate + " no longer acts for " + delegator);
    });
}

void add_list(Noun& noun) {
    Verb& verb = noun.verb("list", "lists who acts for whom", "purser delegate list");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        session.reader("list delegations");
        session.print(report::delegations(session.book(), session.today(), session.audience()),
                      rendering);
    });
}

}  // namespace

void add_delegate(Commands& commands) {
    Noun& noun = commands.noun("delegate", "lets another decide in one's place for some days");
    add_itself(noun);
    add_end(noun);
    add_list(noun);
}

}  // namespace purser::cli
