// A plain model of the money of funded reviews, written from the rules alone.
//
// It shares no code with the program: own calendar, whole numbers of minor units, own tables, no
// database. Of each request it says whether the rules allow it, and if so what moves on which day.
// An act that is refused changes nothing. Rules stand in MODEL.md and DOMAIN.md of the project.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "documents.hpp"

namespace plain {

using Rules = std::set<std::string>;

// The answer to a request. Refused: every rule that it breaks, "bad_input" for what cannot be
// read. Allowed: no rule, and what the receipt says.
struct Verdict {
    Rules broken;
    std::string id;  // "SSR2-E17", or "" for acts that only their number names
    Day posted = 0;
    std::vector<std::string> warnings;  // rules of the controls that warn
    bool repeated = false;              // the key was known: nothing happens again
    // Of an import: rows recorded, rows known, rows refused with the rules each breaks.
    int recorded = 0;
    int known = 0;
    std::map<int, Rules> problems;
    std::set<std::string> notes;  // what came up, for the count of a run

    bool refused() const { return !broken.empty(); }
    void forbid(bool condition, const char* rule) {
        if (condition) broken.insert(rule);
    }
};

struct Role {
    std::string name;
    std::string review;  // "" for all
    auto operator<=>(const Role&) const = default;
};

struct User {
    bool disabled = false;
    std::vector<Role> roles;
    bool has(const std::string& role, const std::string& review) const;
};

// In whose place somebody decides, both days included.
struct Delegation {
    std::string delegator, delegate;
    Day from, until;
    bool ended = false;
};

struct Tier {
    Day from;
    std::optional<Minor> up_to;
    std::string role;
    int count;
};

struct Review {
    std::string key, currency;
    int start_month = 7;
    bool budget = true;  // fiscal budgets
    Day start = 0;
    std::map<std::string, std::string> settings;  // controls, year-end, texts
    std::string state = "running";
    Day state_since = 0;
    std::optional<Day> closed;  // the last day that is
    std::vector<std::string> categories;
    std::vector<Tier> policy;
    Accounts accounts;
    // What was decided about approved, per (category, year or 0), by day (MODEL.md 1).
    std::map<std::pair<std::string, int>, std::map<Day, Minor>> decided;
    std::vector<Commitment> commitments;  // number 1 first
    std::vector<Expense> expenses;
    std::vector<Request> requests;
    std::vector<Waiting> waiting;  // in order of recording
    std::vector<Expiring> expiring;
    std::map<std::string, int> payees;
    std::map<int, std::string> payee_users;
    std::map<std::string, int> rows;  // imported without a key, by what they say
    std::vector<Event> events;

    bool has_category(const std::string& code) const;
    int year_of(Day day) const { return fiscal_year(day, start_month); }
    Day year_end(int year) const { return last_day_of_year(year, start_month); }
    bool is_closed(Day day) const { return closed && day <= *closed; }
    Day first_open() const { return closed ? *closed + 1 : -100000; }
    std::string setting(const std::string& name) const;
    // Where a use draws from: F[Y] (MODEL.md 2).
    Account source(const std::string& category, int year) const;
    int undecided(int commitment) const;
    // Not ended, their last day before that one; the first to end first.
    std::vector<std::size_t> due(Day day) const;
};

// What leaves when a grant has ended: as much of it as its category has free from then on.
Minor left_of(const Expiring& grant, const Accounts& accounts);
// What a document holds comes from free money, `times` 1, or goes back to it, -1.
void hold(Moves& moves, const Review& review, const Commitment& document, int times);
void hold(Moves& moves, const Review& review, const Expense& document, int times);
// What an expense claims and uses of its commitment.
void count(Commitment& commitment, const Expense& expense, int times);
// What waited waits no longer from that day on.
void end_wait(Review& review, const std::string& document, Day day);
// What moves take from the free money that a control looks at.
Minor drawn(const Moves& moves, const Scope& scope);

class Model {
public:
    // Judges a request at an instant (milliseconds since 1970) and, when allowed, does it.
    Verdict judge(const Ask& ask, std::int64_t now);

    std::map<std::string, User> users;
    std::map<std::string, Review> reviews;
    std::vector<Delegation> delegations;
    std::vector<Event> book_events;  // of users, policies and delegations
    Day today = 0;

    // In whose place somebody may decide today.
    std::vector<std::string> delegators(const std::string& user) const;
    // The user whom a payee is, or "".
    std::string payee_user(const Review& review, const std::string& payee) const;

private:
    using Act = Verdict (Model::*)(const Ask&);
    static const std::map<std::string, Act>& acts();

    // Setting up.
    Verdict init(const Ask& ask);
    Verdict add_user(const Ask& ask);
    Verdict disable_user(const Ask& ask);
    Verdict add_policy(const Ask& ask);
    Verdict open_review(const Ask& ask);
    Verdict set_review(const Ask& ask);
    Verdict change_state(const Ask& ask);
    Verdict add_category(const Ask& ask);
    Verdict set_password(const Ask& ask);
    Verdict delegate(const Ask& ask);
    Verdict end_delegation(const Ask& ask);
    Verdict set_payee_user(const Ask& ask);
    // Authority.
    Verdict grant(const Ask& ask);
    Verdict lower(const Ask& ask);
    void give(Verdict& verdict, const Review& review, const Ask& ask, Moves& moves) const;
    void record_grant(Review& review, const Ask& ask, const Verdict& verdict, const Moves& moves,
                      int request);
    Verdict allot_or_unallot(const Ask& ask);
    Verdict move(const Ask& ask);
    // Commitments.
    Verdict open_commitment(const Ask& ask);
    Verdict confirm_commitment(const Ask& ask);
    Verdict reject_commitment(const Ask& ask);
    Verdict amend_commitment(const Ask& ask);
    Verdict close_commitment(const Ask& ask);
    // Expenses.
    Verdict submit(const Ask& ask);
    Verdict share(const Ask& ask);
    Verdict approve(const Ask& ask);
    Verdict reject_or_withdraw(const Ask& ask);
    Verdict import(const Ask& ask);
    // Corrections.
    Verdict amend(const Ask& ask);
    Verdict refund(const Ask& ask);
    Verdict reverse(const Ask& ask);
    // Requests to the Board, what waits for them, and grants that end.
    Verdict submit_request(const Ask& ask);
    Verdict decide_request(const Ask& ask);
    Verdict refuse_or_withdraw_request(const Ask& ask);
    void ask_hold(Verdict& verdict, const Review& review, const Ask& ask) const;
    // Asks the controls; true where one stops what may wait, which is a warning then.
    bool ask_or_wait(Verdict& verdict, const Review& review, const Ask& ask, int year,
                     Minor amount) const;
    void release(Review& review, const Ask& ask, int request, Day granted_on);
    bool release_commitment(Review& review, const Ask& ask, Waiting& waiting, Day posted);
    bool release_expense(Review& review, const Ask& ask, Waiting& waiting, Day posted);
    void expire(Review& review, const Ask& ask, Day day);
    // Closing.
    Verdict close_month(const Ask& ask);
    Verdict reopen_month(const Ask& ask);
    void close_year(Review& review, int year, const Ask& ask);

    // A row of a file, or an expense that is submitted: the questions that both are asked.
    struct Draft {
        Minor amount = 0;
        Day posted = 0;
        int payee = 0;
        bool held = false;
        Minor from_rest = 0;  // claimed of the commitment, or spent of it at once
        Moves moves;
    };
    Draft draft(Verdict& verdict, const Review& review, const Ask& ask, bool settled,
                std::size_t before) const;
    void settle(Verdict& verdict, const Review& review, const Ask& ask, Draft& draft,
                const std::vector<std::string>& approvers, std::vector<Approval>& given) const;
    void record_expense(Review& review, const Ask& ask, const Draft& draft,
                        const std::vector<Approval>& approvals, bool settled,
                        const std::vector<std::string>& parts = {});
    // That the commitment an expense is against is open, that the one it comes after is closed.
    void ask_links(Verdict& verdict, const Review& review, const Expense& expense) const;
    void name_payee(Review& review, const Ask& ask, const std::string& name, int number);

    // Asks whether the user may; user_disabled or not_permitted when not. The second also when the
    // user decides in another's place.
    void require(Verdict& verdict, const Ask& ask, const std::string& review,
                 std::initializer_list<const char*> roles) const;
    void require_mandate(Verdict& verdict, const Ask& ask, const char* role) const;
    // Nobody decides on what they, or those in whose place they may decide, have made.
    void refuse_own(Verdict& verdict, const Ask& ask, const std::string& maker) const;
    struct Mandate {
        std::string role, on_behalf_of;  // "" for no role that counts; for an own one
    };
    Mandate approving_mandate(const std::vector<Tier>& needed, const std::vector<Approval>& given,
                              const Ask& ask) const;
    // The day of an act, of a decision of the Board, and of a step on a document.
    void act_day(Verdict& verdict, const Review& review, std::optional<Day> asked) const;
    void decision_day(Verdict& verdict, std::optional<Day> asked) const;
    struct Step {
        Day from;                      // the document's own date
        std::optional<int> year;       // in which the money lies that it moves
        std::optional<Day> otherwise;  // the usual day; absent: the first that fits
        const char* before = "before_document";
    };
    void step_day(Verdict& verdict, const Review& review, const Step& step, const Moves& moves,
                  std::optional<Day> asked) const;
    // Asks the controls for a sum, and the year for its own (MODEL.md 3); or each for what the
    // moves draw from the free money that it looks at. `stopped` are the rules that refuse, in
    // order.
    struct Draw {
        std::string category;
        int year;
        Minor of_envelope, of_category, of_year;
    };
    void ask_controls(Verdict& verdict, const Review& review, const Draw& draw,
                      std::vector<std::string>* stopped = nullptr) const;
    void ask_controls(Verdict& verdict, const Review& review, const std::string& category, int year,
                      Minor amount, Minor of_year) const;
    void ask_controls(Verdict& verdict, const Review& review, const std::string& category, int year,
                      const Moves& moves) const;

    void record(Review& review, const Ask& ask, const std::string& subject, Day posted,
                const Moves& moves);
    void record_in_book(const Ask& ask, const std::string& subject);
    void decide(Review& review, const std::string& category, int year, Minor amount, Day day);

    struct Answer {
        std::string asked;
        Verdict verdict;
    };
    std::map<std::pair<std::string, std::string>, Answer> answers_;  // by user and key
    std::int64_t now_ = 0;
};

// Converted and rounded once, half to even (DOMAIN rule 11).
Minor converted(const Foreign& foreign, const std::string& into);
int decimals(const std::string& currency);

// Who must approve an amount on a day; nothing when no tier covers it (DOMAIN rule 1).
std::optional<std::vector<Tier>> approvals_needed(const Review& review, Minor amount, Day day);
std::string approving_role(const std::vector<Tier>& needed, const std::vector<Approval>& given,
                           const User& user, const std::string& review);
bool is_complete(const std::vector<Tier>& needed, const std::vector<Approval>& given);

}  // namespace plain
