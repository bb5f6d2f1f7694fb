#include "app/web/desk.hpp"

#include <algorithm>
#include <sstream>

#include "app/web/act.hpp"
#include "app/web/address.hpp"
#include "app/web/download.hpp"
#include "app/web/form.hpp"
#include "app/web/links.hpp"
#include "app/web/made.hpp"
#include "app/web/page.hpp"
#include "app/web/paging.hpp"
#include "format/html.hpp"
#include "report/sorting.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using cli::Verb;

constexpr std::int64_t rows_of_page = 100;
constexpr std::int64_t rows_ahead = 1000;  // of a longer list nobody asks how long it is

Given fields_of(const Visit& visit) {
    return [&visit](const std::string& name) { return visit.request.each(name); };
}

Given nothing() {
    return [](const std::string&) { return std::vector<std::string>(); };
}

bool wants_word(const Verb& verb, const std::string& name) {
    const auto words = words_of(verb);
    return !words.empty() && words.front()->argument.name() == name;
}

// The words of a page that another verb takes, too: its review, and the code of its meeting.
std::vector<std::string> shared_words(const Deed& deed, const Verb& other) {
    const auto here = words_of(*deed.verb);
    const auto there = words_of(other);
    std::vector<std::string> words{deed.words.front()};
    for (std::size_t i = 1; i < std::min(deed.words.size(), there.size()); ++i) {
        if (there[i]->argument.name() != here[i]->argument.name()) break;
        words.push_back(deed.words[i]);
    }
    return words;
}

// The acts that a page leads to: of the same noun, on the same review or document.
Data acts_of(Visit& visit, const Deed& deed) {
    Data acts = list();
    if (deed.words.empty() || !visit.user || !sees_figures(*visit.user, deed.review())) return acts;
    const bool is_document = !deed.document().empty();
    const auto judged = judged_for(visit, deed);
    for (auto& [name, verb] : deed.noun->verbs()) {
        if ((verb.is_read() && !verb.is_maker()) || verb.is_terminal_only()) continue;
        const bool fits = is_document ? wants_word(verb, "ID") || wants_word(verb, "SHEET")
                                      : wants_word(verb, "KEY");
        if (!fits) continue;
        const Deed other{deed.noun, &verb, shared_words(deed, verb)};
        if (other.words.size() < deed.words.size()) continue;  // of the whole, not of this one
        if (deed.words.size() > 1 && name == "add") continue;  // it is there
        if (refused_to(visit, verb, deed.review())) continue;
        const Judged* const verdict = verdict_on(judged, verb);
        if (verdict != nullptr && !verdict->is_open()) continue;
        if (is_document && verb.is_maker() && !can_be_made(visit, other)) continue;
        Data one;
        one.set("title", title_of(other));
        one.set("target", other.path());
        acts.push_back(one);
    }
    return acts;
}

// The page's own query with one field of it otherwise, from the first row on.
std::string address_with(const Visit& visit, const Deed& deed, const std::string& field,
                         const std::string& text) {
    std::vector<std::pair<std::string, std::string>> query(visit.request.fields.begin(),
                                                           visit.request.fields.end());
    std::erase_if(query,
                  [&](const auto& one) { return one.first == field || one.first == "offset"; });
    query.emplace_back(field, text);
    return deed.path() + query_of(query);
}

Data downloads_of(const Visit& visit, const Deed& deed) {
    Data all = list();
    for (const auto& format : formats_of(*deed.verb)) {
        Data one;
        one.set("format", format);
        one.set("target", address_with(visit, deed, "format", format));
        all.push_back(one);
    }
    return all;
}

// A head sorts by its column, and once more the other way round.
format::Links heads_of(const Visit& visit, const Deed& deed) {
    format::Links links;
    const auto& parts = deed.verb->parts();
    const bool sorts = std::any_of(parts.begin(), parts.end(), [](const Verb::Part& part) {
        return part.argument.name() == "--sort";
    });
    if (!sorts) return links;
    links.sorted_by = visit.request.field("sort");
    links.head = [&visit, deed, by = links.sorted_by](const report::Column& column) {
        return address_with(visit, deed, "sort", by == column.key ? '-' + by : column.key);
    };
    return links;
}

std::vector<Choice> columns_of(report::Document& document) {
    std::vector<Choice> columns;
    report::Table* const table = report::list_of(document.body);
    if (table == nullptr) return columns;
    for (const auto& column : table->columns) {
        if (column.key.empty() || column.title.empty() || column.machine_only) continue;
        columns.push_back({column.key, column.title});
        columns.push_back({'-' + column.key, column.title + ", falling"});
    }
    return columns;
}

// A page of a list is as long as one reads; a link leads to what comes before and after.
Window window_of(const Visit& visit) {
    Window window = parse_window(visit.request.field("offset"), visit.request.field("limit"));
    if (window.count == 0) window.count = rows_of_page;
    window.ahead = rows_ahead;
    return window;
}

void add_pages(const Visit& visit, const Deed& deed, const Window& window, std::int64_t rows,
               Data& data) {
    const auto link = [&](const char* name, bool there, std::int64_t first) {
        data.set(std::string("has_") + name, there);
        data.set(name, address_with(visit, deed, "offset", std::to_string(first)));
    };
    link("before", window.first > 0, std::max<std::int64_t>(0, window.first - window.count));
    link("next", window.first + window.count < rows, window.first + window.count);
    data.set("paged", rows > window.count || window.first > 0);
    const bool is_longer = rows > window.last_counted();
    data.set("rows",
             is_longer ? "more than " + cli::grouped(window.last_counted()) : cli::grouped(rows));
    data.set("from", cli::grouped(std::min(rows, window.first + 1)));
    data.set("to", cli::grouped(std::min(rows, window.first + window.count)));
}

Response show_report(Visit& visit, const Deed& deed) {
    const std::string format = visit.request.field("format");
    if (!format.empty()) return download(visit, deed, format);
    Data data;
    data.set("purpose", deed.verb->purpose());
    FormState state;
    state.typed = fields_of(visit);
    Page page{title_of(deed), {}, 200, deed.review()};
    try {
        const Window window = window_of(visit);
        const Shown document = shown(visit, deed, state.typed, window, heads_of(visit, deed));
        state.columns = document.columns;
        add_pages(visit, deed, window, document.rows, data);
        page.title = document.title;
        data.set("title", document.title);
        data.set("subtitle", document.subtitle);
        data.set("banner", document.banner);
        data.set("has_banner", !document.banner.empty());
        data.set("body", document.body);
        data.set("downloads", downloads_of(visit, deed));
        data.set("acts", acts_of(visit, deed));
    } catch (const BadInput&) {
        const bool was_asked = !visit.request.fields.empty();
        state.problem = problem_now();
        state.place = field_of(visit.place->commands.place());
        data.set("title", page.title);
        data.set("subtitle", std::string());
        data.set("open", true);
        data.set("wrong", was_asked);
        data.set("problem", state.problem->what);
        data.set("try", state.problem->hint);
        if (was_asked) page.status = 400;
        if (!was_asked) state.problem.reset();
    }
    const bool has_filters = !asked_parts(deed).empty();
    data.set("has_filters", has_filters);
    if (has_filters) data.set("filters", web::fields_of(visit, deed, state));
    data.set("action", deed.path());
    page.body = rendered("report", data);
    page.wide = true;
    return framed(visit, page);
}

}  // namespace

Shown shown(Visit& visit, const Deed& deed, const Given& given, const Window& window,
            format::Links links) {
    Shown result;
    DeskSession::Mode mode;
    mode.audience = visit.request.field("audience");
    DeskSession session(visit, mode, [&](const report::Document& document) {
        std::ostringstream body;
        const auto rows = std::make_shared<std::int64_t>(0);
        report::Document page = windowed(document, window, rows);
        const format::Links known = links_of(deed.review(), document.as_of);
        links.text = known.text;
        links.figure = known.figure;
        links.cell = known.cell;
        format::write_html_body(page, links, body);
        result = {document.title, document.subtitle, document.banner, body.str(),
                  *rows,          columns_of(page)};
    });
    session.takes_kept([&](const std::string& title, const cli::Session::Write& write) {
        std::ostringstream page;
        write(format::Format::html, page);
        result = {title, {}, {}, body_of_kept(page.str()), 0};
    });
    fill(deed, given, nothing());
    deed.verb->run(session);
    return result;
}

Shown shown(Visit& visit, const std::vector<std::string>& path) {
    const auto deed = find_deed(visit.place->commands, path);
    if (!deed || !deed->verb->is_read()) throw Broken("there is no report at " + path.front());
    return shown(visit, *deed, nothing(), {});
}

Response show_deed(Visit& visit) {
    const auto deed = find_deed(visit.place->commands, visit.path);
    if (!deed) return problem_page(visit, no_page());
    const std::string review = review_asked(*deed, fields_of(visit));
    if (deed->verb->is_read()) {
        require_sight(visit, review);
        return deed->verb->is_maker() ? show_made(visit, *deed) : show_report(visit, *deed);
    }
    require_reader(visit, review);
    return show_form(visit, *deed);
}

Response show_desk(Visit& visit) {
    const std::string& key = visit.path.at(1);
    require_reader(visit, key);
    visit.place->book.review(ReviewKey::parse(key));  // refuses unknown_review
    Data nouns = list();
    for (cli::Noun& noun : visit.place->commands.nouns()) {
        Data verbs = list();
        for (auto& [name, verb] : noun.verbs()) {
            if (verb.is_terminal_only() || verb.path() == "purser review open") continue;
            const bool of_review = wants_word(verb, "KEY") || wants_word(verb, "KEY|SHEET");
            // Documents lead to their acts themselves; what has no page is asked for by its id.
            const bool of_unshown = wants_word(verb, "ID") && noun.named("show") == nullptr;
            if (!of_review && !of_unshown) continue;
            const Deed deed{&noun, &verb,
                            of_review ? std::vector<std::string>{key} : std::vector<std::string>{}};
            if (refused_to(visit, verb, key)) continue;
            Data one;
            one.set("title", title_of(deed));
            one.set("purpose", verb.purpose());
            one.set("target", deed.path());
            one.set("acts", !verb.is_read());
            verbs.push_back(one);
        }
        if (verbs.is_empty_list()) continue;
        Data one;
        std::string title = noun.name();
        std::replace(title.begin(), title.end(), '-', ' ');
        one.set("name", noun.name());
        one.set("title", title);
        one.set("purpose", noun.purpose());
        one.set("verbs", verbs);
        nouns.push_back(one);
    }
    Data data;
    data.set("review", key);
    data.set("nouns", nouns);
    return framed(visit, {key + " Desk", rendered("desk", data), 200, key});
}

}  // namespace purser::web
