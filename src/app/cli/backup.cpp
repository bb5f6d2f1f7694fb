#include "app/cli/answer.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "store/location.hpp"

namespace purser::cli {

void add_backup(Commands& commands) {
    Verb& verb = commands.noun("backup", "copies the book to a file while others go on writing")
                     .itself("purser backup ssr2-2017-03-31.db --as ann");
    const Argument file = verb.word("FILE", "a file that does not exist yet");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        session.book().backup(session.caller(), file.text());
        if (session.json()) {
            session.out() << dumped({{"file", file.text()}});
        } else {
            session.print_line(file.text() + " is a copy of " + shown(session.location()));
        }
    });
}

}  // namespace purser::cli
