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

// What this user is refused whatever else the verb is told; `review` is "" where no review is
// known. What a policy decides by the amount is not said before.
std::optional<Problem> refused_to(const Visit& visit, const cli::Verb& verb,
                                  const std::string& review);

// What a document's act would come to now, with a reason and a day where these are asked for.
// `said` is absent when it needs more than that to be judged.
struct Trial {
    std::optional<std::string> said;
    std::optional<Problem> refused;
};
Trial tried(Visit& visit, const Deed& deed);

}  // namespace purser::web
