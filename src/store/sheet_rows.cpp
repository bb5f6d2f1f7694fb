// The rows of fact sheets, and of the days by which they are due.
#include <sstream>

#include "store/database_rows.hpp"
#include "store/day_column.hpp"
#include "store/each_row.hpp"

namespace purser {
namespace {

std::string files_text(const std::vector<SheetFile>& files) {
    std::string text;
    for (const SheetFile& file : files) {
        text += std::string(name(file.state)) + ' ' + file.format + ' ' + file.digest + '\n';
    }
    return text;
}

std::vector<SheetFile> parse_files(const std::string& text) {
    std::vector<SheetFile> files;
    std::istringstream words(text);
    std::string state;
    std::string format;
    std::string digest;
    while (words >> state >> format >> digest) {
        files.push_back({parse_sheet_state(state), format, digest});
    }
    return files;
}

std::optional<Target> read_target(const std::string& original, const std::string& revised) {
    if (original.empty()) return {};
    return Target{parse_date(original), read_day(revised)};
}

// The columns of one sheet, bound to a statement in either direction.
struct SheetColumns {
    std::string review, state, as_of, layout, known_at, head, target_on, revised_on, issued_on,
        issued_by, decided_on, decided_by, reason, posted_on, withdrawn_on, withdrawn_why, files;
    long long number = 0, seq = 0, events = 0, off_calendar = 0, restates = 0;

    SheetColumns() = default;
    SheetColumns(const ReviewKey& key, const Sheet& row)
        : review(key.text()),
          state(name(row.state)),
          as_of(to_text(row.as_of)),
          layout(row.layout),
          known_at(to_text(row.known_at)),
          head(row.head),
          target_on(row.target ? to_text(row.target->original) : ""),
          revised_on(row.target ? day_text(row.target->revised) : ""),
          issued_on(to_text(row.issued_on)),
          issued_by(row.issued_by),
          decided_on(day_text(row.decided_on)),
          decided_by(row.decided_by),
          reason(row.why),
          posted_on(day_text(row.posted_on)),
          withdrawn_on(day_text(row.withdrawn_on)),
          withdrawn_why(row.withdrawn_why),
          files(files_text(row.files)),
          number(row.number),
          seq(row.seq),
          events(row.events),
          off_calendar(row.off_calendar ? 1 : 0),
          restates(row.restates) {}

    // The day of what a sheet's state says was done.
    void require_days() const {
        const SheetState is = parse_sheet_state(state);
        const bool decided = is == SheetState::approved || is == SheetState::withheld;
        if ((decided && decided_on.empty()) || (is == SheetState::posted && posted_on.empty()) ||
            (is == SheetState::withdrawn && withdrawn_on.empty())) {
            throw Unreadable("it is " + state + ", but on no day");
        }
    }

    Sheet get() const {
        require_days();
        return {number,
                seq,
                parse_sheet_state(state),
                parse_date(as_of),
                layout,
                parse_instant(known_at),
                events,
                head,
                off_calendar != 0,
                read_target(target_on, revised_on),
                restates,
                parse_date(issued_on),
                issued_by,
                read_day(decided_on),
                decided_by,
                reason,
                read_day(posted_on),
                read_day(withdrawn_on),
                withdrawn_why,
                parse_files(files)};
    }
};

std::vector<Sheet> read_sheets(Database& database, const ReviewKey& review,
                               const std::string& condition) {
    SheetColumns c;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT number, seq, state, as_of, layout, known_at, events, head, off_calendar, "
                "target_on, revised_on, restates, issued_on, issued_by, decided_on, decided_by, "
                "reason, posted_on, withdrawn_on, withdrawn_why, files FROM sheet WHERE review = "
                ":review " +
                    condition + " ORDER BY number",
         soci::use(review.text()), soci::into(c.number), soci::into(c.seq), soci::into(c.state),
         soci::into(c.as_of), soci::into(c.layout), soci::into(c.known_at), soci::into(c.events),
         soci::into(c.head), soci::into(c.off_calendar), soci::into(c.target_on),
         soci::into(c.revised_on), soci::into(c.restates), soci::into(c.issued_on),
         soci::into(c.issued_by), soci::into(c.decided_on), soci::into(c.decided_by),
         soci::into(c.reason), soci::into(c.posted_on), soci::into(c.withdrawn_on),
         soci::into(c.withdrawn_why), soci::into(c.files));
    std::vector<Sheet> result;
    each_row(
        statement,
        [&] {
            return row_of(DocumentId{review, DocumentKind::sheet, c.number}.text());
        },
        [&] { result.push_back(c.get()); });
    return result;
}

}  // namespace

std::optional<Sheet> DatabaseRows::find_sheet(const ReviewKey& review, std::int64_t number) {
    auto found = read_sheets(database_, review, "AND number = " + std::to_string(number));
    if (found.empty()) return {};
    return found.front();
}

std::vector<Sheet> load_sheets(Database& database, const ReviewKey& review) {
    return read_sheets(database, review, "");
}

Sheet DatabaseRows::sheet(const Review& review, std::int64_t number) {
    if (auto found = find_sheet(review.key(), number)) return *found;
    throw Broken("the log names a fact sheet " + std::to_string(number) + " of " +
                 review.key().text() + " that nobody issued");
}

void DatabaseRows::put(const ReviewKey& review, const Sheet& row) {
    const SheetColumns c(review, row);
    database_.sql()
        << "INSERT INTO sheet (review, number, seq, state, as_of, layout, known_at, events, head, "
           "off_calendar, target_on, revised_on, restates, issued_on, issued_by, decided_on, "
           "decided_by, reason, posted_on, withdrawn_on, withdrawn_why, files) VALUES (:review, "
           ":number, :seq, :state, :as_of, :layout, :known_at, :events, :head, :off_calendar, "
           ":target_on, :revised_on, :restates, :issued_on, :issued_by, :decided_on, :decided_by, "
           ":reason, :posted_on, :withdrawn_on, :withdrawn_why, :files) ON CONFLICT (review, "
           "number) DO UPDATE SET state = excluded.state, decided_on = excluded.decided_on, "
           "decided_by = excluded.decided_by, reason = excluded.reason, posted_on = "
           "excluded.posted_on, withdrawn_on = excluded.withdrawn_on, withdrawn_why = "
           "excluded.withdrawn_why, files = excluded.files",
        soci::use(c.review), soci::use(c.number), soci::use(c.seq), soci::use(c.state),
        soci::use(c.as_of), soci::use(c.layout), soci::use(c.known_at), soci::use(c.events),
        soci::use(c.head), soci::use(c.off_calendar), soci::use(c.target_on),
        soci::use(c.revised_on), soci::use(c.restates), soci::use(c.issued_on),
        soci::use(c.issued_by), soci::use(c.decided_on), soci::use(c.decided_by),
        soci::use(c.reason), soci::use(c.posted_on), soci::use(c.withdrawn_on),
        soci::use(c.withdrawn_why), soci::use(c.files);
}

void DatabaseRows::put(const ReviewKey& review, const SheetTarget& row) {
    const long long seq = row.seq;
    const std::string financials = to_text(row.financials);
    const std::string target_on = to_text(row.target.original);
    const std::string revised_on = day_text(row.target.revised);
    database_.sql() << "INSERT INTO sheet_target (review, financials, seq, target_on, revised_on) "
                       "VALUES (:review, :financials, :seq, :target_on, :revised_on) ON CONFLICT "
                       "(review, financials) DO UPDATE SET seq = excluded.seq, revised_on = "
                       "excluded.revised_on",
        soci::use(review.text()), soci::use(financials), soci::use(seq), soci::use(target_on),
        soci::use(revised_on);
}

std::vector<SheetTarget> load_sheet_targets(Database& database, const ReviewKey& review) {
    std::string financials;
    std::string target_on;
    std::string revised_on;
    long long seq = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT financials, seq, target_on, revised_on FROM "
                                   "sheet_target WHERE review = :review ORDER BY financials",
         soci::use(review.text()), soci::into(financials), soci::into(seq), soci::into(target_on),
         soci::into(revised_on));
    std::vector<SheetTarget> result;
    each_row(
        statement, [&] { return row_in("sheet_target", financials); },
        [&] {
            result.push_back(
                {parse_date(financials), seq, {parse_date(target_on), read_day(revised_on)}});
        });
    return result;
}

}  // namespace purser
