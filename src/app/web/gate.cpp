#include "app/web/gate.hpp"

#include <algorithm>

#include "app/web/act.hpp"
#include "app/web/deed.hpp"

namespace purser::web {
namespace {

constexpr std::size_t of_form = std::size_t{1} << 20U;
constexpr std::size_t of_files = std::size_t{11} << 20U;  // a receipt of 10 MB, and its form

bool is_program(const Visit& visit) { return !visit.path.empty() && visit.path.front() == "api"; }

std::optional<Deed> deed_of(const Visit& visit) {
    const std::ptrdiff_t first = is_program(visit) ? 2 : 0;
    return find_deed(visit.place->commands, {visit.path.begin() + first, visit.path.end()});
}

}  // namespace

Work work_of(const Visit& visit) {
    const auto deed = deed_of(visit);
    return deed && deed->verb->is_printer() ? Work::paper : Work::act;
}

std::size_t body_limit_of(const Visit& visit) {
    const auto deed = deed_of(visit);
    if (!deed || !visit.request.header("content-type").starts_with("multipart/form-data")) {
        const bool carries_rows = deed && !is_program(visit) && import_of(*deed->verb) != nullptr;
        return carries_rows ? of_files : of_form;
    }
    const auto& parts = deed->verb->parts();
    const bool takes_file = std::any_of(parts.begin(), parts.end(),
                                        [](const cli::Verb::Part& part) { return part.is_file(); });
    return takes_file ? of_files : of_form;
}

std::optional<Problem> stopped_at_gate(Visit& visit) {
    const auto deed = deed_of(visit);
    if (!deed) return Problem{404, "unknown_page", "there is nothing at this address", ""};
    if (deed->verb->is_read()) {
        return Problem{405, "bad_input", "this address only reads: it takes GET", ""};
    }
    if (is_program(visit) && !visit.ticket->writes) {
        return Problem{403, "not_permitted", "this token only reads",
                       "make one that writes on the page /account"};
    }
    const std::string review = deed->review();
    require_reader(visit, review);
    return refused_to(visit, *deed->verb, review);
}

}  // namespace purser::web
