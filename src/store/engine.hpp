// Inside Book: one act on one chain, done or only tried, and what every act has in common.
//
// Not for other rooms: they see Book only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/balance_rows.hpp"
#include "store/book.hpp"
#include "store/database.hpp"
#include "store/database_rows.hpp"
#include "store/journal.hpp"
#include "store/persons.hpp"
#include "store/trial_rows.hpp"

namespace purser {

// What was asked, before defaults: what a request key stands for.
struct Asked {
    ReviewKey chain;
    Act act;
    std::string subject;  // the document decided on, or the user; "" when there is none
    std::string text;     // reason or other free text of the request
    std::optional<Date> on;
    Body body;

    std::string digest() const;
};

// What is known of members, meetings, milestones and work items, up to an event's number.
RecordFold load_records(Database& database, const ReviewKey& review, std::int64_t up_to);

// Acts on one chain: facts for the rules, and the recording of what they allow. Nothing is kept
// unless commit() is called.
//
// A trial is the same in a transaction that only reads: it waits for no writer, what it records
// only it knows, and it cannot be committed.
class Writing {
public:
    // `opens` says that the chain may be new: a review is being opened.
    Writing(Database& database, const Caller& caller, const ReviewKey& chain, bool opens = false);
    // `in_place_of_caller` is for trying what somebody else would do.
    static Writing trial(Database& database, const Caller& caller, const ReviewKey& chain,
                         const std::optional<User>& in_place_of_caller = {});

    // The earlier act of the same key, and its receipt. Refuse key_reused.
    std::optional<Event> earlier(const Asked& asked);
    std::optional<Receipt> answered(const Asked& asked);

    const User& actor() const { return actor_; }
    Date today() const { return day_of(caller_.now); }
    const Review& review() const { return review_; }
    RowTarget& rows();  // as they are now
    DatabaseRows& kept() { return kept_; }
    std::vector<Held> held() const;  // in order of recording, those that wait no more too
    const Balances& balances() const { return *balances_; }
    Movements take_movements() { return balances_->take_pending(); }
    std::vector<Decision> decisions() const;  // of authority, in order of recording
    Facts facts() const { return {review_, *balances_, actor_, policy_, today(), delegators_}; }
    const std::vector<PolicyTier>& policy() const { return policy_; }
    const ChainEnd& end() const { return appender_.end(); }
    RecordFold records() { return load_records(database_, review_.key(), INT64_MAX); }

    DocumentId next_id(DocumentKind kind);

    // Appends the entry, folds it into the rows and moves the balances. Refuses nothing: the
    // rules have spoken; a broken invariant is Broken.
    Receipt record(Entry entry, const Asked* asked = nullptr);
    // Records the end of each grant whose last day lies before `day`.
    void end_grants(Date day);
    void commit();

private:
    struct Beginning {
        Transaction::Kind kind;
        bool opens;
        std::optional<User> in_place_of_caller;
    };
    Writing(Database& database, const Caller& caller, const ReviewKey& chain,
            const Beginning& beginning);

    Database& database_;
    const Caller& caller_;
    Transaction transaction_;
    User actor_;
    Review review_;
    std::vector<PolicyTier> policy_;
    std::vector<User> delegators_;
    std::optional<Balances> balances_;
    DatabaseRows kept_;
    std::optional<TrialRows> tried_;
    Projector projector_;
    Appender appender_;
};

class Book::Engine {
public:
    explicit Engine(Database opened) : database(std::move(opened)) {}

    Database database;

    // Runs one act: answers a repeated key, asks the rule, records what follows from it, commits.
    using RuleCall = std::function<Entry(Writing&)>;
    using Consequence = std::function<void(Writing&, const Receipt&)>;
    Receipt act(const Caller& caller, const Asked& asked, const RuleCall& rule,
                const Consequence& consequence = {});
    // Runs a read in one consistent view; a sink that asks again sees that same view. Database
    // errors become Broken.
    template <typename Read> auto read(Read&& what) {
        return guarded([&] {
            if (reading) return what();
            const Reading one_view(*this);
            auto answer = what();
            database.require_unchanged();
            return answer;
        });
    }
    template <typename Work> auto guarded(Work&& work) {
        try {
            return work();
        } catch (const soci::soci_error& error) {
            rethrow_as_broken(error, database.location());
        }
    }

    bool reading = false;
    struct Reading {
        explicit Reading(Engine& book)
            : engine(book), transaction(book.database, Transaction::Kind::read) {
            engine.reading = true;
        }
        ~Reading() { engine.reading = false; }
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;

        Engine& engine;
        Transaction transaction;
    };

    Review review(const ReviewKey& key);  // within a transaction; refuses unknown_review
    // Refuses what cannot wait for that request: unknown_request, other_review, wrong_state.
    void require_waiting_line(Writing& writing, const DocumentId& request);
    // Tries what waits for that request, or for any, in the order in which it was recorded, up to
    // the first that does not fit.
    void release_held(Writing& writing, std::optional<std::int64_t> request, Date granted_on);
    Request request(const Review& review, const DocumentId& id);        // unknown_request
    void require_document(const Review& review, const DocumentId& id);  // any of these
    Sheet sheet(const DocumentId& id);                                  // unknown_sheet
    Commitment commitment(const Review& review, const DocumentId& id);  // unknown_commitment
    Expense expense(const Review& review, const DocumentId& id);        // unknown_expense
};

User load_user(Database& database, const std::string& name);  // refuses unknown_user
std::vector<User> load_users(Database& database);
Review require_review(Database& database, const ReviewKey& key);
std::vector<PolicyTier> policy_of(Database& database, const Review& review);
Receipt receipt_of(const Event& event);

std::vector<DayUse> load_months(Database& database, const ReviewKey& key, Date as_of,
                                std::optional<Instant> known_at);
Figures load_figures(Database& database, const ReviewKey& key, Date as_of,
                     std::optional<Instant> known_at);
Figures figures_of_today(Database& database, const Writing& trial);  // as it would leave them
// Of expenses posted up to a day.
std::vector<StatedApproval> load_stated(Database& database, const Review& review, Date until);
Figures load_figures(Database& database, const ReviewKey& key, const Point& at);
// The first expense with that invoice of that payee that is not undone, but those of one act.
struct Numbers {
    std::int64_t first, last;  // both included
};
std::optional<DocumentId> same_invoice(Database& database, const ReviewKey& review,
                                       const std::string& invoice, std::int64_t payee,
                                       const Numbers& but);

// Undecided expenses against a commitment, held ones too.
std::int64_t undecided_of(Database& database, const DocumentId& commitment);

// The expense as it would be submitted today.
ExpenseDraft draft_of(const ExpenseView& view, const ReviewKey& review);

// Refuses a meeting or work item that the review does not have; "" passes.
void require_records(Writing& writing, const std::string& meeting, const std::string& work_item);

// The number of a payee of that name within a review; recorded when new. 0 for "".
std::int64_t payee_number(Writing& writing, Database& database, const std::string& name);
// The user whom a payee is, or "".
std::string payee_user(Database& database, const ReviewKey& review, std::int64_t number);
std::vector<Delegation> load_delegations(Database& database);
std::string payee_name(Database& database, const ReviewKey& review, std::int64_t number);

}  // namespace purser
