// What was done to a document, from the log: a table that stands on the page of each.
// An expense has a fuller one, report/expense_history.
#pragma once

#include "report/document.hpp"
#include "store/book.hpp"

namespace purser::report {

// Every event of the document in order, with who recorded it, when and why.
Table event_table(Book& book, const DocumentId& id);

}  // namespace purser::report
