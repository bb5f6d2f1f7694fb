// What changed between two points of the books: each figure of the sheet then, now, and the
// entries between, which add up to the difference (DOMAIN rules 9 and 10).
//
// A point is a day and how much of the log was known, so an entry recorded later and dated before
// counts between; figures of two fiscal years are each followed from the one point to the other.
#pragma once

#include <string>

#include "report/catalogue.hpp"
#include "report/single_contract.hpp"

namespace purser::report {

// One end of the comparison, with the name that its column carries: "31-Mar-2017", "SSR2-S1".
struct Side {
    std::string name;
    Figures figures;
};

// Then, now and the difference of each figure, n/a where it is kept back: for a workbook, a
// worksheet "Changes" of a sheet since the one posted before it. It shows no entries.
Table changed_figures(Book& book, const Side& then, const Side& now, bool keeps_back);

// What a sheet says that takes the place of a posted one: the figures that differ, as published and
// now, and the entries recorded since, for the public (DOMAIN rule 9). Its key is "restatement".
Section restatement(Book& book, const Side& published, const Side& now, bool keeps_back);

// All figures and the entries between; to a chair without what either sheet keeps back, or one
// contract alone moved. Refuses not_permitted to the public.
Document changes(Book& book, const Side& then, const Side& now, Audience audience);

}  // namespace purser::report
