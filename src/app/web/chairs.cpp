#include "app/web/chairs.hpp"

#include <algorithm>

#include "app/web/act.hpp"
#include "app/web/address.hpp"
#include "app/web/desk.hpp"
#include "app/web/form.hpp"
#include "app/web/links.hpp"
#include "app/web/page.hpp"
#include "format/html.hpp"
#include "ledger/figures.hpp"
#include "report/catalogue.hpp"
#include "report/outlook.hpp"
#include "report/pictures.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

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

Data bar_of(const Amounts& amounts) {
    Data data;
    data.set("approved", amounts.approved.grouped());
    data.set("free", amounts.free.grouped());
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

// What the visitor's roles let them see of it.
report::Audience audience_of(const Visit& visit, const ReviewKey& review) {
    return DeskSession(visit, {}, [](const report::Document&) {}).audience(review);
}

std::string markup(const report::Document& document, const ReviewKey& review) {
    std::ostringstream body;
    format::write_html_body(document, links_of(review.text(), document.as_of), body);
    return body.str();
}

// The burn with its forecast, and how the envelope stands by category: charts, and tables with
// their figures.
std::string pictures_of(Visit& visit, const report::Document& status, const Figures& figures) {
    const ReviewKey& key = figures.review.key();
    const auto months = visit.place->book.by_month(key, figures.as_of, {});
    report::Document document(status.audience);
    document.as_of = figures.as_of;
    const auto outlook =
        report::outlook(visit.place->book, key, {}, visit.today(), status.audience);
    const auto forecast = report::at_run_rate(report::methods(outlook));
    document.body.sections.push_back(report::burn(figures, months, forecast));
    for (const report::Section& section : status.body.sections) {
        if (!section.title.empty()) document.body.sections.push_back(section);
    }
    return markup(document, key);
}

Data alerts_of(Visit& visit, const ReviewKey& review) {
    const format::Links links = links_of(review.text(), visit.today());
    Data all = list();
    for (const report::Alert& alert :
         report::alerts(visit.place->book, review, visit.today(), audience_of(visit, review))) {
        const std::string page = page_of_command(alert.settle);
        const auto deed =
            find_deed(visit.place->commands, parts_of(page.substr(0, page.find('?'))));
        Data one;
        one.set("what", format::html_of(alert.what, links));
        const bool can = deed && !refused_to(visit, *deed->verb, review.text());
        one.set("can_settle", can);
        one.set("target", page);
        one.set("settle", can ? title_of(*deed) : "");
        all.push_back(one);
    }
    return all;
}

// The sheet that the public looks at, and when the next one is due.
Data sheets_of(Visit& visit, const ReviewKey& review, const Sheet* posted) {
    Data sentences = list();
    const auto say = [&](const std::string& text, const std::string& target) {
        Data one;
        one.set("text", text);
        one.set("target", target);
        sentences.push_back(one);
    };
    if (posted != nullptr) {
        const std::string id = DocumentId{review, DocumentKind::sheet, posted->number}.text();
        std::string text = id + ", of " + to_print(posted->as_of) + ", is the last one posted";
        if (posted->posted_on) text += ", on " + to_print(*posted->posted_on);
        say(text + '.', address_of(id));
    }
    for (const DueSheet& due : visit.place->book.due_sheets(review, visit.today())) {
        if (due.is_settled()) continue;
        const std::int64_t late = due.days_late(visit.today());
        say("The next, of the figures of " + to_print(due.financials) + ", is to be posted by " +
                to_print(due.target.day()) +
                (late > 0 ? ": it is " + cli::plural(late, "day", "days") + " late." : "."),
            "/factsheet/list/" + review.text());
        break;
    }
    return sentences;
}

constexpr Window beginning{0, 50, 0};

// Expenses that nobody has decided, the first of them.
void add_waiting(Visit& visit, const std::string& review, Data& data) {
    const std::string state = "submitted";
    const auto deed = find_deed(visit.place->commands, {"expense", "list", review});
    const Shown waiting = shown(visit, *deed, one_field("state", state), beginning);
    data.set("waiting", waiting.body);
    data.set("more_wait", waiting.rows > beginning.count);
    data.set("all_waiting", deed->path() + query_of({{"state", state}}));
}

// Commitments that nobody has confirmed yet; "" for none.
std::string proposed_in(Visit& visit, const ReviewKey& review) {
    Book& book = visit.place->book;
    const auto all = book.commitments(review);
    if (std::none_of(all.begin(), all.end(), [](const Commitment& one) {
            return one.state == CommitmentState::proposed;
        })) {
        return {};
    }
    report::Document document =
        report::commitments(book, review, visit.today(), {{}, {}, "", CommitmentState::proposed},
                            audience_of(visit, review));
    document.body.sections.clear();
    return markup(document, review);
}

// Sheets that the chairs have neither approved nor withheld.
Data undecided_in(const ReviewKey& review, const std::vector<Sheet>& sheets) {
    Data all = list();
    for (const Sheet& sheet : sheets) {
        if (sheet.state != SheetState::issued) continue;
        const std::string id = DocumentId{review, DocumentKind::sheet, sheet.number}.text();
        Data one;
        one.set("id", id);
        one.set("target", address_of(id));
        one.set("of", to_print(sheet.as_of));
        all.push_back(one);
    }
    return all;
}

// Only the figures that are not as they were.
void leave_out_same(report::Table& table) {
    const auto at = std::find_if(table.columns.begin(), table.columns.end(),
                                 [](const auto& column) { return column.key == "difference"; });
    if (at == table.columns.end()) return;
    const auto place = static_cast<std::size_t>(at - table.columns.begin());
    table.empty_text = "Every figure is as it was.";
    table.rows = [all = table.rows, place](const report::RowSink& sink) {
        all([&](const report::Row& row) {
            const auto* const difference = std::get_if<Money>(&row.at(place));
            if (difference == nullptr || !difference->is_zero()) sink(row);
        });
    };
}

// How the figures changed since a day; the entries that did it may be very many.
std::string changes_since(Visit& visit, const ReviewKey& review, Date day) {
    report::Document document = report::changes(visit.place->book, review, day, visit.today(), {},
                                                audience_of(visit, review));
    std::vector<report::Table>& tables = document.body.tables;
    std::erase_if(tables, [](const report::Table& table) { return !table.primary; });
    for (report::Table& table : tables) leave_out_same(table);
    return markup(document, review);
}

Data card_of(Visit& visit, const Review& review) {
    Data data;
    data.set("key", review.key().text());
    data.set("name", review.name());
    data.set("state", std::string(name(review.state())));
    const bool figures = sees_figures(*visit.user, review.key().text());
    data.set("figures", figures);
    if (figures) {
        const Amounts all = visit.place->book.figures(review.key(), visit.today(), {}).envelope();
        data.set("remaining", all.remaining().grouped());
        data.set("free", all.free.grouped());
        data.set("all", register_link(review.key(), "", visit.today()));
        data.set("bar", bar_of(all));
    }
    data.set("currency", std::string(review.currency().code()));
    return data;
}

std::string chairs_page(Visit& visit, const Review& review) {
    const ReviewKey& key = review.key();
    const std::string& word = key.text();
    const Figures figures = visit.place->book.figures(key, visit.today(), {});
    const Amounts all = figures.envelope();
    const report::Document status =
        report::status(visit.place->book, key, visit.today(), {}, audience_of(visit, key));
    const format::Links links = links_of(word, figures.as_of);
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
    for (const auto& text : status.body.sections.front().paragraphs) {
        sentences.push_back(format::html_of(text, links));
    }
    data.set("sentences", sentences);
    const Data alerts = alerts_of(visit, key);
    data.set("has_alerts", alerts.is_non_empty_list());
    data.set("alerts", alerts);
    data.set("pictures", pictures_of(visit, status, figures));
    add_waiting(visit, word, data);
    data.set("requests", shown(visit, {"request", "list", word}).body);
    const std::string proposed = proposed_in(visit, key);
    data.set("proposed", proposed);
    data.set("has_proposed", !proposed.empty());
    const std::vector<Sheet> sheets = visit.place->book.sheets(key);
    const Sheet* const posted = current(sheets);
    const Data undecided = undecided_in(key, sheets);
    data.set("has_undecided", undecided.is_non_empty_list());
    data.set("undecided", undecided);
    data.set("sheet_sentences", sheets_of(visit, key, posted));
    data.set("sheets", shown(visit, {"factsheet", "list", word}).body);
    data.set("commitments", shown(visit, {"commitments", word}).body);
    const Date since = std::min(posted != nullptr ? posted->as_of : review.start(), visit.today());
    data.set("since", to_print(since));
    data.set("all_changes", "/changes/" + word + query_of({{"from", to_text(since)}}));
    data.set("changes", changes_since(visit, key, since));
    return rendered("chairs", data);
}

}  // namespace

Response show_chairs_page(Visit& visit) {
    const std::string& word = visit.path.front();
    if (const std::string document = address_of(word); !document.empty()) return redirect(document);
    require_sight(visit, word);
    const ReviewKey key = ReviewKey::parse(word);
    Book& book = visit.place->book;
    const Review review = book.review(key);
    if (!sees_figures(*visit.user, word)) return redirect("/factsheet/list/" + word);
    const std::string page = visit.site.kept.page(
        visit.user->name + '/' + word + '/' + visit.request.field("audience"),
        [&] {
            return book.head(ReviewKey::book()).hash + book.head(key).hash + to_text(visit.today());
        },
        [&] { return chairs_page(visit, review); });
    return framed(visit, {word, page, 200, word, true});
}

Response show_reviews(Visit& visit) {
    Data cards = list();
    for (const Review& review : visit.place->book.reviews()) {
        if (visit.user->sees(review.key())) cards.push_back(card_of(visit, review));
    }
    Data data;
    const auto& grants = visit.user->grants;
    data.set("reads", std::any_of(grants.begin(), grants.end(),
                                  [](const Grant& grant) { return grant.role != Role::viewer; }));
    data.set("cards", cards);
    data.set("none", cards.is_empty_list());
    data.set("is_admin", visit.user->has(Role::admin, ReviewKey::book()));
    return framed(visit, {"Reviews", rendered("reviews", data)});
}

}  // namespace purser::web
