// What an amount that is being typed will be taken for, in the words of the engine.
//
// /amount/SSR2?amount=1,42 is asked by the one script that pages have; no rule lives there.
#pragma once

#include "app/web/site.hpp"

namespace purser::web {

Response show_amount(Visit& visit);

}  // namespace purser::web
