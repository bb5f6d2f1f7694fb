// The three kinds of pictures, each drawn from above to below; they answer the height they took.
//
// And what they share: a key that names what is drawn, and texts cut to the room there is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "format/chart.hpp"
#include "format/drawing.hpp"
#include "report/document.hpp"

namespace purser::format {

Pixels draw_bars(const ChartData& data, Drawing& drawing);
Pixels draw_lines(const ChartData& data, Drawing& drawing);
Pixels draw_timeline(const report::Chart& chart, const ChartData& data, Drawing& drawing);

// From `begin` so many millionths of the way to `end`.
Pixels between(Pixels begin, Pixels end, std::int64_t millionths);

// At most so many lines of so many columns; the last ends in "…" where more follows.
std::vector<std::string> fitted(std::string_view text, std::size_t columns, std::size_t lines);

// Entries of a key side by side, on as many lines as they need. Answers where it ends.
class Key {
public:
    explicit Key(Drawing& drawing) : drawing_(drawing) {}
    // The place of the next sample; its text stands beside it.
    Point next(std::string_view text, Pixels sample_width);
    Pixels end() const;

private:
    Drawing& drawing_;
    Pixels x_ = 0;
    Pixels y_ = 0;
    bool begun_ = false;
};

}  // namespace purser::format
