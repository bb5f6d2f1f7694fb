#include "app/web/import.hpp"

#include <sstream>

#include "app/web/deed.hpp"
#include "app/web/links.hpp"
#include "app/web/page.hpp"
#include "format/html.hpp"
#include "intake/expense_file.hpp"
#include "report/catalogue.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t carried_limit = 4'000'000;  // bytes of a file that a page carries along
constexpr std::size_t shown_problems = 200;

struct File {
    std::string name, content;
};

// The file that was chosen, else the one that the page before carried.
File file_of(const Request& request) {
    const auto at = request.uploads.find("file");
    if (at != request.uploads.end()) return {at->second.file_name, at->second.content};
    return {request.field("name"), request.field("content")};
}

std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> names;
    std::istringstream words(text);
    for (std::string word; words >> word;) names.push_back(parse_user(word));
    return names;
}

Data row_of(const purser::Problem& problem) {
    Data data;
    data.set("line", std::to_string(problem.line));
    data.set("column", problem.column);
    data.set("what", problem.what);
    data.set("hint", problem.hint);
    return data;
}

struct Outcome {
    ImportResult result;
    std::vector<purser::Problem> problems;
};

Outcome run(Visit& visit, const ReviewKey& review, const File& file, const ImportRequest& ask) {
    Outcome outcome;
    std::istringstream in(file.content);
    intake::ExpenseFile expenses(in, file.name, review,
                                 visit.place->book.review(review).currency());
    outcome.result = visit.place->book.import_expenses(
        {visit.user->name, visit.request.field("request-key"), visit.now}, review, ask,
        [&] { return expenses.next(); },
        [&](const purser::Problem& problem) {
            if (outcome.problems.size() < shown_problems) outcome.problems.push_back(problem);
        },
        {});
    return outcome;
}

Response import_page(const Visit& visit, Data& data, int status) {
    const std::string& key = visit.path.at(1);
    data.set("key", key);
    data.set("token", form_token(visit));
    data.set("approved_by", visit.request.field("approved-by"));
    data.set("late", visit.request.has("late"));
    return framed(visit, {"Import expenses", rendered("import", data), status, key});
}

// What the rows would lead to, and the form that records them.
void add_preview(const Visit& visit, const Outcome& outcome, const File& file, Data& data) {
    data.set("preview", true);
    data.set("recorded", std::to_string(outcome.result.recorded));
    data.set("known", std::to_string(outcome.result.known));
    data.set("name", file.name);
    data.set("carried", file.content.size() <= carried_limit && outcome.result.recorded > 0);
    data.set("content", file.content);
    data.set("request_key", random_hex());
    if (!outcome.result.after) return;
    std::ostringstream body;
    format::write_html_body(report::status(*outcome.result.after),
                            links_of(visit.path.at(1), visit.today()), body);
    data.set("after", body.str());
}

}  // namespace

Response show_import(Visit& visit) {
    require_reader(visit, visit.path.at(1));
    visit.place->book.review(ReviewKey::parse(visit.path.at(1)));
    Data data;
    return import_page(visit, data, 200);
}

Response import_file(Visit& visit) {
    const ReviewKey review = ReviewKey::parse(visit.path.at(1));
    require_reader(visit, review.text());
    const File file = file_of(visit.request);
    Data data;
    int status = 200;
    try {
        if (file.content.empty()) throw BadInput("no file was chosen, or it is empty");
        ImportRequest ask;
        ask.file_name = parse_text(file.name, "file name");
        ask.file_digest = sha256(file.content);
        ask.approved_by = names_in(visit.request.field("approved-by"));
        ask.late_open = visit.request.has("late");
        ask.dry_run = !visit.request.has("record");
        const Outcome outcome = run(visit, review, file, ask);
        Data problems = list();
        for (const auto& problem : outcome.problems) problems.push_back(row_of(problem));
        Data warnings = list();
        for (const auto& warning : outcome.result.warnings) warnings.push_back(warning.message);
        data.set("warnings", warnings);
        data.set("problems", problems);
        data.set("has_problems", !outcome.problems.empty());
        data.set("count", std::to_string(outcome.result.problems));
        if (!outcome.problems.empty()) {
            status = 422;
        } else if (ask.dry_run) {
            add_preview(visit, outcome, file, data);
        } else {
            data.set("done", true);
            data.set("recorded", std::to_string(outcome.result.recorded));
            data.set("known", std::to_string(outcome.result.known));
            data.set("name", file.name);
        }
    } catch (const Refused&) {
        const auto problem = problem_now();
        status = problem.status;
        data.set("wrong", problem.what);
        data.set("is_wrong", true);
        data.set("try", problem.hint);
    } catch (const BadInput&) {
        const auto problem = problem_now();
        status = problem.status;
        data.set("wrong", problem.what);
        data.set("is_wrong", true);
        data.set("try", problem.hint);
    }
    return import_page(visit, data, status);
}

}  // namespace purser::web
