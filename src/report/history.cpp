#include "report/history.hpp"

#include "report/parts.hpp"

namespace purser::report {

Table event_table(Book& book, const DocumentId& id, const ChangesOf& changes) {
    Table table;
    table.key = "events";
    table.title = "What was done";
    table.columns = {column("event", "Event"),
                     column("act", "Act"),
                     column("posted_on", "Posted on", Type::date),
                     column("recorded_at", "Recorded at"),
                     column("actor", "By"),
                     column("reason", "Reason")};
    if (changes) table.columns.push_back(hidden_column("changes"));
    EventFilter filter;
    filter.subject = id.text();
    std::vector<Row> rows;
    book.each_event(id.review, filter, [&](const StoredEvent& stored) {
        const Event& event = stored.event;
        Row row{event_id(event.review, event.seq),
                std::string(name(event.act)),
                event.posted_on,
                to_text(event.recorded_at),
                event.actor,
                text_or_absent(event.reason)};
        if (changes) {
            const std::string changed = changes(event);
            if (!changed.empty()) table.columns.back() = column("changes", "What changed");
            row.push_back(text_or_absent(changed));
        }
        rows.push_back(std::move(row));
    });
    table.rows = rows_of(std::move(rows));
    return table;
}

}  // namespace purser::report
