#include "values/text.hpp"

#include <algorithm>
#include <simdjson.h>

#include "values/error.hpp"

namespace purser {
namespace {

bool is_line_or_tab(char c) { return c == '\n' || c == '\r' || c == '\t'; }

// Those of ASCII, and U+0080 to U+009F: terminals take both for commands.
bool has_control(std::string_view text, TextLines lines) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (lines == TextLines::several && is_line_or_tab(text[at])) continue;
        if (byte < 0x20 || byte == 0x7F) return true;
        const bool is_c1 =
            byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (is_c1) return true;
    }
    return false;
}

}  // namespace

void require_plain(std::string_view text, std::string_view what, TextLines lines) {
    const std::string it(what);
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        throw BadInput("the " + it + " is not valid UTF-8",
                       "save the file or the terminal's text as UTF-8");
    }
    if (!has_control(text, lines)) return;
    const bool is_broken = lines == TextLines::one && !has_control(text, TextLines::several);
    throw BadInput(
        "the " + it + (is_broken ? " holds a line break or a tab" : " holds a control character"),
        is_broken ? "write it on one line" : "");
}

std::string parse_text(std::string_view text, std::string_view what) {
    require_plain(text, what, TextLines::several);
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_return = text[at] == '\r';  // line ends of other systems
        if (is_return && text.substr(at + 1, 1) == "\n") continue;
        result += is_return ? '\n' : text[at];
    }
    if (result.size() > 4000) {
        throw BadInput("the " + std::string(what) + " has " + std::to_string(result.size()) +
                       " bytes, 4,000 at most");
    }
    return result;
}

}  // namespace purser
