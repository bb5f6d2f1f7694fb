#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

// One line each, so that what it ends with can be copied as it is.
void tell(Session& session, const std::vector<report::Alert>& found) {
    if (found.empty()) session.print_line("nothing to settle");
    for (const report::Alert& one : found) {
        session.print_line(one.review + ' ' + one.kind + ": " + one.what.text() + ": " +
                           one.settle);
    }
}

}  // namespace

void add_alerts(Commands& commands) {
    Verb& verb =
        commands.noun("alerts", "what somebody should look at today, with how to settle it")
            .itself("purser alerts SSR2");
    const Argument key = verb.last_word("KEY", "one review, like SSR2; else all that one may see");
    const Flag fail = verb.flag("--fail", "exit with 1 when there is an alert, for scripts");
    const Rendering rendering = list_options(verb);
    verb.note(
        "A line is REVIEW THRESHOLD: what: the command that settles it. The thresholds are "
        "settings: purser review set KEY --alert NAME=VALUE. Without --fail it exits with 0, "
        "whatever it finds; with it, 0 is nothing, 1 an alert, 2 and 3 as ever.");
    verb.runs([=](Session& session) {
        const std::string deed = "see what is to settle";
        std::vector<ReviewKey> keys;
        if (const auto review = key.maybe(&ReviewKey::parse)) {
            session.reader(*review, deed);
            keys = {*review};
        } else {
            keys = session.readable_reviews(deed);
        }
        std::vector<report::Alert> found;
        for (const ReviewKey& review : keys) {
            for (auto& one : report::alerts(session.book(), review, session.today(),
                                            session.audience(review))) {
                found.push_back(std::move(one));
            }
        }
        if (fail.given() && !found.empty()) session.exit_with(1);
        if (session.json() || rendering.format.given() || rendering.output.given() ||
            rendering.sort.given()) {
            session.print(report::alerts(found, session.today(), session.audience(keys)),
                          rendering);
        } else {
            tell(session, found);
        }
    });
}

}  // namespace purser::cli
