// A bar per category: its name above, its parts from the zero line on, their amounts below.
#include "format/cells.hpp"
#include "format/svg_kinds.hpp"

namespace purser::format {
namespace {

using report::ChartRole;

constexpr Pixels left = 4_px;
constexpr Pixels right = picture_width - 12_px;  // room for half of a short last tick's label
constexpr Pixels bar_height = 22_px;
constexpr Pixels name_line = 17_px;
constexpr Pixels amount_line = 15_px;
constexpr Pixels row_gap = 13_px;
constexpr Pixels overhang = 4_px;  // of the mark at approved

Pixels draw_key(const ChartData& data, Drawing& drawing) {
    Key key(drawing);
    for (const ChartLine& line : data.series) {
        const RoleLook look = look_of(line.role);
        const Point at = key.next(line.name, 16_px);
        drawing.begin(look);
        if (line.role == ChartRole::approved) {
            drawing.line({at.x + 8_px, at.y - 7_px}, {at.x + 8_px, at.y + 7_px}, 30);
        } else {
            drawing.bar({at.x + 1_px, at.y - 6_px, 14_px, 12_px}, look);
        }
        drawing.end();
    }
    return key.end();
}

class Bar {
public:
    Bar(const MoneyScale& scale, Pixels top, Drawing& drawing)
        : scale_(scale), top_(top), drawing_(drawing) {}

    void zero() {
        const Pixels x = at(0);
        drawing_.begin_soft();
        drawing_.line({x, top_ - overhang}, {x, top_ + bar_height + overhang}, 12);
        drawing_.end();
    }
    void part(ChartRole role, const Money& amount) {
        if (role == ChartRole::approved) return mark(look_of(role), amount);
        std::int64_t& from = amount.is_negative() ? below_ : above_;
        const Pixels begin = at(from);
        from += scale_.of(amount);
        const Pixels end = at(from);
        if (begin == end) return;
        const RoleLook look = look_of(role);
        const Pixels x = std::min(begin, end);
        const Pixels width = std::max(begin, end) - x;
        drawing_.begin(look);
        drawing_.bar({x, top_, width, bar_height}, look);
        drawing_.end();
        const std::string text = short_amount(amount);
        if (width_of(text, small_size) > width + 4_px) return;
        drawing_.text({x + width / 2, top_ + bar_height + 12_px}, text, Align::centre);
    }

private:
    void mark(const RoleLook& look, const Money& amount) {
        const Pixels x = at(scale_.of(amount));
        drawing_.begin(look);
        drawing_.line({x, top_ - overhang}, {x, top_ + bar_height + overhang}, 30);
        drawing_.end();
    }
    Pixels at(std::int64_t number) const { return between(left, right, scale_.place(number)); }

    const MoneyScale& scale_;
    Pixels top_;
    Drawing& drawing_;
    std::int64_t below_ = 0;
    std::int64_t above_ = 0;
};

}  // namespace

Pixels draw_bars(const ChartData& data, Drawing& drawing) {
    const MoneyScale scale = MoneyScale::of_sums(data);
    const Pixels top = draw_key(data, drawing) + 10_px;
    std::vector<std::vector<std::string>> names;
    Pixels bottom = top;
    for (const auto& label : data.labels) {
        names.push_back(
            fitted(print(label, report::Type::text), columns_in(picture_width, label_size), 2));
        bottom += name_line * static_cast<Pixels>(names.back().size()) + bar_height + amount_line +
                  row_gap;
    }
    drawing.begin_soft();
    for (const auto& tick : scale.ticks()) {
        const Pixels x = between(left, right, tick.place);
        if (tick.place != scale.zero()) {
            drawing.begin_grid();
            drawing.line({x, top}, {x, bottom}, 6);
            drawing.end();
        } else if (tick.place == 0) {
            drawing.line({x, top}, {x, bottom}, 12);
        }
        // The outermost labels end where the picture does, however long they are.
        const bool is_last = x == right;
        drawing.text({is_last ? picture_width : x, bottom + 14_px}, tick.label,
                     tick.place == 0 ? Align::left
                     : is_last       ? Align::right
                                     : Align::centre);
    }
    drawing.end();
    Pixels y = top;
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (const std::string& line : names[i]) {
            y += name_line;
            drawing.text({left + 3_px, y - 4_px}, line, Align::left, label_size, true);
        }
        Bar bar(scale, y, drawing);
        if (scale.zero() != 0) bar.zero();  // beside the bars alone: names stand on both sides
        for (const ChartLine& line : data.series) {
            if (const auto* amount = std::get_if<Money>(&line.values[i])) {
                bar.part(line.role, *amount);
            }
        }
        y += bar_height + amount_line + row_gap;
    }
    return bottom + 20_px;
}

}  // namespace purser::format
