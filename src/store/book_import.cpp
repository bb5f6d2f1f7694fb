// Book: a file of expenses as one atomic act, row by row, in the memory of one row.
#include <map>
#include <unordered_map>

#include "ledger/duties.hpp"
#include "store/engine.hpp"
#include "store/expense_views.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::int64_t progress_step = 8192;
constexpr std::size_t payees_kept = 10000;

Body asked_of(const ImportRequest& ask) {
    Body body;
    body.set("digest", ask.file_digest);
    body.set_list("approved_by", ask.approved_by);
    if (ask.late_open) body.set("late", "open");
    return body;
}

// What the same row of another file would be, and begins with its day: equal rows lie together
// in the index, and files come in order of date.
std::string row_print(const ImportRow& row, const std::string& digest) {
    const auto day = row.draft.posted_on->time_since_epoch().count();
    return std::to_string(day) + '-' + digest.substr(0, 24);
}

// The column of a file that a rule speaks of; "" for the whole row.
std::string column_of(Rule rule, const ImportRow& row) {
    static const std::map<Rule, std::string> columns{
        {Rule::unknown_category, "category"},   {Rule::unknown_commitment, "commitment"},
        {Rule::unknown_expense, "refund_of"},   {Rule::unknown_meeting, "meeting"},
        {Rule::unknown_work_item, "work_item"}, {Rule::other_category, "category"},
        {Rule::in_the_future, "posted_on"},     {Rule::period_closed, "posted_on"},
        {Rule::before_document, "posted_on"},   {Rule::before_commitment, "posted_on"},
        {Rule::year_over, "posted_on"},         {Rule::duplicate_invoice, "invoice"},
        {Rule::more_than_spent, "amount"},      {Rule::over_envelope, "amount"},
        {Rule::over_category, "amount"},        {Rule::over_fiscal_year, "amount"},
        {Rule::amount_too_large, "amount"},     {Rule::key_reused, "key"}};
    if (rule == Rule::wrong_state) return row.refund_of ? "refund_of" : "commitment";
    const auto at = columns.find(rule);
    return at == columns.end() ? "" : at->second;
}

// What the first act of a request key was answered.
ImportResult told_before(const Event& event) {
    const Body& body = event.body;
    ImportResult result;
    result.recorded = body.number("recorded");
    result.refunds = body.number("refunds");
    result.known = body.number("known");
    result.receipt = receipt_of(event);
    if (body.has("first")) result.first = body.text("first");
    if (body.has("last")) result.last = body.text("last");
    result.warnings = event.warnings;
    return result;
}

// Questions asked once per row, prepared once per file.
class Lookups {
public:
    Lookups(Database& database, const ReviewKey& review, std::int64_t first_number)
        : review_(review),
          first_(first_number),
          before_(chain_end(database, review).seq),
          key_of_review_(review.text()),
          known_((database.sql().prepare
                      << "SELECT COUNT(*) FROM expense WHERE review = :review AND row_print = "
                         ":print AND row_print <> '' AND number < :first",
                  soci::use(key_of_review_), soci::use(text_), soci::use(first_),
                  soci::into(count_))),
          invoice_((database.sql().prepare
                        << "SELECT COALESCE(MIN(number), 0) FROM expense WHERE review = :review "
                           "AND invoice = :invoice AND payee = :payee AND number < :first AND "
                           "state IN ('submitted', 'approved', 'held') AND invoice <> ''",
                    soci::use(key_of_review_), soci::use(text_), soci::use(payee_),
                    soci::use(first_), soci::into(count_))),
          // A print is digits, dashes and hex: in the body's JSON it stands nowhere else. The kinds
          // that are left out are those of the small index.
          refund_((database.sql().prepare
                       << "SELECT COUNT(*) FROM event WHERE review || '' = :review AND subject = "
                          ":subject AND seq <= :before AND kind = 'expense.refund' AND kind NOT "
                          "IN ('expense.submit', 'expense.settle', 'payee.add') AND body LIKE "
                          ":pattern",
                   soci::use(key_of_review_), soci::use(text_), soci::use(before_),
                   soci::use(pattern_), soci::into(count_))) {
        int found = 0;
        database.sql() << "SELECT COUNT(*) FROM (SELECT 1 FROM expense WHERE review = :review AND "
                          "row_print <> '' LIMIT 1) AS imported",
            soci::use(key_of_review_), soci::into(found);
        any_known_ = found > 0;
    }

    // Whether this row, the n-th equal one of the file, is among those of earlier files.
    bool is_known(const std::string& print, const std::optional<DocumentId>& refund_of) {
        if (refund_of) {
            text_ = refund_of->text();
            pattern_ = "%\"row\":\"" + print + "\"%";
            refund_.execute(true);
        } else {
            if (!any_known_) return false;
            text_ = print;
            known_.execute(true);
        }
        if (count_ == 0) return false;
        return ++seen_[print] <= count_;
    }
    std::optional<DocumentId> same_invoice(const std::string& invoice, std::int64_t payee) {
        if (invoice.empty()) return {};
        text_ = invoice;
        payee_ = payee;
        invoice_.execute(true);
        if (count_ == 0) return {};
        return DocumentId{review_, DocumentKind::expense, count_};
    }

private:
    ReviewKey review_;
    long long first_, before_;
    std::string key_of_review_, text_, pattern_;
    long long payee_ = 0, count_ = 0;
    soci::statement known_, invoice_, refund_;
    bool any_known_ = false;
    std::unordered_map<std::string, long long> seen_;  // of the rows that are known, only
};

class Import {
public:
    Import(Database& database, Writing& writing, const ImportRequest& ask)
        : database_(database),
          writing_(writing),
          ask_(ask),
          first_(writing.kept().last_number(writing.review().key(), DocumentKind::expense) + 1),
          next_(first_),
          lookups_(database, writing.review().key(), first_),
          records_(load_records(database, writing.review().key(), INT64_MAX).records()) {
        for (const auto& name : ask.approved_by) approvers_.push_back(load_user(database, name));
    }

    // Records one row, or counts it as known; gives what a refund says of its expense that is not
    // so. Throws what the rules refuse.
    std::vector<Problem> take(const ImportRow& row) {
        const Asked asked = asked_of_row(row);
        const std::string digest = asked.digest();
        if (!row.key.empty()) {
            if (key_known(row.key, digest)) return {};
        }
        const std::string print = row.key.empty() ? row_print(row, digest) : "";
        if (!print.empty() && lookups_.is_known(print, row.refund_of)) {
            ++result.known;
            return {};
        }
        std::optional<Expense> document;
        if (row.refund_of) {
            document = refunded(*row.refund_of);
            const ExpenseView view = ExpenseViews(database_, writing_.review()).of(*document);
            auto wrong = expense::differences(row, draft_of(view, row.refund_of->review));
            if (!wrong.empty()) return wrong;
        }
        Entry entry = document ? refund(*document, row.draft) : ruled(row.draft);
        entry.body.set("row", print);
        if (!row.key.empty()) {
            entry.body.set("key", row.key);
            entry.body.set("request", digest);
        }
        for (const auto& warning : entry.warnings) {
            auto& [count, message] = warnings_[warning.rule];
            ++count;
            message = warning.message;
        }
        entry.warnings.clear();
        writing_.record(std::move(entry));
        if (row.refund_of) {
            ++result.refunds;
        } else {
            ++next_;
            ++result.recorded;
        }
        return {};
    }

    // Writes the act that stands for the file, and sums up.
    void finish(const Asked& asked) {
        for (const auto& [rule, counted] : warnings_) {
            const auto& [count, message] = counted;
            result.warnings.push_back({rule, std::to_string(count) +
                                                 (count == 1 ? " row goes" : " rows go") +
                                                 " over; the last: " + message});
        }
        if (result.recorded + result.refunds == 0) return;
        const auto id = [&](std::int64_t number) {
            return DocumentId{writing_.review().key(), DocumentKind::expense, number}.text();
        };
        Entry entry{Act::expense_import, {}, writing_.today(), {}, {}, asked.body, {}, {}};
        entry.body.set("file", ask_.file_name);
        if (result.recorded > 0) {
            result.first = id(first_);
            result.last = id(next_ - 1);
            entry.body.set("first", *result.first);
            entry.body.set("last", *result.last);
        }
        entry.body.set_number("recorded", result.recorded);
        if (result.refunds > 0) entry.body.set_number("refunds", result.refunds);
        entry.body.set_number("known", result.known);
        entry.warnings = result.warnings;
        result.receipt = writing_.record(std::move(entry), &asked);
    }

    ImportResult result;

private:
    Asked asked_of_row(const ImportRow& row) const {
        Body body = asked(row.draft);
        body.set("payee", row.draft.payee);
        if (row.draft.document_on) body.set("document_on", *row.draft.document_on);
        return {writing_.review().key(),
                row.refund_of ? Act::expense_refund : Act::expense_submit,
                row.refund_of ? row.refund_of->text() : "",
                row.draft.why,
                row.draft.posted_on,
                std::move(body)};
    }

    bool key_known(const std::string& key, const std::string& digest) {
        std::string request;
        database_.sql() << "SELECT request FROM request_key WHERE actor = :actor AND key = :key",
            soci::use(writing_.actor().name), soci::use(key), soci::into(request);
        if (request.empty()) return false;
        if (request != digest) {
            throw Refused(Rule::key_reused, "the key '" + key + "' stands for another request",
                          "use a new key for a new row");
        }
        ++result.known;
        return true;
    }

    // In a closed month, where late rows are let in: the first open day, and the day as it was.
    void let_in(ExpenseDraft& draft) const {
        if (!ask_.late_open || !writing_.review().is_closed(*draft.posted_on)) return;
        if (!draft.document_on) draft.document_on = draft.posted_on;
        draft.posted_on = writing_.review().first_open_day();
    }

    Expense refunded(const DocumentId& id) {
        if (auto found = writing_.kept().find_expense(writing_.review(), id.number)) return *found;
        throw Refused(Rule::unknown_expense, "there is no expense " + id.text(),
                      "see: purser expense list " + id.review.text());
    }

    Entry refund(const Expense& document, ExpenseDraft draft) {
        let_in(draft);
        return expense::refund(
            writing_.facts(), document,
            {draft.amount, draft.original, draft.why, draft.posted_on, draft.document_on});
    }

    Entry ruled(ExpenseDraft draft) {
        let_in(draft);
        const DocumentId id{writing_.review().key(), DocumentKind::expense, next_};
        require_meeting(records_, id.review, draft.meeting);
        require_work_item(records_, id.review, draft.work_item);
        std::optional<Commitment> commitment;
        if (draft.commitment && draft.commitment->review == id.review) {
            commitment =
                writing_.kept().find_commitment(writing_.review(), draft.commitment->number);
            if (!commitment) {
                throw Refused(Rule::unknown_commitment,
                              "there is no commitment " + draft.commitment->text(),
                              "see: purser commitment list " + id.review.text());
            }
        }
        const auto& [payee, user] = payee_of(draft.payee);
        const ExpenseContext context{id,    commitment ? &*commitment : nullptr,
                                     payee, lookups_.same_invoice(draft.invoice, payee),
                                     {},    nullptr,
                                     user};
        const Facts facts = writing_.facts();
        return approvers_.empty() ? expense::submit(facts, draft, context)
                                  : expense::settle(facts, draft, context, approvers_);
    }

    // The payee's number and, where it is one, the user.
    const std::pair<std::int64_t, std::string>& payee_of(const std::string& name) {
        const auto at = payees_.find(name);
        if (at != payees_.end()) return at->second;
        if (payees_.size() >= payees_kept) payees_.clear();
        const std::int64_t number = payee_number(writing_, database_, name);
        const std::string user = payee_user(database_, writing_.review().key(), number);
        return payees_.emplace(name, std::pair{number, user}).first->second;
    }

    Database& database_;
    Writing& writing_;
    const ImportRequest& ask_;
    std::int64_t first_;
    std::int64_t next_;
    Lookups lookups_;
    Records records_;
    StatedApprovals approvers_;
    std::unordered_map<std::string, std::pair<std::int64_t, std::string>> payees_;
    std::map<std::string, std::pair<std::int64_t, std::string>> warnings_;
};

}  // namespace

ImportResult Book::import_expenses(const Caller& caller, const ReviewKey& review,
                                   const ImportRequest& ask, const ImportSource& next,
                                   const std::function<void(const Problem&)>& problem,
                                   const Progress& progress) {
    return engine_->guarded([&] {
        Database& database = engine_->database;
        Writing writing(database, caller, review);
        const Asked asked{review, Act::expense_import, {}, {}, {}, asked_of(ask)};
        if (const auto earlier = writing.earlier(asked)) return told_before(*earlier);
        require(writing.facts(), Act::expense_import);
        Import import(database, writing, ask);
        std::int64_t rows = 0;
        const auto report = [&](const Problem& found) {
            ++import.result.problems;
            problem(found);
        };
        while (auto item = next()) {
            if (const auto* found = std::get_if<Problem>(&*item)) {
                report(*found);
                continue;
            }
            const auto& row = std::get<ImportRow>(*item);
            try {
                for (const Problem& difference : import.take(row)) report(difference);
            } catch (const Refused& refusal) {
                report({row.line, column_of(refusal.rule(), row), refusal.what(), refusal.hint(),
                        refusal.rule()});
            } catch (const BadInput& bad) {
                report({row.line, {}, bad.what(), bad.hint()});
            }
            if (++rows % progress_step == 0 && progress) progress(rows, 0);
        }
        if (import.result.problems > 0) {
            import.result.recorded = import.result.refunds = 0;
            return import.result;
        }
        import.finish(asked);
        if (ask.dry_run) {
            save_movements(database, review, writing.take_movements());
            import.result.after = load_figures(database, review, writing.today(), {});
            return import.result;
        }
        if (import.result.receipt) writing.commit();
        return import.result;
    });
}

}  // namespace purser
