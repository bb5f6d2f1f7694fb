#include "app/web/desk.hpp"

#include <algorithm>
#include <sstream>

#include "app/web/address.hpp"
#include "app/web/download.hpp"
#include "app/web/form.hpp"
#include "app/web/links.hpp"
#include "app/web/page.hpp"
#include "app/web/paging.hpp"
#include "app/web/upload.hpp"
#include "format/html.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using cli::Verb;

constexpr std::int64_t rows_of_page = 100;

Problem no_page() { return {404, "unknown_page", "there is no page at this address", ""}; }

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

// What a document's act would come to now, with a reason and a day where these are asked for.
// `said` is absent when it needs more than that to be judged.
struct Trial {
    std::optional<std::string> said;
    std::optional<Problem> refused;
};

Trial tried(Visit& visit, const Deed& deed) {
    const auto parts = asked_parts(deed);
    const bool simple = std::all_of(parts.begin(), parts.end(), [](const Verb::Part* part) {
        const std::string& name = part->argument.name();
        return !part->is_needed || name == "--why" || name == "--on";
    });
    if (!simple || deed.document().empty()) return {};
    DeskSession::Mode mode;
    mode.writes = mode.trial = true;
    DeskSession session(visit, mode, [](const report::Document&) {});
    try {
        fill(
            deed,
            [&](const std::string& name) -> std::vector<std::string> {
                const bool is_needed =
                    std::any_of(parts.begin(), parts.end(), [&](const Verb::Part* part) {
                        return part->is_needed && field_name(*part) == name;
                    });
                if (name == "why") return {"A trial"};
                if (name == "on" && is_needed) return {to_text(visit.today())};
                return {};
            },
            nothing());
        deed.verb->run(session);
        return {session.text(), {}};
    } catch (const Refused&) {
        return {{}, problem_now()};
    } catch (const BadInput&) {
        return {};
    }
}

// The acts that a page leads to: of the same noun, on the same review or document.
Data acts_of(Visit& visit, const Deed& deed) {
    Data acts = list();
    if (deed.words.empty() || !visit.user || !sees_figures(*visit.user, deed.review())) return acts;
    const bool is_document = !deed.document().empty();
    for (auto& [name, verb] : deed.noun->verbs()) {
        if (verb.is_read() || verb.is_terminal_only()) continue;
        const bool fits = is_document ? wants_word(verb, "ID") || wants_word(verb, "SHEET")
                                      : wants_word(verb, "KEY");
        if (!fits) continue;
        const Deed other{deed.noun, &verb, shared_words(deed, verb)};
        if (other.words.size() < deed.words.size()) continue;  // of the whole, not of this one
        if (deed.words.size() > 1 && name == "add") continue;  // it is there
        if (is_document && tried(visit, other).refused) continue;
        Data one;
        one.set("title", title_of(other));
        one.set("target", other.path());
        acts.push_back(one);
    }
    return acts;
}

Data downloads_of(const Visit& visit, const Deed& deed) {
    Data all = list();
    for (const auto& format : formats_of(*deed.verb)) {
        std::vector<std::pair<std::string, std::string>> query(visit.request.fields.begin(),
                                                               visit.request.fields.end());
        std::erase_if(query, [](const auto& one) { return one.first == "format"; });
        query.emplace_back("format", format);
        Data one;
        one.set("format", format);
        one.set("target", deed.path() + query_of(query));
        all.push_back(one);
    }
    return all;
}

// A page of a list is as long as one reads; a link leads to what comes before and after.
Window window_of(const Visit& visit) {
    Window window = parse_window(visit.request.field("offset"), visit.request.field("limit"));
    if (window.count == 0) window.count = rows_of_page;
    return window;
}

void add_pages(const Visit& visit, const Deed& deed, const Window& window, std::int64_t rows,
               Data& data) {
    const auto link = [&](const char* name, bool there, std::int64_t first) {
        std::vector<std::pair<std::string, std::string>> query(visit.request.fields.begin(),
                                                               visit.request.fields.end());
        std::erase_if(query, [](const auto& one) { return one.first == "offset"; });
        if (first > 0) query.emplace_back("offset", std::to_string(first));
        data.set(std::string("has_") + name, there);
        data.set(name, deed.path() + query_of(query));
    };
    link("before", window.first > 0, std::max<std::int64_t>(0, window.first - window.count));
    link("next", window.first + window.count < rows, window.first + window.count);
    data.set("paged", rows > window.count || window.first > 0);
    data.set("rows", cli::grouped(rows));
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
        const Shown document = shown(visit, deed, state.typed, window);
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

// What an act is about, below its form: the document, or a month's check-list; "" when there is
// nothing.
std::string about(Visit& visit, const Deed& deed) {
    Verb* read = deed.document().empty() ? nullptr : deed.noun->named("show");
    if (deed.noun->name() == "period") read = deed.noun->named("check");
    if (read == nullptr || deed.words.empty()) return {};
    Deed other{deed.noun, read, deed.words};
    const auto rest = asked_parts(other);
    if (!rest.empty() && rest.front()->is_needed) {
        other.words.push_back(beginning_of(visit, other, *rest.front()));
    }
    return shown(visit, other, nothing(), {}).body;
}

// The line that says what would be free, of what an act answers.
std::string after_this(const std::string& said) {
    const auto at = said.find("  after this:");
    if (at == std::string::npos) return {};
    return said.substr(at + 2, said.find('\n', at) - at - 2);
}

Response form_page(Visit& visit, const Deed& deed, FormState state,
                   const std::optional<Problem>& refused = {}) {
    if (refused) state.problem = refused;  // said before anything is typed
    Page page{title_of(deed), form_of(visit, deed, state), 200, deed.review()};
    if (state.problem) page.status = state.problem->status;
    page.body += about(visit, deed);
    return framed(visit, page);
}

Response done_page(Visit& visit, const Deed& deed, const DeskSession& session) {
    Data data;
    std::istringstream text(session.text());
    Data lines = list();
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    Data warnings = list();
    for (const Warning& warning : session.warnings()) warnings.push_back(warning.message);
    data.set("lines", lines);
    data.set("warnings", warnings);
    data.set("again", deed.path());
    data.set("again_title", title_of(deed));
    Page page{"Done", {}, 200, deed.review()};
    const std::string id = session.receipt() ? session.receipt()->id : "";
    const std::string target = address_of(id);
    data.set("has_document", !target.empty());
    data.set("document", target);
    data.set("id", id);
    page.body = rendered("done", data);
    if (!target.empty()) page.body += shown(visit, parts_of(target)).body;
    return framed(visit, page);
}

}  // namespace

Shown shown(Visit& visit, const Deed& deed, const Given& given, const Window& window) {
    Shown result;
    DeskSession::Mode mode;
    mode.audience = visit.request.field("audience");
    DeskSession session(visit, mode, [&](const report::Document& document) {
        std::ostringstream body;
        const auto rows = std::make_shared<std::int64_t>(0);
        format::write_html_body(windowed(document, window, rows),
                                links_of(deed.review(), document.as_of), body);
        result = {document.title, document.subtitle, document.banner, body.str(), *rows};
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
    FormState state;
    state.typed = fields_of(visit);
    const std::string review = review_asked(*deed, state.typed);
    if (deed->verb->is_read()) {
        require_sight(visit, review);
        return show_report(visit, *deed);
    }
    require_reader(visit, review);
    state.key = random_hex();
    const Trial trial = tried(visit, *deed);
    state.after = after_this(trial.said.value_or(""));
    Response response = form_page(visit, *deed, state, trial.refused);
    response.status = 200;
    return response;
}

Response do_deed(Visit& visit) {
    const auto deed = find_deed(visit.place->commands, visit.path);
    if (!deed) return problem_page(visit, no_page());
    if (deed->verb->is_read()) {
        return problem_page(visit, {405, "bad_input", "this address only reads", ""});
    }
    FormState state;
    state.typed = fields_of(visit);
    require_reader(visit, review_asked(*deed, state.typed));
    state.key = visit.request.field("request-key");
    Uploads uploads(visit.request);
    DeskSession::Mode mode;
    mode.writes = true;
    mode.key = state.key;
    DeskSession session(visit, mode, [](const report::Document&) {});
    try {
        fill(*deed, state.typed, [&](const std::string& name) { return uploads.paths(name); });
        deed->verb->run(session);
    } catch (const Broken&) {
        throw;
    } catch (const std::exception&) {
        state.problem = problem_now();
        state.place = field_of(visit.place->commands.place());
        return form_page(visit, *deed, state);
    }
    return done_page(visit, *deed, session);
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
            Data one;
            one.set("title", title_of(deed));
            one.set("purpose", verb.purpose());
            one.set("target", deed.path());
            one.set("acts", !verb.is_read());
            verbs.push_back(one);
        }
        if (verbs.is_empty_list()) continue;
        Data one;
        one.set("name", noun.name());
        one.set("purpose", noun.purpose());
        one.set("imports", noun.name() == "expense");
        one.set("verbs", verbs);
        nouns.push_back(one);
    }
    Data data;
    data.set("review", key);
    data.set("nouns", nouns);
    return framed(visit, {key + " Desk", rendered("desk", data), 200, key});
}

}  // namespace purser::web
