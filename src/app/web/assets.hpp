// Style, script and icon, compiled into the program; nothing is fetched from anywhere else.
//
// An address holds the content's digest, so a browser may keep it for good.
#pragma once

#include <string>

#include "app/web/site.hpp"

namespace purser::web {

std::string asset_path(const std::string& name);  // "/assets/0f3a…/purser.css"
Response show_asset(Visit& visit);

}  // namespace purser::web
