// Text as a terminal shows it: how wide it is, and how it breaks into lines.
//
// Widths are columns of a terminal: an ideograph takes two, a combining mark none. What is
// not UTF-8, and every control character but line feed and tab, is replaced by U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace purser::format {

std::string clean(std::string_view text);

std::size_t width(std::string_view text);

// The width of the longest word, and of the longest line.
std::size_t longest_word(std::string_view text);
std::size_t longest_line(std::string_view text);

// Lines of at most so many columns, broken at spaces; a word that is longer is cut. Line feeds
// stay breaks. Never empty: text "" is one empty line.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

enum class Align { left, right, centre };

// Filled with spaces (or another character of one column) up to so many columns.
std::string pad(std::string_view text, std::size_t columns, Align align,
                std::string_view fill = " ");

std::string repeat(std::string_view text, std::size_t times);

}  // namespace purser::format
