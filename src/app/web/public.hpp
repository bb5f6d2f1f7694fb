// What anybody may see of a review whose setting `public-page` is on: its posted fact sheets.
//
// Of another review nobody learns here whether it is there.
#pragma once

#include "app/web/site.hpp"

namespace purser::web {

Response show_public_page(Visit& visit);  // /public/SSR2: the latest sheet, and the list of all
Response show_public_file(Visit& visit);  // /public/SSR2/SSR2-S1.pdf: the bytes that are kept

}  // namespace purser::web
