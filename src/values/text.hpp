// Texts from outside: what a page, a program or a terminal gives, before anything is made of it.
//
// A text is valid UTF-8 and holds no control character. NUL is the worst of them: one database ends
// a text there, another does not, so that two names are one to the former and two to the latter.
#pragma once

#include <string>
#include <string_view>

namespace purser {

enum class TextLines { one, several };  // several: line ends and tabs, too

// BadInput when it is no such text; `what` names it in the message, which repeats nothing of it.
void require_plain(std::string_view text, std::string_view what, TextLines lines = TextLines::one);

// Free text for people, of several lines: plain, at most 4,000 bytes, outer spaces taken off, each
// line ended by a line feed.
std::string parse_text(std::string_view text, std::string_view what);

}  // namespace purser
