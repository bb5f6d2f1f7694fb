#include "app/cli/argument.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "values/error.hpp"

namespace purser::cli {
namespace {

// The number that the whole text is, or nothing.
std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || text.empty()) return {};
    return number;
}

bool is_hash(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

std::string parse_line(std::string_view text, std::string_view what) {
    std::string line = parse_text(text, what);
    if (line.find_first_of("\n\t") == std::string::npos && line.size() <= 200) return line;
    throw BadInput("the " + std::string(what) + " is one line of 200 bytes at most",
                   "a long explanation goes into --why");
}

int parse_count(std::string_view text) {
    const auto number = whole_number(text);
    if (number && *number >= 1 && *number <= 9999) return static_cast<int>(*number);
    throw BadInput("'" + std::string(text) + "' is not a number from 1 on");
}

Head parse_head(std::string_view text) {
    const auto colon = std::min(text.find(':'), text.size());
    const auto number = whole_number(text.substr(0, colon));
    const auto hash = text.substr(std::min(colon + 1, text.size()));
    if (number && *number > 0 && is_hash(hash)) return {*number, std::string(hash)};
    throw BadInput("'" + std::string(text) + "' is not the head of a log",
                   "write N:HASH, the number of an event and its 64 hexadecimal digits, as "
                   "verify prints it");
}

std::string parse_site_address(std::string_view text) {
    const std::string_view given = text;
    if (text.ends_with('/')) text.remove_suffix(1);
    const auto rest = text.starts_with("https://")  ? text.substr(8)
                      : text.starts_with("http://") ? text.substr(7)
                                                    : std::string_view{};
    const bool is_plain = std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
    if (!rest.empty() && is_plain) return std::string(text);
    throw BadInput("'" + std::string(given) + "' is not the address of a site",
                   "write it like https://books.example.org, without a path");
}

bool parse_on_off(std::string_view text) {
    if (text == "on") return true;
    if (text == "off") return false;
    throw BadInput("'" + std::string(text) + "' is neither on nor off");
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
    return grouped(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string grouped(std::int64_t count) {
    std::string digits = std::to_string(count);
    const std::ptrdiff_t first = count < 0 ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > first; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

}  // namespace purser::cli
