// The form of an act, and what comes of it when it is sent.
//
// Rows to import are looked at first, with all their problems or what they would lead to; what was
// looked at is carried along by the page, and recorded as it was.
#pragma once

#include <optional>
#include <string>

#include "app/web/deed.hpp"

namespace purser::web {

Response show_form(Visit& visit, const Deed& deed);
Response do_deed(Visit& visit);  // POST

// What an act would come to now: whether this user may at all; and of a document, with a reason and
// a day where these are asked for. `said` is absent when it needs more than that to be judged.
struct Trial {
    std::optional<std::string> said;
    std::optional<Problem> refused;
};
Trial tried(Visit& visit, const Deed& deed);

}  // namespace purser::web
