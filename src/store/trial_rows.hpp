// The rows as a trial would leave them: what it puts lies over those of the database, which stay
// as they are.
#pragma once

#include <map>
#include <vector>

#include "store/database_rows.hpp"

namespace purser {

// Of one chain.
class TrialRows : public RowTarget {
public:
    explicit TrialRows(Database& database) : kept_(database) {}

    void add(const ReviewKey& /*review*/, const Setting& /*row*/) override {}
    void add(const ReviewKey& /*review*/, const RecordValue& /*row*/) override {}
    void add(const ReviewKey& /*review*/, const CategoryRow& /*row*/) override {}
    void add(const ReviewKey& review, std::int64_t line, const Decision& row) override;
    void add(const ReviewKey& /*review*/, const PayeeRow& /*row*/) override {}
    void put(const ReviewKey& /*review*/, const PayeeUserRow& /*row*/) override {}
    void add(const PolicyRow& /*row*/) override {}
    std::vector<DelegationRow> delegations() override;
    void put(const DelegationRow& row) override;
    void add(const KeyRow& /*row*/) override {}
    AccountRow account(const std::string& name) override;
    void put(const AccountRow& row) override;
    Commitment commitment(const Review& review, std::int64_t number) override;
    void insert(const ReviewKey& review, const Commitment& row) override;
    void update(const ReviewKey& review, const Commitment& row) override;
    Expense expense(const Review& review, std::int64_t number) override;
    void insert(const ReviewKey& review, const Expense& row) override;
    void update(const ReviewKey& review, const Expense& row) override;
    Request request(const Review& review, std::int64_t number) override;
    void put(const ReviewKey& review, const Request& row) override;
    Sheet sheet(const Review& review, std::int64_t number) override;
    void put(const ReviewKey& review, const Sheet& row) override;
    void put(const ReviewKey& /*review*/, const SheetTarget& /*row*/) override {}
    Held held(const Review& review, const DocumentId& document) override;
    void put(const ReviewKey& review, const Held& row) override;
    ExpiringGrant expiring(const Review& review, std::int64_t seq) override;
    void put(const ReviewKey& review, const ExpiringGrant& row) override;
    std::vector<Commitment> alive(const Review& review, FiscalYear year) override;
    std::vector<Expense> undecided(const Review& review, FiscalYear year) override;

    // All of them, in the order of load_expiring and load_held.
    std::vector<ExpiringGrant> laid_over(std::vector<ExpiringGrant> kept) const;
    std::vector<Held> laid_over(std::vector<Held> kept) const;
    const std::vector<Decision>& decisions() const { return decisions_; }  // that it took itself

private:
    DatabaseRows kept_;
    std::map<std::string, AccountRow> accounts_;
    std::map<std::int64_t, DelegationRow> delegations_;
    std::map<std::int64_t, Commitment> commitments_;
    std::map<std::int64_t, Expense> expenses_;
    std::map<std::int64_t, Request> requests_;
    std::map<std::int64_t, Sheet> sheets_;
    std::map<DocumentId, Held> held_;
    std::map<std::int64_t, ExpiringGrant> expiring_;
    std::vector<Decision> decisions_;
};

}  // namespace purser
