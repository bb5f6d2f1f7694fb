#include "app/web/made.hpp"

#include "app/web/address.hpp"
#include "app/web/download.hpp"
#include "app/web/form.hpp"
#include "app/web/page.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

void make(Visit& visit, const Deed& deed, const DeskSession::Taken& taken) {
    DeskSession session(visit, {}, [](const report::Document&) {});
    session.takes_made(taken);
    fill(
        deed, [&](const std::string& name) { return visit.request.each(name); },
        [](const std::string&) { return std::vector<std::string>(); });
    deed.verb->run(session);
}

Data files_of(const Visit& visit, const Deed& deed, const cli::Made& made) {
    std::vector<std::string> names;
    if (made.write) names.push_back(made.name);
    for (const auto& one : made.package) names.push_back(one.name);
    Data files = list();
    for (const auto& name : names) {
        Data one;
        one.set("name", name);
        one.set("target", deed.path() + '/' + encoded(name) +
                              query_of({visit.request.fields.begin(), visit.request.fields.end()}));
        files.push_back(one);
    }
    return files;
}

}  // namespace

bool can_be_made(Visit& visit, const Deed& deed) {
    try {
        make(visit, deed, [](const cli::Made&) {});
    } catch (const Refused&) {
        return false;
    }
    return true;
}

Response show_made(Visit& visit, const Deed& deed) {
    if (deed.words.size() == words_of(*deed.verb).size()) {
        Response file;
        make(visit, deed, [&](const cli::Made& made) {
            file =
                file_of(made.name, type_of(made.name.substr(made.name.rfind('.') + 1)), made.write);
        });
        return file;
    }
    Page page{title_of(deed), {}, 200, deed.review()};
    FormState state;
    state.typed = [&](const std::string& name) { return visit.request.each(name); };
    Data data;
    data.set("title", deed.review() + ' ' + title_of(deed));
    data.set("what", std::string());
    data.set("action", deed.path());
    data.set("purpose", deed.verb->note());
    try {
        make(visit, deed, [&](const cli::Made& made) {
            data.set("what", made.what);
            data.set("has_files", true);
            data.set("files", files_of(visit, deed, made));
        });
    } catch (const BadInput&) {
        state.problem = problem_now();
        state.place = field_of(visit.place->commands.place());
        page.status = state.problem->status;
    }
    data.set("fields", fields_of(visit, deed, state));
    page.body = rendered("made", data);
    return framed(visit, page);
}

}  // namespace purser::web
