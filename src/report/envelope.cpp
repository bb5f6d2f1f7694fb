// The envelope: every decision that made it, and what they come to per category.
#include <array>
#include <map>
#include <set>

#include "report/catalogue.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

// The columns of the totals, by the acts that they add up.
struct Heading {
    const char* key;
    const char* title;
    const char* act;
};
constexpr std::array<Heading, 4> headings{{
    {"granted", "Granted", "envelope.grant"},
    {"lowered", "Lowered", "envelope.lower"},
    {"moved", "Moved", "budget.move"},
    {"year_ends", "Lapsed or returned", "year.close"},
}};

Money decided(const Figures& figures, const std::string& act, const std::string& category) {
    Money sum = Money::zero(figures.review.currency());
    for (const auto& decision : figures.decisions) {
        const bool meant = !decision.year && decision.act == act;
        if (meant && (category.empty() || decision.category == category)) sum += decision.amount;
    }
    return sum;
}

Row totals(const Figures& figures, const std::string& code, const std::string& title,
           const Money& approved, const Money& unallotted) {
    Row row{code, title};
    const std::string category = code == "total" ? "" : code;
    for (const auto& heading : headings) {
        row.emplace_back(decided(figures, heading.act, category));
    }
    row.emplace_back(approved);
    row.emplace_back(unallotted);
    return row;
}

Table totals_table(const Figures& figures) {
    Table table;
    table.key = "categories";
    table.columns = {hidden_column("code"), column("title", "Category")};
    Column approved = sum_column("approved", "Approved");
    for (const auto& heading : headings) {
        table.columns.push_back(sum_column(heading.key, heading.title));
        approved.formula.push_back({heading.key, 1});
    }
    table.columns.push_back(std::move(approved));
    table.columns.push_back(sum_column("unallotted", "Not given to a year"));
    std::vector<Row> rows;
    for (const auto& category : figures.categories) {
        rows.push_back(totals(figures, category.category.code, category.category.title,
                              category.total.approved, category.unallotted));
    }
    if (!rows.empty()) {
        table.total =
            totals(figures, "total", "Total", figures.envelope().approved, figures.unallotted());
    }
    table.total_is_data = false;
    table.empty_text = "No category yet.";
    table.rows = rows_of(std::move(rows));
    return table;
}

// Why each decision was taken: the log says it, on the days on which something was decided.
std::map<std::int64_t, std::string> reasons(Book& book, const Figures& figures) {
    std::map<std::int64_t, std::string> result;
    std::set<Date> days;
    for (const auto& decision : figures.decisions) {
        result.emplace(decision.seq, std::string());
        days.insert(decision.on);
    }
    for (const Date day : days) {
        EventFilter filter;
        filter.from = filter.to = day;
        book.each_event(figures.review.key(), filter, [&](const StoredEvent& stored) {
            const auto known = result.find(stored.event.seq);
            if (known != result.end()) known->second = stored.event.reason;
        });
    }
    return result;
}

Table decision_table(Book& book, const Figures& figures) {
    Table table;
    table.key = "decisions";
    table.title = "Decisions";
    table.primary = true;
    table.columns = {column("event", "Event"),      column("posted_on", "In force on", Type::date),
                     column("act", "Act"),          column("category", "Category"),
                     column("fiscal_year", "Year"), column("amount", "Amount", Type::money),
                     column("why", "Why")};
    const auto why = reasons(book, figures);
    std::vector<Row> rows;
    for (const auto& decision : figures.decisions) {
        rows.push_back({event_id(figures.review.key(), decision.seq), decision.on, decision.act,
                        decision.category, decision.year ? Value(decision.year->text()) : Value(),
                        decision.amount, text_or_absent(why.at(decision.seq))});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nothing was granted yet.";
    return table;
}

}  // namespace

Document envelope(Book& book, const ReviewKey& key) {
    const Figures figures = book.figures(key, parse_date("9999-01-01"), {});
    Document document;
    document.title = key.text() + " Envelope";
    document.as_of = figures.review.start();
    if (!figures.decisions.empty()) document.as_of = figures.decisions.back().on;
    const Money approved = figures.envelope().approved;
    document.body.paragraphs = {"The envelope is " + approved.with_code() + "."};
    document.body.fields = {
        for_programs("review", key.text()),
        for_programs("currency", std::string(figures.review.currency().code())),
        for_programs("approved", approved),
        for_programs("unallotted", figures.unallotted()),
    };
    document.body.tables.push_back(totals_table(figures));
    document.body.tables.push_back(decision_table(book, figures));
    return document;
}

}  // namespace purser::report
