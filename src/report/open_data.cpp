#include "report/open_data.hpp"

#include <algorithm>
#include <set>

#include "report/audience.hpp"
#include "report/parts.hpp"
#include "report/sheet_columns.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

Date closed_day(const Review& review, std::optional<Date> asked) {
    const std::string key = review.key().text();
    if (!review.closed_through()) {
        throw Refused(Rule::period_not_over,
                      key + " has closed no month yet, and open data is of closed figures",
                      "try: purser period close " + key + " " + Month::of(review.start()).text());
    }
    const Date last = *review.closed_through();
    if (asked && *asked > last) {
        throw Refused(Rule::period_not_over,
                      key + " is closed through " + to_text(last) +
                          ", and open data is of closed "
                          "figures, not of " +
                          to_text(*asked),
                      "try: --as-of " + to_text(last));
    }
    return asked.value_or(last);
}

// What was given on the first day on which anything was.
Money first_given(const Figures& figures, const std::string& category,
                  std::optional<FiscalYear> year) {
    Money sum = Money::zero(figures.review.currency());
    std::optional<Date> first;
    for (const Decision& one : figures.decisions) {
        if (one.category != category || one.year != year) continue;
        if (!first || one.on < *first) first = one.on;
    }
    for (const Decision& one : figures.decisions) {
        if (one.category == category && one.year == year && one.on == first) sum += one.amount;
    }
    return sum;
}

const OpenField category_field{"code of the category, a plan line of the envelope",
                               "economic-classification:generic:code", ""};
const OpenField title_field{"name of the category", "economic-classification:generic:label", ""};
const OpenField date_field{"the day that the figures are of", "date:generic", ""};

void add_phases(OpenTable& table, const std::string& of) {
    const auto add = [&](const char* key, const char* title, const std::string& meaning) {
        table.table.columns.push_back(column(key, title, Type::money));
        table.fields.push_back({meaning, "", key});
    };
    add("approved", "Approved", "what was first given to " + of);
    add("adjusted", "Adjusted", "what was given to " + of + " by that day, all changes included");
    add("executed", "Executed", "what was spent of it by that day, refunds taken off");
}

OpenTable envelope_table(const Figures& figures) {
    OpenTable table{"envelope",
                    "The envelope, from start to finish",
                    "Money set aside for the review regardless of fiscal years, by category",
                    {},
                    {category_field, title_field, date_field},
                    {"category"}};
    table.table.key = table.name;
    table.table.columns = {column("category", "Category"), column("category_title", "Title"),
                           column("date", "Date", Type::date)};
    add_phases(table, "the category");
    std::vector<Row> rows;
    for (const CategoryFigures& one : figures.categories) {
        rows.push_back({one.category.code, one.category.title, figures.as_of,
                        first_given(figures, one.category.code, {}), one.total.approved,
                        one.total.spent});
    }
    table.table.rows = rows_of(std::move(rows));
    return table;
}

std::vector<FiscalYear> years_of(const Figures& figures) {
    std::set<FiscalYear> years;
    for (const CategoryFigures& one : figures.categories) {
        for (const auto& [year, amounts] : one.years) years.insert(year);
    }
    std::erase_if(years, [&](FiscalYear year) {
        return figures.review.calendar().first_day(year) > figures.as_of;
    });
    return {years.begin(), years.end()};
}

OpenTable budget_table(Book& book, const Figures& figures) {
    OpenTable table{"budget",
                    "The budget of each fiscal year",
                    "What each fiscal year was given of the envelope, by category; a year that "
                    "is over as of its last day",
                    {},
                    {category_field,
                     title_field,
                     {"the fiscal year, named after the calendar year in which it ends",
                      "date:fiscal-year", ""},
                     date_field},
                    {"category", "fiscal_year"}};
    table.table.key = table.name;
    table.table.columns = {column("category", "Category"), column("category_title", "Title"),
                           column("fiscal_year", "Fiscal year", Type::count),
                           column("date", "Date", Type::date)};
    add_phases(table, "the year");
    const Review& review = figures.review;
    std::vector<Row> rows;
    for (const FiscalYear year : years_of(figures)) {
        const Date day = std::min(figures.as_of, review.calendar().last_day(year));
        const Figures then = book.figures(review.key(), day, {});
        const Merged kept = kept_from(Audience::public_, book, then);
        const SheetColumn approved = sheet_columns(Layout::fiscal_year, year).front();
        for (const CategoryFigures& one : then.categories) {
            const Amounts of = one.in(year);
            const bool given = review.fiscal_budget() && !kept.hides(one.category.code, approved);
            const auto budget = [&](const Money& amount) {
                return given ? Value(amount) : Value();
            };
            rows.push_back({one.category.code, one.category.title,
                            static_cast<std::int64_t>(year.number()), day,
                            budget(first_given(then, one.category.code, year)), budget(of.approved),
                            of.spent});
        }
    }
    table.table.rows = rows_of(std::move(rows));
    return table;
}

OpenTable decision_table(const Figures& figures, const ContractPrices& prices) {
    OpenTable table{
        "decisions",
        "The decisions that made the budget",
        "Each act of authority with its day and effect; those without a fiscal year "
        "add up to the envelope, those with one to that year's budget",
        {},
        {{"number of the event in the review's log", "", ""},
         {"the day on which it took effect", "date:generic", ""},
         {"what was done", "", ""},
         category_field,
         {"the fiscal year that it concerns; empty: the category as a whole", "date:fiscal-year",
          ""},
         {"by how much it raised, or with a minus lowered, what is given; empty where it would tell "
          "the price of a single contract",
          "value", ""}},
        {}};
    table.table.key = table.name;
    table.table.columns = {column("event", "Event", Type::count),
                           column("date", "Date", Type::date),
                           column("act", "Act"),
                           column("category", "Category"),
                           column("fiscal_year", "Fiscal year", Type::count),
                           column("amount", "Amount", Type::money)};
    std::vector<Row> rows;
    for (const Decision& one : figures.decisions) {
        rows.push_back({one.seq, one.on, one.act, one.category,
                        one.year ? Value(static_cast<std::int64_t>(one.year->number())) : Value(),
                        prices.shows(one) ? Value(one.amount) : Value()});
    }
    table.table.rows = rows_of(std::move(rows));
    return table;
}

OpenTable definition_table() {
    OpenTable table{"definitions",
                    "What the words mean",
                    "The terms of these tables and of the fact sheet",
                    {},
                    {{"the term", "", ""}, {"what it means", "", ""}},
                    {"term"}};
    table.table.key = table.name;
    table.table.columns = {column("term", "Term"), column("meaning", "Meaning")};
    table.table.rows = rows_of({
        {std::string("review"), std::string("one funded piece of work with its own books")},
        {std::string("envelope"),
         std::string("money set aside for a review from start to finish, whatever the years")},
        {std::string("category"), std::string("a plan line of the envelope")},
        {std::string("fiscal year"),
         std::string("twelve months, named after the calendar year in which they end")},
        {std::string("approved"), std::string("what was first given")},
        {std::string("adjusted"),
         std::string("what was given by the day of the figures: the approved budget of the sheet")},
        {std::string("executed"),
         std::string("what was spent by the day of the figures, by accounting date, refunds off")},
        {std::string("grant"),
         std::string("a dated act that raises the envelope (envelope.grant, request.decide)")},
        {std::string("allotment"),
         std::string("part of the envelope given to one fiscal year (budget.allot)")},
        {std::string("close of a year"),
         std::string("what was left of a year goes on, lapses or is returned (year.close)")},
    });
    return table;
}

}  // namespace

OpenData open_data(Book& book, const ReviewKey& key, std::optional<Date> as_of) {
    const Date day = closed_day(book.review(key), as_of);
    const Figures figures = book.figures(key, day, {});
    return {
        figures.review,
        day,
        {envelope_table(figures), budget_table(book, figures),
         decision_table(figures, ContractPrices(book, key, Audience::public_)), definition_table()},
        figures.events,
        figures.head};
}

}  // namespace purser::report
