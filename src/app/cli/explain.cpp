#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/sheet_word.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

void add_explain_verb(Noun& factsheet) {
    Verb& verb = factsheet.verb("explain", "lists the entries that make one figure",
                                "purser factsheet explain SSR2 --as-of 2017-03-31 --row travel "
                                "--column fy_spent");
    const Argument what = verb.word("KEY|SHEET", "the review, like SSR2, or a sheet, like SSR2-S1");
    const Argument row = verb.needed("--row", "CODE", "the category, or total");
    const Argument column = verb.needed("--column", "NAME", "the column, as in JSON: fy_spent");
    const Moment moment = moment_options(verb);
    const Rendering rendering = rendering_options(verb);
    verb.runs([=](Session& session) {
        const report::FigureName figure{row.text(), column.text()};
        if (names_sheet(session, what.text())) {
            refuse_moment(what, moment);
            const DocumentId sheet = what.as(sheet_id);
            session.reader(sheet.review, "see the entries of " + sheet.review.text());
            session.print(
                report::explain(session.book(), sheet, figure, session.audience(sheet.review)),
                rendering);
            return;
        }
        const ReviewKey review = what.as(&ReviewKey::parse);
        session.reader(review, "see the entries of " + review.text());
        session.print(report::explain(session.book(), review, moment.as_of.maybe(&parse_date),
                                      moment.known_at.maybe(&parse_instant), session.today(),
                                      figure, session.audience(review)),
                      rendering);
    });
}

// "SSR2-S1", or "S1" after the review's key.
DocumentId sheet_of(const ReviewKey& review, std::string_view typed) {
    const bool is_short = typed.starts_with('S') && typed.find('-') == std::string_view::npos;
    const DocumentId id =
        sheet_id(is_short ? review.text() + '-' + std::string(typed) : std::string(typed));
    if (id.review == review) return id;
    throw BadInput(id.text() + " is no sheet of " + review.text(),
                   "see: purser factsheet list " + review.text());
}

void add_changes_verb(Noun& factsheet) {
    Verb& verb =
        factsheet.verb("changes", "what changed from one sheet to another, and by which entries",
                       "purser factsheet changes SSR2 S1");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument first = verb.word("SHEET", "the earlier sheet, like S1");
    const Argument second =
        verb.last_word("SHEET2", "the later one; without it, what is known now of the same day");
    const Rendering rendering = rendering_options(verb);
    verb.note(
        "Each figure of the sheet then, now, and the difference, which the entries between add up "
        "to: also those that were recorded later and dated before.");
    verb.runs([=](Session& session) {
        session.any_reader();
        const ReviewKey review = key.as(&ReviewKey::parse);
        const auto sheet = [&](std::string_view typed) { return sheet_of(review, typed); };
        session.print(report::changes(session.book(), first.as(sheet), second.maybe(sheet),
                                      session.audience(review)),
                      rendering);
    });
}

}  // namespace

void add_explain(Noun& factsheet) {
    add_explain_verb(factsheet);
    add_changes_verb(factsheet);
}

}  // namespace purser::cli
