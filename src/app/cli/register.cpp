#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_register(Commands& commands) {
    Verb& verb = commands.noun("register", "the entries behind the figures")
                     .itself("purser register SSR2 --from 2017-03-01 --category travel");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument from = verb.option("--from", "DATE", "from this accounting day on");
    const Argument to = verb.option("--to", "DATE", "up to this accounting day");
    const Argument category = verb.option("--category", "CODE", "of one category");
    const Argument year = verb.option("--fiscal-year", "FY", "of one fiscal year");
    const Moment moment = moment_options(verb);
    const Rendering rendering = rendering_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the entries of " + review.text());
        const report::RegisterFilter filter{from.maybe(&parse_date),
                                            to.maybe(&parse_date),
                                            moment.as_of.maybe(&parse_date),
                                            moment.known_at.maybe(&parse_instant),
                                            category.maybe(&parse_category).value_or(""),
                                            year.maybe(&FiscalYear::parse)};
        session.print(report::register_of(session.book(), review, filter, session.audience(review)),
                      rendering);
    });
}

}  // namespace purser::cli
