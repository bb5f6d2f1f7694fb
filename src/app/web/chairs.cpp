#include "app/web/chairs.hpp"

#include <algorithm>

#include "app/web/address.hpp"
#include "app/web/desk.hpp"
#include "app/web/page.hpp"
#include "ledger/figures.hpp"
#include "report/catalogue.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

// Who is only a viewer sees sheets, not what they are made of.
bool sees_figures(const User& user, const ReviewKey& review) {
    return std::any_of(user.grants.begin(), user.grants.end(), [&](const Grant& grant) {
        return grant.role != Role::viewer && (!grant.review || *grant.review == review);
    });
}

std::string register_link(const ReviewKey& review, const std::string& category, Date as_of) {
    return "/register/" + review.text() +
           query_of({{"category", category}, {"as-of", to_text(as_of)}});
}

// Thousandths of the whole, for the length of a bar; what is below zero has none.
std::int64_t share(const Money& part, const Money& whole) {
    if (!part.is_positive() || !whole.is_positive()) return 0;
    const std::int64_t thousandth = std::max<std::int64_t>(1, whole.amount_minor() / 1000);
    return std::min<std::int64_t>(1000, part.amount_minor() / thousandth);
}

Data bar_of(const std::string& title, const Amounts& amounts, const std::string& target) {
    Data data;
    data.set("title", title);
    data.set("target", target);
    data.set("approved", amounts.approved.grouped());
    data.set("remaining", amounts.remaining().grouped());
    data.set("free", amounts.free.grouped());
    data.set("below", amounts.remaining().is_negative());
    const Money& whole = amounts.approved;
    std::int64_t at = 0;
    Data pieces = list();
    const auto add = [&](const char* name, const Money& amount) {
        const std::int64_t width = std::min(share(amount, whole), 1000 - at);
        Data piece;
        piece.set("name", name);
        piece.set("x", std::to_string(at));
        piece.set("width", std::to_string(width));
        piece.set("amount", amount.grouped());
        pieces.push_back(piece);
        at += width;
    };
    add("spent", amounts.spent);
    add("committed", amounts.committed);
    add("requested", amounts.requested);
    data.set("pieces", pieces);
    return data;
}

Given one_field(const std::string& wanted, const std::string& text) {
    return [=](const std::string& name) -> std::vector<std::string> {
        if (name == wanted) return {text};
        return {};
    };
}

std::string expenses_in(Visit& visit, const std::string& review, const std::string& state) {
    const auto deed = find_deed(visit.place->commands, {"expense", "list", review});
    return shown(visit, *deed, one_field("state", state), {0, 50}).body;
}

std::string entries_since(Visit& visit, const std::string& review, Date day) {
    const auto deed = find_deed(visit.place->commands, {"register", review});
    return shown(visit, *deed, one_field("from", to_text(day)), {0, 50}).body;
}

Data card_of(Visit& visit, const Review& review) {
    Data data;
    data.set("key", review.key().text());
    data.set("name", review.name());
    data.set("state", std::string(name(review.state())));
    const bool figures = sees_figures(*visit.user, review.key());
    data.set("figures", figures);
    if (figures) {
        const Amounts all = visit.place->book.figures(review.key(), visit.today(), {}).envelope();
        data.set("remaining", all.remaining().grouped());
        data.set("free", all.free.grouped());
        data.set("bar", bar_of("", all, {}));
    }
    data.set("currency", std::string(review.currency().code()));
    return data;
}

}  // namespace

Response show_reviews(Visit& visit) {
    Data cards = list();
    for (const Review& review : visit.place->book.reviews()) {
        if (visit.user->sees(review.key())) cards.push_back(card_of(visit, review));
    }
    Data data;
    data.set("cards", cards);
    data.set("none", cards.is_empty_list());
    data.set("is_admin", visit.user->has(Role::admin, ReviewKey::book()));
    return framed(visit, {"Reviews", rendered("reviews", data)});
}

Response show_chairs_page(Visit& visit) {
    const std::string& word = visit.path.front();
    if (const std::string document = address_of(word); !document.empty()) return redirect(document);
    require_sight(visit, word);
    const ReviewKey key = ReviewKey::parse(word);
    const Review review = visit.place->book.review(key);
    if (!sees_figures(*visit.user, key)) return redirect("/factsheet/list/" + word);
    const Figures figures = visit.place->book.figures(key, visit.today(), {});
    const Amounts all = figures.envelope();
    const report::Document status = report::status(figures);
    Data data;
    data.set("key", word);
    data.set("name", review.name());
    data.set("state", std::string(name(review.state())));
    data.set("currency", std::string(review.currency().code()));
    data.set("remaining", all.remaining().grouped());
    data.set("free", all.free.grouped());
    data.set("below", all.remaining().is_negative());
    data.set("all", register_link(key, "", figures.as_of));
    data.set("as_of", to_print(figures.as_of));
    data.set("closed", review.closed_through() ? to_print(*review.closed_through()) : "");
    data.set("is_closed", review.closed_through().has_value());
    Data sentences = list();
    for (const auto& text : status.body.sections.front().paragraphs) sentences.push_back(text);
    data.set("sentences", sentences);
    Data bars = list();
    for (const auto& category : figures.categories) {
        bars.push_back(bar_of(category.category.title, category.total,
                              register_link(key, category.category.code, figures.as_of)));
    }
    data.set("bars", bars);
    data.set("waiting", expenses_in(visit, word, "submitted"));
    data.set("requests", shown(visit, {"request", "list", word}).body);
    data.set("sheets", shown(visit, {"factsheet", "list", word}).body);
    data.set("commitments", shown(visit, {"commitments", word}).body);
    data.set("status", shown(visit, {"status", word}).body);
    const Date since =
        review.closed_through() ? next_day(*review.closed_through()) : review.start();
    data.set("since", to_print(since));
    data.set("changes", entries_since(visit, word, since));
    return framed(visit, {word, rendered("chairs", data), 200, word, true});
}

}  // namespace purser::web
