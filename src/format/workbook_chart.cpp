#include "format/workbook_chart.hpp"

#include <array>
#include <map>

#include "format/chart.hpp"
#include "format/utf8.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

using report::ChartKind;
using report::ChartRole;

constexpr lxw_color_t white = 0xFFFFFF;
constexpr lxw_color_t grid_colour = 0xD4D6D3;
constexpr double usual_height = 288;  // of the library's charts, in pixels
constexpr double usual_width = 480;
constexpr double chart_height = 360;
constexpr double chart_width = 760;
constexpr const char* amounts = "#,##0;(#,##0)";
constexpr const char* days = "[$-409]mmm\\ yyyy";

template <typename Thing> Thing* made(Thing* thing) {
    if (thing == nullptr) throw Broken("the workbook could not be written: no memory for a chart");
    return thing;
}

void fill(lxw_chart_series* series, const RoleLook& look) {
    lxw_chart_line border{};
    border.color = look.colour;
    border.width = 1;
    chart_series_set_line(series, &border);
    if (look.fill == Fill::solid || look.fill == Fill::hollow) {
        lxw_chart_fill paint{};
        paint.color = look.fill == Fill::solid ? look.colour : white;
        chart_series_set_fill(series, &paint);
        return;
    }
    lxw_chart_pattern pattern{};
    pattern.fg_color = look.colour;
    pattern.bg_color = white;
    pattern.type = look.fill == Fill::stripes ? LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL
                                              : LXW_CHART_PATTERN_PERCENT_25;
    chart_series_set_pattern(series, &pattern);
}

std::uint8_t dash_of(ChartRole role) {
    switch (role) {
        case ChartRole::committed: return LXW_CHART_LINE_DASH_DASH;
        case ChartRole::requested: return LXW_CHART_LINE_DASH_SQUARE_DOT;
        case ChartRole::plan: return LXW_CHART_LINE_DASH_ROUND_DOT;
        case ChartRole::forecast: return LXW_CHART_LINE_DASH_LONG_DASH_DOT;
        case ChartRole::approved:
        case ChartRole::spent:
        case ChartRole::free:
        case ChartRole::remaining:
        case ChartRole::planned:
        case ChartRole::revised:
        case ChartRole::actual:
        case ChartRole::status: return LXW_CHART_LINE_DASH_SOLID;
    }
    return LXW_CHART_LINE_DASH_SOLID;
}

std::uint8_t type_of(Marker marker) {
    switch (marker) {
        case Marker::none: return LXW_CHART_MARKER_NONE;
        case Marker::circle: return LXW_CHART_MARKER_CIRCLE;
        case Marker::square: return LXW_CHART_MARKER_SQUARE;
        case Marker::triangle: return LXW_CHART_MARKER_TRIANGLE;
        case Marker::diamond: return LXW_CHART_MARKER_DIAMOND;
    }
    return LXW_CHART_MARKER_NONE;
}

void stroke(lxw_chart_series* series, ChartRole role, std::size_t earlier) {
    const RoleLook look = look_of(role, earlier);
    lxw_chart_line line{};
    line.color = look.colour;
    line.width = static_cast<float>(look.width) / 10;
    constexpr std::array<std::uint8_t, 3> further{LXW_CHART_LINE_DASH_SQUARE_DOT,
                                                  LXW_CHART_LINE_DASH_LONG_DASH,
                                                  LXW_CHART_LINE_DASH_LONG_DASH_DOT_DOT};
    line.dash_type = earlier == 0 ? dash_of(role) : further.at((earlier - 1) % further.size());
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, type_of(look.marker));
    if (look.marker == Marker::none) return;
    chart_series_set_marker_size(series, 6);
    lxw_chart_fill paint{};
    paint.color = look.colour;
    chart_series_set_marker_fill(series, &paint);
    lxw_chart_line border{};
    border.color = look.colour;
    chart_series_set_marker_line(series, &border);
}

void grid(lxw_chart_axis* axis, bool visible) {
    chart_axis_major_gridlines_set_visible(axis, visible ? LXW_TRUE : LXW_FALSE);
    lxw_chart_line line{};
    line.color = grid_colour;
    line.width = 0.75F;
    if (visible) chart_axis_major_gridlines_set_line(axis, &line);
}

void set_axes(lxw_chart* chart, ChartKind kind) {
    // The library calls the axis below x, which holds the amounts of bars and the days of lines.
    const bool bars = kind == ChartKind::stacked_bars;
    lxw_chart_axis* figures = bars ? chart->x_axis : chart->y_axis;
    lxw_chart_axis* labels = bars ? chart->y_axis : chart->x_axis;
    chart_axis_set_num_format(figures, amounts);
    chart_axis_set_label_position(labels, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    grid(figures, true);
    grid(labels, false);
    if (bars) {
        // The first category on top, as in the table, and the amounts below all the same.
        chart_axis_set_reverse(labels);
        chart_axis_set_label_position(figures, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
    } else {
        chart_axis_set_num_format(labels, days);
        chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    }
}

}  // namespace

void Workbook::draw(const SheetChart& wanted, Sheet& sheet, RowNumber row) {
    const ChartKind kind = wanted.chart->kind;
    const bool bars = kind == ChartKind::stacked_bars;
    lxw_chart* chart = made(workbook_add_chart(
        book_, bars ? LXW_CHART_BAR_STACKED : LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS));
    std::map<ChartRole, std::size_t> earlier;
    for (const SheetSeries& one : wanted.series) {
        if (bars && one.role == ChartRole::approved) continue;
        lxw_chart_series* series =
            made(chart_add_series(chart, ('=' + wanted.labels).c_str(), ('=' + one.cells).c_str()));
        chart_series_set_name(series, clean(one.name).c_str());
        if (bars) {
            fill(series, look_of(one.role));
        } else {
            stroke(series, one.role, earlier[one.role]++);
        }
    }
    chart_title_set_name(chart, clean(wanted.chart->title).c_str());
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    set_axes(chart, kind);
    std::string description = clean(wanted.chart->sentence.text());
    lxw_chart_options options{};
    options.x_scale = chart_width / usual_width;
    options.y_scale = chart_height / usual_height;
    options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
    options.description = description.data();
    const lxw_error error = worksheet_insert_chart_opt(sheet.sheet_, row, 0, chart, &options);
    if (error != LXW_NO_ERROR) {
        throw Broken(std::string("the workbook could not be written: ") + lxw_strerror(error));
    }
}

}  // namespace purser::format
