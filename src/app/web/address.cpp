#include "app/web/address.hpp"

#include <cctype>
#include <iomanip>
#include <sstream>

#include "values/error.hpp"

namespace purser::web {

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0) parts.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

std::string encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
            result += c;
        } else {
            result += '%';
            result += hex[byte >> 4U];
            result += hex[byte & 15U];
        }
    }
    return result;
}

std::string query_of(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string result;
    for (const auto& [name, value] : fields) {
        if (value.empty()) continue;
        result += (result.empty() ? '?' : '&') + encoded(name) + '=' + encoded(value);
    }
    return result;
}

std::optional<DocumentId> document_of(std::string_view text) {
    // Most texts are no id: they are told apart without an exception.
    const auto dash = text.rfind('-');
    if (text.size() > 40 || dash == std::string_view::npos || dash + 2 > text.size() ||
        text.find_first_not_of("0123456789", dash + 2) != std::string_view::npos ||
        dash + 2 == text.size() || std::isupper(static_cast<unsigned char>(text.front())) == 0) {
        return {};
    }
    try {
        return DocumentId::parse(text);
    } catch (const BadInput&) {
        return {};
    }
}

std::string page_of_command(const std::string& command) {
    std::istringstream words(command);
    std::string word;
    if (!(words >> word) || word != "purser") return {};
    std::string path;
    std::vector<std::pair<std::string, std::string>> fields;
    while (words >> std::quoted(word)) {
        if (!word.starts_with("--")) {
            path += '/' + encoded(word);
            continue;
        }
        std::string value;
        if (words >> std::quoted(value) && word != "--as")
            fields.emplace_back(word.substr(2), value);
    }
    return path + query_of(fields);
}

std::string address_of(std::string_view text) {
    const auto id = document_of(text);
    if (!id) return {};
    switch (id->kind) {
        case DocumentKind::expense:
        case DocumentKind::commitment:
        case DocumentKind::request:
        case DocumentKind::member:
        case DocumentKind::milestone:
            return '/' + std::string(name(id->kind)) + "/show/" + id->text();
        case DocumentKind::sheet: return "/factsheet/show/" + id->text();
        case DocumentKind::payee: return {};
    }
    return {};
}

}  // namespace purser::web
