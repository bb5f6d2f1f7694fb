// Entries of the log with what each does to figures of the sheet.
//
// A row for each entry and category whose figures it moves, told by who, when and why; under each
// figure its rows add up to what the figure changed by. An entry of a single contract shows to
// finance alone how much it was (DOMAIN rule 13), and to the public none says by whom and why, for
// names stand there; the total is the figure's all the same.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/sheet_columns.hpp"

namespace purser::report {

// Calls the sink for each entry that counts, in order, and may stop when it wants no more; called
// again, for the same.
using CountedSink = Sink<Event, Counted>;
using Entries = std::function<void(const CountedSink&)>;

// The end of a grant that the figures of a day already count and no entry has recorded yet.
struct UnrecordedEnd {
    std::int64_t grant;  // its event
    std::string category;
    Date on;
    Money effect;  // on approved
};
std::vector<UnrecordedEnd> unrecorded_ends(const Figures& figures);

struct EntryTable {
    std::vector<SheetColumn> columns;
    std::string category;  // "" for all
    Entries entries;
    std::vector<UnrecordedEnd> ends;
    std::vector<Value> totals;  // of the columns; absent where they are kept back
};

// The book must outlive the table. Its key is "entries".
Table entry_table(Book& book, const ReviewKey& key, EntryTable of, Audience audience);
// What is said where a chair reads such a table.
Note contract_note(Book& book, const ReviewKey& key);

}  // namespace purser::report
