// The rows as the log says they must be, compared with those the database holds.
//
// Expenses are compared as a stream: each new one with the next row of the table. Only those
// whose row shows a later state are remembered, until the log has caught up with the row.
#pragma once

#include <map>
#include <set>

#include "store/database_rows.hpp"

namespace purser {

class VerifyRows : public RowTarget {
public:
    VerifyRows(Database& database, const ReviewKey& chain, Currency currency);

    void add(const ReviewKey& review, const Setting& row) override;
    void add(const ReviewKey& review, const RecordValue& row) override;
    void add(const ReviewKey& review, const CategoryRow& row) override;
    void add(const ReviewKey& review, std::int64_t number, const Decision& row) override;
    void add(const ReviewKey& review, const PayeeRow& row) override;
    void put(const ReviewKey& review, const PayeeUserRow& row) override;
    void add(const PolicyRow& row) override;
    std::vector<DelegationRow> delegations() override;
    void put(const DelegationRow& row) override;
    void add(const KeyRow& row) override;
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
    void put(const ReviewKey& review, const SheetTarget& row) override;
    Held held(const Review& review, const DocumentId& document) override;
    void put(const ReviewKey& review, const Held& row) override;
    ExpiringGrant expiring(const Review& review, std::int64_t seq) override;
    void put(const ReviewKey& review, const ExpiringGrant& row) override;
    std::vector<Commitment> alive(const Review& review, FiscalYear year) override;
    std::vector<Expense> undecided(const Review& review, FiscalYear year) override;

    // That the receipt an event names is kept. Those of sheets are looked for at the end: a
    // withdrawn one has none.
    void check_receipt(const Event& event);
    // That no name stands there which the event erased.
    void note_erasure(const Event& event);
    // That nothing is missing, left over or different at the end of the log. Broken otherwise.
    void finish();

private:
    struct Pair {
        Expense by_log;
        Expense by_table;
    };
    void expect(const std::string& table, const std::string& key, const std::string& row);
    void compare(const std::string& table, const std::string& sql, int key_columns);
    void compare_payees();
    void check_person(const DocumentId& id, const std::string& digest);
    void compare_keys();
    void check_sheet_files();

    Database& database_;
    ReviewKey chain_;
    Review shape_;  // key and currency, for reading rows
    ExpenseReader cursor_;
    std::map<std::int64_t, Pair> open_;
    std::int64_t last_number_ = 0;
    std::map<std::int64_t, Commitment> commitments_;
    std::map<std::int64_t, Request> requests_;
    std::map<std::int64_t, Sheet> sheets_;
    std::map<Date, SheetTarget> sheet_targets_;
    std::map<DocumentId, Held> held_;
    std::map<std::int64_t, ExpiringGrant> expiring_;
    std::map<std::string, AccountRow> accounts_;
    std::map<std::int64_t, PayeeRow> payees_;
    std::map<DocumentId, std::string> members_;  // digests of their names
    std::set<DocumentId> erased_;
    std::vector<DelegationRow> delegations_;
    std::int64_t keys_ = 0;
    std::map<std::string, std::map<std::string, std::string>> small_;  // table, key, row
};

}  // namespace purser
