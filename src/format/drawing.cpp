#include "format/drawing.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "format/markup.hpp"

namespace purser::format {
namespace {

constexpr Pixels marker_radius = 350;
constexpr Pixels mark_radius = 500;

std::string px(Pixels hundredths) {
    std::string text = hundredths < 0 ? "-" : "";
    const Pixels size = hundredths < 0 ? -hundredths : hundredths;
    text += std::to_string(size / 100);
    const Pixels rest = size % 100;
    if (rest > 0) text += fmt::format(".{:02}", rest);
    if (rest > 0 && rest % 10 == 0) text.pop_back();
    return text;
}

std::string tenths(int width) { return px(Pixels{width} * 10); }

std::string colour(const RoleLook& look) { return fmt::format("#{:06X}", look.colour); }

const char* anchor(Align align) {
    switch (align) {
        case Align::left: return "start";
        case Align::right: return "end";
        case Align::centre: return "middle";
    }
    return "start";
}

std::string at(const char* command, Point point, Pixels x, Pixels y) {
    return command + px(point.x + x) + ' ' + px(point.y + y);
}

std::string circle(Point centre, Pixels r) {
    const std::string arc = fmt::format("a{0} {0} 0 1 ", px(r));
    return at("M", centre, -r, 0) + arc + "0 " + px(2 * r) + " 0" + arc + "0 " + px(-2 * r) + " 0z";
}

std::string square(Point centre, Pixels r) {
    return at("M", centre, -r, -r) + 'h' + px(2 * r) + 'v' + px(2 * r) + 'h' + px(-2 * r) + 'z';
}

std::string triangle(Point centre, Pixels r) {
    return at("M", centre, 0, -r) + at("L", centre, r, r) + at("L", centre, -r, r) + 'z';
}

std::string diamond(Point centre, Pixels r) {
    return at("M", centre, 0, -r) + at("L", centre, r, 0) + at("L", centre, 0, r) +
           at("L", centre, -r, 0) + 'z';
}

// Lines and dots that stay apart in black and white and when a page is scaled down.
std::string pattern(const std::string& id, const RoleLook& look) {
    const bool stripes = look.fill == Fill::stripes;
    const std::string ink = stripes
                                ? "<path d=\"M0 0h3v7h-3z\" fill=\"currentColor\"/>"
                                : "<path d=\"M2 .6a1.4 1.4 0 1 0 .01 0z\" fill=\"currentColor\"/>";
    const int size = stripes ? 7 : 5;
    return fmt::format(
        "<pattern id=\"{0}\" class=\"{1}\" color=\"{2}\" width=\"{3}\" height=\"{3}\" "
        "patternUnits=\"userSpaceOnUse\"{4}><g class=\"paper\" color=\"#FFFFFF\"><path d=\"M0 "
        "0h{3}v{3}h-{3}z\" fill=\"currentColor\"/></g>{5}</pattern>\n",
        id, look.name, colour(look), size, stripes ? " patternTransform=\"rotate(45)\"" : "", ink);
}

}  // namespace

std::size_t columns_in(Pixels width, int size) {
    return static_cast<std::size_t>(std::max<Pixels>(width / (Pixels{60} * size), 1));
}

Pixels width_of(std::string_view text, int size) {
    return static_cast<Pixels>(width(text)) * size * 60;
}

void Drawing::begin(const RoleLook& look) {
    body_ += fmt::format("<g class=\"{}\" color=\"{}\">\n", look.name, colour(look));
}

void Drawing::begin_soft() { body_ += "<g class=\"soft\" color=\"#565C64\">\n"; }

void Drawing::begin_grid() { body_ += "<g class=\"grid\" color=\"#BFC3C1\">\n"; }

void Drawing::end() { body_ += "</g>\n"; }

void Drawing::bar(const Box& box, const RoleLook& look) {
    std::string fill = "none";
    if (look.fill == Fill::solid) fill = "currentColor";
    if (look.fill == Fill::stripes || look.fill == Fill::dots) {
        fill = fmt::format("url(#{}-{})", id_, look.name);
        const bool known = std::any_of(filled_.begin(), filled_.end(), [&](const RoleLook& other) {
            return other.name == look.name;
        });
        if (!known) filled_.push_back(look);
    }
    body_ += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"currentColor\" "
        "stroke-width=\"1\"/>\n",
        px(box.x), px(box.y), px(box.width), px(box.height), fill);
}

void Drawing::line(Point from, Point to, int width_tenths, std::string_view dash) {
    body_ += fmt::format(
        "<path d=\"{}{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{}\"{}/>\n",
        at("M", from, 0, 0), at("L", to, 0, 0), tenths(width_tenths),
        dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash));
}

void Drawing::polyline(const std::vector<Point>& points, const RoleLook& look) {
    std::string data;
    for (const Point& point : points) data += at(data.empty() ? "M" : "L", point, 0, 0);
    body_ += fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{}\" "
        "stroke-linejoin=\"round\"{}/>\n",
        data, tenths(look.width),
        look.dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", look.dash));
}

void Drawing::path(const std::string& data, bool hollow) {
    if (hollow) {
        body_ += "<g class=\"paper\" color=\"#FFFFFF\"><path d=\"" + data +
                 "\" fill=\"currentColor\"/></g>\n";
    }
    body_ +=
        fmt::format("<path d=\"{}\" fill=\"{}\" stroke=\"currentColor\" stroke-width=\"1.4\"/>\n",
                    data, hollow ? "none" : "currentColor");
}

void Drawing::marker(Point at, Marker marker, bool hollow) {
    switch (marker) {
        case Marker::none: return;
        case Marker::circle: return path(circle(at, marker_radius), hollow);
        case Marker::square: return path(square(at, marker_radius - 50), hollow);
        case Marker::triangle: return path(triangle(at, marker_radius), hollow);
        case Marker::diamond: return path(diamond(at, marker_radius + 100), hollow);
    }
}

// Each differs in shape and in how much of it is ink.
void Drawing::mark(Point centre, report::ChartMark mark) {
    switch (mark) {
        case report::ChartMark::done: return path(circle(centre, mark_radius), false);
        case report::ChartMark::open: return path(circle(centre, mark_radius), true);
        case report::ChartMark::late: return path(triangle(centre, mark_radius), true);
        case report::ChartMark::moved: return path(triangle(centre, mark_radius), false);
    }
}

void Drawing::text(Point at, std::string_view text, Align align, int size, bool bold) {
    body_ += fmt::format(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{}\"{} "
        "fill=\"currentColor\">{}</text>\n",
        px(at.x), px(at.y), size, anchor(align), bold ? " font-weight=\"600\"" : "",
        escaped(clean(text)));
}

std::string Drawing::finished(std::string_view title, std::string_view description,
                              Pixels height) const {
    std::string result = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" "
        "aria-label=\"{3}\" aria-describedby=\"{0}-desc\" viewBox=\"0 0 {1} {2}\" width=\"{1}\" "
        "height=\"{2}\">\n<title>{3}</title>\n<desc id=\"{0}-desc\">{4}</desc>\n",
        id_, px(picture_width), px(height), escaped(clean(title)), escaped(clean(description)));
    if (!filled_.empty()) result += "<defs>\n";
    for (const RoleLook& look : filled_) {
        result += pattern(id_ + '-' + std::string(look.name), look);
    }
    if (!filled_.empty()) result += "</defs>\n";
    return result + "<g class=\"ink\" color=\"#1B1D20\" font-family=\"sans-serif\">\n" + body_ +
           "</g>\n</svg>\n";
}

}  // namespace purser::format
