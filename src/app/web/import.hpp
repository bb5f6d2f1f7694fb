// A file of expenses: looked at first, with all its problems and what it would lead to, then
// recorded.
//
// /import/SSR2 reads CSV as the command line does. What was looked at is what is recorded: the page
// carries the file along.
#pragma once

#include "app/web/site.hpp"

namespace purser::web {

Response show_import(Visit& visit);
Response import_file(Visit& visit);

}  // namespace purser::web
