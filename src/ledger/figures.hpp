// The figures of one review on one day: what status and the fact sheet are made from.
//
// approved = spent + committed + requested + free for the envelope, each category and each
// fiscal year, by construction; remaining = requested + free.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/document.hpp"
#include "ledger/review.hpp"

namespace purser {

struct Amounts {
    Money approved, spent, committed, requested, free;

    static Amounts zero(Currency currency);
    Money remaining() const { return approved - spent - committed; }
    Amounts& operator+=(const Amounts& other);
};

struct CategoryFigures {
    Category category;
    Amounts total;     // whole review; free includes what is not given to a year
    Money unallotted;  // granted, not given to a year
    Money held;        // of invoices and commitments that wait for the Board: in no other figure
    std::map<FiscalYear, Amounts> years;

    Amounts in(FiscalYear year) const;
};

// What a fiscal year has from the years before it, as of the day: it is inside the year's figures.
struct FromEarlier {
    Money commitments;  // carried with open commitments at the last year's close
    Money undecided;    // carried with what was requested
    Money refunds;      // of what was spent before, reversals too: spent is less by them
};

struct Figures {
    Review review;  // as known
    Date as_of;
    std::optional<Instant> known_at;
    std::vector<CategoryFigures> categories;
    std::vector<Decision> decisions;  // of authority, in force on the day, in order of recording
    std::int64_t events;              // length of the log that this was made from
    std::string head;                 // its last hash
    FromEarlier from_earlier;         // into the fiscal year of the day

    Amounts envelope() const;
    Amounts in(FiscalYear year) const;
    Money unallotted() const;
    Money held() const;
    FiscalYear fiscal_year() const { return review.year_of(as_of); }
};

// What use was made of the money by the end of a day: a point of a series.
struct Use {
    Money approved, spent, committed;

    static Use zero(Currency currency);
    Money remaining() const { return approved - spent - committed; }
    Use& operator+=(const Use& other);
};

struct DayUse {
    Date day;
    std::vector<Use> categories;  // in the review's order

    Use envelope() const;  // of at least one category
};

}  // namespace purser
