// A review in memory: what the store does with the rules' entries, in the plainest way.
//
// It applies each entry (transfers to Balances, settings, decisions and documents to their
// places) and then checks every invariant of MODEL.md 6 against sums it makes itself; Broken
// names the first difference. Acts are asked in short texts, amounts in the review's currency,
// days as "2017-03-14" and "" for "not said". An act that is refused changes nothing.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/closing.hpp"
#include "ledger/commitment.hpp"
#include "ledger/correction.hpp"
#include "ledger/envelope.hpp"
#include "ledger/expense.hpp"
#include "ledger/setup.hpp"

namespace purser::test {

struct WorldOptions {
    SettingValues settings = {};  // over the defaults: {{"control.category", "stop"}}
    std::string currency = "USD";
    bool fiscal_budget = true;
    int fiscal_year_start = 7;
    std::string start = "2017-03-02";
};

// The default world with other settings.
inline WorldOptions with(const SettingValues& settings) {
    WorldOptions options;
    options.settings = settings;
    return options;
}

struct Amendment {
    std::string amount = {};
    std::string expected = {};
    bool proposed = false;
    std::string on = {};
    std::string by = "olga";
};

// What an expense is amended to: its price as Price says it, "" for what stays. Commitment -1
// stays, 0 is none.
struct Change {
    std::string amount = {};
    std::string category = {};
    std::int64_t commitment = -1;
    std::string text = {};
    std::string on = {};
    std::string by = "olga";
};

// An amount in another currency and its rate: {"100.00", "EUR", "1.10"}.
struct Foreign {
    std::string amount, currency, rate;
};

class World {
public:
    explicit World(const WorldOptions& options = {});

    Date today = parse_date("2017-06-30");
    std::vector<PolicyTier> policy;
    // ada: admin, olga and otto: finance, sue: support, carl and cora: chair, bob: board,
    // vera: viewer, fay: finance and chair.
    std::map<std::string, User> users;

    // Authority.
    void grant(const std::string& category, const std::string& amount, const std::string& year = {},
               const std::string& on = {}, const std::string& by = "olga");
    void lower(const std::string& category, const std::string& amount, const std::string& year = {},
               const std::string& on = {});
    void allot(const std::string& category, const std::string& amount, const std::string& year,
               const std::string& on = {});
    void unallot(const std::string& category, const std::string& amount, const std::string& year,
                 const std::string& on = {});
    void move(const std::string& from, const std::string& to, const std::string& amount,
              const std::string& year = {}, const std::string& on = {});

    // Commitments; `open` and `propose` give the number.
    std::int64_t open(const std::string& category, const std::string& amount,
                      const std::string& expected, const std::string& on = {},
                      const std::string& by = "olga");
    std::int64_t propose(const std::string& category, const std::string& amount,
                         const std::string& expected, const std::string& on = {},
                         const std::string& by = "sue");
    void confirm(std::int64_t number, const std::string& amount = {}, const std::string& on = {},
                 const std::string& by = "carl");
    void reject_commitment(std::int64_t number, const std::string& on = {},
                           const std::string& by = "carl");
    void amend(std::int64_t number, const Amendment& ask);
    void close(std::int64_t number, const std::string& on = {}, const std::string& by = "olga");

    // Expenses; `submit` and `settle` give the number. Commitment 0 is a direct expense.
    std::int64_t submit(const std::string& category, const std::string& amount,
                        std::int64_t commitment = 0, const std::string& on = {},
                        const std::string& by = "olga");
    std::int64_t settle(const std::string& category, const std::string& amount,
                        std::int64_t commitment = 0, const std::string& on = {},
                        const std::vector<std::string>& approved_by = {"carl"});
    void approve(std::int64_t number, const std::string& by = "carl", const std::string& on = {});
    void reject(std::int64_t number, const std::string& by = "carl", const std::string& on = {});
    void withdraw(std::int64_t number, const std::string& on = {}, const std::string& by = "olga");

    // Corrections. `late` comes after the close of a commitment, `foreign` is in another currency.
    std::int64_t late(const std::string& category, const std::string& amount,
                      std::int64_t commitment, const std::string& on = {},
                      const std::string& by = "olga");
    std::int64_t foreign(const std::string& category, const Foreign& price,
                         const std::string& on = {});
    void amend_expense(std::int64_t number, const Change& ask);
    void refund(std::int64_t number, const std::string& amount, const std::string& on = {},
                const std::string& by = "olga");
    void refund(std::int64_t number, const Foreign& price, const std::string& on = {});
    void reverse(std::int64_t number, const std::string& on = {}, const std::string& by = "olga");

    // Closes the month and every fiscal year that ends in what it closes.
    void close_month(const std::string& month, const std::vector<std::int64_t>& keep = {});
    void set(const SettingValues& values);
    void category(const std::string& code, const std::string& title);

    Facts facts(const std::string& user) const;
    ExpenseDraft draft(const std::string& category, const std::string& amount,
                       std::int64_t commitment = 0, const std::string& on = {}) const;
    ExpenseContext context(std::int64_t commitment = 0) const;
    Money money(const std::string& amount) const;

    // Records the entry as that user's, or throws Broken when an invariant does not hold.
    const Event& apply(const std::string& user, const Entry& entry);
    // The first invariant that does not hold, or "".
    std::string first_difference() const;

    const Review& review() const { return review_; }
    const Balances& balances() const { return balances_; }
    const Commitment& commitment(std::int64_t number) const { return commitments_.at(number); }
    const Expense& expense(std::int64_t number) const { return expenses_.at(number); }
    const ExpenseDraft& told(std::int64_t number) const { return told_.at(number); }
    const std::map<std::int64_t, Commitment>& commitments() const { return commitments_; }
    const std::map<std::int64_t, Expense>& expenses() const { return expenses_; }
    const std::vector<Event>& log() const { return log_; }
    const Event& last() const { return log_.back(); }

    // What a category's accounts hold after everything: "unallotted 5.00, FY17 free 1.00".
    std::string held(const std::string& category) const;
    std::string held(const std::string& category, const std::string& on) const;
    // What the last act moved, the category left out: "5.00 FY17 free > FY17 requested".
    std::string moved() const;
    // The rules of the last act's warnings: "over_category over_fiscal_year".
    std::string warned() const;

private:
    using PlainAccount = std::map<Date, std::int64_t>;

    void add_user(const std::string& name, const std::vector<Role>& roles);
    BudgetChange change(const std::string& category, const std::string& amount,
                        const std::string& year, const std::string& on) const;
    std::int64_t open_as(const std::string& category, const std::string& amount,
                         const std::string& expected, const std::string& on, bool proposed,
                         const std::string& by);
    const Commitment* of(const Expense& document) const;
    void audit(const Event& event, const std::map<std::int64_t, Commitment>& commitments_before,
               const std::map<std::int64_t, Expense>& expenses_before) const;
    void fold_documents(const Event& event);
    void fold_expense(const Event& event);
    Original original(const Foreign& price) const;
    std::int64_t submit_draft(const ExpenseDraft& draft, const ExpenseContext& known,
                              const std::string& by);
    void refund(std::int64_t number, const RefundExpense& ask, const std::string& by);
    void close_year(const Event& event);
    std::vector<Commitment> alive(FiscalYear year) const;

    std::string wrong_sums() const;
    std::string wrong_approved() const;
    std::string wrong_documents() const;
    std::string wrong_spent() const;
    std::string wrong_closed_years() const;
    std::string wrong_controls() const;

    Review review_;
    Balances balances_;
    FreeMoney free_{balances_.currency()};
    std::map<std::int64_t, Commitment> commitments_;
    std::map<std::int64_t, Expense> expenses_;
    std::map<std::int64_t, ExpenseDraft> told_;  // what each expense was asked for as, by now
    std::vector<Event> log_;
    // A second knowledge, by addition alone.
    std::map<Account, PlainAccount> plain_;
    std::map<std::pair<std::string, std::optional<FiscalYear>>, std::int64_t> decided_;
    std::set<FiscalYear> closed_years_;
    std::set<Limit> stopped_;  // controls that have been `stop` from the first act on
    bool lowered_ = false;
};

// What a rule says of an act: nothing, or the refusal with its hint.
struct Verdict {
    std::optional<Rule> rule = {};
    std::string message = {};
    std::string hint = {};

    // The day that the hint names after --on, or "".
    std::string day() const;
};

template <class Act> Verdict verdict(Act&& act) {
    try {
        act();
    } catch (const Refused& refused) {
        return {refused.rule(), refused.what(), refused.hint()};
    }
    return {};
}

// The rule's name, or "" when it is allowed: what a table compares.
template <class Act> std::string refusal_of(Act&& act) {
    const Verdict said = verdict(act);
    return said.rule ? std::string(name(*said.rule)) : std::string();
}

}  // namespace purser::test
