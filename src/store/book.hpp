// The book: the engine's one public class. A method is one atomic act, or one consistent read.
//
//     Book book("purser.db");
//     const Receipt done = book.submit_expense({"olga", "", now}, key, draft, {});
//
// Every act checks the roles, asks the rules, appends to the log, moves the balances and the
// rows, and commits; when anything refuses or breaks, nothing has happened. Each act may throw
// Refused (see the rule functions in ledger/ for which), BadInput, or Broken.
// A Book serves one thread; open one more for another. A sink may ask the book, not change it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ledger/closing.hpp"
#include "ledger/commitment.hpp"
#include "ledger/controls.hpp"
#include "ledger/correction.hpp"
#include "ledger/delegation.hpp"
#include "ledger/draft.hpp"
#include "ledger/envelope.hpp"
#include "ledger/expense.hpp"
#include "ledger/figures.hpp"
#include "ledger/forecast.hpp"
#include "ledger/judging.hpp"
#include "ledger/recording.hpp"
#include "ledger/request.hpp"
#include "ledger/setup.hpp"
#include "ledger/sheet.hpp"
#include "store/password.hpp"
#include "values/sink.hpp"

namespace purser {

// Who acts, under which request key ("" for none), and when. The same key with the same request
// is answered with the first receipt; with another request it is refused (key_reused).
struct Caller {
    std::string user;
    std::string key;
    Instant now;
};

struct Receipt {
    std::string id;     // "SSR2-E17", or the event's id for acts without a document
    std::string event;  // "SSR2#123"
    std::int64_t seq;   // 123
    Date posted_on;
    std::vector<Warning> warnings;
};

// The answer of a cost that is shared: of its first part in the review that was named, with the
// warnings of all; and the ids of all parts.
struct SharedReceipt {
    Receipt first;
    std::vector<std::string> parts;
};

using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

struct ImportRequest {
    std::string file_name;
    std::string file_digest;               // SHA-256, for the log
    std::vector<std::string> approved_by;  // empty: the rows are submitted, not settled
    bool late_open = false;                // rows of closed months post on the first open day
    bool dry_run = false;
};

struct ImportResult {
    std::int64_t recorded = 0;               // new expenses
    std::int64_t refunds = 0;                // new refunds of earlier expenses
    std::int64_t known = 0;                  // rows that were imported before
    std::int64_t problems = 0;               // above zero: nothing was recorded
    std::optional<Receipt> receipt;          // of the import itself; absent when nothing is new
    std::optional<std::string> first, last;  // ids of the expenses
    std::vector<Warning> warnings;           // summed up per control
    std::optional<Figures> after;            // figures of today, for a dry run
};

struct ExpenseView {
    Expense expense;
    Date recorded_on;
    std::string why;
    std::string payee;  // the name, "(erased)" when it is, or "" for none
    std::string type, meeting, work_item;
    std::vector<std::string> parts = {};  // of a shared cost: "SSR2-E5=600.00", all of them
    std::string hold = {};  // "SSR2-R1", the request it was recorded to wait for, or ""
    std::optional<Original> original = {};
};

// A file of the book, as it was given.
struct KeptFile {
    std::string name, digest;
};

struct RequestView {
    Request request;
    std::vector<Held> held;  // what waits for it, or has waited, as recorded
};

// A fact sheet in one format, as it will be kept.
struct Rendered {
    std::string format;  // "pdf"
    std::string bytes;
};

struct ExpenseFilter {
    std::optional<ExpenseState> state;
    std::string category;                    // "" for all
    std::optional<std::int64_t> commitment;  // its number
    std::optional<std::int64_t> after;       // number of the closed one that they came after
    bool late = false;                       // those that came after any
    std::optional<Date> from, to;            // accounting dates, both included
    std::string submitted_by = {};           // "" for all
    bool latest = false;                     // the last of them among the newest thousand, alone
};

struct PayeeUser {
    DocumentId id;     // "SSR2-P3"
    std::string name;  // "" when erased
    std::string user;  // "" where it is none
};

// A file of members, meetings, milestones or work items, of who came to meetings.
struct RecordFile {
    std::string name;    // "" for what was typed: then the digest stands for it, outside the log
    std::string digest;  // SHA-256, for the log
    bool dry_run = false;
};

struct RecordRow {
    std::int64_t line;
    RecordAsk ask;
};

struct AttendanceRow {
    std::int64_t line;
    std::string meeting;
    std::string member;  // an id, or a name
    bool attended;
};

struct RecordResult {
    std::int64_t added = 0, changed = 0, same = 0;
    std::int64_t problems = 0;       // above zero: nothing was recorded
    std::optional<Receipt> receipt;  // absent when nothing is new
};

using RecordSource = std::function<std::optional<std::variant<RecordRow, Problem>>()>;
using AttendanceSource = std::function<std::optional<std::variant<AttendanceRow, Problem>>()>;

struct Erased {
    Receipt receipt;
    std::vector<std::string> texts;  // where the name still occurs: events, and other people
    std::int64_t found = 0;          // how many those are; the list ends at a hundred
};

// What was charged to one meeting and work item, now.
struct Charged {
    std::string meeting;  // that of the expense, else of its commitment; "" for none
    std::string work_item;
    Money spent;
    Money requested;  // by direct expenses that are not decided
};

// What finance says that somebody approved, who has not agreed yet: so many settled expenses,
// counted to a thousand.
struct StatedApproval {
    static constexpr std::int64_t most = 1000;
    std::string user;
    DocumentId first;
    std::int64_t count;  // most + 1 when there are more

    std::string text() const;  // "2 settled expenses stated as approved by carl, who has not …"
};

// What the controls would say of an act that nobody has asked for yet.
struct Verdict {
    std::vector<Warning> warnings;
    std::optional<Warning> stopped;  // by which control; absent: it would be recorded
    std::string hint;                // what to try then
};

struct EventFilter {
    std::optional<std::int64_t> seq;     // its number
    std::optional<std::string> subject;  // a document's id
    std::optional<Date> from, to;        // accounting dates, both included
    std::optional<Instant> known_at;     // recorded up to this instant
    bool by_day = false;                 // order by accounting date, else as recorded
};

// A place on both time axes (DOMAIN rule 10): a day, and how many events of the log are known.
struct Point {
    Date as_of;
    std::int64_t events;
};

// Which of two points counts an event: `added` by the later alone, `taken_off` by the earlier.
enum class Counted { added, taken_off };

// The row and the hash are there until the next event is read.
struct StoredEvent {
    Event event;
    LogView row;  // for the log's own line: canonical_line(row)
    std::string_view hash;
};

struct Head {
    std::int64_t seq;
    std::string hash;
};

struct VerifyResult {
    std::int64_t chains = 0;
    std::int64_t events = 0;
    std::vector<std::pair<ReviewKey, Head>> heads;
};

class Book {
public:
    // Makes an empty book with its first user (roles admin and finance). Refuses already_exists.
    static Receipt create(const std::string& location, const Caller& caller);
    // Opens one. Broken when there is none, it cannot be read, or it is of a newer version.
    explicit Book(const std::string& location);
    ~Book();
    Book(Book&&) noexcept;
    Book& operator=(Book&&) noexcept;
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    // From now on its acts take turns with others' that were told the same; or it only reads.
    void writes_in(std::timed_mutex& turn);
    void only_read();

    // Which acts on a document are open to who asks. Refuses what they refuse of one not there.
    std::vector<Judged> judged(const Caller& caller, const DocumentId& id);
    // Users and policies.
    Receipt add_user(const Caller& caller, const AddUser& ask);
    Receipt disable_user(const Caller& caller, const std::string& name);  // ends all of it
    // And nothing else lets in. Refuses key_reused unless that password is still the user's.
    Receipt set_password(const Caller& caller, const std::string& name,
                         const NewPassword& password);
    Receipt add_policy(const Caller& caller, const AddPolicy& ask);
    // In whose place others decide. Refuses unknown_user, and what ledger/delegation.hpp says.
    Receipt add_delegation(const Caller& caller, const Delegate& ask);
    Receipt end_delegation(const Caller& caller, const std::string& delegator,
                           const std::string& delegate);
    std::vector<Delegation> delegations();
    std::vector<User> users();
    User user(const std::string& name);  // refuses unknown_user, did-you-mean
    std::vector<PolicyTier> policy(const ReviewKey& review);

    // Reviews and categories.
    Receipt open_review(const Caller& caller, const OpenReview& ask);
    Receipt set_review(const Caller& caller, const ReviewKey& review, const SetReview& ask);
    Receipt change_state(const Caller& caller, const ReviewKey& review, ReviewState state,
                         const std::string& why, std::optional<Date> on);
    Receipt add_category(const Caller& caller, const ReviewKey& review, const AddCategory& ask);
    // How the settings whose names begin so came to be, in order of recording: all of them, or
    // those that were recorded up to an instant.
    std::vector<SaidSetting> said(const ReviewKey& key, std::string_view prefix,
                                  std::optional<Instant> known_at = {});
    std::vector<Review> reviews();
    Review review(const ReviewKey& key);  // refuses unknown_review, did-you-mean

    // Authority.
    Receipt grant(const Caller& caller, const ReviewKey& review, const BudgetChange& ask);
    Receipt lower(const Caller& caller, const ReviewKey& review, const BudgetChange& ask);
    Receipt allot(const Caller& caller, const ReviewKey& review, const BudgetChange& ask);
    Receipt unallot(const Caller& caller, const ReviewKey& review, const BudgetChange& ask);
    Receipt move(const Caller& caller, const ReviewKey& review, const BudgetMove& ask);

    // The grants with an end date, in the order in which they end, ended ones too.
    std::vector<ExpiringGrant> expiring(const ReviewKey& review);

    // What somebody expects at completion; see ledger/forecast.hpp.
    Receipt set_forecast(const Caller& caller, const ReviewKey& review, const SetForecast& ask);
    // Of a category, or "" for the one of the whole review.
    Receipt withdraw_forecast(const Caller& caller, const ReviewKey& review,
                              const std::string& category, const Decide& ask);
    Receipt plan_meeting(const Caller& caller, const ReviewKey& review, const PlanMeeting& ask);
    Receipt unplan_meeting(const Caller& caller, const ReviewKey& review, const std::string& code,
                           const Decide& ask);

    // Commitments. Refuses unknown_commitment, and what ledger/commitment.hpp says.
    Receipt open_commitment(const Caller& caller, const ReviewKey& review,
                            const OpenCommitment& ask);
    Receipt confirm_commitment(const Caller& caller, const DocumentId& id,
                               std::optional<Money> amount, const Decide& ask);
    Receipt reject_commitment(const Caller& caller, const DocumentId& id, const Decide& ask);
    Receipt amend_commitment(const Caller& caller, const DocumentId& id,
                             const AmendCommitment& ask);
    Receipt close_commitment(const Caller& caller, const DocumentId& id, const Decide& ask);
    // What the controls would say if it were opened now; nothing is recorded. Refuses what else
    // stands in its way: unknown_category, review_finished.
    Verdict try_commitment(const ReviewKey& review, const OpenCommitment& ask, Instant now);
    Commitment commitment(const DocumentId& id);
    std::vector<Commitment> commitments(const ReviewKey& review);

    // Expenses. Refuses unknown_expense, and what ledger/expense.hpp says. `receipt` is a file
    // to keep with it (10 MB at most).
    Receipt submit_expense(const Caller& caller, const ReviewKey& review, const ExpenseDraft& draft,
                           const std::optional<std::filesystem::path>& receipt);
    // One cost shared by weights, exact to the minor unit (largest remainder): an expense for each
    // part in its own review, all or none. One of the parts is of `review`. Refuses other_currency.
    SharedReceipt share_expense(const Caller& caller, const ReviewKey& review,
                                const ExpenseDraft& draft, const std::vector<SharedPart>& shares,
                                const std::optional<std::filesystem::path>& receipt);
    Receipt approve_expense(const Caller& caller, const DocumentId& id, const Decide& ask);
    Receipt reject_expense(const Caller& caller, const DocumentId& id, const Decide& ask);
    Receipt withdraw_expense(const Caller& caller, const DocumentId& id, const Decide& ask);
    // Corrections. Refuses unknown_expense, and what ledger/correction.hpp says.
    Receipt amend_expense(const Caller& caller, const DocumentId& id, const AmendExpense& ask,
                          const std::optional<std::filesystem::path>& receipt);
    Receipt refund_expense(const Caller& caller, const DocumentId& id, const RefundExpense& ask);
    Receipt reverse_expense(const Caller& caller, const DocumentId& id, const Decide& ask);
    // All rows or none; each problem of a row goes to `problem` as it is found, with its line.
    ImportResult import_expenses(const Caller& caller, const ReviewKey& review,
                                 const ImportRequest& ask, const ImportSource& next,
                                 const std::function<void(const Problem&)>& problem,
                                 const Progress& progress);
    ExpenseView expense(const DocumentId& id);
    // The file that was given last with an expense. Refuses unknown_expense, and wrong_state when
    // there is none.
    KeptFile receipt(const DocumentId& id);
    std::string content(const KeptFile& file);  // Broken when it is not there
    // What each control will find free once an undecided expense is approved; of a decided one
    // what it finds now. From the expense's day on.
    std::vector<FreeOf> free_after(const DocumentId& id);
    std::vector<StatedApproval> stated_approvals(const ReviewKey& review);
    void each_expense(const ReviewKey& key, const ExpenseFilter& filter,
                      const Sink<ExpenseView>& sink);

    // Requests to the Board. Refuses unknown_request, and what ledger/request.hpp says. A decision,
    // and any grant, releases what waits for it as far as the money goes.
    Receipt submit_request(const Caller& caller, const ReviewKey& review, const SubmitRequest& ask);
    Receipt decide_request(const Caller& caller, const DocumentId& id, const DecideRequest& ask);
    Receipt refuse_request(const Caller& caller, const DocumentId& id, const Decide& ask);
    Receipt withdraw_request(const Caller& caller, const DocumentId& id, const Decide& ask);
    RequestView request(const DocumentId& id);
    std::vector<RequestView> requests(const ReviewKey& key);
    // What today's figures would be if the Board granted that much today, with what that releases.
    Figures after_decision(const DocumentId& id, const Money& grant, Instant now);

    // Payees that are users, who do not approve what they are paid (own_payment). A payee whose
    // name is a user's handle is that user by itself. Recorded when new. Refuses unknown_user,
    // nothing_changes, not_permitted.
    Receipt set_payee_user(const Caller& caller, const ReviewKey& review, const std::string& payee,
                           const std::string& user);
    std::vector<PayeeUser> payee_users(const ReviewKey& review, bool all = false);

    // Members, meetings, milestones and work items. Refuses what ledger/recording.hpp says.
    Receipt add_record(const Caller& caller, const ReviewKey& review, RecordKind kind,
                       const RecordAsk& ask, const Decide& how);
    Receipt set_record(const Caller& caller, const ReviewKey& review, RecordKind kind,
                       const RecordAsk& ask, const Decide& how);
    // Takes out what was recorded by mistake. Refuses in_use.
    Receipt remove_record(const Caller& caller, const ReviewKey& review, RecordKind kind,
                          const std::string& code, const Decide& how);
    // All rows or none, as one event; each problem goes to `problem`.
    RecordResult import_records(const Caller& caller, const ReviewKey& review, RecordKind kind,
                                const RecordFile& file, const RecordSource& next, const Decide& how,
                                const std::function<void(const Problem&)>& problem);
    // Who came to meetings. Without a sink for problems the first is thrown.
    RecordResult attend(const Caller& caller, const ReviewKey& review, const RecordFile& file,
                        const AttendanceSource& next, const Decide& how,
                        const std::function<void(const Problem&)>& problem);
    Records records(const ReviewKey& review, std::optional<Instant> known_at);
    // What was charged to each, adding up to all that is spent and requested by expenses.
    std::vector<Charged> charged(const ReviewKey& key);
    // Deletes the name of a payee or member for ever. Refuses unknown_payee, unknown_member, and
    // what ledger/recording.hpp says.
    Erased erase(const Caller& caller, const DocumentId& person, const std::string& why);

    // Closing. Closing a fiscal year's last month closes the year; `keep` names commitments that
    // carry although they would lapse. The last receipt is of the month itself.
    std::vector<Receipt> close_month(const Caller& caller, const ReviewKey& review, Month month,
                                     const std::vector<DocumentId>& keep);
    // Opens the month and all after it again.
    Receipt reopen_month(const Caller& caller, const ReviewKey& review, Month month,
                         const Decide& ask);
    std::vector<CheckItem> check_list(const ReviewKey& review, Month month);

    // Fact sheets. An act that renders one is done in two steps, with the rendering between them:
    // what the sheet would be after it, asked of the rules as the act itself, nothing written (or
    // the receipt of an earlier request of that key); then the act, with its files. Nothing is
    // recorded, and nothing returned, when the log of a new sheet has moved on since: once more,
    // then. Refuses unknown_sheet, and what ledger/sheet.hpp says.
    std::variant<Receipt, Sheet> preview_sheet(const Caller& caller, const SheetAct& ask);
    std::optional<Receipt> record_sheet(const Caller& caller, const SheetAct& ask,
                                        const Sheet& previewed, const std::vector<Rendered>& files);
    // Deletes its bytes; that of another sheet which happens to be the same stays.
    Receipt withdraw_sheet(const Caller& caller, const DocumentId& id, const Decide& ask);
    Receipt set_sheet_target(const Caller& caller, const ReviewKey& review,
                             const SetSheetTarget& ask);
    // The figures that a sheet published: figures(review, sheet.as_of, sheet.known_at).
    Sheet sheet(const DocumentId& id);
    std::vector<Sheet> sheets(const ReviewKey& review);
    std::vector<DueSheet> due_sheets(const ReviewKey& review, Date today);
    // The bytes kept of a sheet in a state that it has or had, its latest when absent. Refuses
    // unknown_sheet, wrong_state when it never was that or was withdrawn. Nothing when that
    // format was not made then.
    std::optional<std::string> sheet_bytes(const DocumentId& id, std::optional<SheetState> state,
                                           const std::string& format);

    // Figures of any day, as known now or at an instant, without scanning the log.
    Figures figures(const ReviewKey& review, Date as_of, std::optional<Instant> known_at);
    Figures figures(const ReviewKey& review, const Point& at);
    // What was approved, spent and committed at each month's end, from the first month with money
    // to the day, which is the last point: what figures() gives there, all in one pass.
    std::vector<DayUse> by_month(const ReviewKey& review, Date as_of,
                                 std::optional<Instant> known_at);
    // Each account of the review that money was ever in, with the first day, in order.
    std::vector<std::pair<Account, Date>> accounts(const ReviewKey& review);
    void each_event(const ReviewKey& chain, const EventFilter& filter,
                    const Sink<StoredEvent>& sink);
    // The events that figures at one point count and those at the other do not, by accounting date,
    // then as recorded. Reads these days and these events alone.
    void each_event_between(const ReviewKey& key, const Point& then, const Point& now,
                            const std::function<void(const Event&, Counted)>& sink);
    Head head(const ReviewKey& chain);

    // The log made sure: chains, balances, rows, every invariant. Broken names the first
    // difference. With a head also that the chain contains it.
    VerifyResult verify(const std::optional<ReviewKey>& chain, const std::optional<Head>& head,
                        const Progress& progress);
    // Makes every table that the log determines again from it; Broken as verify is by it. Admin.
    std::int64_t rebuild(const Caller& caller, const Progress& progress);
    // A consistent copy while others write. Admin. BadInput when the file exists.
    void backup(const Caller& caller, const std::filesystem::path& file);
    // Puts a backup in the place of the book at `location`. Refuses book_is_behind when the
    // present book knows events that the file lacks, unless `discard` names its head.
    static VerifyResult restore(const std::string& location, const Caller& caller,
                                const std::filesystem::path& file,
                                const std::vector<Head>& discard);

    class Engine;  // of the store's own files

private:
    friend class Access;
    explicit Book(std::unique_ptr<Engine> engine);
    std::unique_ptr<Engine> engine_;
};

}  // namespace purser
