// Files that a verb makes for others to keep: a page that leads to them, and each of them.
//
// /export/SSR2?format=data-package lists what it has, /export/SSR2/budget.csv?format=data-package
// is one of them.
#pragma once

#include "app/web/deed.hpp"

namespace purser::web {

Response show_made(Visit& visit, const Deed& deed);
// Whether it is there, and for this visitor.
bool can_be_made(Visit& visit, const Deed& deed);

}  // namespace purser::web
