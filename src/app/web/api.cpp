#include "app/web/api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "app/cli/answer.hpp"
#include "app/web/deed.hpp"
#include "app/web/download.hpp"
#include "app/web/paging.hpp"
#include "app/web/upload.hpp"
#include "format/format.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"
#include "values/text.hpp"

namespace purser::web {
namespace {

using Json = nlohmann::ordered_json;
using cli::Verb;

constexpr std::size_t most_members = 200;
constexpr int deepest_json = 20;

// "document-date" is "document_date" for programs, as in every answer.
std::string member_name(std::string field) {
    std::replace(field.begin(), field.end(), '-', '_');
    return field;
}

Response json_answer(const std::string& body, int status = 200) {
    Response response;
    response.status = status;
    response.type = "application/json";
    response.body = body;
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

// Of the type that its ending says, and never shown in place of a page.
void as_file(Response& response, const std::string& name) {
    response.type = type_of(name.substr(name.rfind('.') + 1));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + '"');
}

std::vector<std::string> path_of(const Visit& visit) {
    return {visit.path.begin() + 2, visit.path.end()};
}

Problem unknown_address() {
    return {404, "unknown_page", "there is no such address", "see: GET /api/v1"};
}

// Where a message was about an argument, its member goes with it.
Response problem_of(const Visit& visit, Problem problem) {
    const std::string place = visit.place->commands.place();
    if (!place.empty()) problem.what = member_name(field_of(place)) + ": " + problem.what;
    return api_problem(problem);
}

Response problem_answer(const Problem& problem, const Json& problems) {
    Json json = {{"type", "about:blank"},  {"title", problem.rule}, {"status", problem.status},
                 {"detail", problem.what}, {"rule", problem.rule},  {"hint", problem.hint}};
    if (!problems.is_null()) json["problems"] = problems;
    Response response = json_answer(
        json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n', problem.status);
    response.type = "application/problem+json";
    if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

// What is wrong with a file, line by line.
Response problems_of(const DeskSession& session) {
    Json problems = Json::array();
    for (const auto& problem : session.problems()) problems.push_back(cli::json_of(problem));
    return problem_answer(*session.failure(), problems);
}

std::string text_of(const std::string& name, const nlohmann::json& value) {
    if (value.is_string()) {
        auto text = value.get<std::string>();  // where an escape may be anything
        require_plain(text, "member " + name, TextLines::several);
        return text;
    }
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    throw BadInput(name + " is neither a text nor a whole number",
                   "an amount is a text, like \"1234.50\"");
}

using Texts = std::multimap<std::string, std::string>;

// The body's members; a list gives several texts, true stands for a flag, an object is a file.
struct Members {
    Texts texts;
    std::multimap<std::string, Upload> files;
};

Upload file_of(const std::string& member, const nlohmann::json& value) {
    const auto text = [&](const char* name) -> std::string {
        const auto at = value.find(name);
        if (at != value.end() && at->is_string()) return text_of(member, *at);
        throw BadInput(member + " is a file: it needs the texts name and content",
                       R"({"name": "april.csv", "content": "its bytes in base64"})");
    };
    return {text("name"), from_base64(text("content"))};
}

// A JSON object of a bounded form, each member once.
nlohmann::json parsed(const std::string& body) {
    require_plain(body, "body", TextLines::several);
    using Event = nlohmann::json::parse_event_t;
    std::set<std::string> names;
    std::size_t values = 0;
    const auto bounded = [&](int depth, Event event, const nlohmann::json& value) {
        if (depth > deepest_json || ++values > 20 * most_members) {
            throw BadInput("the body has more than 200 members, or is nested too deeply");
        }
        if (event != Event::key || depth != 1) return true;
        const auto [name, is_first] = names.insert(value.get<std::string>());
        if (!is_first) throw BadInput("'" + *name + "' is given twice");
        if (names.size() > most_members) throw BadInput("the body has more than 200 members");
        return true;
    };
    auto json = nlohmann::json::parse(body, bounded, false);
    if (!json.is_object()) throw BadInput("the body is not a JSON object");
    return json;
}

Members members_of(const Request& request) {
    // A form, whose files may be larger than JSON.
    const std::string type = request.header("content-type");
    if (type.starts_with("multipart/form-data")) return {request.fields, request.uploads};
    Members members;
    if (request.body.empty()) return members;
    const nlohmann::json json = parsed(request.body);
    for (const auto& [name, value] : json.items()) {
        require_plain(name, "name of a member");
        if (value.is_null() || value == false) continue;
        if (value == true) {
            members.texts.emplace(name, "true");
        } else if (value.is_object()) {
            members.files.emplace(name, file_of(name, value));
        } else if (value.is_array()) {
            for (const auto& one : value) members.texts.emplace(name, text_of(name, one));
        } else {
            members.texts.emplace(name, text_of(name, value));
        }
    }
    return members;
}

void refuse_unknown(const Deed& deed, const Members& members) {
    const auto parts = asked_parts(deed);
    const auto refuse = [&](const std::string& name, bool is_file) {
        const bool known = std::any_of(parts.begin(), parts.end(), [&](const Verb::Part* part) {
            return part->is_file() == is_file && member_name(field_name(*part)) == name;
        });
        if (!known) throw BadInput("'" + name + "' is not known here", "see: GET /api/v1");
    };
    for (const auto& [name, text] : members.texts) refuse(name, false);
    for (const auto& [name, file] : members.files) refuse(name, true);
}

Given texts_of(const Texts& texts_by_name) {
    return [&texts_by_name](const std::string& field) {
        std::vector<std::string> texts;
        const auto [begin, end] = texts_by_name.equal_range(member_name(field));
        for (auto at = begin; at != end; ++at) texts.push_back(at->second);
        return texts;
    };
}

Given no_files() {
    return [](const std::string&) { return std::vector<std::string>(); };
}

// Its words stand for any: "{key}".
Json described(const Deed& deed) {
    Json members = Json::array();
    for (const auto* part : asked_parts(deed)) {
        members.push_back({{"name", member_name(field_name(*part))},
                           {"purpose", part->purpose},
                           {"needed", part->is_needed},
                           {"list", part->kind == Verb::Kind::list},
                           {"flag", part->kind == Verb::Kind::flag},
                           {"file", part->is_file()}});
    }
    return {{"method", deed.verb->is_read() ? "GET" : "POST"},
            {"path", "/api/v1" + deed.path()},
            {"purpose", deed.verb->purpose()},
            {"answers", deed.verb->is_maker() ? "file" : "json"},
            {"takes", members}};
}

}  // namespace

void recognize_program(Visit& visit) {
    const std::string header = visit.request.header("authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (!header.starts_with(scheme)) return;
    visit.ticket =
        visit.place->access.find(header.substr(scheme.size()), TicketKind::program, visit.now);
    if (!visit.ticket) return;
    visit.user = visit.place->book.user(visit.ticket->user);
    visit.place->access.touch(*visit.ticket, visit.now);
}

Response api_problem(const Problem& problem) { return problem_answer(problem, Json()); }

Response show_api(Visit& visit) {
    Json verbs = Json::array();
    for (cli::Noun& noun : visit.place->commands.nouns()) {
        for (auto& [name, verb] : noun.verbs()) {
            if (verb.is_terminal_only()) continue;
            Deed deed{&noun, &verb, {}};
            for (const auto* part : words_of(verb)) {
                if (!part->is_needed) verbs.push_back(described(deed));
                deed.words.push_back('{' + field_name(*part) + '}');
            }
            verbs.push_back(described(deed));
        }
    }
    return json_answer(Json{{"verbs", verbs}}.dump() + '\n');
}

Response read_for_program(Visit& visit) {
    const auto deed = find_deed(visit.place->commands, path_of(visit));
    if (!deed) return api_problem(unknown_address());
    if (!deed->verb->is_read()) {
        return api_problem({405, "bad_input", "this is an act: it takes POST", ""});
    }
    try {
        Members members{visit.request.fields, {}};
        require_sight(visit, review_asked(*deed, texts_of(members.texts)));
        const Window window =
            parse_window(visit.request.field("offset"), visit.request.field("limit"));
        members.texts.erase("offset");
        members.texts.erase("limit");
        refuse_unknown(*deed, members);
        DeskSession::Mode mode;
        mode.json = true;
        std::ostringstream body;
        const auto rows = std::make_shared<std::int64_t>(0);
        DeskSession session(visit, mode, [&](const report::Document& document) {
            format::write(windowed(document, window, rows), format::Format::json, body);
        });
        session.takes_kept([&](const std::string&, const cli::Session::Write& write) {
            write(format::Format::json, body);
        });
        std::string file;
        session.takes_made([&](const cli::Made& made) {
            file = made.name;
            if (made.write) return made.write(body);
            throw BadInput(made.what + " is a folder of files",
                           "name one of them, like " + made.package.front().name);
        });
        fill(*deed, texts_of(members.texts), no_files());
        deed->verb->run(session);
        Response response = json_answer(body.str());
        if (deed->verb->is_maker()) as_file(response, file);
        if (window.count > 0) response.headers.emplace_back("X-Total-Count", std::to_string(*rows));
        const std::string tag = '"' + sha256(response.body).substr(0, 32) + '"';
        response.headers.emplace_back("ETag", tag);
        if (visit.request.header("if-none-match") == tag) {
            response.status = 304;
            response.body.clear();
        }
        return response;
    } catch (...) {
        return problem_of(visit, problem_now());
    }
}

Response act_for_program(Visit& visit) {
    const auto deed = find_deed(visit.place->commands, path_of(visit));
    if (!deed) return api_problem(unknown_address());
    if (deed->verb->is_read())
        return api_problem({405, "bad_input", "this reads: it takes GET", ""});
    if (!visit.ticket->writes) {
        return api_problem({403, "not_permitted", "this token only reads",
                            "make one that writes on the page /account"});
    }
    try {
        const auto members = members_of(visit.request);
        require_reader(visit, review_asked(*deed, texts_of(members.texts)));
        refuse_unknown(*deed, members);
        DeskSession::Mode mode;
        mode.writes = mode.json = true;
        mode.key = visit.request.header("idempotency-key");
        std::ostringstream body;
        DeskSession session(visit, mode, [&](const report::Document& document) {
            format::write(document, format::Format::json, body);
        });
        Uploads uploads(members.files);
        fill(*deed, texts_of(members.texts),
             [&](const std::string& name) { return uploads.paths(name); });
        deed->verb->run(session);
        if (session.failure()) return problems_of(session);
        return json_answer(session.text() + body.str());
    } catch (...) {
        return problem_of(visit, problem_now());
    }
}

}  // namespace purser::web
