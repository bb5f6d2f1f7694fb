#include "app/web/act.hpp"

#include <algorithm>
#include <sstream>

#include "app/cli/duty.hpp"
#include "app/cli/expense_parts.hpp"
#include "app/web/address.hpp"
#include "app/web/desk.hpp"
#include "app/web/download.hpp"
#include "app/web/form.hpp"
#include "app/web/links.hpp"
#include "app/web/page.hpp"
#include "app/web/upload.hpp"
#include "format/html.hpp"
#include "ledger/duties.hpp"
#include "report/audience.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using cli::Verb;

Given fields_of(const Visit& visit) {
    return [&visit](const std::string& name) { return visit.request.each(name); };
}

Given nothing() {
    return [](const std::string&) { return std::vector<std::string>(); };
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

// What would be free once an expense is approved; "" for other acts.
std::string after_this(const Visit& visit, const Deed& deed) {
    if (cli::act_of(*deed.verb) != Act::expense_approve || deed.document().empty()) return {};
    const DocumentId id = DocumentId::parse(deed.document());
    DeskSession session(visit, {}, [](const report::Document&) {});
    return "after this: free = " +
           cli::free_text(report::free_after(visit.place->book, id, visit.today(),
                                             session.audience(id.review)));
}

Problem said_by(const Refused& no) {
    return {422, std::string(name(no.rule())), no.what(), no.hint()};
}

Response form_page(Visit& visit, const Deed& deed, const FormState& state) {
    Page page{title_of(deed), form_of(visit, deed, state), 200, deed.review()};
    if (state.problem) page.status = state.problem->status;
    page.body += about(visit, deed);
    return framed(visit, page);
}

// What an act answered, and what it warned of.
std::string told(const DeskSession& session) {
    Data lines = list();
    std::istringstream in(session.text());
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    Data warnings = list();
    for (const Warning& warning : session.warnings()) warnings.push_back(warning.message);
    Data data;
    data.set("lines", lines);
    data.set("warnings", warnings);
    return rendered("told", data);
}

Response done_page(Visit& visit, const Deed& deed, const DeskSession& session) {
    Data data;
    data.set("told", told(session));
    data.set("again", deed.path());
    data.set("again_title", title_of(deed));
    Page page{"Done", {}, 200, deed.review()};
    const std::string id = session.receipt() ? session.receipt()->id : "";
    const std::string target = address_of(id);
    data.set("has_document", !target.empty());
    data.set("document", target);
    data.set("id", id);
    Verb* const list = deed.noun->named("list");
    const bool leads_to_list = target.empty() && list != nullptr && !deed.review().empty();
    data.set("has_list", leads_to_list);
    if (leads_to_list) {
        const Deed all{deed.noun, list, {deed.review()}};
        data.set("list", all.path());
        data.set("list_title", title_of(all));
    }
    page.body = rendered("done", data);
    if (!target.empty()) page.body += shown(visit, parts_of(target)).body;
    return framed(visit, page);
}

// Of what came with a form: the receipt of an expense, rows to import.
struct Sent {
    Uploads uploads;
    bool is_new = false;  // rows that nobody has looked at yet
};

// What was looked at is carried along by the page, and recorded as it was.
Sent sent_with(const Request& request, const Deed& deed) {
    auto files = request.uploads;
    const Verb::Part* const rows = import_of(*deed.verb);
    const bool is_new = rows != nullptr && files.contains(field_name(*rows));
    if (rows != nullptr && !is_new && request.has("carried")) {
        files.emplace(field_name(*rows),
                      Upload{request.field("carried-name"), from_base64(request.field("carried"))});
    }
    return {Uploads(std::move(files)), is_new};
}

// What a form asks to be otherwise, where it began with what stands.
Change asked_for(const Visit& visit, const Deed& deed, const FormState& state) {
    if (state.stood.empty()) return {};
    Change change = change_of(deed, state.typed, state.stood);
    const bool has_file =
        std::any_of(visit.request.uploads.begin(), visit.request.uploads.end(),
                    [](const auto& upload) { return !upload.second.content.empty(); });
    if (change.is_any() || has_file) return change;
    throw Refused(Rule::nothing_changes,
                  "every field is as it stands already: there is nothing to record",
                  "change what is to be otherwise, then send it again");
}

std::string problems_of(const DeskSession& session) {
    Data problems = list();
    for (const auto& problem : session.problems()) {
        Data one;
        one.set("line", std::to_string(problem.line));
        one.set("column", problem.column);
        one.set("what", problem.what);
        one.set("hint", problem.hint);
        problems.push_back(one);
    }
    Data data;
    data.set("problems", problems);
    data.set("shown", std::to_string(session.problems().size()));
    data.set("more", session.problems().size() == DeskSession::kept_problems);
    return rendered("problems", data);
}

// What the rows would lead to, and the form that records them.
Response look_page(const Visit& visit, const Deed& deed, const DeskSession& session,
                   const std::string& body) {
    const Upload& rows = visit.request.uploads.find(field_name(*import_of(*deed.verb)))->second;
    Data typed = list();
    for (const auto* part : asked_parts(deed)) {
        for (const auto& text : visit.request.each(field_name(*part))) {
            Data one;
            one.set("field", field_name(*part));
            one.set("text", text);
            typed.push_back(one);
        }
    }
    Data data;
    data.set("title", title_of(deed));
    data.set("name", rows.file_name);
    data.set("told", told(session));
    data.set("action", deed.path());
    data.set("token", form_token(visit));
    data.set("key", random_hex());
    data.set("typed", typed);
    data.set("carried", to_base64(rows.content));
    data.set("body", body);
    return framed(visit, {title_of(deed), rendered("look", data), 200, deed.review(), true});
}

}  // namespace

std::optional<Problem> refused_to(const Visit& visit, const Verb& verb, const std::string& review) {
    const auto act = cli::act_of(verb);
    if (!act || !visit.user) return {};
    const Duty& duty = duty_of(*act);
    const bool is_known = duty.by == Duty::By::book || !review.empty();
    if (duty.roles.empty() || duty.by == Duty::By::policy || !is_known) return {};
    Book& book = visit.place->book;
    std::vector<User> delegators;
    if (duty.by == Duty::By::mandate) {
        delegators = delegation::delegators_of(visit.user->name, book.delegations(), book.users(),
                                               visit.today());
    }
    try {
        require(*visit.user, delegators,
                review.empty() ? ReviewKey::book() : ReviewKey::parse(review), *act);
        return {};
    } catch (const Refused&) {
        return problem_now();
    }
}

std::vector<Judged> judged_for(const Visit& visit, const Deed& deed) {
    if (deed.document().empty() || !visit.user) return {};
    return visit.place->book.judged({visit.user->name, {}, visit.now},
                                    DocumentId::parse(deed.document()));
}

const Judged* verdict_on(const std::vector<Judged>& judged, const Verb& verb) {
    const auto act = cli::act_of(verb);
    const auto at = std::find_if(judged.begin(), judged.end(),
                                 [&](const Judged& one) { return one.act == act; });
    return at == judged.end() ? nullptr : &*at;
}

Response show_form(Visit& visit, const Deed& deed) {
    FormState state;
    state.note = refused_to(visit, *deed.verb, deed.review());
    state.is_closed = state.note.has_value();
    if (!state.is_closed) {
        const auto judged = judged_for(visit, deed);
        const Judged* const verdict = verdict_on(judged, *deed.verb);
        if (verdict != nullptr && verdict->refused) state.note = said_by(*verdict->refused);
        state.is_closed = verdict != nullptr && !verdict->is_open();
    }
    if (!state.is_closed) {
        state.stood = standing(visit, deed);
        state.typed = [&](const std::string& field) {
            auto typed = visit.request.each(field);
            const auto at = state.stood.find(field);
            return typed.empty() && at != state.stood.end() ? at->second : typed;
        };
        state.key = random_hex();
        state.after = after_this(visit, deed);
    }
    return form_page(visit, deed, state);
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
    state.stood = carried(visit.request, *deed);
    DeskSession::Mode mode;
    mode.writes = true;
    std::ostringstream body;
    std::optional<DeskSession> session;
    try {
        Sent sent = sent_with(visit.request, *deed);
        if (!sent.is_new) mode.key = state.key;
        session.emplace(visit, mode, [&](const report::Document& document) {
            format::write_html_body(document, links_of(deed->review(), document.as_of), body);
        });
        const Change change = asked_for(visit, *deed, state);
        const Given given = [&](const std::string& name) {
            if (name == "dry-run") return std::vector<std::string>(sent.is_new ? 1 : 0, "true");
            const bool is_said = state.stood.empty() || name == "why" || name == "on";
            const auto at = change.said.find(name);
            if (at != change.said.end()) return at->second;
            return is_said ? state.typed(name) : std::vector<std::string>();
        };
        fill(
            *deed, given, [&](const std::string& name) { return sent.uploads.paths(name); },
            change.off);
        deed->verb->run(*session);
        if (sent.is_new && !session->failure()) {
            return look_page(visit, *deed, *session, body.str());
        }
    } catch (const Broken&) {
        throw;
    } catch (const std::exception&) {
        state.problem = problem_now();
        state.place = field_of(visit.place->commands.place());
        return form_page(visit, *deed, state);
    }
    if (session->failure()) {
        state.problem = session->failure();
        state.problems = problems_of(*session);
        return form_page(visit, *deed, state);
    }
    return done_page(visit, *deed, *session);
}

}  // namespace purser::web
