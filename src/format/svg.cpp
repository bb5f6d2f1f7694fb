#include "format/svg.hpp"

#include <algorithm>

#include "format/chart.hpp"
#include "format/drawing.hpp"
#include "format/svg_kinds.hpp"

namespace purser::format {
namespace {

constexpr Pixels key_line = 18_px;
constexpr Pixels key_gap = 14_px;  // between two entries
constexpr Pixels sample_gap = 5_px;

}  // namespace

Pixels between(Pixels begin, Pixels end, std::int64_t millionths) {
    return begin + (end - begin) * millionths / whole_way;
}

std::vector<std::string> fitted(std::string_view text, std::size_t columns, std::size_t lines) {
    std::vector<std::string> result = wrap(clean(text), columns);
    if (result.size() <= lines) return result;
    result.resize(lines);
    result.back() = wrap(result.back(), columns - 1).front() + "…";
    return result;
}

Point Key::next(std::string_view text, Pixels sample_width) {
    const std::string shown =
        fitted(text, columns_in(picture_width - 60_px, small_size), 1).front();
    const Pixels needed = sample_width + sample_gap + width_of(shown, small_size);
    if (begun_ && x_ + needed > picture_width) {
        x_ = 0;
        y_ += key_line;
    }
    const Point sample{x_, y_ + key_line / 2};
    drawing_.text({x_ + sample_width + sample_gap, sample.y + 4_px}, shown, Align::left);
    x_ += needed + key_gap;
    begun_ = true;
    return sample;
}

Pixels Key::end() const { return begun_ ? y_ + key_line : 0; }

std::string svg(const report::Chart& chart, const report::Table& table) {
    const ChartData data = chart_data(chart, table);
    if (data.empty()) return {};
    Drawing drawing("chart-" + chart.key);
    Pixels height = 0;
    switch (chart.kind) {
        case report::ChartKind::stacked_bars: height = draw_bars(data, drawing); break;
        case report::ChartKind::lines: height = draw_lines(data, drawing); break;
        case report::ChartKind::timeline: height = draw_timeline(chart, data, drawing); break;
    }
    return drawing.finished(chart.title, chart.sentence.text(), height);
}

}  // namespace purser::format
