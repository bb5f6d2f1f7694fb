#include "report/worksheets.hpp"

#include <map>
#include <string_view>

#include "embedded/definitions.hpp"
#include "ledger/commitment_history.hpp"
#include "report/changes.hpp"
#include "report/events_of.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

Table worksheet(std::string key, std::string name, std::vector<Column> columns) {
    Table table;
    table.key = std::move(key);
    table.worksheet = std::move(name);
    table.columns = std::move(columns);
    return table;
}

std::string id_of(const Review& review, DocumentKind kind, std::int64_t number) {
    return DocumentId{review.key(), kind, number}.text();
}

Table commitments_of(Book& book, const Figures& figures) {
    Table table = worksheet(
        "commitments", "Commitments",
        {column("id", "ID"), column("for", "For"), column("category", "Category"),
         column("kind", "Kind"), column("state", "State"),
         column("expected", "Expected", Type::date), column("amount", "Amount", Type::money),
         column("used", "Used", Type::money), column("rest", "Rest", Type::money),
         column("over_run", "Over-run", Type::money)});
    table.empty_text = "No commitment yet.";
    table.rows = [&book, figures](const RowSink& sink) {
        const Review& review = figures.review;
        CommitmentHistory history(review);
        each_event_of(book, figures, [&](const Event& event) { history.apply(event); });
        for (const auto& [number, at] : history.commitments()) {
            const Commitment& one = at.document;
            sink({id_of(review, DocumentKind::commitment, number), one.what, one.category,
                  std::string(name(one.kind)), std::string(name(one.state)), one.expected,
                  one.amount, one.used, at.committed, one.over_run()});
        }
    };
    return table;
}

Table requests_of(Book& book, const Figures& figures) {
    Table table = worksheet(
        "requests", "Requests",
        {column("id", "ID"), column("category", "Category"), column("state", "State"),
         column("amount", "Asked for", Type::money), column("granted", "Granted", Type::money),
         column("posted_on", "Submitted on", Type::date),
         column("decided_on", "Decided on", Type::date), column("resolution", "Resolution"),
         column("why", "Why")});
    table.columns[4].sparse = true;
    table.empty_text = "No request to the Board yet.";
    table.rows = [&book, figures](const RowSink& sink) {
        const Review& review = figures.review;
        std::map<std::string, Request> requests;
        each_event_of(book, figures, [&](const Event& event) {
            const auto at = requests.find(event.subject);
            if (event.act == Act::request_submit) {
                requests.emplace(event.subject, requested(event, review));
            } else if (at != requests.end()) {
                fold(at->second, event);
            }
        });
        for (const auto& [id, one] : requests) {
            const bool granted = one.state == RequestState::granted;
            sink({id, one.category, std::string(name(one.state)), one.amount,
                  granted ? Value(one.granted) : Value(), one.posted_on, value_of(one.decided_on),
                  text_or_absent(one.resolution), one.why});
        }
    };
    return table;
}

// The sheet posted for the latest day before that of the figures, as known then.
std::optional<Sheet> posted_before(Book& book, const Figures& figures,
                                   std::optional<Instant> known_at) {
    std::optional<Sheet> last;
    for (Sheet& sheet : book.sheets(figures.review.key())) {
        const bool known = !known_at || sheet.posted_on <= day_of(*known_at);
        if (sheet.state != SheetState::posted || !known || sheet.as_of >= figures.as_of) continue;
        if (!last || sheet.as_of >= last->as_of) last = std::move(sheet);
    }
    return last;
}

Table changes_since(Book& book, const Sheet& sheet, const Figures& figures, bool keeps_back) {
    const ReviewKey& key = figures.review.key();
    const Side then{DocumentId{key, DocumentKind::sheet, sheet.number}.text(),
                    book.figures(key, sheet.as_of, sheet.known_at)};
    Table table = changed_figures(book, then, {to_print(figures.as_of), figures}, keeps_back);
    table.key = "changes";
    table.primary = false;
    table.worksheet = "Changes";
    return table;
}

// A line with a term, then lines that begin with spaces and say what it means.
std::vector<Row> definitions_in(std::string_view text) {
    std::vector<Row> rows;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin == 0) rows.push_back({std::string(line), std::string()});
        if (begin == 0 || begin == std::string_view::npos) continue;
        auto& meaning = std::get<std::string>(rows.back()[1]);
        meaning += (meaning.empty() ? "" : " ") + std::string(line.substr(begin));
    }
    return rows;
}

Table definitions() {
    Table table = worksheet("definitions", "Definitions",
                            {column("term", "Term"), column("meaning", "Meaning")});
    table.rows = [](const RowSink& sink) {
        for (const Row& row : definitions_in(embedded::definitions::file("definitions.txt"))) {
            sink(row);
        }
    };
    return table;
}

}  // namespace

std::vector<Table> worksheets(Book& book, const Figures& figures, std::optional<Instant> known_at,
                              bool keeps_back, Audience audience) {
    std::vector<Table> tables;
    if (audience == Audience::finance) tables.push_back(commitments_of(book, figures));
    if (audience != Audience::public_) tables.push_back(requests_of(book, figures));
    if (const auto before = posted_before(book, figures, known_at)) {
        tables.push_back(changes_since(book, *before, figures, keeps_back));
    }
    tables.push_back(definitions());
    return tables;
}

}  // namespace purser::report
