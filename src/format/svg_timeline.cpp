// A line per milestone: from the day first planned to the one it has now, with its status as a
// shape.
#include <algorithm>
#include <optional>

#include "format/cells.hpp"
#include "format/svg_kinds.hpp"

namespace purser::format {
namespace {

using report::ChartMark;
using report::ChartRole;

constexpr Pixels left = 10_px;
constexpr Pixels right = picture_width - 10_px;
constexpr Pixels name_line = 16_px;
constexpr Pixels days_line = 18_px;
constexpr Pixels row_gap = 6_px;
constexpr Pixels mark_room = 16_px;
constexpr std::size_t most_days = 6;

std::optional<Date> day_in(const report::Value& value) {
    const auto* day = std::get_if<Date>(&value);
    return day != nullptr ? std::optional(*day) : std::nullopt;
}

std::optional<ChartMark> mark_of(const report::Chart& chart, const report::Value& status) {
    const auto* text = std::get_if<std::string>(&status);
    const auto found = std::find_if(chart.states.begin(), chart.states.end(), [&](const auto& s) {
        return text != nullptr && s.text == *text;
    });
    return found == chart.states.end() ? std::nullopt : std::optional(found->mark);
}

DayScale days_of(const report::Chart& chart, const ChartData& data) {
    std::optional<Date> first = chart.today, last = chart.today;
    for (const ChartLine& line : data.series) {
        for (const auto& value : line.values) {
            const auto day = day_in(value);
            if (!day) continue;
            first = std::min(first.value_or(*day), *day);
            last = std::max(last.value_or(*day), *day);
        }
    }
    return {first.value_or(Date{}), last.value_or(Date{})};
}

// The days that are drawn, then the statuses that occur.
Pixels draw_key(const report::Chart& chart, const ChartData& data, Drawing& drawing) {
    Key key(drawing);
    for (const ChartLine& line : data.series) {
        const bool any = std::any_of(line.values.begin(), line.values.end(),
                                     [](const auto& value) { return day_in(value).has_value(); });
        if (!any) continue;
        const RoleLook look = look_of(line.role);
        const Point at = key.next(line.name, 12_px);
        drawing.begin(look);
        drawing.marker({at.x + 6_px, at.y}, look.marker, look.fill != Fill::solid);
        drawing.end();
    }
    const ChartLine* status = data.find(ChartRole::status);
    for (const auto& state : chart.states) {
        const bool used =
            status != nullptr &&
            std::any_of(status->values.begin(), status->values.end(),
                        [&](const auto& value) { return mark_of(chart, value) == state.mark; });
        if (!used) continue;
        const Point at = key.next(state.text, 12_px);
        drawing.mark({at.x + 6_px, at.y}, state.mark);
    }
    return key.end();
}

void draw_days(const ChartData& data, std::size_t row, const DayScale& days, Pixels y,
               Drawing& drawing) {
    std::vector<std::pair<Pixels, RoleLook>> places;
    for (const ChartLine& line : data.series) {
        const auto day = day_in(line.values[row]);
        if (day) places.emplace_back(between(left, right, days.place(*day)), look_of(line.role));
    }
    for (std::size_t i = 1; i < places.size(); ++i) {
        drawing.begin(places[i].second);
        drawing.line({places[i - 1].first, y}, {places[i].first, y}, 15, places[i].second.dash);
        drawing.end();
    }
    for (const auto& [x, look] : places) {
        drawing.begin(look);
        drawing.marker({x, y}, look.marker, look.fill != Fill::solid);
        drawing.end();
    }
}

}  // namespace

Pixels draw_timeline(const report::Chart& chart, const ChartData& data, Drawing& drawing) {
    const DayScale days = days_of(chart, data);
    const ChartLine* status = data.find(ChartRole::status);
    const Pixels top = draw_key(chart, data, drawing) + 8_px;
    std::vector<std::vector<std::string>> names;
    Pixels bottom = top;
    for (const auto& label : data.labels) {
        names.push_back(fitted(print(label, report::Type::text),
                               columns_in(picture_width - mark_room, label_size), 2));
        bottom += name_line * static_cast<Pixels>(names.back().size()) + days_line + row_gap;
    }
    drawing.begin_soft();
    for (const auto& tick : days.ticks(most_days)) {
        const Pixels x = between(left, right, tick.place);
        drawing.begin_grid();
        drawing.line({x, top}, {x, bottom}, 6);
        drawing.end();
        const Pixels half = width_of(tick.label, small_size) / 2;
        drawing.text({std::clamp(x, half, picture_width - half), bottom + 14_px}, tick.label,
                     Align::centre);
    }
    drawing.end();
    const Pixels today = chart.today ? between(left, right, days.place(*chart.today)) : left;
    if (chart.today) {
        const std::string text = to_print(*chart.today);
        const Pixels half = width_of(text, small_size) / 2;
        drawing.text({std::clamp(today, half, picture_width - half), bottom + 28_px}, text,
                     Align::centre, small_size, true);
    }
    Pixels y = top;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto mark = status != nullptr ? mark_of(chart, status->values[i]) : std::nullopt;
        if (mark) drawing.mark({6_px, y + name_line - 9_px}, *mark);
        for (const std::string& line : names[i]) {
            y += name_line;
            drawing.text({mark_room, y - 4_px}, line, Align::left, label_size);
        }
        if (chart.today) drawing.line({today, y}, {today, y + days_line}, 12, "4 3");
        draw_days(data, i, days, y + days_line / 2, drawing);
        y += days_line + row_gap;
    }
    return bottom + (chart.today ? 34_px : 20_px);
}

}  // namespace purser::format
