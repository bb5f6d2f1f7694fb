// All reviews of a book side by side, and what they come to in each currency.
#include <algorithm>
#include <map>

#include "report/catalogue.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

struct Line {
    Figures figures;
    Amounts amounts;
};

std::string state_on_day(const Review& review, Date as_of) {
    const auto since = review.state_since();
    const bool later = since && *since > as_of;
    return std::string(name(later ? ReviewState::running : review.state()));
}

Table review_table(const std::vector<Line>& lines) {
    Table table;
    table.key = "reviews";
    table.primary = true;
    table.columns = {column("review", "Review"), hidden_column("name"), column("state", "State"),
                     column("currency", "Currency")};
    add_amount_columns(table.columns);
    for (Column& one : table.columns) one.total = false;
    table.columns.push_back(hidden_column("held", Type::money));
    table.columns.push_back(column("closed_through", "Closed through", Type::date));
    std::vector<Row> rows;
    for (const Line& line : lines) {
        const Review& review = line.figures.review;
        Row row{review.key().text(), review.name(), state_on_day(review, line.figures.as_of),
                std::string(review.currency().code())};
        add_amounts(row, line.amounts, true);
        row.emplace_back(line.figures.held());
        row.push_back(value_of(review.closed_through()));
        rows.push_back(std::move(row));
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No review.";
    return table;
}

Table total_table(const std::vector<Line>& lines) {
    std::map<std::string, std::pair<std::int64_t, Amounts>> totals;
    for (const Line& line : lines) {
        const Currency currency = line.figures.review.currency();
        auto& [count, sum] =
            totals.try_emplace(std::string(currency.code()), 0, Amounts::zero(currency))
                .first->second;
        ++count;
        sum += line.amounts;
    }
    Table table;
    table.key = "totals";
    table.title = "Totals of each currency";
    table.columns = {column("currency", "Currency"), column("reviews", "Reviews", Type::count)};
    add_amount_columns(table.columns);
    for (Column& one : table.columns) one.total = false;
    std::vector<Row> rows;
    for (const auto& [currency, of] : totals) {
        Row row{currency, of.first};
        add_amounts(row, of.second, true);
        rows.push_back(std::move(row));
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nothing to add up.";
    return table;
}

}  // namespace

Document portfolio(Book& book, const std::vector<ReviewKey>& keys, Date as_of,
                   std::optional<Instant> known_at, Audience audience) {
    std::vector<Line> lines;
    for (const ReviewKey& key : keys) {
        Figures figures = book.figures(key, as_of, known_at);
        if (figures.events == 0) continue;  // not known of at that instant
        const Amounts amounts = figures.envelope();
        lines.push_back({std::move(figures), amounts});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
        return a.figures.review.currency().code() < b.figures.review.currency().code();
    });
    Document document(audience);
    document.title = "Portfolio";
    document.subtitle = "As of " + to_print(as_of);
    document.as_of = as_of;
    document.body.fields = {for_programs("as_of", as_of),
                            printed("known_at", known_at ? "As known at" : "",
                                    known_at ? Value(to_text(*known_at)) : Value())};
    document.body.tables = {review_table(lines), total_table(lines)};
    return document;
}

}  // namespace purser::report
