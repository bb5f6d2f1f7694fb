#include "app/web/framing.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace purser::web {
namespace {

constexpr int bad_request = 400;
constexpr int too_long_target = 414;
constexpr int too_many_headers = 431;
constexpr int unknown_version = 505;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A character of a name (RFC 9110, 5.6.2).
bool is_token(char c) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return std::isalnum(static_cast<unsigned char>(c)) != 0
               ? static_cast<unsigned char>(c) < 128
               : marks.find(c) != std::string_view::npos;
}

bool is_visible(char c) { return c > ' ' && c < 127; }
bool is_of_value(char c) {
    return c == '\t' || static_cast<unsigned char>(c) >= ' ' ? c != 127 : false;
}

template <typename Test> bool all(std::string_view text, Test test) {
    return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

bool is_same(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == b;
    });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    const auto last = text.find_last_not_of(blanks);
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// "books.example:8417", "[::1]": what may stand in an address, and nothing that ends one.
bool is_host(std::string_view text) {
    return all(text, [](char c) {
        constexpr std::string_view marks = "-._~:[]";
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               marks.find(c) != std::string_view::npos;
    });
}

// "GET /SSR2?as-of=2017-03-31 HTTP/1.1"
int refused_line(std::string_view line, bool& is_older) {
    const auto first = line.find(' ');
    const auto second = line.find(' ', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos ||
        line.find(' ', second + 1) != std::string_view::npos) {
        return bad_request;
    }
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, second - first - 1);
    const std::string_view version = line.substr(second + 1);
    if (method.size() > 20 || !all(method, is_token)) return bad_request;
    const std::size_t path = std::min(target.find('?'), target.size());
    if (target.size() > target_limit || path > path_limit) return too_long_target;
    if (!target.starts_with('/') || !all(target, is_visible) ||
        target.find('#') != std::string_view::npos) {
        return bad_request;
    }
    is_older = version == "HTTP/1.0";
    if (is_older || version == "HTTP/1.1") return 0;
    const bool is_version = version.size() == 8 && version.starts_with("HTTP/") &&
                            is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    return is_version ? unknown_version : bad_request;
}

struct Counts {
    int headers = 0, hosts = 0, lengths = 0, codings = 0;
};

// "Content-Length: 5"
bool is_good_header(std::string_view line, Counts& counts) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !all(line.substr(0, colon), is_token)) return false;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    ++counts.headers;
    if (!value.empty() && !all(value, is_of_value)) return false;
    if (is_same(name, "host")) return ++counts.hosts == 1 && is_host(value);
    if (is_same(name, "content-length")) {
        return ++counts.lengths == 1 && value.size() <= 18 && all(value, is_digit);
    }
    if (is_same(name, "transfer-encoding")) {
        return ++counts.codings == 1 && is_same(value, "chunked");
    }
    return true;
}

}  // namespace

int refused_framing(std::string_view head) {
    if (is_broken_head(head)) return bad_request;
    Counts counts;
    bool is_first = true;
    bool is_older = false;
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        if (end == std::string_view::npos) return bad_request;
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (is_first) {
            if (const int status = refused_line(line, is_older)) return status;
            is_first = false;
        } else if (line.empty()) {
            break;
        } else if (!is_good_header(line, counts)) {
            return bad_request;
        }
        if (counts.headers > header_limit) return too_many_headers;
    }
    const bool is_unclear = counts.lengths + counts.codings > 1 || (is_older && counts.codings > 0);
    return is_unclear || counts.hosts != 1 || !head.empty() ? bad_request : 0;
}

bool is_broken_head(std::string_view so_far) {
    if (so_far.find('\0') != std::string_view::npos || so_far.starts_with("\r\n")) return true;
    for (std::size_t i = 0; i < so_far.size(); ++i) {
        if (so_far[i] == '\n' && (i == 0 || so_far[i - 1] != '\r')) return true;
        const bool ends = i + 1 == so_far.size();  // its other half may still come
        if (so_far[i] == '\r' && !ends && so_far[i + 1] != '\n') return true;
    }
    return false;
}

}  // namespace purser::web
