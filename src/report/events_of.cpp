#include "report/events_of.hpp"

namespace purser::report {

void each_event_of(Book& book, const Figures& figures,
                   const std::function<void(const Event&)>& sink) {
    EventFilter filter;
    filter.to = figures.as_of;
    book.each_event(figures.review.key(), filter, [&](const StoredEvent& stored) {
        if (stored.event.seq <= figures.events) sink(stored.event);
    });
}

}  // namespace purser::report
