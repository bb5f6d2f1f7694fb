#include <algorithm>
#include <cctype>

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

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Made log_of(Session& session, const ReviewKey& chain) {
    return {"the log of " + chain.text(), lower(chain.text()) + ".log",
            [&session, chain](auto& out) {
                session.book().each_event(chain, {}, [&](const StoredEvent& stored) {
                    out << stored.hash << ' ' << canonical_line(stored.row) << '\n';
                });
            }};
}

Made journal_of(Session& session, const ReviewKey& review, format::JournalFormat as, bool reasons) {
    const std::string ending(name(as));
    return {"the journal of " + review.text(), lower(review.text()) + '.' + ending,
            [&session, review, as, reasons](auto& out) {
                format::write(report::journal(session.book(), review, reasons), as, out);
            }};
}

Made data_package_of(Session& session, const ReviewKey& review, std::optional<Date> as_of) {
    const report::OpenData data = report::open_data(session.book(), review, as_of);
    return {"the data package of " + review.text() + " as of " + to_text(data.as_of),
            format::package_name(data),
            {},
            format::data_package(data)};
}

Made site_of(Session& session, const ReviewKey& review) {
    return {"the posted fact sheets of " + review.text(),
            site_name(review),
            {},
            public_site(session.book(), review, session.today()),
            Readers::web_server};
}

Made made_as(Session& session, const ReviewKey& chain, const ExportFormat& as, bool reasons,
             std::optional<Date> day) {
    if (as.data_package) return data_package_of(session, chain, day);
    if (day) throw BadInput("--as-of is for a data package", "leave it out");
    if (as.site) return site_of(session, chain);
    return as.journal ? journal_of(session, chain, *as.journal, reasons) : log_of(session, chain);
}

// One file alone, by its name.
Made only(const Made& made, std::string_view file) {
    std::vector<std::string> known;
    if (made.write) {
        if (made.name == file) return made;
        known.push_back(made.name);
    }
    for (const auto& one : made.package) {
        if (one.name != file) {
            known.push_back(one.name);
            continue;
        }
        return {one.name + " of " + made.what, one.name,
                [content = one.content](auto& out) { out << content; }};
    }
    throw BadInput("'" + std::string(file) + "' is no file of " + made.what,
                   did_you_mean(file, known));
}

}  // namespace

void add_export(Commands& commands) {
    Verb& verb = commands.noun("export", "writes a review's book in a form that others read")
                     .itself("purser export SSR2 --format hledger --output ssr2.journal");
    const Argument key = verb.word("KEY", "the review; its log also BOOK, of users and policies");
    const Argument file =
        verb.last_word("NAME", "of a data package or site: this one of its files");
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
        "any web server to show: index.html leads to them. Who may read a site is as the umask "
        "says; every other file is for you alone.");
    verb.makes_files();
    verb.runs([=](Session& session) {
        const ReviewKey chain = key.as(&parse_chain);
        const ExportFormat as = format.maybe(&parse_export_format).value_or(ExportFormat{});
        session.reader("export the book");
        const Made made = made_as(session, chain, as, reasons.given(), as_of.maybe(&parse_date));
        const bool has_prices = !as.data_package && !as.site && chain != ReviewKey::book();
        if (has_prices && session.audience(chain) != report::Audience::finance) {
            throw Refused(Rule::not_permitted,
                          made.what +
                              " is for finance and support: it has the prices of single "
                              "contracts",
                          "purser register " + chain.text() + " has none for chairs");
        }
        session.give(
            file.given() ? file.as([&](std::string_view one) { return only(made, one); }) : made,
            output);
    });
}

}  // namespace purser::cli
