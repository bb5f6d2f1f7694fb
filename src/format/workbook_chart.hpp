// A native chart of a workbook: it shows cells, so that who changes a cell sees the picture follow.
//
// The same roles have the same colours, patterns, dashes and markers as in SVG.
#pragma once

#include <string>
#include <vector>

#include "format/workbook.hpp"

namespace purser::format {

constexpr RowNumber chart_rows = 19;  // of usual height that a chart covers, and one below it

struct SheetSeries {
    report::ChartRole role;
    std::string name;
    std::string cells;  // 'Fact Sheet'!$C$4:$C$9
};

struct SheetChart {
    const report::Chart* chart;
    std::string labels;  // the cells that name the bars, or hold the days
    std::vector<SheetSeries> series;
};

}  // namespace purser::format
