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

// One end of the comparison, with the name that its column carries: "31-Mar-2017", "SSR2-S1". What
// is merged has no figures here, only the total has.
struct Side {
    std::string name;
    Figures figures;
    Merged merged = {};
};

// Then, now and the difference of each figure: for a workbook, a worksheet "Changes" of a sheet
// since the one posted before it. It shows no entries, so it is for everybody who sees both.
Table changed_figures(const Side& then, const Side& now);

// What a sheet says that takes the place of a posted one: the figures that differ, as published and
// now, and the entries recorded since, for the public (DOMAIN rule 9). Its key is "restatement".
Section restatement(Book& book, Side published, Side now);

// All figures and the entries between; to a chair with what both sheets keep back merged. Refuses
// not_permitted to the public.
Document changes(Book& book, Side then, Side now, Audience audience);

}  // namespace purser::report
