#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_portfolio(Commands& commands) {
    Verb& verb = commands.noun("portfolio", "all reviews side by side, with totals per currency")
                     .itself("purser portfolio --as-of 2017-03-31");
    const Moment moment = moment_options(verb);
    const Rendering rendering = list_options(verb);
    verb.note("Without --as-of the figures are of today. Of the reviews that one may see.");
    verb.runs([=](Session& session) {
        const Date as_of = moment.as_of.maybe(&parse_date).value_or(session.today());
        const auto known_at = moment.known_at.maybe(&parse_instant);
        const auto keys = session.readable_reviews("see the portfolio");
        session.print(
            report::portfolio(session.book(), keys, as_of, known_at, session.audience(keys)),
            rendering);
    });
}

}  // namespace purser::cli
