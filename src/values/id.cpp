#include "values/id.hpp"

#include <algorithm>
#include <charconv>

#include "values/error.hpp"

namespace purser {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_review_key(std::string_view text) {
    return !text.empty() && text.size() <= 16 && is_upper(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_upper(c) || is_digit(c) || c == '-'; });
}

std::string parse_code(std::string_view text, std::string_view what) {
    const bool shaped =
        !text.empty() && text.size() <= 32 && (is_lower(text.front()) || is_upper(text.front())) &&
        std::all_of(text.begin(), text.end(), [](char c) {
            return is_lower(c) || is_upper(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
        });
    if (shaped) return std::string(text);
    throw BadInput("'" + std::string(text) + "' cannot be " + std::string(what),
                   "letters, digits, dots, dashes; a letter first; at most 32");
}

std::string with_article(DocumentKind kind) {
    return (kind == DocumentKind::expense ? "an " : "a ") + std::string(name(kind));
}

}  // namespace

std::optional<ReviewKey> ReviewKey::find(std::string_view text) {
    if (!is_review_key(text) || text == "BOOK") return {};
    return ReviewKey(std::string(text));
}

ReviewKey ReviewKey::parse(std::string_view text) {
    if (auto key = find(text)) return *std::move(key);
    throw BadInput("'" + std::string(text) + "' cannot be a review's key",
                   text == "BOOK" ? "another key: BOOK is the chain of users and policies"
                                  : "capital letters, digits and dashes, like SSR2; at most 16");
}

ReviewKey ReviewKey::book() { return ReviewKey("BOOK"); }

std::string_view name(DocumentKind kind) {
    switch (kind) {
        case DocumentKind::expense: return "expense";
        case DocumentKind::commitment: return "commitment";
        case DocumentKind::request: return "request";
        case DocumentKind::sheet: return "sheet";
        case DocumentKind::payee: return "payee";
        case DocumentKind::member: return "member";
        case DocumentKind::milestone: return "milestone";
    }
    return {};
}

DocumentId DocumentId::parse(std::string_view text) {
    const auto dash = text.rfind('-');
    if (dash != std::string_view::npos && dash + 2 < text.size() &&
        std::string_view("ECRSPMT").find(text[dash + 1]) != std::string_view::npos &&
        is_digit(text[dash + 2]) && text[dash + 2] != '0') {
        std::int64_t number = 0;
        const auto* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + dash + 2, end, number);
        auto review = ReviewKey::find(text.substr(0, dash));
        if (error == std::errc{} && stop == end && review) {
            return {*std::move(review), static_cast<DocumentKind>(text[dash + 1]), number};
        }
    }
    throw BadInput("'" + std::string(text) + "' is not the id of a document",
                   "write it like SSR2-E17 (expense) or SSR2-C3 (commitment)");
}

DocumentId DocumentId::parse(std::string_view text, DocumentKind kind) {
    const DocumentId id = parse(text);
    if (id.kind == kind) return id;
    throw BadInput(std::string(text) + " is " + with_article(id.kind) + ", not " +
                   with_article(kind));
}

std::string DocumentId::text() const {
    return review.text() + '-' + static_cast<char>(kind) + std::to_string(number);
}

std::string event_id(const ReviewKey& review, std::int64_t seq) {
    return review.text() + '#' + std::to_string(seq);
}

std::string parse_category(std::string_view text) {
    std::string code = parse_code(text, "a category's code");
    if (code == "total") throw BadInput("'total' names the sheet's last row, not a category");
    return code;
}

std::string parse_user(std::string_view text) { return parse_code(text, "a user's name"); }

std::string parse_record_code(std::string_view text) {
    std::string code = parse_code(text, "a code");
    try {
        DocumentId::parse(code);
    } catch (const BadInput&) {
        return code;
    }
    throw BadInput("'" + code + "' cannot be a code, it is the id of a document");
}

}  // namespace purser
