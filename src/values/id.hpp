// The names of things: reviews, documents, events, categories, users.
//
// A name that is not well formed cannot be made; BadInput says what one looks like.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "values/text.hpp"

namespace purser {

// "SSR2": [A-Z][A-Z0-9-]{0,15}. BOOK names the chain of users, roles and policies.
class ReviewKey {
public:
    static ReviewKey parse(std::string_view text);
    static std::optional<ReviewKey> find(std::string_view text);  // absent where parse refuses
    static ReviewKey book();
    const std::string& text() const { return text_; }
    friend auto operator<=>(const ReviewKey&, const ReviewKey&) = default;

private:
    explicit ReviewKey(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

enum class DocumentKind : char {
    expense = 'E',
    commitment = 'C',
    request = 'R',
    sheet = 'S',
    payee = 'P',
    member = 'M',
    milestone = 'T',
};

// "SSR2-E17": review, kind and number, split at the last dash.
struct DocumentId {
    ReviewKey review;
    DocumentKind kind;
    std::int64_t number;

    static DocumentId parse(std::string_view text);
    // The same, and BadInput unless it is of that kind: "SSR2-C3 is a commitment, not an expense".
    static DocumentId parse(std::string_view text, DocumentKind kind);
    std::string text() const;
    friend auto operator<=>(const DocumentId&, const DocumentId&) = default;
};

std::string_view name(DocumentKind kind);  // "expense"

// "SSR2#123"
std::string event_id(const ReviewKey& review, std::int64_t seq);

// A category's code, "travel", or a user's handle, "olga": letters, digits, . _ -
std::string parse_category(std::string_view text);
std::string parse_user(std::string_view text);
// A meeting's or work item's code, "ICANN58", "R7"; not what is the id of a document.
std::string parse_record_code(std::string_view text);

}  // namespace purser
