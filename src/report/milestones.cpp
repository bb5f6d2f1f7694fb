// Section III of the fact sheet, and the list of milestones.
#include <algorithm>

#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "report/pictures.hpp"
#include "report/records.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

std::vector<Column> milestone_columns() {
    return {hidden_column("id"),
            column("title", "Milestone"),
            column("planned", "Planned", Type::date),
            column("revised", "Revised", Type::date),
            column("actual", "Actual", Type::date),
            column("status", "Status")};
}

Row milestone_row(const ReviewKey& key, const Milestone& then) {
    return {DocumentId{key, DocumentKind::milestone, then.number}.text(),
            then.title,
            value_of(then.planned),
            value_of(then.revised),
            value_of(then.actual),
            std::string(title(then.status))};
}

Table milestone_table(const Records& records, const ReviewKey& key, Date as_of) {
    Table table;
    table.key = "milestones";
    table.columns = milestone_columns();
    std::vector<Row> rows;
    for (const Milestone& one : records.milestones) {
        rows.push_back(milestone_row(key, one.as_of(as_of)));
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "None recorded.";
    return table;
}

}  // namespace

Section milestones_section(const Records& records, const ReviewKey& key, Date as_of) {
    Section section;
    section.title = "Section III: Milestones";
    Table table = milestone_table(records, key, as_of);
    table.worksheet = "Milestones";
    table.worksheet_only = false;
    if (auto chart = timeline(table, as_of)) section.charts.push_back(std::move(*chart));
    section.tables.push_back(std::move(table));
    return section;
}

Document milestones(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at,
                    Audience audience) {
    Document document(audience);
    document.title = key.text() + " Milestones";
    document.subtitle = "As of " + to_print(as_of);
    if (known_at) document.subtitle += ", as known at " + to_text(*known_at);
    document.as_of = as_of;
    document.body.fields = {for_programs("review", key.text()), for_programs("as_of", as_of)};
    Table table = milestone_table(book.records(key, known_at), key, as_of);
    table.primary = true;
    table.columns.front().title = "ID";
    table.columns.front().machine_only = false;
    document.body.tables.push_back(std::move(table));
    return document;
}

Document milestone(Book& book, const DocumentId& id, Date as_of, Audience audience) {
    const auto milestones = book.records(id.review, {}).milestones;
    const auto at = std::find_if(milestones.begin(), milestones.end(),
                                 [&](const Milestone& one) { return one.number == id.number; });
    if (at == milestones.end()) {
        throw Refused(Rule::unknown_milestone, id.review.text() + " has no milestone " + id.text(),
                      "see: purser milestone list " + id.review.text());
    }
    Document document(audience);
    document.title = id.text();
    document.subtitle = at->title;
    document.as_of = as_of;
    const auto columns = milestone_columns();
    Row values = milestone_row(id.review, at->as_of(as_of));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        document.body.fields.push_back(
            printed(columns[i].key, columns[i].title, values[i], columns[i].type));
    }
    hide_absent(document.body.fields);
    return document;
}

}  // namespace purser::report
