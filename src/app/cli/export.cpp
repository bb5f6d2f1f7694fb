#include "app/cli/file.hpp"
#include "app/cli/folder.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/verified.hpp"
#include "app/public_site.hpp"
#include "format/plain_text_accounting.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

// The log, unless one of the others is asked for.
struct ExportFormat {
    std::optional<format::JournalFormat> journal = {};
    bool data_package = false;
    bool site = false;
};

ExportFormat parse_export_format(std::string_view text) {
    if (text == "log") return {};
    if (text == "data-package") return {{}, true};
    if (text == "site") return {{}, false, true};
    std::vector<std::string> known{"log", "data-package", "site"};
    for (const auto one : {format::JournalFormat::hledger, format::JournalFormat::ledger,
                           format::JournalFormat::beancount}) {
        if (name(one) == text) return {one};
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

void write_data_package(Session& session, const ReviewKey& review, std::optional<Date> as_of,
                        const Argument& output) {
    if (!output.given()) {
        throw BadInput("a data package is a folder of files", "add --output FOLDER");
    }
    const report::OpenData data = report::open_data(session.book(), review, as_of);
    write_package(output.text(), format::package_name(data), format::data_package(data));
    session.print_file(output.text(),
                       "the data package of " + review.text() + " as of " + to_text(data.as_of));
}

void write_site(Session& session, const ReviewKey& review, const Argument& output) {
    if (!output.given()) throw BadInput("a site is a folder of files", "add --output FOLDER");
    write_package(output.text(), site_name(review),
                  public_site(session.book(), review, session.today()));
    session.print_file(output.text(), "the posted fact sheets of " + review.text());
}

}  // namespace

void add_export(Commands& commands) {
    Verb& verb = commands.noun("export", "writes a review's book in a form that others read")
                     .itself("purser export SSR2 --format hledger --output ssr2.journal");
    const Argument key = verb.word("KEY", "the review; its log also BOOK, of users and policies");
    const Argument format =
        verb.option("--format", "F", "log, hledger, ledger, beancount, data-package or site (log)");
    const Flag reasons =
        verb.flag("--reasons", "of a journal: with the reasons, in which names may stand");
    const Argument as_of =
        verb.option("--as-of", "DATE", "of a data package: a closed day (the last one)");
    const Argument output =
        verb.option("--output", "FILE", "write it there; a data package or site is a folder");
    verb.note(
        "A line of the log is HASH SPACE JSON; the hash is the SHA-256 of the hash before it (64 "
        "zeros at first), a line feed, and the JSON. A journal has a transaction for each event "
        "that moves money, between accounts like SSR2:travel:FY17:committed (beancount: "
        "Assets:SSR2:Travel:FY17:Committed), without payees and receipts. A data package is a "
        "Fiscal Data Package: datapackage.json and CSV tables of closed public figures, without "
        "documents, payees and contracts. A site has the posted fact sheets in every format, for "
        "any web server to show: index.html leads to them.");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        const ReviewKey chain = key.as(&parse_chain);
        const ExportFormat as = format.maybe(&parse_export_format).value_or(ExportFormat{});
        const std::string what = (as.journal ? "the journal" : "the log") + (" of " + chain.text());
        session.reader("export the book");
        if (chain != ReviewKey::book() && session.audience(chain) != report::Audience::finance) {
            throw Refused(Rule::not_permitted,
                          what +
                              " is for finance and support: it has the prices of single "
                              "contracts",
                          "purser register " + chain.text() + " has none for chairs");
        }
        const auto day = as_of.maybe(&parse_date);
        if (as.data_package) return write_data_package(session, chain, day, output);
        if (day) throw BadInput("--as-of is for a data package", "leave it out");
        if (as.site) return write_site(session, chain, output);
        const auto write = [&](std::ostream& out) {
            if (!as.journal) return write_log(session, chain, out);
            format::write(report::journal(session.book(), chain, reasons.given()), *as.journal,
                          out);
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
