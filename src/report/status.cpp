// The page a chair looks at: what is left of the envelope, per category, and of the fiscal year.
#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "report/pictures.hpp"
#include "report/single_contract.hpp"

namespace purser::report {
namespace {

// What remains and how much of it nobody has asked for; then how that is made up.
std::vector<Paragraph> envelope_sentences(const Figures& figures) {
    const Amounts all = figures.envelope();
    const Money remaining = all.remaining();
    if (all.approved.is_zero() && remaining.is_zero()) {
        return {"No envelope has been granted on this day."};
    }
    const Paragraph approved = figure(all.approved.with_code(), "approved");
    Paragraph first;
    if (remaining.is_negative()) {
        first = "The envelope of " + approved + " is exceeded by " +
                figure((-remaining).with_code(), "remaining");
    } else {
        first =
            figure(remaining.with_code(), "remaining") + " remains of the envelope of " + approved;
    }
    if (!all.requested.is_zero()) {
        first += ", " + figure(all.requested.with_code(), "requested") +
                 " of it is requested and undecided, " + figure(all.free.with_code(), "free") +
                 " is free";
    } else if (!remaining.is_negative()) {
        first += ", and all of it is free: nothing is requested";
    }
    std::vector<Paragraph> sentences{first + "."};
    if (!figures.held().is_zero()) {
        sentences.push_back(figure(figures.held().with_code(), "held") +
                            " waits for the Board and is in none of these figures.");
    }
    sentences.push_back("Remaining = approved " + figure(all.approved.grouped(), "approved") +
                        " - spent " + figure(all.spent.grouped(), "spent") + " - committed " +
                        figure(all.committed.grouped(), "committed") + ".");
    return sentences;
}

std::string state_text(const Review& review, Date as_of) {
    const auto since = review.state_since();
    if (review.state() == ReviewState::running || !since || *since > as_of) return "running";
    return std::string(name(review.state())) + " since " + to_print(*since);
}

Section head(const Figures& figures) {
    const Review& review = figures.review;
    Section section;
    section.paragraphs = envelope_sentences(figures);
    auto& fields = section.fields;
    fields.push_back(for_programs("review", review.key().text()));
    fields.push_back(printed("", "Review", review.name()));
    fields.push_back(printed("", "State", state_text(review, figures.as_of)));
    fields.push_back(for_programs("as_of", figures.as_of));
    const bool known = figures.known_at.has_value();
    fields.push_back(printed("known_at", known ? "As known at" : "",
                             known ? Value(to_text(*figures.known_at)) : Value()));
    fields.push_back(printed("currency", "Currency", std::string(review.currency().code())));
    fields.push_back(for_programs("closed_through", value_of(review.closed_through())));
    fields.push_back(printed("", "Closed through",
                             review.closed_through() ? Value(*review.closed_through())
                                                     : Value(std::string("no month is closed")),
                             Type::date));
    return section;
}

Section envelope_members(const Figures& figures) {
    Section section;
    section.key = "envelope";
    add_amount_fields(section.fields, figures.envelope(), true);
    section.fields.push_back(for_programs("unallotted", figures.unallotted()));
    section.fields.push_back(for_programs("held", figures.held()));
    return section;
}

Table category_table() {
    Table table;
    table.key = "categories";
    table.columns = {hidden_column("code"), column("title", "Category")};
    add_amount_columns(table.columns);
    table.total_is_data = false;
    table.empty_text = "There is no category yet.";
    return table;
}

// A column as the sheet would have it, so that both keep back the same.
SheetColumn like_sheet(const std::string& key, std::optional<FiscalYear> year) {
    const bool rest = key == "remaining" || key == "free";
    const bool approved = key == "approved" || key == "carried_in";
    return {key,
            {},
            year,
            approved || rest ? 1 : 0,
            key == "spent" ? 1 : 0,
            key == "committed" ? 1
            : rest             ? -1
                               : 0};
}

// What the sheet would keep back of a row, of a category or of all.
void hide_kept(const Table& table, Row& row, const Merged& merged, std::optional<FiscalYear> year) {
    const std::string code = std::get<std::string>(row.front());
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (merged.hides(code, like_sheet(table.columns[i].key, year))) row[i] = Value();
    }
}

// The sums of rows that are given only together: the rest of the row stands in each of them.
void add_together(std::vector<Row>& rows, const Table& table, const Figures& figures,
                  const Merged& merged, std::optional<FiscalYear> year, bool has_budget) {
    if (merged.rows.empty()) return;
    Row row{code(merged), titles(merged, figures) + " together"};
    add_amounts(row, together(merged, figures, year), has_budget);
    row.resize(table.columns.size());
    for (std::size_t i = 2; i < row.size(); ++i) {
        if (!merged.gives_together(like_sheet(table.columns[i].key, year))) row[i] = Value();
    }
    rows.push_back(std::move(row));
}

Section by_category(const Figures& figures, const Merged& merged) {
    Section section;
    section.title = "Envelope by category";
    Table table = category_table();
    table.primary = true;
    section.charts.push_back(bars_of_amounts(table.key, envelope_sentences(figures).front()));
    table.columns.push_back(hidden_column("unallotted", Type::money));
    table.columns.push_back(hidden_column("held", Type::money));
    std::vector<Row> rows;
    for (const auto& category : figures.categories) {
        Row row{category.category.code, category.category.title};
        add_amounts(row, category.total, true);
        row.emplace_back(category.unallotted);
        row.emplace_back(category.held);
        hide_kept(table, row, merged, {});
        rows.push_back(std::move(row));
    }
    add_together(rows, table, figures, merged, {}, true);
    Row total{std::string("total"), std::string("Total")};
    add_amounts(total, figures.envelope(), true);
    total.emplace_back(figures.unallotted());
    total.emplace_back(figures.held());
    if (!rows.empty()) table.total = std::move(total);
    table.rows = rows_of(std::move(rows));
    section.tables.push_back(std::move(table));
    if (merged.any()) section.notes.push_back({merged_note(merged, figures), {"title"}});
    return section;
}

// What the close of the year before brought into this one.
Money carried_in(const Figures& figures, FiscalYear year, const std::string& category) {
    Money sum = Money::zero(figures.review.currency());
    for (const auto& decision : figures.decisions) {
        const bool brings =
            decision.act == "year.close" && decision.year == year && decision.amount.is_positive();
        if (brings && (category.empty() || decision.category == category)) sum += decision.amount;
    }
    return sum;
}

Section fiscal_year(const Figures& figures, const Merged& merged) {
    const Review& review = figures.review;
    const FiscalYear year = figures.fiscal_year();
    const bool has_budget = review.fiscal_budget();
    Section section;
    section.key = "fiscal_year";
    section.title = "Fiscal year " + year.text() + ", " +
                    to_print(review.calendar().first_day(year)) + " to " +
                    to_print(review.calendar().last_day(year));
    const Money carried = carried_in(figures, year, "");
    section.fields.push_back(for_programs("name", year.text()));
    section.fields.push_back(printed("carried_in",
                                     carried.is_zero() ? "" : "Carried in from the year before",
                                     carried, Type::money));
    add_amount_fields(section.fields, figures.in(year), has_budget);
    for (Field& field : section.fields) {
        if (merged.hides(total_row, like_sheet(field.key, year)))
            field = for_programs(field.key, {});
    }
    section.fields.push_back(for_programs("held", figures.held()));
    if (has_budget) {
        section.fields.push_back(
            printed("", "Not yet given to a year", figures.unallotted(), Type::money));
        section.fields.back().of = "unallotted";
    } else {
        section.fields.push_back(
            printed("", "Budget", std::string("this review keeps no fiscal-year budgets")));
    }
    Table table = category_table();
    table.columns.push_back(hidden_column("carried_in", Type::money));
    std::vector<Row> rows;
    for (const auto& category : figures.categories) {
        Row row{category.category.code, category.category.title};
        add_amounts(row, category.in(year), has_budget);
        row.emplace_back(carried_in(figures, year, category.category.code));
        hide_kept(table, row, merged, year);
        rows.push_back(std::move(row));
    }
    add_together(rows, table, figures, merged, year, has_budget);
    Row total{std::string("total"), std::string("Total")};
    add_amounts(total, figures.in(year), has_budget);
    total.emplace_back(carried);
    hide_kept(table, total, merged, year);
    if (!rows.empty()) table.total = std::move(total);
    table.rows = rows_of(std::move(rows));
    section.tables.push_back(std::move(table));
    return section;
}

Document status(const Figures& figures, const Merged& merged, Audience audience) {
    Document document(audience);
    document.title = figures.review.key().text() + " Status";
    document.subtitle = "As of " + to_print(figures.as_of);
    document.as_of = figures.as_of;
    document.body.sections = {head(figures), envelope_members(figures),
                              by_category(figures, merged), fiscal_year(figures, merged)};
    return document;
}

}  // namespace

Document status(const Figures& figures) { return status(figures, {}, Audience::finance); }

Document status(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at,
                Audience audience) {
    refuse_public(audience, "the status of a review is");
    const Figures figures = book.figures(key, as_of, known_at);
    return status(figures, kept_from(audience, book, figures), audience);
}

}  // namespace purser::report
