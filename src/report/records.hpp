// Members, meetings, milestones and work items as parts of documents (DOMAIN 3).
//
// Sections I and III of the fact sheet, and what the lists of the same records share with them. A
// day shows what was so on it: who had joined, what was held, what was reached.
#pragma once

#include <string>

#include "ledger/records.hpp"
#include "report/document.hpp"

namespace purser::report {

Section people_section(const Records& records, const ReviewKey& key, Date as_of);
Section milestones_section(const Records& records, const ReviewKey& key, Date as_of);

// Who chairs on that day: "Olga Example, Otto Example", or "" for nobody.
std::string chairs_on(const Records& records, Date day);
// A person's name, or "(erased)".
std::string name_or_erased(const std::string& name);

}  // namespace purser::report
