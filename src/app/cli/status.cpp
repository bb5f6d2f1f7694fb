#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_status(Commands& commands) {
    Verb& verb = commands.noun("status", "what is left, per category, after what is promised")
                     .itself("purser status SSR2 --as-of 2017-03-31");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Moment moment = moment_options(verb);
    const Rendering rendering = rendering_options(verb);
    verb.note("Without --as-of the figures are of today.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the status of " + review.text());
        const Date as_of = moment.as_of.maybe(&parse_date).value_or(session.today());
        session.print(
            report::status(session.book(), review, as_of, moment.known_at.maybe(&parse_instant),
                           session.audience(review)),
            rendering);
    });
}

}  // namespace purser::cli
