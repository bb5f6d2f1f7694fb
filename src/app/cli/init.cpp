#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "store/location.hpp"

namespace purser::cli {

void add_init(Commands& commands) {
    Verb& verb =
        commands.noun("init", "makes an empty book").itself("purser --book ssr2.db --as ann init");
    verb.note("--as becomes its first user, with the roles admin and finance.");
    verb.terminal_only();
    verb.runs([](Session& session) {
        const Caller caller = session.caller();
        const Receipt done = Book::create(session.location(), caller);
        session.answer(done, shown(session.location()) + " is a new book; " + caller.user +
                                 " has the roles admin and finance");
    });
}

}  // namespace purser::cli
