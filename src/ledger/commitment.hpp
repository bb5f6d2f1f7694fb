// The life of a commitment: proposed or open, amended, closed (DOMAIN rule 5).
//
// Every act moves what brings `committed` to the commitment's rest. An act in a year later than
// that of its money is refused (year_over) until the year is closed.
#pragma once

#include <optional>
#include <string>

#include "ledger/document.hpp"
#include "ledger/facts.hpp"

namespace purser {

struct OpenCommitment {
    std::string category;
    Money amount;
    std::string what;
    CommitmentKind kind;
    Date expected;
    bool proposed;  // asked for: reserves money, is not committed
    std::optional<Date> on;
    std::optional<DocumentId> hold = {};  // the request it waits for where a control stops it
    std::string meeting = {};             // the code of the one that it pays for, or ""

    Body asked() const;
};

struct AmendCommitment {
    std::optional<Money> amount;  // the new total
    std::optional<Date> expected;
    bool proposed;  // an increase that waits for its confirmation
    std::string why;
    std::optional<Date> on;
    std::optional<std::string> meeting = {};  // "" for none

    Body asked() const;
};

// A decision on a document: its reason where one is needed, and its accounting date.
struct Decide {
    std::string why;
    std::optional<Date> on;
};

namespace commitment {

// Refuses unknown_category, review_finished, period_closed, and the controls. Held where a control
// stops it and a request is named.
Entry open(const Facts& facts, const OpenCommitment& ask, const DocumentId& id);
// Opens a held one, or makes it a proposal when that was asked: dated the latest of its own day,
// the grant's and the first open one (MODEL.md 2). Asks no role. Refuses what the controls say.
Entry release(const Facts& facts, const Commitment& held, bool proposed, Date granted_on);
// A chair makes a proposal, or a proposed increase, a commitment; at another price when given.
// Refuses own_document, wrong_state, below_used, year_over, controls on the difference.
Entry confirm(const Facts& facts, const Commitment& document, std::optional<Money> amount,
              const Decide& ask);
Entry reject(const Facts& facts, const Commitment& document, const Decide& ask);
// Another total, another expected date, or both. Refuses below_used, nothing_changes, wrong_state,
// year_over; controls on what is drawn.
Entry amend(const Facts& facts, const Commitment& document, const AmendCommitment& ask);
// What it asks whatever is to be otherwise: who, and that no increase waits already.
void require_amendable(const Facts& facts, const Commitment& document);
// Releases the rest in the same act. Refuses undecided_expenses, wrong_state, year_over.
Entry close(const Facts& facts, const Commitment& document, std::int64_t undecided_expenses,
            const Decide& ask);

}  // namespace commitment

// The commitment after an event that concerns it.
Commitment opened(const Event& event, const Review& review);
void fold(Commitment& document, const Event& event);

}  // namespace purser
