// The events that figures were made from: of the log's first so many those up to the figures' day.
// What is folded from them belongs to the figures: a later entry does not change it.
#pragma once

#include <functional>

#include "store/book.hpp"

namespace purser::report {

// In order of recording.
void each_event_of(Book& book, const Figures& figures,
                   const std::function<void(const Event&)>& sink);

}  // namespace purser::report
