// The commitments of a review as they stood: folded again from the events up to a day or an
// instant, while the rows of the book hold them as they stand now.
//
// What stands in `committed` for each is added up from what the events moved, so that on every day
// the sum over a category is the committed figure of that day.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ledger/commitment.hpp"
#include "ledger/expense.hpp"

namespace purser {

struct CommitmentAt {
    Commitment document;
    Money committed;
};

// What a year's close does to a commitment whose money lies in that year: it goes on into the
// next one; what lapses leaves it at what is used and claimed, and closes it when nothing is.
void close_year(Commitment& document, const Event& year_close);

class CommitmentHistory {
public:
    explicit CommitmentHistory(const Review& review) : review_(review) {}

    // Takes an event; in order of recording, those that are too late left out.
    void apply(const Event& event);
    // By number.
    const std::map<std::int64_t, CommitmentAt>& commitments() const { return commitments_; }

private:
    void apply_read(const Event& event);
    void apply_expense(const Event& event);
    void add_committed(std::int64_t number, const Event& event);
    void follow(std::int64_t number, const std::optional<Expense>& before, const Expense& after);
    std::int64_t commitment_of(std::int64_t expense) const;
    void set_commitment(std::int64_t expense, std::int64_t commitment);

    const Review& review_;
    std::map<std::int64_t, CommitmentAt> commitments_;
    std::vector<std::int64_t> against_;          // the commitment of an expense, by its number
    std::map<std::int64_t, Expense> undecided_;  // those against a commitment
};

}  // namespace purser
