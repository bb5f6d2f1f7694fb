// The page that answers "what is left?" before a chair has sat down, and the list of reviews.
//
// The figures and the sentences are the status report's own; here they are only set large.
#pragma once

#include "app/web/site.hpp"

namespace purser::web {

Response show_reviews(Visit& visit);      // /
Response show_chairs_page(Visit& visit);  // /SSR2; /SSR2-E17 leads to that document

}  // namespace purser::web
