#include "store/between.hpp"

#include <algorithm>
#include <vector>

#include "ledger/reading.hpp"

namespace purser {
namespace {

constexpr std::int64_t few = 5'000;  // events are read and sorted rather than looked for by day

std::string numbers(const Recorded& recorded) {
    return " AND seq > " + std::to_string(recorded.after) +
           " AND seq <= " + std::to_string(recorded.through);
}

void read(Database& database, const Review& review, const std::string& more,
          const EventSink& sink) {
    JournalReader reader(database, "WHERE review = :review" + more,
                         {{{"review", review.key().text()}}});
    while (reader.next()) {
        const Event event = reader.event(review.currency());
        naming([&] { return log_line(event.review.text(), event.seq); }, [&] { sink(event); });
    }
}

// The first accounting date after a day, or "" when there is none: one look into the index.
std::string next_dated(Database& database, const std::string& review, const std::string& after) {
    std::string next;
    soci::indicator found = soci::i_null;
    database.sql() << "SELECT MIN(posted_on) FROM event WHERE review = :review AND posted_on > "
                      ":after",
        soci::use(review), soci::use(after), soci::into(next, found);
    if (found != soci::i_ok) return {};
    require_later(after, next, "event");
    return next;
}

}  // namespace

void each_dated_until(Database& database, const Review& review, const Recorded& recorded, Date day,
                      const EventSink& sink) {
    const std::string last = to_text(day);
    if (recorded.through - recorded.after <= few) {
        std::vector<Event> events;
        read(database, review, numbers(recorded) + " ORDER BY seq", [&](const Event& event) {
            if (event.posted_on <= day) events.push_back(event);
        });
        std::stable_sort(events.begin(), events.end(),
                         [](const Event& a, const Event& b) { return a.posted_on < b.posted_on; });
        for (const Event& event : events) sink(event);
        return;
    }
    std::string dated = next_dated(database, review.key().text(), "");
    while (!dated.empty() && dated <= last) {
        const auto place = [&](std::int64_t seq) {
            return "('" + dated + "', " + std::to_string(seq) + ')';
        };
        // As pairs, so that the index by day is taken and not the range of numbers.
        read(database, review,
             " AND (posted_on, seq) > " + place(recorded.after) +
                 " AND (posted_on, seq) <= " + place(recorded.through) + " ORDER BY posted_on, seq",
             sink);
        dated = next_dated(database, review.key().text(), dated);
    }
}

void each_dated_between(Database& database, const Review& review, const Recorded& recorded,
                        Date after, Date through, const EventSink& sink) {
    read(database, review,
         " AND posted_on > '" + to_text(after) + "' AND posted_on <= '" + to_text(through) + "'" +
             numbers(recorded) + " ORDER BY posted_on, seq",
         sink);
}

}  // namespace purser
