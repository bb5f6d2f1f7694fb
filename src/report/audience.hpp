// For whom a report is, and what is left out of it (DOMAIN rule 13).
//
// Finance, which includes support, sees all. Chairs see categories: no payees, no prices of single
// contracts, and no figure of the sheet that it keeps back. The public sees the sheet and nothing
// behind it. What is guarded, and what is not, is said in report/single_contract.hpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/single_contract.hpp"

namespace purser::report {

// Refuses not_permitted: "… not public".
void refuse_public(Audience audience, const std::string& what);

// Whether a reader sees the amounts of a document or an entry: not of a single contract; and where
// the review merges, of no commitment, for on one day or another a contract stood beside each in
// figures that are given only as a sum. Of what waits for a decision everybody does who reads it.
class ContractPrices {
public:
    ContractPrices(Book& book, const ReviewKey& key, Audience audience);
    bool shows(const Commitment& commitment) const;
    bool shows(const Expense& expense) const;
    // Of a year's close not what it brought into the year, which is what commitments are.
    bool shows(const Decision& decision) const;
    // What an event moves: one about a contract or not, of what is committed or not.
    bool shows(const Event& event, bool of_contract, bool moves_committed) const;
    // Whether the review merges and has a contract; never to finance.
    bool guards() const { return guards_; }
    // What is said where amounts are left out; and its beginning.
    std::string left_out() const { return are_kept() + ": n/a here, and in no total."; }
    std::string are_kept() const;
    // Whose prices are not told; none to finance.
    const std::vector<std::int64_t>& contracts() const { return contracts_; }

private:
    bool all_;
    bool guards_ = false;
    std::vector<std::int64_t> contracts_;  // numbers, in order
};

// Each decided expense of a contract, where the reader is not told its amount: what is told of
// parts of the money leaves it out, and adds it where no part is named.
void each_of_contracts(Book& book, const ReviewKey& key, const ContractPrices& prices,
                       const std::function<void(const ExpenseView&)>& sink);
// What the controls find free after an expense, as far as the sheet tells it of today.
std::vector<FreeOf> free_after(Book& book, const DocumentId& expense, Date today,
                               Audience audience);

}  // namespace purser::report
