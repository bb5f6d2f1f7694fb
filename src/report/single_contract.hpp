// What keeps the price of a single contract from being read off the figures (DOMAIN rule 13).
//
// Where one contract alone makes up a committed figure and the review's setting `single-contract`
// is `merge`, the committed, remaining and committed-to-date figures of that row, and of the next
// smallest one, are given only as their sum. Totals of the whole review stay as they are.
//
// What is guarded, for all but finance: of one day and one instant of knowledge, whatever several
// answers say of it. So a year beside the whole review counts, too: what lies in other years is the
// one less the other. Where that, or all of a year, is one contract, the year's committed figures
// are given of no row, nor in all; where what was carried into the year is, its approved ones are
// not either. What an answer compares, of two points, moves no figure by one contract alone.
//
// What is not guarded: that a total of one day differs from that of another, which the sheets of
// both days print, so who asks for each learns what was committed in between; a total that is one
// contract when nothing else is committed; what is spent, which the sheet prints of each category;
// what lapsed or was returned at a year's end. And what waits for a decision is told to those who
// decide. With the setting `print` a figure may tell the price; documents do not.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "report/document.hpp"
#include "report/sheet_columns.hpp"
#include "store/book.hpp"

namespace purser::report {

// The rows that are given only together; none, or two and more.
struct Merged {
    std::vector<std::string> rows;  // codes of categories, in the order of the sheet
    bool carried = false;           // approved of the year is, too: it has what was carried in
    // What is given neither of a row nor in all: of the fiscal year what is committed, approved.
    bool no_committed_of_year = false, no_approved_of_year = false;
    // What no note says: a sum that waits, for a decision or for the Board, and is one contract.
    bool no_requested = false, no_held = false;

    bool tells_year() const { return !no_committed_of_year && !no_approved_of_year; }
    bool any() const { return !rows.empty() || !tells_year(); }
    // Whether what is committed of a row is given only as a sum.
    bool hides(const std::string& row) const;
    // Whether a cell is not given; the row may be the total's.
    bool hides(const std::string& row, const SheetColumn& column) const;
    // Whether the rows' sum stands in their place.
    bool gives_together(const SheetColumn& column) const;
};

// Whether the review keeps single prices back, as it is set now, whatever the day of the figures.
bool merges(Book& book, const ReviewKey& key);
// The same of a sheet: as the review was set when it was issued.
bool merged_at_issue(Book& book, const ReviewKey& key, const Sheet& sheet);

// What the sheet of these figures keeps back. Folds the log only where it merges and the review has
// contracts.
Merged merged_rows(Book& book, const Figures& figures, bool merges);
Merged merged_rows(Book& book, const Figures& figures);
// What is kept from a reader of all reports, who sees fiscal years in any layout; from finance
// nothing.
Merged kept_from(Audience audience, Book& book, const Figures& figures);

// "Professional Services and Travel", as the rows are called in print.
std::string titles(const Merged& merged, const Figures& figures);
// "services+travel", as the row of their sums is called.
std::string code(const Merged& merged);
// Their sum.
Amounts together(const Merged& merged, const Figures& figures, std::optional<FiscalYear> year);
// What is said about it, without saying which of the rows it is about.
std::string merged_note(const Merged& merged, const Figures& figures);

// The cells, by row and key of a column, of a comparison of two points that give no figures: what
// either point keeps back, and what moved by one contract alone.
class KeptBetween {
public:
    KeptBetween() = default;  // nothing, for finance
    // For all others, where the review merges.
    KeptBetween(Book& book, const Figures& then, const Figures& now,
                const std::vector<SheetColumn>& columns);
    bool hides(const std::string& row, const std::string& column) const {
        return cells_.contains({row, column});
    }
    bool any() const { return !cells_.empty(); }

private:
    std::set<std::pair<std::string, std::string>> cells_;
};

}  // namespace purser::report
