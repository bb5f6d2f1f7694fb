// Chart → SVG, to stand inside html: the same picture for a page, a dark page, a phone and print.
//
// Readable in black and white: parts of bars differ by pattern, lines by dash and marker, statuses
// by shape, and all are named in the picture. Its title and sentence are there for those who
// listen. The same chart gives the same bytes.
#pragma once

#include <string>

#include "report/document.hpp"

namespace purser::format {

// "" when there is nothing to draw: the page prints the chart's empty text instead.
std::string svg(const report::Chart& chart, const report::Table& table);

}  // namespace purser::format
