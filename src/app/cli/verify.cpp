#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/terminal.hpp"
#include "app/cli/verified.hpp"
#include "values/error.hpp"

namespace purser::cli {

void add_verify(Commands& commands) {
    Verb& verb = commands.noun("verify", "checks that nothing in the book was altered")
                     .itself("purser verify SSR2");
    const Argument key = verb.last_word("KEY", "one review, or BOOK (all of the book)");
    const Argument known = verb.option("--head", "N:HASH", "a head known from before");
    verb.note(
        "Chains, balances, rows and every invariant are made again from the log and compared; the "
        "first difference is named (exit 3). With --head also that the log still contains it.");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        session.reader("verify the book");
        const auto chain = key.maybe(&parse_chain);
        const auto head = known.maybe(&parse_head);
        if (head && !chain) {
            throw BadInput("--head needs the review whose head it is", "see: purser verify --help");
        }
        ProgressLine line("verifying", "events");
        const VerifyResult result = session.book().verify(chain, head, line.reporter());
        line.clear();
        tell(session, result, "verified: ");
        if (head && !session.json()) {
            session.print_line("  " + known.text() + " is in the log");
        }
    });
}

}  // namespace purser::cli
