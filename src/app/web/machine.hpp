// What other machines ask: whether the server is well, and what it has done.
//
// Counts are for this machine's own, or for who has a token; they name nobody.
#pragma once

#include "app/web/site.hpp"

namespace purser::web {

Response show_health(Visit& visit);
Response show_metrics(Visit& visit);

}  // namespace purser::web
