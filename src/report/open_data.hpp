// A review's public figures as plain tables for anybody's programs, each column with its meaning.
//
// Budgets in the three phases of open budgets: approved is what was first given, adjusted what
// was given by the day, executed what was spent of it. No document, payee or contract is in it,
// nor what is committed: where one contract makes up a cell, its price would be (DOMAIN rule 13).
// format/data_package.hpp writes it.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"
#include "store/book.hpp"

namespace purser::report {

struct OpenField {
    std::string description;
    std::string concept_type;  // of the budget taxonomy: "date:fiscal-year", or ""
    std::string phase;         // of a measure: "approved", "adjusted", "executed", else ""
};

struct OpenTable {
    std::string name;  // of the file: "budget"
    std::string title;
    std::string description;
    Table table;
    std::vector<OpenField> fields;  // one for each column
    std::vector<std::string> key;   // the columns that name a row
};

struct OpenData {
    Review review;
    Date as_of;
    std::vector<OpenTable> tables;
    std::int64_t events;  // length of the log that this was made from
    std::string head;     // its last hash
};

// Of closed days only. Without a day: the last closed one. Refuses unknown_review,
// period_not_over where the day is not closed.
OpenData open_data(Book& book, const ReviewKey& key, std::optional<Date> as_of);

}  // namespace purser::report
