// What is judged of an act before its body is read: whether it is one, and whether who sends it may
// do it at all.
//
// Nobody makes the program read 11 MB of what it will refuse.
#pragma once

#include <optional>

#include "app/web/router.hpp"

namespace purser::web {

// What doing it will be. A reading place is lent, here and below.
Work work_of(const Visit& visit);

// The bytes that may follow.
std::size_t body_limit_of(const Visit& visit);

// Why whoever asks gets no further; nothing when the rest may follow.
std::optional<Problem> stopped_at_gate(Visit& visit);

}  // namespace purser::web
