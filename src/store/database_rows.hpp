// The rows in the database: what the log made, as the tables of schemas/migrations keep it.
//
// A new expense's statement is prepared once, so a million rows bind and step only.
#pragma once

#include <memory>

#include "store/row_reader.hpp"
#include "store/row_writer.hpp"
#include "store/rows.hpp"

namespace purser {

class DatabaseRows : public RowTarget {
public:
    explicit DatabaseRows(Database& database) : database_(database) {}

    void add(const ReviewKey& review, const Setting& row) override;
    void add(const ReviewKey& review, const RecordValue& row) override;
    void add(const ReviewKey& review, const CategoryRow& row) override;
    void add(const ReviewKey& review, std::int64_t line, const Decision& row) override;
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

    // Absent when there is none of that number.
    std::optional<Commitment> find_commitment(const Review& review, std::int64_t number);
    std::optional<Expense> find_expense(const Review& review, std::int64_t number);
    std::optional<Request> find_request(const Review& review, std::int64_t number);
    std::optional<Sheet> find_sheet(const ReviewKey& review, std::int64_t number);
    std::vector<Commitment> commitments(const Review& review);
    std::int64_t last_number(const ReviewKey& review, DocumentKind kind);

private:
    Database& database_;
    std::unique_ptr<RowWriter> expenses_;  // prepared by the first of a million
};

// Reads expenses one by one, in order of number. `condition` follows WHERE review = :review; a
// state that few have is found by its index.
class ExpenseReader {
public:
    ExpenseReader(Database& database, const Review& review, const std::string& condition,
                  std::optional<ExpenseState> state = {});
    bool step();  // to the next row, if there is one
    // Of the current row:
    Expense expense() const;
    // Whether it says just this. Much faster than reading it; a row that says the same in other
    // words, as none that was written here does, is said to differ.
    bool shows(const Expense& document) const;

    std::optional<Expense> next() { return step() ? std::optional(expense()) : std::nullopt; }

private:
    Expense made() const;
    ReviewKey review_;
    Currency currency_;
    std::unique_ptr<RowReader> rows_;
};

// A review with its settings and categories up to an event's number (all when absent).
std::optional<Review> load_review(Database& database, const ReviewKey& key,
                                  std::optional<std::int64_t> up_to);
std::vector<AccountRow> load_accounts(Database& database);
std::vector<PolicyRow> load_policies(Database& database);
std::vector<Request> load_requests(Database& database, const Review& review);
std::vector<Sheet> load_sheets(Database& database, const ReviewKey& review);
std::vector<SheetTarget> load_sheet_targets(Database& database, const ReviewKey& review);
// In the order in which they were recorded, those that wait no more too.
std::vector<Held> load_held(Database& database, const Review& review);
// In the order in which they end.
std::vector<ExpiringGrant> load_expiring(Database& database, const Review& review);
std::vector<Decision> load_decisions(Database& database, const Review& review);

}  // namespace purser
