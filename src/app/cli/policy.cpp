#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

void add_add(Noun& noun) {
    Verb& verb = noun.verb(
        "add", "says who must approve expenses up to an amount, from a day on",
        "purser policy add SSR2 --from 2017-03-01 --up-to 10,000 --role chair --count 1 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument from = verb.needed("--from", "DATE", "the first day that it is in force");
    const Argument role = verb.needed("--role", "ROLE", "who approves: chair, board, finance ...");
    const Argument up_to =
        verb.option("--up-to", "A", "up to this amount, itself included (any amount)");
    const Argument count = verb.option("--count", "N", "how many different persons (1)");
    verb.note(
        "All tiers that begin on one day are one policy; the latest that has begun counts, and of "
        "its tiers the lowest that covers the amount. Without a policy one chair approves.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const AddPolicy ask{review, from.as(&parse_date), up_to.maybe(money_in(currency)),
                            role.as(&parse_role), count.maybe(&parse_count).value_or(1)};
        const Receipt done = session.book().add_policy(caller, ask);
        const std::string amount =
            ask.up_to ? "up to " + ask.up_to->with_code() : std::string("of any amount");
        session.answer(done, "from " + to_text(ask.from) + " expenses " + amount + " need " +
                                 plural(ask.count, "approval", "approvals") + " of role " +
                                 std::string(name(ask.role)));
    });
}

void add_list(Noun& noun) {
    Verb& verb = noun.verb("list", "lists who must approve what", "purser policy list SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "list policies");
        session.print(report::policies(session.book(), review, session.audience(review)),
                      rendering);
    });
}

}  // namespace

void add_policy(Commands& commands) {
    Noun& noun = commands.noun("policy", "who must approve, by amount");
    add_add(noun);
    add_list(noun);
}

}  // namespace purser::cli
