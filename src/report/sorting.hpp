// A list in the order of one of its columns, by value: 9 before 10, SSR2-E9 before SSR2-E10.
//
// Absent values stand at the end, equal ones as the list has them. Totals and charts stay.
#pragma once

#include <string>
#include <string_view>

#include "report/document.hpp"

namespace purser::report {

struct Sorting {
    std::string column;  // its key
    bool falling = false;
};
// "amount", or "-amount" for falling.
Sorting parse_sorting(std::string_view text);

Table* list_of(Section& section);  // the table that is read as data, or null

// The document with its list in that order. BadInput for a column that it does not have.
Document sorted(Document document, const Sorting& by);

}  // namespace purser::report
