// The notes of a fact sheet, each only when it applies (DOMAIN 3): the one place of their words.
//
// A note names the columns it belongs to; the list is in the order in which their markers appear,
// from the table's title to its last column. Writers number from this list, so a note and its
// markers cannot part.
#pragma once

#include <vector>

#include "ledger/figures.hpp"
#include "report/document.hpp"

namespace purser::report {

enum class Layout {
    fiscal_year,  // "2017": four columns about the fiscal year, two about the review
    envelope,     // 2018 on: five columns about the review
};

Layout layout_of(const Review& review);

struct Merged;  // report/single_contract.hpp

// `columns` are the sheet's; a note that no column carries is left out. None says an amount that
// the sheet keeps back.
std::vector<Note> sheet_notes(const Figures& figures, Layout layout,
                              const std::vector<Column>& columns, const Merged& merged);

}  // namespace purser::report
