#include "report/pictures.hpp"

#include <algorithm>
#include <map>

#include "report/parts.hpp"

namespace purser::report {
namespace {

constexpr Type money = Type::whole_money;  // as the rest of the sheet

Paragraph use_in_words(const Figures& figures, const Use& use) {
    const Paragraph made = "By " + to_print(figures.as_of) + ", " +
                           figure(use.spent.with_code(), "spent") + " is spent and " +
                           figure(use.committed.with_code(), "committed") + " committed";
    const Paragraph approved = figure(use.approved.with_code(), "approved");
    const Money remaining = use.remaining();
    if (remaining.is_negative()) {
        return made + ", " + figure((-remaining).with_code(), "remaining") + " more than the " +
               approved + " approved.";
    }
    return made + " of the " + approved + " approved; " +
           figure(remaining.with_code(), "remaining") + " remains.";
}

void add_use_columns(std::vector<Column>& columns, bool sparse) {
    const std::size_t first = columns.size();
    columns.push_back(column("spent", "Spent", money));
    columns.push_back(column("committed", "Committed", money));
    columns.push_back(column("remaining", "Remaining", money));
    for (std::size_t i = first; i < columns.size(); ++i) columns[i].sparse = sparse;
}

// The days of the table: each month's end from the first with money, or from the start if that is
// earlier, and last the day of the figures.
std::vector<DayUse> from_start(const Figures& figures, const std::vector<DayUse>& months) {
    std::vector<DayUse> days;
    const std::vector<Use> none(figures.categories.size(), Use::zero(figures.review.currency()));
    const Month end =
        months.empty() ? Month::of(figures.as_of).next() : Month::of(months.front().day);
    for (Month month = Month::of(figures.review.start()); month < end; month = month.next()) {
        days.push_back({std::min(month.last_day(), figures.as_of), none});
    }
    days.insert(days.end(), months.begin(), months.end());
    return days;
}

Paragraph forecast_in_words(const Money& remaining) {
    if (remaining.is_negative()) {
        return " At the run rate it would be " + figure((-remaining).with_code(), "forecast") +
               " more than approved at completion.";
    }
    return " At the run rate " + figure(remaining.with_code(), "forecast") +
           " would remain at completion.";
}

// What an even use of it would leave at a day's end: all before the start, nothing on the day of
// completion.
Money planned(const Review& review, const Money& approved, Date day) {
    const std::int64_t all = (review.expected() - review.start()).count();
    const std::int64_t left = std::clamp<std::int64_t>((review.expected() - day).count(), 0, all);
    const Money none = Money::zero(approved.currency());
    return all > 0 && approved.is_positive() ? approved.split({left, all - left}).front() : none;
}

}  // namespace

Section envelope_bars(const Figures& figures) {
    Section section;
    section.key = "envelope";
    section.title = "The envelope by category";
    const Amounts all = figures.envelope();
    section.charts.push_back(
        {"envelope",
         section.title,
         ChartKind::stacked_bars,
         "categories",
         {{"spent", ChartRole::spent},
          {"committed", ChartRole::committed},
          {"remaining", ChartRole::remaining},
          {"approved", ChartRole::approved}},
         use_in_words(figures, {all.approved, all.spent, all.committed}),
         "No money has been approved, spent or committed by " + to_print(figures.as_of) + '.'});
    Table table;
    table.key = "categories";
    table.columns = {hidden_column("category"), column("title", "Category"),
                     sum_column("approved", "Approved", money)};
    add_use_columns(table.columns, false);
    for (std::size_t i = 3; i < table.columns.size(); ++i) table.columns[i].total = true;
    table.columns.back().formula = {{"approved", 1}, {"spent", -1}, {"committed", -1}};
    const auto row = [](const std::string& code, const std::string& title, const Amounts& of) {
        return Row{code, title, of.approved, of.spent, of.committed, of.remaining()};
    };
    std::vector<Row> rows;
    for (const auto& [category, amounts, unallotted, held, years] : figures.categories) {
        rows.push_back(row(category.code, category.title, amounts));
    }
    if (!rows.empty()) table.total = row("total", "Total", all);
    table.rows = rows_of(std::move(rows));
    table.empty_text = "There is no category yet.";
    section.tables.push_back(std::move(table));
    return section;
}

Section burn(const Figures& figures, const std::vector<DayUse>& months,
             const std::optional<Money>& at_completion) {
    const Review& review = figures.review;
    const Money approved = figures.envelope().approved;
    const std::string when = to_print(figures.as_of);
    Section section;
    section.key = "burn";
    section.title = "The envelope over time";
    const bool plans = approved.is_positive();
    section.paragraphs = {"At each month's end, over the whole review."};
    if (plans) {
        section.paragraphs.front() +=
            " The plan is what would remain of the " + figure(approved.with_code(), "approved") +
            " approved by " + when + " if they were used evenly from " + to_print(review.start()) +
            " to " + to_print(review.expected()) + ".";
    }
    Table table;
    table.key = "months";
    table.columns = {column("day", "Day", Type::date)};
    add_use_columns(table.columns, true);
    table.columns.push_back(column("plan", "Plan", money));
    table.columns.back().sparse = true;
    const bool ends_later = review.expected() > figures.as_of;
    const bool foretells = at_completion && ends_later;
    if (foretells) {
        table.columns.push_back(column("forecast", "Forecast", money));
        table.columns.back().sparse = true;
    }
    const auto plan = [&](Date day) {
        return plans ? Value(planned(review, approved, day)) : Value();
    };
    std::vector<Row> rows;
    const auto days =
        figures.categories.empty() ? std::vector<DayUse>() : from_start(figures, months);
    for (const DayUse& day : days) {
        const Use use = day.envelope();
        rows.push_back({day.day, use.spent, use.committed, use.remaining(), plan(day.day)});
    }
    Paragraph sentence = "No month has ended since the review began.";
    if (!days.empty()) {
        sentence = use_in_words(figures, days.back().envelope());
        if (plans) {
            sentence += " By the plan " +
                        figure(planned(review, approved, figures.as_of).with_code(), "plan") +
                        " would remain.";
        }
        if (ends_later && (plans || foretells)) {
            rows.push_back({review.expected(), {}, {}, {}, plan(review.expected())});
        }
        if (foretells) {
            const Money remaining = approved - *at_completion;
            sentence += forecast_in_words(remaining);
            for (Row& row : rows) row.emplace_back();
            rows[rows.size() - 2].back() = days.back().envelope().remaining();
            rows.back().back() = remaining;
        }
    }
    section.charts.push_back({"burn",
                              section.title,
                              ChartKind::lines,
                              "months",
                              {{"plan", ChartRole::plan},
                               {"committed", ChartRole::committed},
                               {"spent", ChartRole::spent},
                               {"remaining", ChartRole::remaining}},
                              std::move(sentence),
                              "No money has been approved, spent or committed by " + when + '.'});
    if (foretells) section.charts.back().series.push_back({"forecast", ChartRole::forecast});
    table.rows = rows_of(std::move(rows));
    table.empty_text = figures.categories.empty() ? "There is no category yet."
                                                  : "The review had not begun by " + when + '.';
    section.tables.push_back(std::move(table));
    return section;
}

Chart bars_of_amounts(const std::string& table, Paragraph sentence) {
    return {table,
            "The envelope by category",
            ChartKind::stacked_bars,
            table,
            {{"spent", ChartRole::spent},
             {"committed", ChartRole::committed},
             {"requested", ChartRole::requested},
             {"free", ChartRole::free},
             {"approved", ChartRole::approved}},
            std::move(sentence),
            "No money has been approved, requested, spent or committed."};
}

std::optional<Chart> timeline(const Table& milestones, Date as_of) {
    std::vector<ChartState> states{
        {"Complete", ChartMark::done},
        {"Planned/In process", ChartMark::open},
        {"Behind schedule, expected to recover within original plan", ChartMark::late},
        {"Behind schedule, original plan to be adjusted", ChartMark::moved}};
    std::int64_t all = 0;
    std::map<ChartMark, std::int64_t> marked;
    milestones.rows([&](const Row& row) {
        ++all;
        for (const ChartState& state : states) {
            const bool meant = std::find(row.begin(), row.end(), Value(state.text)) != row.end();
            if (meant) ++marked[state.mark];
        }
    });
    if (all == 0) return {};
    const auto number = [&](ChartMark mark) { return std::to_string(marked[mark]); };
    const std::int64_t behind = marked[ChartMark::late] + marked[ChartMark::moved];
    return Chart{milestones.key,
                 "Milestones",
                 ChartKind::timeline,
                 milestones.key,
                 {{"planned", ChartRole::planned},
                  {"revised", ChartRole::revised},
                  {"actual", ChartRole::actual},
                  {"status", ChartRole::status}},
                 "On " + to_print(as_of) + ", " + number(ChartMark::done) + " of " +
                     counted(all, "milestone") + " complete, " + number(ChartMark::open) +
                     " planned or in process, " + std::to_string(behind) + " behind schedule.",
                 "No milestone has a date.",
                 std::move(states),
                 as_of};
}

}  // namespace purser::report
