// The tables of a forecast: every method side by side, where they part, how each adds up.
#include "report/forecast_tables.hpp"

#include "report/parts.hpp"

namespace purser::report {
namespace {

Value value_of(const std::optional<Money>& amount) { return amount ? Value(*amount) : Value(); }

std::optional<Money> less(const std::optional<Money>& a, const std::optional<Money>& b) {
    if (!a || !b) return {};
    return *a - *b;
}

// Of a row that is given only together with others what follows from its committed figure is left
// out; the plan, too, which the run rate makes of it.
void add_line(std::vector<Row>& rows, const Method& method, const std::string& code,
              const std::string& title, const Estimate& of, const Money& approved, bool kept) {
    const auto told = [&](const Money& amount) { return kept ? Value() : Value(amount); };
    rows.push_back({method.key, method.title, code, title, of.spent, told(of.committed),
                    of.requested, told(of.plan), told(of.at_completion()), approved,
                    told(approved - of.at_completion())});
}

// The sum of what rows have that are given only together: the rest of it stands in each.
void add_together(std::vector<Row>& rows, const Outlook& outlook, const Method& method) {
    if (outlook.kept.rows.empty()) return;
    Estimate of = Estimate::zero(outlook.currency());
    Money approved = Money::zero(outlook.currency());
    for (std::size_t i = 0; i < outlook.known.size(); ++i) {
        if (!outlook.kept.hides(outlook.known[i].category)) continue;
        of += method.estimates[i];
        approved += outlook.figures.categories[i].total.approved;
    }
    add_line(rows, method, code(outlook.kept), titles(outlook.kept, outlook.figures) + " together",
             of, approved, false);
}

}  // namespace

Table totals_table(const Outlook& outlook, const std::vector<Method>& methods) {
    Table table;
    table.key = "methods";
    table.columns = {hidden_column("method"),
                     column("title", "Method"),
                     column("at_completion", "At completion", Type::money),
                     column("cushion", "Cushion", Type::money),
                     column("with_cushion", "With the cushion", Type::money),
                     column("left", "Left of what is approved", Type::money),
                     column("free_ends", "Free money ends")};
    table.columns[4].formula = {{"at_completion", 1}, {"cushion", 1}};
    std::vector<Row> rows;
    for (const Method& method : methods) {
        const Money cushion = outlook.cushion.of(method.total.to_come());
        const Money whole = method.total.at_completion() + cushion;
        rows.push_back({method.key, method.title, method.total.at_completion(), cushion, whole,
                        outlook.approved() - whole, to_text(method.end)});
    }
    for (const OwnFigures& own : own_figures(outlook)) {
        const Value total = own.total ? Value(*own.total) : Value();
        rows.push_back({"own_" + own.user, own.user + "'s own", total, Value(), total,
                        own.total ? Value(outlook.approved() - *own.total) : Value(),
                        std::string("not dated")});
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

std::vector<Answer> answers(const Outlook& outlook, const std::vector<Method>& methods) {
    std::vector<Answer> result;
    for (const Method& method : methods) {
        Answer answer{method.key, method.title, {}, method.total.at_completion()};
        for (const Estimate& one : method.estimates) {
            const auto i = answer.categories.size();
            answer.categories.emplace_back();
            if (!outlook.kept.hides(outlook.known[i].category)) {
                answer.categories.back() = one.at_completion();
            }
        }
        result.push_back(std::move(answer));
    }
    for (const OwnFigures& own : own_figures(outlook)) {
        result.push_back({"own_" + own.user, own.user + "'s own", own.categories, own.total});
    }
    return result;
}

Table side_by_side(const Outlook& outlook, const std::vector<Answer>& answers) {
    Table table;
    table.key = "estimates";
    table.columns = {hidden_column("code"), column("title", "Category"),
                     sum_column("approved", "Approved"), sum_column("spent", "Spent so far")};
    for (const Answer& answer : answers) {
        table.columns.push_back(column(answer.key, answer.title, Type::money));
        table.columns.back().group = "At completion";
    }
    std::vector<Row> rows;
    for (std::size_t i = 0; i < outlook.known.size(); ++i) {
        const CategoryFigures& of = outlook.figures.categories[i];
        Row row{of.category.code, of.category.title, of.total.approved, of.total.spent};
        for (const Answer& answer : answers) row.push_back(value_of(answer.categories[i]));
        rows.push_back(std::move(row));
    }
    Row total{std::string("total"), std::string("Total"), outlook.approved(),
              outlook.figures.envelope().spent};
    for (const Answer& answer : answers) total.push_back(value_of(answer.total));
    if (!rows.empty()) table.total = std::move(total);
    table.rows = rows_of(std::move(rows));
    table.empty_text = "There is no category yet.";
    return table;
}

Table differences(const Outlook& outlook, const std::vector<Answer>& answers) {
    Table table;
    table.key = "differences";
    table.title = "Where they part";
    table.columns = {column("pair", "Figures")};
    for (const auto& category : outlook.figures.categories) {
        table.columns.push_back(
            column(category.category.code, category.category.title, Type::money));
    }
    table.columns.push_back(column("total", "Total", Type::money));
    std::vector<Row> rows;
    for (std::size_t a = 0; a < answers.size(); ++a) {
        for (std::size_t b = a + 1; b < answers.size(); ++b) {
            Row row{answers[a].title + " less " + answers[b].title};
            for (std::size_t i = 0; i < outlook.known.size(); ++i) {
                row.push_back(value_of(less(answers[a].categories[i], answers[b].categories[i])));
            }
            row.push_back(value_of(less(answers[a].total, answers[b].total)));
            rows.push_back(std::move(row));
        }
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "There is one figure only.";
    return table;
}

Table lines(const Outlook& outlook, const std::vector<Method>& methods) {
    Table table;
    table.key = "lines";
    table.title = "How they add up";
    table.primary = true;
    table.columns = {hidden_column("method"),
                     column("method_title", "Method"),
                     hidden_column("category"),
                     column("title", "Category"),
                     column("spent", "Spent", Type::money),
                     column("committed", "Committed", Type::money),
                     column("requested", "Requested", Type::money),
                     column("plan", "Plan for the rest", Type::money),
                     column("at_completion", "At completion", Type::money),
                     hidden_column("approved", Type::money),
                     hidden_column("left", Type::money)};
    table.columns[8].formula = {{"spent", 1}, {"committed", 1}, {"requested", 1}, {"plan", 1}};
    std::vector<Row> rows;
    for (const Method& method : methods) {
        for (std::size_t i = 0; i < outlook.known.size(); ++i) {
            const CategoryFigures& of = outlook.figures.categories[i];
            add_line(rows, method, of.category.code, of.category.title, method.estimates[i],
                     of.total.approved, outlook.kept.hides(of.category.code));
        }
        add_together(rows, outlook, method);
        add_line(rows, method, total_row, "Total", method.total, outlook.approved(), false);
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

Section month_section(const Outlook& outlook) {
    Section section;
    section.title = "The months of the run rate";
    Table table;
    table.key = "months";
    table.columns = {column("month", "Month")};
    for (const auto& category : outlook.figures.categories) {
        table.columns.push_back(
            column(category.category.code, category.category.title, Type::money));
    }
    table.columns.push_back(column("total", "Spent", Type::money));
    table.columns.push_back(hidden_column("counts"));
    table.columns.push_back(column("", "In the rate"));
    std::vector<Row> rows;
    for (const MonthSpent& month : outlook.months) {
        Row row{month.month.month.text()};
        Money sum = Money::zero(outlook.currency());
        for (const Money& amount : month.spent) {
            row.emplace_back(amount);
            sum += amount;
        }
        row.emplace_back(sum);
        row.emplace_back(month.month.counts);
        row.emplace_back(std::string(month.month.counts ? "yes" : "no, the review did not run"));
        rows.push_back(std::move(row));
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No month is closed in which the review ran.";
    section.tables.push_back(std::move(table));
    return section;
}

Section planned_section(const Outlook& outlook) {
    Section section;
    section.title = "Meetings to come";
    Table table;
    table.key = "planned";
    table.columns = {column("meeting", "Meeting"), column("category", "Category"),
                     column("expected", "Expected", Type::date),
                     column("amount", "Estimate", Type::money)};
    std::vector<Row> rows;
    for (const PlannedMeeting& one : outlook.planned) {
        rows.push_back({one.code, one.category, one.expected, one.amount});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text =
        "None beyond what is committed or requested; one is noted with purser forecast plan.";
    section.tables.push_back(std::move(table));
    return section;
}

Section own_section(const Outlook& outlook) {
    Section section;
    section.title = "Own figures";
    Table table;
    table.key = "own";
    table.columns = {column("user", "Who"), column("category", "Category"),
                     column("amount", "At completion", Type::money),
                     column("posted_on", "Since", Type::date), column("why", "Why")};
    std::vector<Row> rows;
    for (const OwnForecast& one : outlook.own) {
        rows.push_back({one.user, one.category.empty() ? std::string("total") : one.category,
                        one.amount, one.on, one.why});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nobody has recorded one: purser forecast set.";
    section.tables.push_back(std::move(table));
    return section;
}

}  // namespace purser::report
