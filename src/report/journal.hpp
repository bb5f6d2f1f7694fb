// The whole book of a review as a double-entry journal, for the programs of plain-text
// accounting: every event that moves money is one transaction, by accounting date, then as
// recorded.
//
// It holds ids, days, accounts, amounts, handles of users, and what the posted sheet shows too
// (the review's name, titles of categories). It never holds payees or receipts. Reasons are free
// text in which a traveller's name may stand, so they are in it only when asked for (DOMAIN 13).
// A journal is data; format/plain_text_accounting.hpp writes it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/book.hpp"

namespace purser::report {

struct Posting {
    Account account;
    Money amount;  // in the review's currency; what leaves an account is negative
};

struct Transaction {
    Date on;                  // the accounting date
    std::string code;         // the event's id, "SSR2#12"
    std::string description;  // the act and its document: "expense.approve SSR2-E1"
    std::string reason;       // "" unless asked for
    // Ids and figures beside the amounts: event, document, commitment, actor, document-date,
    // original, rate. No value holds white space other than between an amount and its currency.
    std::vector<std::pair<std::string_view, std::string>> tags;
    std::vector<Posting> postings;  // two for each transfer; they add up to zero
};

struct Journal {
    Review review;
    std::vector<std::pair<Account, Date>> accounts;  // each with its first day, in order
    std::vector<std::string_view> tags;              // all that a transaction may have
    // Calls the sink for each transaction, one after the other: a book may be longer than memory.
    std::function<void(const std::function<void(const Transaction&)>&)> transactions;
};

// Of what is recorded when it is called; the book must outlive it. Refuses unknown_review.
Journal journal(Book& book, const ReviewKey& key, bool with_reasons);

}  // namespace purser::report
