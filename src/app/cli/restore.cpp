#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/verified.hpp"
#include "store/location.hpp"

namespace purser::cli {

void add_restore(Commands& commands) {
    Verb& verb = commands.noun("restore", "puts a backup in the place of the book")
                     .itself("purser restore ssr2-2017-03-31.db --as ann");
    const Argument file = verb.word("FILE", "a file that backup made");
    const Argument discard = verb.list(
        "--discard", "N:HASH", "let go what the book knows up to this head and the file does not");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        const VerifyResult result = Book::restore(session.location(), session.caller(), file.text(),
                                                  discard.each(&parse_head));
        tell(session, result, shown(session.location()) + " is now what " + file.text() + " was: ");
    });
}

}  // namespace purser::cli
