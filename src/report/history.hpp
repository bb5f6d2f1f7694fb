// What was done to a document, from the log: a table that stands on the page of each.
// An expense says more of each step, report/expense_history.
#pragma once

#include <functional>
#include <string>

#include "report/document.hpp"
#include "store/book.hpp"

namespace purser::report {

// What an event changed, beyond what its act says; "" when nothing is to be added.
using ChangesOf = std::function<std::string(const Event&)>;

// Every event of the document in order, with who recorded it, when and why; with `changes` also
// what it changed, printed when any event did.
Table event_table(Book& book, const DocumentId& id, const ChangesOf& changes = {});

// The request that a held document waits for; absent when it waits for none.
Value request_of(Book& book, const DocumentId& held);

}  // namespace purser::report
