#include "store/trial_rows.hpp"

#include <algorithm>
#include <tuple>

namespace purser {
namespace {

// The row that the trial put, else the one that is kept.
template <typename Map, typename Load>
auto found(const Map& rows, const typename Map::key_type& key, const Load& load) {
    const auto at = rows.find(key);
    return at == rows.end() ? load() : at->second;
}

// The kept rows with those of the trial in their places, and its new ones after them.
template <typename Row, typename Map, typename KeyOf>
std::vector<Row> laid_over_by(std::vector<Row> kept, Map rows, const KeyOf& key_of) {
    for (Row& row : kept) {
        const auto at = rows.find(key_of(row));
        if (at == rows.end()) continue;
        row = at->second;
        rows.erase(at);
    }
    for (auto& [key, row] : rows) kept.push_back(std::move(row));
    return kept;
}

}  // namespace

void TrialRows::add(const ReviewKey& /*review*/, std::int64_t /*line*/, const Decision& row) {
    decisions_.push_back(row);
}

std::vector<DelegationRow> TrialRows::delegations() {
    return laid_over_by(kept_.delegations(), delegations_,
                        [](const DelegationRow& row) { return row.seq; });
}

void TrialRows::put(const DelegationRow& row) { delegations_.insert_or_assign(row.seq, row); }

AccountRow TrialRows::account(const std::string& name) {
    return found(accounts_, name, [&] { return kept_.account(name); });
}

void TrialRows::put(const AccountRow& row) { accounts_.insert_or_assign(row.name, row); }

Commitment TrialRows::commitment(const Review& review, std::int64_t number) {
    return found(commitments_, number, [&] { return kept_.commitment(review, number); });
}

void TrialRows::insert(const ReviewKey& /*review*/, const Commitment& row) {
    commitments_.insert_or_assign(row.number, row);
}

void TrialRows::update(const ReviewKey& review, const Commitment& row) { insert(review, row); }

Expense TrialRows::expense(const Review& review, std::int64_t number) {
    return found(expenses_, number, [&] { return kept_.expense(review, number); });
}

void TrialRows::insert(const ReviewKey& /*review*/, const Expense& row) {
    expenses_.insert_or_assign(row.number, row);
}

void TrialRows::update(const ReviewKey& review, const Expense& row) { insert(review, row); }

Request TrialRows::request(const Review& review, std::int64_t number) {
    return found(requests_, number, [&] { return kept_.request(review, number); });
}

void TrialRows::put(const ReviewKey& /*review*/, const Request& row) {
    requests_.insert_or_assign(row.number, row);
}

Sheet TrialRows::sheet(const Review& review, std::int64_t number) {
    return found(sheets_, number, [&] { return kept_.sheet(review, number); });
}

void TrialRows::put(const ReviewKey& /*review*/, const Sheet& row) {
    sheets_.insert_or_assign(row.number, row);
}

Held TrialRows::held(const Review& review, const DocumentId& document) {
    return found(held_, document, [&] { return kept_.held(review, document); });
}

void TrialRows::put(const ReviewKey& /*review*/, const Held& row) {
    held_.insert_or_assign(row.document, row);
}

std::vector<Held> TrialRows::laid_over(std::vector<Held> kept) const {
    return laid_over_by(std::move(kept), held_, [](const Held& row) { return row.document; });
}

ExpiringGrant TrialRows::expiring(const Review& review, std::int64_t seq) {
    return found(expiring_, seq, [&] { return kept_.expiring(review, seq); });
}

void TrialRows::put(const ReviewKey& /*review*/, const ExpiringGrant& row) {
    expiring_.insert_or_assign(row.seq, row);
}

std::vector<ExpiringGrant> TrialRows::laid_over(std::vector<ExpiringGrant> kept) const {
    auto all =
        laid_over_by(std::move(kept), expiring_, [](const ExpiringGrant& row) { return row.seq; });
    std::sort(all.begin(), all.end(), [](const ExpiringGrant& a, const ExpiringGrant& b) {
        return std::tie(a.expires, a.seq) < std::tie(b.expires, b.seq);
    });
    return all;
}

std::vector<Commitment> TrialRows::alive(const Review& review, FiscalYear year) {
    auto all = laid_over_by(kept_.alive(review, year), commitments_,
                            [](const Commitment& row) { return row.number; });
    std::erase_if(all, [&](const Commitment& row) {
        const bool lives =
            row.state == CommitmentState::open || row.state == CommitmentState::proposed;
        return !lives || row.year != year;
    });
    return all;
}

std::vector<Expense> TrialRows::undecided(const Review& review, FiscalYear year) {
    auto all = laid_over_by(kept_.undecided(review, year), expenses_,
                            [](const Expense& row) { return row.number; });
    std::erase_if(all, [&](const Expense& row) {
        return row.state != ExpenseState::submitted || row.year != year;
    });
    return all;
}

}  // namespace purser
