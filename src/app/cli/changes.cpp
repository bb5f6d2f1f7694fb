#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_changes(Commands& commands) {
    Verb& verb = commands.noun("changes", "what changed between two days, and by which entries")
                     .itself("purser changes SSR2 --from 2017-03-15 --to 2017-03-31");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument from = verb.needed("--from", "DATE", "the figures as of this day");
    const Argument to = verb.option("--to", "DATE", "against those as of this one (today)");
    const Argument known_at =
        verb.option("--known-at", "INSTANT", "only what was recorded until then");
    const Rendering rendering = rendering_options(verb);
    verb.note(
        "Each figure of the sheet then, now, and the difference, which the entries between add up "
        "to.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the entries of " + review.text());
        session.print(report::changes(session.book(), review, from.as(&parse_date),
                                      to.maybe(&parse_date).value_or(session.today()),
                                      known_at.maybe(&parse_instant), session.audience(review)),
                      rendering);
    });
}

}  // namespace purser::cli
