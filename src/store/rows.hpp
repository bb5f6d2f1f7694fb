// The rows made from the log, and how each event changes them.
//
// `Projector` folds an event into rows; it is the same code when an act is written, when the
// book is rebuilt, and when it is verified: only where the rows live differs (RowTarget).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/audit.hpp"
#include "ledger/document.hpp"
#include "ledger/event.hpp"
#include "ledger/records.hpp"
#include "ledger/request.hpp"
#include "ledger/review.hpp"
#include "ledger/sheet.hpp"

namespace purser {

struct AccountRow {
    std::string name;
    std::int64_t seq = 0;
    bool disabled = false;
    std::string grants;  // "admin,chair@SSR2"
    std::string secret_digest;
    friend bool operator==(const AccountRow&, const AccountRow&) = default;
};

struct PolicyRow {
    std::int64_t seq = 0;
    std::string review, from_on, up_to, role;
    std::int64_t persons = 0;
    friend bool operator==(const PolicyRow&, const PolicyRow&) = default;
};

struct KeyRow {
    std::string actor, key, review;
    std::int64_t seq = 0;
    std::string request;
    friend bool operator==(const KeyRow&, const KeyRow&) = default;
};

struct PayeeRow {
    std::int64_t number = 0;
    std::int64_t seq = 0;
    std::string digest;
    friend bool operator==(const PayeeRow&, const PayeeRow&) = default;
};

struct PayeeUserRow {
    std::int64_t number = 0;
    std::int64_t seq = 0;
    std::string handle;
};

struct DelegationRow {
    std::int64_t seq = 0;
    Delegation delegation;
};

struct CategoryRow {
    std::int64_t seq = 0;
    Category category;
    friend bool operator==(const CategoryRow&, const CategoryRow&) = default;
};

class RowTarget {
public:
    virtual ~RowTarget() = default;
    virtual void add(const ReviewKey& review, const Setting& row) = 0;
    virtual void add(const ReviewKey& review, const RecordValue& row) = 0;
    virtual void add(const ReviewKey& review, const CategoryRow& row) = 0;
    virtual void add(const ReviewKey& review, std::int64_t line, const Decision& row) = 0;
    virtual void add(const ReviewKey& review, const PayeeRow& row) = 0;
    virtual void put(const ReviewKey& review, const PayeeUserRow& row) = 0;
    virtual void add(const PolicyRow& row) = 0;
    virtual std::vector<DelegationRow> delegations() = 0;  // all, in order of recording
    virtual void put(const DelegationRow& row) = 0;
    virtual void add(const KeyRow& row) = 0;
    virtual AccountRow account(const std::string& name) = 0;  // a fresh one when unknown
    virtual void put(const AccountRow& row) = 0;
    virtual Commitment commitment(const Review& review, std::int64_t number) = 0;
    virtual void insert(const ReviewKey& review, const Commitment& row) = 0;
    virtual void update(const ReviewKey& review, const Commitment& row) = 0;
    virtual Expense expense(const Review& review, std::int64_t number) = 0;
    virtual void insert(const ReviewKey& review, const Expense& row) = 0;
    virtual void update(const ReviewKey& review, const Expense& row) = 0;
    virtual Request request(const Review& review, std::int64_t number) = 0;
    virtual void put(const ReviewKey& review, const Request& row) = 0;
    virtual Sheet sheet(const Review& review, std::int64_t number) = 0;
    virtual void put(const ReviewKey& review, const Sheet& row) = 0;
    virtual void put(const ReviewKey& review, const SheetTarget& row) = 0;
    virtual Held held(const Review& review, const DocumentId& document) = 0;
    virtual void put(const ReviewKey& review, const Held& row) = 0;
    virtual ExpiringGrant expiring(const Review& review, std::int64_t seq) = 0;
    virtual void put(const ReviewKey& review, const ExpiringGrant& row) = 0;
    // The open commitments and proposals, and the undecided expenses, with money in that year.
    virtual std::vector<Commitment> alive(const Review& review, FiscalYear year) = 0;
    virtual std::vector<Expense> undecided(const Review& review, FiscalYear year) = 0;
};

class Projector {
public:
    explicit Projector(RowTarget& rows) : rows_(rows) {}
    // Folds one event; `review` is brought up to date too (unused for the chain BOOK).
    // Broken when the event does not keep the invariants of ledger/audit.hpp.
    void apply(const Event& event, Review& review);

private:
    void apply_to_book(const Event& event);
    void apply_to_delegations(const Event& event);
    void apply_to_review(const Event& event, Review& review);
    void apply_to_documents(const Event& event, Review& review);
    void add_category(const Event& event, Review& review);
    void add_payee(const Event& event);
    void apply_to_commitment(const Event& event, const Review& review);
    void apply_to_expense(const Event& event, const Review& review);
    void apply_to_request(const Event& event, const Review& review);
    void apply_to_sheet(const Event& event, const Review& review);
    void apply_to_expiring(const Event& event, const Review& review);
    void hold(const Event& event, const DocumentId& document, const Money& amount);
    void end_hold(const Event& event, const Review& review, const DocumentId& document);
    void put_payee_user(const Event& event);
    void close_year(const Event& event, const Review& review);
    void update_commitment(const Review& review, std::int64_t number,
                           const std::optional<Expense>& before, const Expense& after);
    void insert(const ReviewKey& review, const Commitment& row);
    void insert(const ReviewKey& review, const Expense& row);
    void update(const ReviewKey& review, const Commitment& before, const Commitment& after);
    void update(const ReviewKey& review, const Expense& before, const Expense& after);
    RowTarget& rows_;
    Holdings holdings_;
};

}  // namespace purser
