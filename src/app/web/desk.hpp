// The verbs as pages: a report with its filters and downloads, an act with its form.
//
// One piece of code for all of them; a new verb has its page at once.
#pragma once

#include <string>
#include <vector>

#include "app/web/deed.hpp"
#include "app/web/form.hpp"
#include "app/web/paging.hpp"
#include "format/html.hpp"

namespace purser::web {

Response show_deed(Visit& visit);  // GET: the report, or the form
Response show_desk(Visit& visit);  // /desk/SSR2: all that can be read and done there

// What a read verb shows, without a frame: headings and tables whose numbers are links.
struct Shown {
    std::string title, subtitle, banner, body;
    std::int64_t rows = 0;          // of its list, on this page or not
    std::vector<Choice> columns{};  // of its list, by which it can be sorted
};
// `links` adds to those that each page has.
Shown shown(Visit& visit, const Deed& deed, const Given& given, const Window& window,
            format::Links links = {});
// The same for a verb by its words: shown(visit, {"commitments", "SSR2"}).
Shown shown(Visit& visit, const std::vector<std::string>& path);

}  // namespace purser::web
