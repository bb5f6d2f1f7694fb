#include "app/cli/answer.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/terminal.hpp"

namespace purser::cli {

void add_rebuild(Commands& commands) {
    Verb& verb = commands.noun("rebuild", "makes every index again from the log")
                     .itself("purser rebuild --as ann");
    verb.terminal_only();
    verb.runs([](Session& session) {
        const Caller caller = session.caller();
        ProgressLine line("rebuilding", "events");
        const std::int64_t events = session.book().rebuild(caller, line.reporter());
        line.clear();
        if (session.json()) {
            session.out() << dumped({{"events", events}});
        } else {
            session.print_line("made again from " + plural(events, "event", "events"));
        }
    });
}

}  // namespace purser::cli
