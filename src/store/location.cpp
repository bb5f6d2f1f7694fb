#include "store/location.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fmt/format.h>
#include <vector>

namespace purser {
namespace {

constexpr std::string_view stars = "***";
constexpr std::array<std::string_view, 2> schemes{"postgresql://", "postgres://"};

// A part of a location that is shown to nobody: from here to there, the end not included. Where it
// is unclear libpq may see another end of it, and show the rest.
struct Hidden {
    std::size_t begin, end;
    bool is_unclear = false;
};

std::string decoded(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        unsigned byte = 0;
        const char* const digits = text.data() + 1;
        const bool escaped = text.front() == '%' && text.size() > 2 &&
                             std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        result += escaped ? static_cast<char>(byte) : text.front();
        text.remove_prefix(escaped ? 3 : 1);
    }
    return result;
}

// Of the name of a parameter, in an address maybe percent-encoded: password, sslpassword.
bool is_secret(std::string_view name) {
    std::string plain = decoded(name);
    std::transform(plain.begin(), plain.end(), plain.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return plain.find("password") != std::string::npos;
}

// Behind the @ before the host, where libpq sees one, or behind the scheme.
std::size_t end_of_user_info(std::string_view address) {
    const auto begin = address.find("//") + 2;
    const auto at = address.find('@', begin);
    return at < address.find('/', begin) ? at + 1 : begin;
}

// What stands between the first colon and the last @. That is more than the password where another
// @ follows, but a password in which one was not percent-encoded is never shown in part.
void hide_user_info(std::string_view location, std::vector<Hidden>& hidden) {
    const auto begin = location.find("//") + 2;
    const bool has_brackets = location.substr(begin).starts_with('[');  // around an IPv6 address
    const auto colon = location.find(':', has_brackets ? location.find(']') : begin);
    if (colon == std::string_view::npos) return;
    const auto after = location.substr(colon + 1);
    const auto port = after.substr(0, after.find_first_not_of("0123456789"));
    const auto rest = after.substr(port.size());
    const bool is_port =
        end_of_user_info(location) == begin && (rest.empty() || rest.find_first_of("/?,") == 0);
    const auto at = (is_port ? after.substr(0, after.find('?')) : after).rfind('@');
    if (at == std::string_view::npos) return;
    const bool is_unclear = after.substr(0, at).find_first_of("@/[] ") != std::string_view::npos;
    hidden.push_back({colon + 1, colon + 1 + at, is_unclear});
}

// The values behind "password=" in an address: each ends where the next parameter begins.
void hide_parameters(std::string_view location, std::vector<Hidden>& hidden) {
    auto at = location.find('?');
    while (at < location.size()) {
        const auto end = std::min(location.find('&', at + 1), location.size());
        const auto equals = std::min(location.find('=', at), end);
        if (equals < end && is_secret(location.substr(at + 1, equals - at - 1))) {
            hidden.push_back({equals + 1, end});
        }
        at = end;
    }
}

std::size_t end_of_value(std::string_view text, std::size_t at) {
    const bool quoted = at < text.size() && text[at] == '\'';
    for (std::size_t i = at + (quoted ? 1 : 0); i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (quoted ? text[i] == '\'' : std::isspace(static_cast<unsigned char>(text[i]))) {
            return quoted ? i + 1 : i;
        }
    }
    return text.size();
}

// "host=… password = 'a b'", as libpq also takes it; here it would be a file's name.
void hide_words(std::string_view location, std::vector<Hidden>& hidden) {
    constexpr std::string_view blank = " \t\n";
    for (auto equals = location.find('='); equals != std::string_view::npos;
         equals = location.find('=', equals + 1)) {
        const auto last = location.find_last_not_of(blank, equals == 0 ? 0 : equals - 1);
        if (last == std::string_view::npos) continue;
        const auto before = location.find_last_of(blank, last);
        const auto first = before == std::string_view::npos ? 0 : before + 1;
        if (!is_secret(location.substr(first, last + 1 - first))) continue;
        const auto begin = std::min(location.find_first_not_of(blank, equals + 1), location.size());
        hidden.push_back({begin, end_of_value(location, begin)});
    }
}

// In order, none within another.
std::vector<Hidden> hidden_parts(std::string_view location) {
    std::vector<Hidden> all;
    if (is_postgresql(location)) {
        hide_user_info(location, all);
        hide_parameters(location, all);
    } else {
        hide_words(location, all);
    }
    std::sort(all.begin(), all.end(),
              [](const Hidden& a, const Hidden& b) { return a.begin < b.begin; });
    std::vector<Hidden> result;
    for (const Hidden& one : all) {
        if (result.empty() || one.begin >= result.back().end) {
            result.push_back(one);
        } else {
            result.back().end = std::max(result.back().end, one.end);
            result.back().is_unclear |= one.is_unclear;
        }
    }
    return result;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    if (from.empty()) return;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

}  // namespace

bool is_postgresql(std::string_view location) {
    return std::any_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) {
        return location.substr(0, scheme.size()) == scheme;
    });
}

std::string for_soci(std::string_view address) {
    std::string result;
    for (const char c : address) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = std::isspace(byte) == 0 && c != '"';
        result += is_plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    if (result.find('=') != std::string::npos) return result;
    const bool has_query = result.find('?', end_of_user_info(result)) != std::string::npos;
    const char* const before = !has_query ? "?" : result.back() == '?' ? "" : "&";
    return result + before + "fallback_application_name=purser";
}

std::string shown(std::string_view location) {
    std::string result;
    std::size_t at = 0;
    for (const Hidden& one : hidden_parts(location)) {
        result += location.substr(at, one.begin - at);
        result += stars;
        at = one.end;
    }
    result += location.substr(at);
    return result;
}

std::string without_password(std::string_view message, std::string_view location) {
    std::string result(message);
    replace_all(result, location, shown(location));
    for (const Hidden& one : hidden_parts(location)) {
        const auto secret = location.substr(one.begin, one.end - one.begin);
        if (one.is_unclear) {
            return "its address cannot be told apart: a password in it has a character that must "
                   "be percent-encoded, @ as %40 and / as %2F";
        }
        replace_all(result, secret, stars);
        replace_all(result, decoded(secret), stars);
    }
    return result;
}

}  // namespace purser
