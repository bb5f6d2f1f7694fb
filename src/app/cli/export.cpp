#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/verified.hpp"
#include "format/plain_text_accounting.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

// Absent is the log.
using ExportFormat = std::optional<format::JournalFormat>;

ExportFormat parse_export_format(std::string_view text) {
    if (text == "log") return std::nullopt;
    std::vector<std::string> known{"log"};
    for (const auto one : {format::JournalFormat::hledger, format::JournalFormat::ledger,
                           format::JournalFormat::beancount}) {
        if (name(one) == text) return one;
        known.emplace_back(name(one));
    }
    throw BadInput("'" + std::string(text) + "' is not a format of export",
                   did_you_mean(text, known));
}

void write_log(Session& session, const ReviewKey& chain, std::ostream& out) {
    session.book().each_event(chain, {}, [&](const StoredEvent& stored) {
        out << stored.hash << ' ' << canonical_line(stored.columns) << '\n';
    });
}

}  // namespace

void add_export(Commands& commands) {
    Verb& verb = commands.noun("export", "writes a review's book in a form that others read")
                     .itself("purser export SSR2 --format hledger --output ssr2.journal");
    const Argument key = verb.word("KEY", "the review; its log also BOOK, of users and policies");
    const Argument format = verb.option("--format", "F", "log, hledger, ledger or beancount (log)");
    const Flag reasons =
        verb.flag("--reasons", "of a journal: with the reasons, in which names may stand");
    const Argument output = verb.option("--output", "FILE", "write it there");
    verb.note(
        "A line of the log is HASH SPACE JSON; the hash is the SHA-256 of the hash before it (64 "
        "zeros at first), a line feed, and the JSON. A journal has a transaction for each event "
        "that moves money, between accounts like SSR2:travel:FY17:committed (beancount: "
        "Assets:SSR2:Travel:FY17:Committed), without payees and receipts.");
    verb.runs([=](Session& session) {
        const ReviewKey chain = key.as(&parse_chain);
        const ExportFormat as = format.maybe(&parse_export_format).value_or(std::nullopt);
        const std::string what = (as ? "the journal" : "the log") + (" of " + chain.text());
        session.reader("export the book");
        if (reasons.given() && session.audience(chain) != report::Audience::finance) {
            throw Refused(Rule::not_permitted, "reasons are for finance and support",
                          "leave --reasons out");
        }
        const auto write = [&](std::ostream& out) {
            if (!as) return write_log(session, chain, out);
            format::write(report::journal(session.book(), chain, reasons.given()), *as, out);
        };
        if (!output.given()) {
            write(session.out());
            return;
        }
        WholeFile file(output.text());
        write(file.stream());
        file.finish();
        session.print_file(output.text(), what);
    });
}

}  // namespace purser::cli
