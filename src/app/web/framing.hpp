// Where one request ends and the next begins, judged so strictly that nobody on the way can judge
// otherwise.
//
// A proxy and this program must see the same requests in the same bytes; what can be read in two
// ways is therefore refused, however well it is meant:
//
//     POST / HTTP/1.1        two lengths, a length beside chunks, a length of anything but digits,
//     Host: books.example    any coding but chunked, folded lines, blanks before a colon, a line
//     Content-Length: 5      end of one character, no host or two, a request of another form
#pragma once

#include <string_view>

namespace purser::web {

constexpr std::size_t head_limit = std::size_t{32} * 1024;  // bytes
constexpr std::size_t target_limit = std::size_t{7} * 1024;
constexpr std::size_t path_limit = std::size_t{2} * 1024;
constexpr int header_limit = 100;

// The status with which a head must be refused, or 0. `head` is all up to the empty line, and that.
int refused_framing(std::string_view head);

// Whether what has come of a head can still become one: no line end but CR LF, no NUL.
bool is_broken_head(std::string_view so_far);

}  // namespace purser::web
