// Text inside markup, HTML or SVG: the one place that escapes it.
//
// What comes out is safe between tags and in a quoted attribute.
#pragma once

#include <string>
#include <string_view>

namespace purser::format {

std::string escaped(std::string_view text);

}  // namespace purser::format
