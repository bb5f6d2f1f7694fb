#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_factsheet(Commands& commands) {
    Noun& noun = commands.noun("factsheet", "the statement of a review that is published");
    Verb& verb = noun.verb("show", "prints the fact sheet of a day",
                           "purser factsheet show SSR2 --as-of 2017-03-14 --output SSR2.xlsx");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Moment moment = moment_options(verb);
    const Rendering rendering = rendering_options(verb);
    verb.note(
        "Without --as-of it is of the last closed day; before any close, of today. A day in an "
        "open month is a draft.");
    verb.runs([=](Session& session) {
        session.any_reader();
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.print(report::fact_sheet(session.book(), review, moment.as_of.maybe(&parse_date),
                                         moment.known_at.maybe(&parse_instant), session.today(),
                                         session.audience(review)),
                      rendering);
    });
}

}  // namespace purser::cli
