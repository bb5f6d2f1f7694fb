#include "report/explain.hpp"

#include <algorithm>
#include <set>

#include "report/audience.hpp"
#include "report/entries.hpp"
#include "report/fact_sheet.hpp"
#include "report/parts.hpp"
#include "report/single_contract.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

struct Cell {
    std::string row, title;  // code and title of the category; "total", "Total"
    SheetColumn column;
    Money figure;
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

// A category by its code or as its title stands on the sheet; null for the total.
const CategoryFigures* find_row(const Figures& figures, const std::string& asked) {
    std::vector<std::string> known;
    for (const auto& one : figures.categories) {
        const bool meant =
            lower(one.category.code) == lower(asked) || lower(one.category.title) == lower(asked);
        if (meant) return &one;
        known.push_back(one.category.code);
    }
    if (lower(asked) == total_row) return nullptr;
    known.emplace_back(total_row);
    throw BadInput("the sheet has no row '" + asked + "'", did_you_mean(asked, known));
}

SheetColumn find_column(const Figures& figures, const std::string& asked) {
    std::vector<std::string> known;
    for (const SheetColumn& one : sheet_columns(layout_of(figures.review), figures.fiscal_year())) {
        if (one.key == lower(asked) || lower(one.title) == lower(asked)) return one;
        known.push_back(one.key);
    }
    throw BadInput("the sheet has no column '" + asked + "'", did_you_mean(asked, known));
}

Cell find_cell(const Figures& figures, const FigureName& name) {
    const CategoryFigures* const category = find_row(figures, name.row);
    const SheetColumn column = find_column(figures, name.column);
    if (!column.exists(figures.review)) {
        throw BadInput(column.key + " is n/a: " + figures.review.key().text() +
                           " keeps no budgets for fiscal years",
                       "ask for a figure of the whole review: --column spent_to_date");
    }
    if (category == nullptr) return {total_row, "Total", column, column.of(figures)};
    return {category->category.code, category->category.title, column, column.of(*category)};
}

// The terms of a computed column, then the column; they are named as the sheets name them.
std::vector<SheetColumn> with_terms(const Figures& figures, const SheetColumn& column) {
    if (column.terms() == 1) return {column};
    std::vector<SheetColumn> result;
    std::vector<SheetColumn> all = sheet_columns(layout_of(figures.review), figures.fiscal_year());
    const auto more = sheet_columns(Layout::envelope, figures.fiscal_year());
    all.insert(all.end(), more.begin(), more.end());
    for (const auto term : {&SheetColumn::approved, &SheetColumn::spent, &SheetColumn::committed}) {
        if (column.*term == 0) continue;
        result.push_back(*std::find_if(all.begin(), all.end(), [&](const SheetColumn& one) {
            return one.year == column.year && one.terms() == 1 && one.*term == 1;
        }));
    }
    result.push_back(column);
    return result;
}

// What was approved is what was decided, and the decisions are few among many entries.
Entries entries_of_decisions(Book& book, const Figures& figures, const std::string& category) {
    std::set<std::pair<Date, std::int64_t>> decided;
    for (const Decision& decision : figures.decisions) {
        const bool meant = category.empty() || decision.category == category;
        if (meant) decided.emplace(decision.on, decision.seq);
    }
    for (const UnrecordedEnd& end : unrecorded_ends(figures)) decided.erase({end.on, end.grant});
    return [&book, key = figures.review.key(), decided](const CountedSink& sink) {
        for (const auto& [on, seq] : decided) {
            EventFilter filter;
            filter.seq = seq;
            book.each_event(key, filter,
                            [&](const StoredEvent& stored) { sink(stored.event, Counted::added); });
        }
    };
}

Entries entries_until(Book& book, const Figures& figures, const SheetColumn& column) {
    EventFilter filter;
    filter.to = figures.as_of;
    filter.by_day = true;
    // What is spent lies in the year of its own date; the rest may come from years before.
    const bool spent_of_year = column.year && column.terms() == 1 && column.spent == 1;
    if (spent_of_year) filter.from = figures.review.calendar().first_day(*column.year);
    return [&book, key = figures.review.key(), filter,
            events = figures.events](const CountedSink& sink) {
        book.each_event(key, filter, [&](const StoredEvent& stored) {
            return stored.event.seq > events || sink(stored.event, Counted::added);
        });
    };
}

// "Remaining = Approved Budget 550,000.00 - Spent to Date 1,480.50 - …"
std::string made_of(const Cell& cell, const std::vector<SheetColumn>& columns,
                    const std::vector<Money>& totals) {
    std::string text = cell.column.title + " = ";
    for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
        const SheetColumn& term = columns[i];
        const bool less = (term.approved != 0 && cell.column.approved < 0) ||
                          (term.spent != 0 && cell.column.spent < 0) ||
                          (term.committed != 0 && cell.column.committed < 0);
        if (i > 0) text += less ? " - " : " + ";
        text += term.title + ' ' + totals[i].grouped();
    }
    return text + ".";
}

std::vector<Money> totals_of(const Figures& figures, const Cell& cell,
                             const std::vector<SheetColumn>& columns) {
    std::vector<Money> result;
    for (const SheetColumn& column : columns) {
        if (cell.row == total_row) {
            result.push_back(column.of(figures));
            continue;
        }
        for (const auto& one : figures.categories) {
            if (one.category.code == cell.row) result.push_back(column.of(one));
        }
    }
    return result;
}

void refuse_merged(const Merged& merged, const Figures& figures, const Cell& cell) {
    if (!merged.hides(cell.row, cell.column)) return;
    if (!merged.gives_together(cell.column)) {
        throw Refused(Rule::not_permitted,
                      cell.column.key +
                          " is left out: beside the whole review it would tell the "
                          "price of a single contract",
                      "ask for a figure of the whole review: --column spent_to_date");
    }
    throw Refused(Rule::not_permitted,
                  "the sheet gives " + cell.column.key + " of " + titles(merged, figures) +
                      " only as their sum",
                  "ask for the total: --row total");
}

}  // namespace

Document explain(Book& book, const Figures& figures, const std::string& name,
                 const FigureName& figure, Audience audience) {
    refuse_public(audience, "the entries behind the figures are");
    const Review& review = figures.review;
    const Cell cell = find_cell(figures, figure);
    const Merged merged = kept_from(audience, book, figures);
    refuse_merged(merged, figures, cell);
    EntryTable of;
    of.columns = with_terms(figures, cell.column);
    of.category = cell.row == total_row ? std::string() : cell.row;
    const bool decided = cell.column.terms() == 1 && cell.column.approved == 1;
    of.entries = decided ? entries_of_decisions(book, figures, of.category)
                         : entries_until(book, figures, cell.column);
    of.ends = unrecorded_ends(figures);
    const std::vector<Money> totals = totals_of(figures, cell, of.columns);
    of.totals.assign(totals.begin(), totals.end());

    Document document(audience);
    document.title = review.key().text() + ' ' + cell.title + ": " + cell.column.title;
    document.subtitle = name;
    document.as_of = figures.as_of;
    Section& body = document.body;
    body.paragraphs = {cell.figure.with_code() + " is the sum of these entries."};
    if (of.columns.size() > 1) {
        body.paragraphs.emplace_back(made_of(cell, of.columns, totals));
    }
    body.fields = {
        for_programs("review", review.key().text()),
        for_programs("as_of", figures.as_of),
        for_programs("events", figures.events),
        for_programs("currency", std::string(review.currency().code())),
        for_programs("row", cell.row),
        for_programs("column", cell.column.key),
        for_programs("fiscal_year", cell.column.year ? Value(cell.column.year->text()) : Value()),
        for_programs("figure", cell.figure)};
    Table table = entry_table(book, review.key(), std::move(of), audience);
    table.primary = true;
    table.empty_text = "No entry has moved this figure.";
    body.tables.push_back(std::move(table));
    if (audience == Audience::chair) body.notes.push_back(contract_note(book, review.key()));
    return document;
}

Document explain(Book& book, const DocumentId& id, const FigureName& figure, Audience audience) {
    const Sheet sheet = book.sheet(id);
    const Figures figures = book.figures(id.review, sheet.as_of, sheet.known_at);
    return explain(book, figures, id.text() + ", as of " + to_print(sheet.as_of), figure, audience);
}

Document explain(Book& book, const ReviewKey& key, std::optional<Date> as_of,
                 std::optional<Instant> known_at, Date today, const FigureName& figure,
                 Audience audience) {
    const Date day = as_of.value_or(sheet_day(book, key, known_at, today));
    const Figures figures = book.figures(key, day, known_at);
    std::string name = "As of " + to_print(day);
    if (known_at) name += ", as known at " + to_text(*known_at);
    return explain(book, figures, name, figure, audience);
}

}  // namespace purser::report
