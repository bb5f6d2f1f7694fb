#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/verified.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

bool parse_export_format(std::string_view text) {
    if (text == "log") return true;
    throw BadInput("'" + std::string(text) + "' is not a format of export",
                   did_you_mean(text, {"log"}));
}

void write_log(Session& session, const ReviewKey& chain, std::ostream& out) {
    session.book().each_event(chain, {}, [&](const StoredEvent& stored) {
        out << stored.hash << ' ' << canonical_line(stored.columns) << '\n';
    });
}

}  // namespace

void add_export(Commands& commands) {
    Verb& verb = commands.noun("export", "writes a review's log in a form that others read")
                     .itself("purser export SSR2 --format log --output ssr2.log");
    const Argument key = verb.word("KEY", "the review, or BOOK for users and policies");
    const Argument format = verb.option("--format", "F", "log (log)");
    const Argument output = verb.option("--output", "FILE", "write it there");
    verb.note(
        "A line of the log is HASH SPACE JSON; the hash is the SHA-256 of the hash before it (64 "
        "zeros at first), a line feed, and the JSON.");
    verb.runs([=](Session& session) {
        const ReviewKey chain = key.as(&parse_chain);
        static_cast<void>(format.maybe(&parse_export_format));
        session.reader("export the log");
        if (!output.given()) {
            write_log(session, chain, session.out());
            return;
        }
        WholeFile file(output.text());
        write_log(session, chain, file.stream());
        file.finish();
        session.print_file(output.text(), "the log of " + chain.text());
    });
}

}  // namespace purser::cli
