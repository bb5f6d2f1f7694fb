// What stands, where a form changes something that is there: its fields begin with that.
//
// What was shown goes along with the form. Of what comes back only that is asked for which is
// otherwise: nobody takes back, unseen, what another changed in the meantime.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/web/deed.hpp"

namespace purser::web {

// By field, as it is typed: days as 2017-03-20, amounts as 1480.50.
using Standing = std::map<std::string, std::vector<std::string>>;

// Empty where the verb changes nothing that is there; without what the visitor may not see.
Standing standing(Visit& visit, const Deed& deed);

// The name of the hidden field that carries along what a field began with.
std::string carried_name(const std::string& field);
Standing carried(const Request& request, const Deed& deed);

// What is asked for by a form that began with what stood.
struct Change {
    Standing said;              // in place of what was typed
    std::set<std::string> off;  // of these the text is taken away
    bool is_any() const { return !said.empty(); }
};
Change change_of(const Deed& deed, const Given& typed, const Standing& stood);

// Whether a field takes several texts, one on each line.
bool has_lines(const Deed& deed, const cli::Verb::Part& part);

}  // namespace purser::web
