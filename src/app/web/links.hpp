// Where the numbers of a page lead: to the entries behind them, and the ids to their documents.
//
// An id leads to its document, an amount to the entries that make it, a record to its own page.
#pragma once

#include <string>

#include "format/html.hpp"
#include "values/date.hpp"

namespace purser::web {

format::Links links_of(const std::string& review, Date as_of);

}  // namespace purser::web
