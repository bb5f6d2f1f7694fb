#include "format/utf8.hpp"

#include <algorithm>
#include <array>

namespace purser::format {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::string_view replacement_bytes = "\xEF\xBF\xBD";

struct CodePoint {
    char32_t value;
    std::size_t bytes;
    bool valid;
};

// One code point from the front; an ill-formed byte stands for itself alone.
CodePoint front(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {replacement, 1, false};
    char32_t value = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {replacement, 1, false};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest.at(size) || value > 0x10FFFF || surrogate) return {replacement, 1, false};
    return {value, size, true};
}

bool is_plain(char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; }

struct Range {
    char32_t first;
    char32_t last;
};

// After Unicode 15: combining marks, joiners and direction marks.
constexpr std::array<Range, 20> no_columns{{
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
}};

// East Asian wide and full-width characters, and emoji.
constexpr std::array<Range, 14> two_columns{{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

template <std::size_t N> bool within(const std::array<Range, N>& ranges, char32_t value) {
    return std::any_of(ranges.begin(), ranges.end(), [value](const Range& range) {
        return range.first <= value && value <= range.last;
    });
}

std::size_t columns_of(char32_t value) {
    if (value < 0x0300) return 1;
    if (within(no_columns, value)) return 0;
    return within(two_columns, value) ? 2 : 1;
}

// The bytes of the longest beginning that fits, and at least one character.
std::size_t fitting(std::string_view word, std::size_t columns) {
    std::size_t bytes = 0;
    std::size_t used = 0;
    while (bytes < word.size()) {
        const CodePoint next = front(word.substr(bytes));
        used += columns_of(next.value);
        if (used > columns && bytes > 0) break;
        bytes += next.bytes;
    }
    return bytes;
}

template <typename Visit>
void each_part(std::string_view text, std::string_view separators, Visit visit) {
    while (true) {
        const std::size_t end = text.find_first_of(separators);
        visit(text.substr(0, end));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

void wrap_line(std::string_view text, std::size_t columns, std::vector<std::string>& lines) {
    std::string line;
    std::size_t used = 0;
    each_part(text, " \t", [&](std::string_view word) {
        if (word.empty()) return;
        if (used > 0 && used + 1 + width(word) > columns) {
            lines.push_back(std::move(line));
            line.clear();
            used = 0;
        }
        if (used > 0) {
            line += ' ';
            ++used;
        }
        while (width(word) > columns) {
            const std::size_t bytes = fitting(word, columns);
            if (bytes == word.size()) break;
            lines.emplace_back(word.substr(0, bytes));
            word.remove_prefix(bytes);
        }
        line += word;
        used += width(word);
    });
    lines.push_back(std::move(line));
}

}  // namespace

std::string clean(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (true) {
        const auto plain_end = std::find_if_not(text.begin(), text.end(), is_plain);
        result.append(text.begin(), plain_end);
        text.remove_prefix(static_cast<std::size_t>(plain_end - text.begin()));
        if (text.empty()) return result;
        const CodePoint next = front(text);
        const bool control = (next.value < 0x20 && next.value != '\n' && next.value != '\t') ||
                             (next.value >= 0x7F && next.value < 0xA0) || next.value == 0xFFFE ||
                             next.value == 0xFFFF;
        result += next.valid && !control ? text.substr(0, next.bytes) : replacement_bytes;
        text.remove_prefix(next.bytes);
    }
}

std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const CodePoint next = front(text);
        columns += columns_of(next.value);
        text.remove_prefix(next.bytes);
    }
    return columns;
}

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    each_part(text, " \t\n",
              [&](std::string_view part) { longest = std::max(longest, width(part)); });
    return longest;
}

std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    each_part(text, "\n", [&](std::string_view part) { longest = std::max(longest, width(part)); });
    return longest;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    each_part(text, "\n", [&](std::string_view line) { wrap_line(line, columns, lines); });
    return lines;
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string result;
    result.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

std::string pad(std::string_view text, std::size_t columns, Align align, std::string_view fill) {
    const std::size_t used = width(text);
    const std::size_t rest = used < columns ? columns - used : 0;
    const std::size_t before = align == Align::left ? 0 : align == Align::right ? rest : rest / 2;
    std::string result = repeat(fill, before);
    result += text;
    return result + repeat(fill, rest - before);
}

}  // namespace purser::format
