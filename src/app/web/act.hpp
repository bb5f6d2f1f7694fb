// The form of an act, and what comes of it when it is sent.
//
// Rows to import are looked at first, with all their problems or what they would lead to; what was
// looked at is carried along by the page, and recorded as it was.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/web/deed.hpp"

namespace purser::web {

Response show_form(Visit& visit, const Deed& deed);
Response do_deed(Visit& visit);  // POST

// What this user is refused whatever else the verb is told; `review` is "" where no review is
// known. What a policy decides by the amount is not said before.
std::optional<Problem> refused_to(const Visit& visit, const cli::Verb& verb,
                                  const std::string& review);

// What the rules say of the acts on a document, for this user and as it stands; none where the
// address is of no document.
std::vector<Judged> judged_for(const Visit& visit, const Deed& deed);
// That of the verb's own act; null where its rule has nothing to say before it is done.
const Judged* verdict_on(const std::vector<Judged>& judged, const cli::Verb& verb);

}  // namespace purser::web
