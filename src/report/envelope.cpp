// The envelope: every decision that made it, and what they come to per category.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

// The columns of the totals, by the acts that they add up.
struct Heading {
    const char* key;
    const char* title;
    std::array<const char*, 2> acts;
};
constexpr std::array<Heading, 4> headings{{
    {"granted", "Granted", {"envelope.grant", "request.decide"}},
    {"lowered", "Lowered", {"envelope.lower", "envelope.expire"}},
    {"moved", "Moved", {"budget.move", ""}},
    {"year_ends", "Lapsed or returned", {"year.close", ""}},
}};

Money decided(const Figures& figures, const Heading& heading, const std::string& category) {
    Money sum = Money::zero(figures.review.currency());
    for (const auto& decision : figures.decisions) {
        const auto& acts = heading.acts;
        const bool meant =
            !decision.year && std::find(acts.begin(), acts.end(), decision.act) != acts.end();
        if (meant && (category.empty() || decision.category == category)) sum += decision.amount;
    }
    return sum;
}

Row totals(const Figures& figures, const std::string& code, const std::string& title,
           const Money& approved, const Money& unallotted) {
    Row row{code, title};
    const std::string category = code == "total" ? "" : code;
    for (const auto& heading : headings) {
        row.emplace_back(decided(figures, heading, category));
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

struct Grounds {
    std::string why;
    std::string request;     // "SSR2-R1", when the Board decided on one
    std::string resolution;  // its number
};

// Why each decision was taken: the log says it, on the days on which something was decided.
std::map<std::int64_t, Grounds> grounds(Book& book, const Figures& figures) {
    std::map<std::int64_t, Grounds> result;
    std::set<Date> days;
    for (const auto& decision : figures.decisions) {
        result.emplace(decision.seq, Grounds{});
        days.insert(decision.on);
    }
    for (const Date day : days) {
        EventFilter filter;
        filter.from = filter.to = day;
        book.each_event(figures.review.key(), filter, [&](const StoredEvent& stored) {
            const Event& event = stored.event;
            const auto known = result.find(event.seq);
            if (known == result.end()) return;
            known->second = {event.reason, event.subject,
                             std::string(event.body.text("resolution"))};
        });
    }
    return result;
}

Table decision_table(Book& book, const Figures& figures, const ContractPrices& prices) {
    Table table;
    table.key = "decisions";
    table.title = "Decisions";
    table.primary = true;
    table.columns = {column("event", "Event"),      column("posted_on", "In force on", Type::date),
                     column("act", "Act"),          column("category", "Category"),
                     column("fiscal_year", "Year"), column("amount", "Amount", Type::money),
                     column("why", "Why"),          hidden_column("request"),
                     hidden_column("resolution")};
    const auto said = grounds(book, figures);
    std::vector<Row> rows;
    for (const auto& decision : figures.decisions) {
        const auto known = said.find(decision.seq);
        const Grounds of = known == said.end() ? Grounds{} : known->second;
        if (!of.resolution.empty()) table.columns.back() = column("resolution", "Resolution");
        const bool on_request = decision.act == name(Act::request_decide);
        rows.push_back({event_id(figures.review.key(), decision.seq), decision.on, decision.act,
                        decision.category, decision.year ? Value(decision.year->text()) : Value(),
                        prices.shows(decision) ? Value(decision.amount) : Value(),
                        text_or_absent(of.why), text_or_absent(on_request ? of.request : ""),
                        text_or_absent(of.resolution)});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nothing was granted yet.";
    return table;
}

}  // namespace

Document envelope(Book& book, const ReviewKey& key, Date today, Audience audience) {
    const Figures figures = book.figures(key, today, {});
    Document document(audience);
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
    document.body.tables.push_back(
        decision_table(book, figures, ContractPrices(book, key, audience)));
    return document;
}

}  // namespace purser::report
