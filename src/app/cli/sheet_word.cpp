#include "app/cli/sheet_word.hpp"

#include <algorithm>

#include "values/error.hpp"

namespace purser::cli {

bool names_sheet(Session& session, std::string_view text) {
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos || text.substr(dash + 1, 1) != "S") return false;
    const std::string_view number = text.substr(dash + 2);
    if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) {
        return false;
    }
    const auto reviews = session.book().reviews();
    return std::none_of(reviews.begin(), reviews.end(),
                        [&](const Review& review) { return review.key().text() == text; });
}

void refuse_moment(const Argument& sheet, const Moment& moment) {
    if (!moment.as_of.given() && !moment.known_at.given()) return;
    throw BadInput(sheet.text() + " has its own day and the figures known at its issue",
                   "leave --as-of and --known-at out, or name the review");
}

}  // namespace purser::cli
