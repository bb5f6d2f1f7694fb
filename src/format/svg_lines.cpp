// Figures over days: a line per series, told apart by dash and marker, its last figure in the key.
#include <algorithm>
#include <optional>

#include "format/svg_kinds.hpp"

namespace purser::format {
namespace {

constexpr Pixels left = 46_px;  // the amounts' labels stand before it
constexpr Pixels right = picture_width - 14_px;
constexpr Pixels plot_height = 190_px;
constexpr std::size_t most_days = 5;     // labels
constexpr std::size_t most_marked = 26;  // points; of more only the last carries a marker

struct Frame {
    Pixels top, bottom;
    const MoneyScale& money;
    const DayScale& days;

    Point at(Date day, const Money& amount) const {
        return {between(left, right, days.place(day)),
                between(bottom, top, money.place(money.of(amount)))};
    }
};

const Money* last_figure(const ChartLine& line) {
    const auto found =
        std::find_if(line.values.rbegin(), line.values.rend(),
                     [](const auto& value) { return std::holds_alternative<Money>(value); });
    return found == line.values.rend() ? nullptr : std::get_if<Money>(&*found);
}

RoleLook look_in(const ChartData& data, const ChartLine& line) {
    std::size_t earlier = 0;
    for (const ChartLine& other : data.series) {
        if (&other == &line) break;
        earlier += other.role == line.role ? 1 : 0;
    }
    return look_of(line.role, earlier);
}

Pixels draw_key(const ChartData& data, Drawing& drawing) {
    Key key(drawing);
    for (const ChartLine& line : data.series) {
        const Money* last = last_figure(line);
        if (last == nullptr) continue;
        const RoleLook look = look_in(data, line);
        const bool ends_at_zero = last->is_zero() && look.marker == Marker::none;
        const std::string figure = ends_at_zero ? "" : ' ' + short_amount(*last);
        const Point at = key.next(line.name + figure, 30_px);
        drawing.begin(look);
        drawing.polyline({at, {at.x + 30_px, at.y}}, look);
        drawing.marker({at.x + 15_px, at.y}, look.marker);
        drawing.end();
    }
    return key.end();
}

// Stretches between absent figures are lines of their own: nothing is drawn where nothing is known.
void draw_line(const ChartData& data, const ChartLine& line, const Frame& frame, Drawing& drawing) {
    const RoleLook look = look_in(data, line);
    std::vector<std::vector<Point>> stretches(1);
    for (std::size_t i = 0; i < data.labels.size(); ++i) {
        const auto* day = std::get_if<Date>(&data.labels[i]);
        const auto* amount = std::get_if<Money>(&line.values[i]);
        if (day != nullptr && amount != nullptr) {
            stretches.back().push_back(frame.at(*day, *amount));
        } else if (!stretches.back().empty()) {
            stretches.emplace_back();
        }
    }
    if (stretches.back().empty()) stretches.pop_back();
    drawing.begin(look);
    for (const auto& stretch : stretches) {
        if (stretch.size() > 1) drawing.polyline(stretch, look);
        const bool all = data.labels.size() <= most_marked;
        for (const Point& point : stretch) {
            if (all || &point == &stretch.back()) drawing.marker(point, look.marker);
        }
    }
    drawing.end();
}

DayScale days_of(const ChartData& data) {
    std::optional<Date> first, last;
    for (const auto& label : data.labels) {
        const auto* day = std::get_if<Date>(&label);
        if (day == nullptr) continue;
        first = std::min(first.value_or(*day), *day);
        last = std::max(last.value_or(*day), *day);
    }
    return {first.value_or(Date{}), last.value_or(Date{})};
}

}  // namespace

Pixels draw_lines(const ChartData& data, Drawing& drawing) {
    const MoneyScale money = MoneyScale::of_figures(data);
    const DayScale days = days_of(data);
    const Pixels top = draw_key(data, drawing) + 14_px;
    const Frame frame{top, top + plot_height, money, days};
    drawing.begin_soft();
    for (const auto& tick : money.ticks()) {
        const Pixels y = between(frame.bottom, frame.top, tick.place);
        const bool zero = tick.place == money.zero();
        if (!zero) drawing.begin_grid();
        drawing.line({left, y}, {right, y}, zero ? 12 : 6);
        if (!zero) drawing.end();
        drawing.text({left - 6_px, y + 4_px}, tick.label, Align::right);
    }
    for (const auto& tick : days.ticks(most_days)) {
        const Pixels x = between(left, right, tick.place);
        drawing.line({x, frame.bottom}, {x, frame.bottom + 4_px}, 10);
        const Pixels half = width_of(tick.label, small_size) / 2;
        const Pixels middle = std::clamp(x, half, picture_width - half);
        drawing.text({middle, frame.bottom + 17_px}, tick.label, Align::centre);
    }
    drawing.end();
    for (const ChartLine& line : data.series) draw_line(data, line, frame, drawing);
    return frame.bottom + 22_px;
}

}  // namespace purser::format
