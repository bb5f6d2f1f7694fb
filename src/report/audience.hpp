// For whom a report is, and what is left out of it (DOMAIN rule 13).
//
// Finance, which includes support, sees all. Chairs see categories: no payees, no prices of single
// contracts, and no figure of the sheet that it keeps back. The public sees the sheet and nothing
// behind it.
#pragma once

#include <string>

#include "report/catalogue.hpp"
#include "report/single_contract.hpp"

namespace purser::report {

// Refuses not_permitted: "… not public".
void refuse_public(Audience audience, const std::string& what);

// Whether a reader sees the amounts of a document: not of a single contract, and not of what stands
// beside one in rows that the sheet merges. Of what waits for a decision everybody does who reads
// it.
class ContractPrices {
public:
    ContractPrices(Book& book, const ReviewKey& key, Audience audience);
    bool shows(const Commitment& commitment) const;
    bool shows(const Expense& expense) const;

private:
    bool all_;
    std::vector<std::int64_t> contracts_;  // numbers, in order
    Merged merged_;                        // as the books stand
};

// The rows that are merged as the books stand, whatever the day.
Merged merged_now(Book& book, const ReviewKey& key);

// What is said where amounts are left out.
constexpr const char* prices_left_out =
    "Amounts of single contracts are for finance and support: n/a here, and in no total.";

}  // namespace purser::report
