#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_commitments(Commands& commands) {
    Verb& verb = commands.noun("commitments", "what is promised, what became of it, what is late")
                     .itself("purser commitments SSR2 --as-of 2017-03-31");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category = verb.option("--category", "CODE", "of one category");
    const Argument state =
        verb.option("--state", "STATE", "proposed, open, held, rejected or closed");
    const Moment moment = moment_options(verb);
    const Rendering rendering = list_options(verb);
    verb.note("Without --as-of they are shown as of today.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the commitments of " + review.text());
        const report::CommitmentFilter filter{
            moment.as_of.maybe(&parse_date), moment.known_at.maybe(&parse_instant),
            category.maybe(&parse_category).value_or(""), state.maybe(&parse_commitment_state)};
        session.print(report::commitments(session.book(), review, session.today(), filter,
                                          session.audience(review)),
                      rendering);
    });
}

}  // namespace purser::cli
