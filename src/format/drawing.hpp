// The strokes of an SVG picture: places in hundredths of a pixel, text escaped, no computing.
//
// Colour is set on groups and everything in them is drawn in `currentColor`, so that one line of
// CSS per role makes a picture fit a dark page; the attributes alone are right on white paper,
// which is what WeasyPrint prints: it applies no page style inside a picture.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/chart.hpp"
#include "format/utf8.hpp"

namespace purser::format {

using Pixels = std::int64_t;  // hundredths
constexpr Pixels operator""_px(unsigned long long pixels) {
    return static_cast<Pixels>(pixels) * 100;
}

constexpr Pixels picture_width = 440_px;  // a phone's; pages scale it
constexpr int label_size = 13;
constexpr int small_size = 11;

// So many columns of text have room in that width: of a generous letter, as fonts differ.
std::size_t columns_in(Pixels width, int size);
Pixels width_of(std::string_view text, int size);

struct Point {
    Pixels x, y;
};

struct Box {
    Pixels x, y, width, height;
};

class Drawing {
public:
    explicit Drawing(std::string id) : id_(std::move(id)) {}

    // All until the end is drawn in the colour of a role.
    void begin(const RoleLook& look);
    void begin_soft();  // what stays in the background
    void begin_grid();  // and further back
    void end();

    void bar(const Box& box, const RoleLook& look);
    void line(Point from, Point to, int width_tenths, std::string_view dash = {});
    void polyline(const std::vector<Point>& points, const RoleLook& look);
    void marker(Point at, Marker marker, bool hollow = false);
    void mark(Point centre, report::ChartMark mark);  // of a milestone's status
    void text(Point at, std::string_view text, Align align, int size = small_size,
              bool bold = false);

    // The picture: `<svg>` with its title, description and the patterns that it uses.
    std::string finished(std::string_view title, std::string_view description, Pixels height) const;

private:
    void path(const std::string& data, bool hollow);

    std::string id_;
    std::string body_;
    std::vector<RoleLook> filled_;  // with a pattern
};

}  // namespace purser::format
