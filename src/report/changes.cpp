#include "report/changes.hpp"

#include <algorithm>
#include <cctype>

#include "report/audience.hpp"
#include "report/entries.hpp"
#include "report/parts.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

bool same_figure(const SheetColumn& a, const SheetColumn& b) {
    return a.year == b.year && a.approved == b.approved && a.spent == b.spent &&
           a.committed == b.committed;
}

std::vector<SheetColumn> columns_of(const Figures& figures) {
    return sheet_columns(layout_of(figures.review), figures.fiscal_year());
}

// The earlier year's columns beside the later one's: "fy17_spent" beside "fy_spent".
SheetColumn of_other_year(SheetColumn column) {
    std::string year = column.year->text();
    std::transform(year.begin(), year.end(), year.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    column.key.replace(0, 2, year);
    return column;
}

// Every column that one of the two sheets prints: what the earlier alone has comes first.
std::vector<SheetColumn> compared(const Figures& then, const Figures& now) {
    const std::vector<SheetColumn> later = columns_of(now);
    std::vector<SheetColumn> result;
    for (const SheetColumn& column : columns_of(then)) {
        const auto has = [&](const auto& test) {
            return std::any_of(later.begin(), later.end(), test);
        };
        if (has([&](const SheetColumn& one) { return same_figure(one, column); })) continue;
        const bool taken = has([&](const SheetColumn& one) { return one.key == column.key; });
        result.push_back(taken ? of_other_year(column) : column);
    }
    result.insert(result.end(), later.begin(), later.end());
    std::erase_if(result, [&](const SheetColumn& one) { return !one.exists(now.review); });
    return result;
}

const CategoryFigures* find(const Figures& figures, const std::string& code) {
    const auto& all = figures.categories;
    const auto at = std::find_if(all.begin(), all.end(), [&](const CategoryFigures& one) {
        return one.category.code == code;
    });
    return at == all.end() ? nullptr : &*at;
}

// A row that the sheet does not have yet is one in which nothing was.
Money figure(const SheetColumn& column, const Figures& figures, const std::string& row) {
    if (row == total_row) return column.of(figures);
    const CategoryFigures* const category = find(figures, row);
    return category == nullptr ? Money::zero(figures.review.currency()) : column.of(*category);
}

// The rows of both sheets, the total last.
std::vector<std::pair<std::string, std::string>> rows(const Figures& then, const Figures& now) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const auto& one : now.categories) {
        result.emplace_back(one.category.code, one.category.title);
    }
    for (const auto& one : then.categories) {
        if (find(now, one.category.code) == nullptr) {
            result.emplace_back(one.category.code, one.category.title);
        }
    }
    result.emplace_back(total_row, "Total");
    return result;
}

bool anything_changed(const Side& then, const Side& now) {
    const auto columns = compared(then.figures, now.figures);
    for (const auto& [code, title] : rows(then.figures, now.figures)) {
        for (const SheetColumn& column : columns) {
            if (figure(column, then.figures, code) != figure(column, now.figures, code)) {
                return true;
            }
        }
    }
    return false;
}

// "spent rose by 2,450.00 to 42,925.25"
std::string moved(const char* what, const Money& then, const Money& now) {
    const std::string text(what);
    if (now == then) return text + " is unchanged at " + now.grouped();
    const Money by = now - then;
    return text + (by.is_negative() ? " fell by " + (-by).grouped() : " rose by " + by.grouped()) +
           " to " + now.grouped();
}

// Whether the committed money of the whole review may be told, then and now.
bool tells_committed(const KeptBetween& kept, const Figures& now) {
    const std::vector<SheetColumn> columns = columns_of(now);
    return std::none_of(columns.begin(), columns.end(), [&](const SheetColumn& one) {
        return !one.year && one.committed != 0 && kept.hides(total_row, one.key);
    });
}

std::vector<Paragraph> sentences(const Side& then, const Side& now, const KeptBetween& kept) {
    if (!anything_changed(then, now)) {
        return {"Nothing changed: each figure is the same at both ends."};
    }
    const Amounts before = then.figures.envelope();
    const Amounts after = now.figures.envelope();
    std::vector<Paragraph> result{
        "Of the whole review, in " + std::string(now.figures.review.currency().code()) + ", " +
        moved("approved", before.approved, after.approved) + ", " +
        moved("spent", before.spent, after.spent) +
        (tells_committed(kept, now.figures)
             ? ", " + moved("committed", before.committed, after.committed)
             : "") +
        "."};
    const FiscalYear earlier = then.figures.fiscal_year();
    const FiscalYear later = now.figures.fiscal_year();
    if (earlier != later) {
        result.emplace_back("The two lie in different fiscal years. Figures of " + earlier.text() +
                            " stand on the first sheet, those of " + later.text() +
                            " on the second; each is followed here from the one to the other, so "
                            "what opened " +
                            later.text() + " is among the entries.");
    }
    return result;
}

// Ends of grants that one side counts and no entry tells: what they differ by.
std::vector<UnrecordedEnd> ends_between(const Figures& then, const Figures& now) {
    std::vector<UnrecordedEnd> result = unrecorded_ends(now);
    for (UnrecordedEnd before : unrecorded_ends(then)) {
        before.effect = -before.effect;
        const auto same = std::find_if(result.begin(), result.end(),
                                       [&](const auto& one) { return one.grant == before.grant; });
        if (same == result.end()) {
            result.push_back(before);
        } else {
            same->effect += before.effect;
        }
    }
    std::erase_if(result, [](const UnrecordedEnd& one) { return one.effect.is_zero(); });
    return result;
}

Point point_of(const Figures& figures) { return {figures.as_of, figures.events}; }

KeptBetween kept_between(Book& book, const Side& then, const Side& now, bool keeps_back) {
    if (!keeps_back) return {};
    return {book, then.figures, now.figures, compared(then.figures, now.figures)};
}

Table entries_between(Book& book, const Side& then, const Side& now, const KeptBetween& kept,
                      Audience audience) {
    const ReviewKey key = now.figures.review.key();
    EntryTable of;
    of.columns = compared(then.figures, now.figures);
    of.entries = [&book, key, from = point_of(then.figures), to = point_of(now.figures)](
                     const CountedSink& sink) { book.each_event_between(key, from, to, sink); };
    of.ends = ends_between(then.figures, now.figures);
    for (const SheetColumn& column : of.columns) {
        const bool hidden = kept.hides(total_row, column.key);
        of.totals.push_back(hidden ? Value()
                                   : Value(column.of(now.figures) - column.of(then.figures)));
    }
    Table table = entry_table(book, key, std::move(of), audience);
    table.title = "Entries between";
    table.empty_text = "No entry between changes a figure of the sheet.";
    return table;
}

bool keeps_back(Book& book, const Side& side, Audience audience) {
    return audience != Audience::finance && merges(book, side.figures.review.key());
}

// Each difference is the sum of the entries of its row.
void add_checks(Section& section, const Side& then, const Side& now) {
    const auto columns = compared(then.figures, now.figures);
    for (const auto& [code, title] : rows(then.figures, now.figures)) {
        for (const SheetColumn& column : columns) {
            const Money by = figure(column, now.figures, code) - figure(column, then.figures, code);
            Check check{title + ", " + column.title,
                        "figures",
                        code + '_' + column.key,
                        "difference",
                        by,
                        "entries",
                        column.key,
                        {}};
            if (code != total_row) check.where.push_back({"category", code});
            section.checks.push_back(std::move(check));
        }
    }
}

Section side_members(std::string key, const Side& side) {
    Section section;
    section.key = std::move(key);
    section.fields = {for_programs("name", side.name), for_programs("as_of", side.figures.as_of),
                      for_programs("events", side.figures.events),
                      for_programs("head", side.figures.head),
                      for_programs("fiscal_year", side.figures.fiscal_year().text())};
    return section;
}

Table changed_figures(const Side& then, const Side& now, const KeptBetween& kept) {
    Table table;
    table.key = "figures";
    table.title = "Figures of the sheet";
    table.primary = true;
    table.columns = {hidden_column("figure"),
                     hidden_column("row"),
                     column("title", "Row"),
                     hidden_column("column"),
                     column("column_title", "Figure"),
                     hidden_column("fiscal_year"),
                     column("then", then.name, Type::money),
                     column("now", now.name, Type::money),
                     column("difference", "Difference", Type::money)};
    table.columns.back().formula = {{"now", 1}, {"then", -1}};
    const auto columns = compared(then.figures, now.figures);
    std::vector<Row> all;
    for (const auto& [code, title] : rows(then.figures, now.figures)) {
        for (const SheetColumn& column : columns) {
            const Money before = figure(column, then.figures, code);
            const Money after = figure(column, now.figures, code);
            const bool kept_back = kept.hides(code, column.key);
            const auto value = [&](const Money& amount) {
                return kept_back ? Value() : Value(amount);
            };
            all.push_back({code + '_' + column.key, code, title, column.key, column.title,
                           column.year ? Value(column.year->text()) : Value(), value(before),
                           value(after), value(after - before)});
        }
    }
    table.rows = rows_of(std::move(all));
    return table;
}

}  // namespace

Table changed_figures(Book& book, const Side& then, const Side& now, bool keeps_back) {
    return changed_figures(then, now, kept_between(book, then, now, keeps_back));
}

Section restatement(Book& book, const Side& published, const Side& now, bool keeps_back) {
    const KeptBetween kept = kept_between(book, published, now, keeps_back);
    Section section;
    section.key = "restatement";
    section.title = "Restatement of " + published.name;
    Table figures = changed_figures(published, now, kept);
    figures.title.clear();
    figures.primary = false;
    std::vector<Row> differ;
    figures.rows([&](const Row& row) {
        const auto* by = std::get_if<Money>(&row.back());
        if (by != nullptr && !by->is_zero()) differ.push_back(row);
    });
    if (differ.empty()) {
        section.paragraphs = {"It takes the place of " + published.name + "; no figure differs."};
        return section;
    }
    section.paragraphs = {"It takes the place of " + published.name +
                          ". The figures that differ, and the entries recorded since:"};
    figures.rows = rows_of(std::move(differ));
    section.tables = {std::move(figures),
                      entries_between(book, published, now, kept, Audience::public_)};
    section.notes = {{"Amounts of single contracts are left out: n/a, and inside the totals.", {}}};
    return section;
}

Document changes(Book& book, const Side& then, const Side& now, Audience audience) {
    refuse_public(audience, "the entries behind the figures are");
    const KeptBetween kept = kept_between(book, then, now, keeps_back(book, now, audience));
    const Review& review = now.figures.review;
    Document document(audience);
    document.title = review.key().text() + " Changes";
    document.subtitle = "From " + then.name + " to " + now.name;
    document.as_of = std::max(then.figures.as_of, now.figures.as_of);
    Section& body = document.body;
    body.paragraphs = sentences(then, now, kept);
    body.fields = {for_programs("review", review.key().text()),
                   for_programs("currency", std::string(review.currency().code()))};
    body.sections = {side_members("then", then), side_members("now", now)};
    body.tables = {changed_figures(then, now, kept),
                   entries_between(book, then, now, kept, audience)};
    if (audience == Audience::chair) body.notes.push_back(contract_note(book, review.key()));
    if (kept.any()) {
        body.notes.push_back(
            {"What the sheet gives only as a sum of rows is n/a here, and what "
             "one contract alone moved.",
             {"then", "now"}});
    }
    if (audience == Audience::finance) add_checks(body, then, now);
    return document;
}

namespace {

Figures published(Book& book, const Sheet& sheet, const ReviewKey& key) {
    return book.figures(key, sheet.as_of, sheet.known_at);
}

// What both sheets showed to everybody.
Document posted_changes(Book& book, const Side& then, const Side& now) {
    const KeptBetween kept =
        kept_between(book, then, now, keeps_back(book, now, Audience::public_));
    Document document(Audience::public_);
    document.title = now.figures.review.key().text() + " Changes";
    document.as_of = std::max(then.figures.as_of, now.figures.as_of);
    document.body.paragraphs = sentences(then, now, kept);
    document.body.tables = {changed_figures(then, now, kept)};
    return document;
}

}  // namespace

Document changes(Book& book, const DocumentId& id, const std::optional<DocumentId>& later,
                 Audience audience) {
    const Sheet first = book.sheet(id);
    const Side then{id.text(), published(book, first, id.review)};
    if (!later) {
        const Side now{"Now", book.figures(id.review, first.as_of, {})};
        Document document = changes(book, then, now, audience);
        document.subtitle = id.text() + " as published, and as known now";
        return document;
    }
    if (later->review != id.review) {
        throw BadInput(later->text() + " is a sheet of another review than " + id.text(),
                       "see: purser factsheet list " + id.review.text());
    }
    const Sheet second = book.sheet(*later);
    const Side now{later->text(), published(book, second, id.review)};
    const bool posted = first.state == SheetState::posted && second.state == SheetState::posted;
    if (audience != Audience::public_ || !posted) return changes(book, then, now, audience);
    Document document = posted_changes(book, then, now);
    document.subtitle = "From " + then.name + " to " + now.name;
    return document;
}

Document changes(Book& book, const ReviewKey& key, Date from, Date to,
                 std::optional<Instant> known_at, Audience audience) {
    if (to < from) {
        throw BadInput(to_text(to) + " is before " + to_text(from),
                       "name the earlier day with --from, the later with --to");
    }
    const Side then{to_print(from), book.figures(key, from, known_at)};
    const Side now{to_print(to), book.figures(key, Point{to, then.figures.events})};
    Document document = changes(book, then, now, audience);
    if (known_at) document.subtitle += ", as known at " + to_text(*known_at);
    return document;
}

}  // namespace purser::report
