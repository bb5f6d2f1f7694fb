// The documents of one review, and what each holds of its money (MODEL.md 2).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "accounts.hpp"

namespace plain {

struct Approval {
    std::string user, role;
    bool stated = false;
    std::string on_behalf_of = {};
};

struct Commitment {
    std::string state;  // proposed, open, held, rejected, closed
    std::string category;
    int year;        // in which its money lies
    Minor amount;    // promised, or proposed
    Minor used;      // its expenses, less their reversals
    Minor claimed;   // of its rest, by undecided expenses
    Minor reserved;  // in requested: a proposal, a proposed increase
    Day posted, expected;
    std::string asked_by;

    // What of it stands in committed.
    Minor rest() const;
    bool lives() const { return state == "open" || state == "proposed"; }
};

struct Expense {
    std::string state;  // submitted, held, approved, rejected, withdrawn, reversed
    std::string category;
    int year = 0;
    Minor amount = 0, claimed = 0, reserved = 0;
    Day posted = 0;
    std::optional<Day> document_on;
    int commitment = 0, after = 0, payee = 0, hold = 0;  // numbers, 0 for none
    std::string why, payee_name, invoice, work_item;
    std::optional<Foreign> foreign;  // what its invoice says, in another currency
    Minor refunded = 0;              // in the review's currency, at the refunds' own rates
    Minor own_refunded = 0;          // in its own currency
    std::string submitted_by;
    std::set<std::string> amended_by;  // while undecided
    std::vector<Approval> approvals;
    std::optional<Day> spent_on;
    std::vector<std::string> parts;  // of a shared cost, "SSR2-E5=60000"

    bool undecided() const { return state == "submitted" || state == "held"; }
    Minor own_amount() const { return foreign ? foreign->amount : amount; }
    // What a reversal takes back: all that was not refunded.
    Minor not_refunded() const;
    Minor used() const;   // of its commitment: a refund comes back as free money
    Minor spent() const;  // what of it stands in spent
};

struct Request {
    std::string state;  // open, granted, refused, withdrawn
    std::string category;
    Minor amount = 0, granted = 0;
    Day posted = 0;
    std::string why, submitted_by, resolution, conditions;
    std::optional<Day> decided_on, expires;
};

// An expense or commitment that a control stopped, and that waits for a request.
struct Waiting {
    std::string document;  // "SSR2-E5"
    bool is_commitment;
    int number, request;
    std::string category;
    Minor amount;
    Day on;
    bool proposed = false;  // a commitment that was to be a proposal
    bool ended = false;
    Day ended_on = 0;
};

// A grant with a last day.
struct Expiring {
    std::string category;
    Minor amount;
    Day expires;
    bool ended = false;
};

// One line of the log, as it must be.
struct Event {
    std::string kind, actor, subject;
    Day posted;
    std::int64_t recorded;  // milliseconds since 1970
    Moves moves;
};

}  // namespace plain
