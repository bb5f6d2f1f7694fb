// The picture of a forecast: what was spent so far, and where each method says that it goes.
#include <algorithm>

#include "report/forecast_tables.hpp"
#include "report/parts.hpp"
#include "values/proportion.hpp"

namespace purser::report {
namespace {

constexpr std::int64_t most_points = 60;

// The last days of the months between, every n-th where there are many; the ends themselves too.
std::vector<Date> days_of(Date from, Date until) {
    std::vector<Date> ends;
    for (Month month = Month::of(from); month.last_day() < until; month = month.next()) {
        if (month.last_day() > from) ends.push_back(month.last_day());
    }
    const auto step = static_cast<std::int64_t>(ends.size()) / most_points + 1;
    std::vector<Date> days{from};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (static_cast<std::int64_t>(i + 1) % step == 0) days.push_back(ends[i]);
    }
    days.push_back(until);
    return days;
}

// On the straight line from what is spent on the day to what it will have been.
Money on_the_way(const Money& now, const Money& then, Date from, Date day, Date until) {
    return now + proportion(then - now, (day - from).count(), (until - from).count(),
                            Rounding::half_even);
}

}  // namespace

std::optional<Section> course(Book& book, const Outlook& outlook,
                              const std::vector<Method>& methods) {
    const Figures& figures = outlook.figures;
    const Review& review = figures.review;
    const Date start = previous_day(review.start());
    if (outlook.rest.empty() || start >= figures.as_of) return {};
    Table table;
    table.key = "course";
    table.columns = {column("date", "Date", Type::date),
                     column("approved", "Approved", Type::money),
                     column("spent", "Spent", Type::money)};
    for (const Method& method : methods) {
        table.columns.push_back(column(method.key, method.title, Type::money));
    }
    for (std::size_t i = 1; i < table.columns.size(); ++i) table.columns[i].sparse = true;
    std::vector<Row> rows;
    for (const Date day : days_of(start, figures.as_of)) {
        const Amounts then = book.figures(review.key(), day, figures.known_at).envelope();
        Row row{day, then.approved, then.spent};
        row.resize(table.columns.size());
        rows.push_back(std::move(row));
    }
    const Money now = figures.envelope().spent;
    std::vector<Date> ahead = days_of(figures.as_of, outlook.rest.until);
    for (const Date day : ahead) {
        if (day != figures.as_of) rows.push_back({day, outlook.approved(), Value()});
        Row& row = rows.back();
        row.resize(3);
        for (const Method& method : methods) {
            row.emplace_back(on_the_way(now, method.total.at_completion(), figures.as_of, day,
                                        outlook.rest.until));
        }
    }
    table.rows = rows_of(std::move(rows));
    Chart chart;
    chart.key = "course_chart";
    chart.title = "From what is spent to what it will have been";
    chart.kind = ChartKind::lines;
    chart.table = table.key;
    chart.series = {{"approved", ChartRole::approved}, {"spent", ChartRole::spent}};
    for (const Method& method : methods) {
        chart.series.push_back(
            {method.key, method.key == "run_rate" ? ChartRole::forecast : ChartRole::plan});
    }
    chart.sentence = now.grouped() + " is spent on " + to_print(figures.as_of);
    for (const Method& method : methods) {
        chart.sentence += "; " + method.title + ": " + method.total.at_completion().grouped() +
                          " on " + to_print(outlook.rest.until);
    }
    chart.sentence += ". The way there is drawn straight.";
    chart.empty_text = "Nothing is approved, spent or projected yet.";
    Section section;
    section.title = "The course";
    section.charts.push_back(std::move(chart));
    section.tables.push_back(std::move(table));
    return section;
}

}  // namespace purser::report
