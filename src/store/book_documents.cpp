// Book: commitments, expenses, and the close of months and years.
#include <fmt/format.h>
#include <set>

#include "store/engine.hpp"
#include "store/receipt_file.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

Body amount_body(const std::optional<Money>& amount) {
    Body body;
    if (amount) body.set("amount", *amount);
    return body;
}

Asked deciding(const DocumentId& id, Act act, const Decide& ask, Body body = {}) {
    return {id.review, act, id.text(), ask.why, ask.on, std::move(body)};
}

}  // namespace

// Commitments.

// Submitted or held; each has an index of its own.
std::int64_t undecided_of(Database& database, const DocumentId& commitment) {
    const long long number = commitment.number;
    std::int64_t sum = 0;
    for (const std::string state : {"submitted", "held"}) {
        long long count = 0;
        database.sql() << "SELECT COUNT(*) FROM expense WHERE review = :review AND commitment = "
                          ":commitment AND state = '" +
                              state + "'",
            soci::use(commitment.review.text()), soci::use(number), soci::into(count);
        sum += count;
    }
    return sum;
}

Receipt Book::open_commitment(const Caller& caller, const ReviewKey& review,
                              const OpenCommitment& ask) {
    return engine_->act(caller, {review, Act::commitment_open, {}, {}, ask.on, ask.asked()},
                        [&](Writing& writing) {
                            require_records(writing, ask.meeting, {});
                            if (ask.hold) engine_->require_waiting_line(writing, *ask.hold);
                            return commitment::open(writing.facts(), ask,
                                                    writing.next_id(DocumentKind::commitment));
                        });
}

Receipt Book::confirm_commitment(const Caller& caller, const DocumentId& id,
                                 std::optional<Money> amount, const Decide& ask) {
    return engine_->act(caller, deciding(id, Act::commitment_confirm, ask, amount_body(amount)),
                        [&](Writing& writing) {
                            return commitment::confirm(writing.facts(),
                                                       engine_->commitment(writing.review(), id),
                                                       amount, ask);
                        });
}

Receipt Book::reject_commitment(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(caller, deciding(id, Act::commitment_reject, ask), [&](Writing& writing) {
        return commitment::reject(writing.facts(), engine_->commitment(writing.review(), id), ask);
    });
}

Receipt Book::amend_commitment(const Caller& caller, const DocumentId& id,
                               const AmendCommitment& ask) {
    return engine_->act(caller,
                        {id.review, Act::commitment_amend, id.text(), ask.why, ask.on, ask.asked()},
                        [&](Writing& writing) {
                            require_records(writing, ask.meeting.value_or(""), {});
                            return commitment::amend(
                                writing.facts(), engine_->commitment(writing.review(), id), ask);
                        });
}

Receipt Book::close_commitment(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(caller, deciding(id, Act::commitment_close, ask), [&](Writing& writing) {
        return commitment::close(writing.facts(), engine_->commitment(writing.review(), id),
                                 undecided_of(engine_->database, id), ask);
    });
}

// Expenses.

namespace {

// The shape of every decision on an expense: the document, its commitment, the rule.
template <typename RuleFunction>
auto decide_expense(Book::Engine& engine, const DocumentId& id, const Decide& ask,
                    RuleFunction rule) {
    return [&engine, id, ask, rule](Writing& writing) {
        const Expense document = engine.expense(writing.review(), id);
        std::optional<Commitment> commitment;
        if (document.commitment != 0) {
            commitment = writing.rows().commitment(writing.review(), document.commitment);
        }
        return rule(writing.facts(), document, commitment ? &*commitment : nullptr, ask);
    };
}

}  // namespace

Receipt Book::approve_expense(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(
        caller, deciding(id, Act::expense_approve, ask),
        decide_expense(*engine_, id, ask,
                       [&](const Facts& facts, const Expense& document,
                           const Commitment* commitment, const Decide& how) {
                           return expense::approve(
                               facts, document, commitment, how,
                               payee_user(engine_->database, id.review, document.payee));
                       }));
}

Receipt Book::reject_expense(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(caller, deciding(id, Act::expense_reject, ask),
                        decide_expense(*engine_, id, ask, expense::reject));
}

Receipt Book::withdraw_expense(const Caller& caller, const DocumentId& id, const Decide& ask) {
    return engine_->act(caller, deciding(id, Act::expense_withdraw, ask),
                        decide_expense(*engine_, id, ask, expense::withdraw));
}

// Closing.

std::vector<CheckItem> load_check_list(Database& database, const Review& review, Month month);

std::vector<Receipt> Book::close_month(const Caller& caller, const ReviewKey& review, Month month,
                                       const std::vector<DocumentId>& keep) {
    Body body;
    std::vector<std::string> kept;
    std::vector<std::int64_t> numbers;
    for (const auto& id : keep) {
        kept.push_back(id.text());
        numbers.push_back(id.number);
    }
    body.set_list("keep", kept);
    const Asked asked{review, Act::period_close, month.text(), {}, {}, std::move(body)};
    return engine_->guarded([&]() -> std::vector<Receipt> {
        Writing writing(engine_->database, caller, review);
        if (auto earlier = writing.answered(asked)) return {*earlier};
        closing::require_closable(writing.facts(), month);
        for (const auto& id : keep) {
            if (id.review == review) engine_->commitment(writing.review(), id);
        }
        const auto check_list = load_check_list(engine_->database, writing.review(), month);
        std::vector<Receipt> receipts;
        const auto years = closing::years_ending(writing.facts(), month);
        const auto& calendar = writing.review().calendar();
        const bool ends_year =
            !years.empty() && calendar.last_day(years.back()) == month.last_day();
        for (const FiscalYear year : years) {
            const bool last = ends_year && year == years.back();
            const auto alive = writing.rows().alive(writing.review(), year);
            receipts.push_back(
                writing.record(closing::close_year(writing.facts(), year, alive, numbers,
                                                   last ? check_list : std::vector<CheckItem>{}),
                               last ? &asked : nullptr));
        }
        if (!ends_year) {
            receipts.push_back(
                writing.record(closing::close_month(writing.facts(), month, check_list), &asked));
        }
        writing.commit();
        return receipts;
    });
}

Receipt Book::reopen_month(const Caller& caller, const ReviewKey& review, Month month,
                           const Decide& ask) {
    return engine_->act(caller, {review, Act::period_reopen, month.text(), ask.why, ask.on, {}},
                        [&](Writing& writing) {
                            return closing::reopen_month(writing.facts(), month, ask.why, ask.on);
                        });
}

std::vector<CheckItem> Book::check_list(const ReviewKey& review, Month month) {
    return engine_->read(
        [&] { return load_check_list(engine_->database, engine_->review(review), month); });
}

// What a person should settle before the month is closed: undecided expenses of its days, open
// commitments whose expected date has passed, approvals that are only stated.
std::vector<CheckItem> load_check_list(Database& database, const Review& review, Month month) {
    std::vector<CheckItem> items;
    const std::string until = to_text(month.last_day());
    const auto id = [&](DocumentKind kind, std::int64_t number) {
        return DocumentId{review.key(), kind, number}.text();
    };
    ExpenseReader undecided(database, review, "AND posted_on <= '" + until + "' ORDER BY number",
                            ExpenseState::submitted);
    while (const auto row = undecided.next()) {
        const std::string expense = id(DocumentKind::expense, row->number);
        items.push_back({expense + " of " + to_text(row->posted_on) + ", " +
                             row->amount.with_code() + ", is undecided",
                         "purser expense approve " + expense});
    }
    std::map<std::string, std::int64_t> commitments;
    for (const auto& row : DatabaseRows(database).commitments(review)) {
        commitments.emplace(id(DocumentKind::commitment, row.number), row.number);
        const bool alive =
            row.state == CommitmentState::open || row.state == CommitmentState::proposed;
        if (!alive || row.expected > month.last_day()) continue;
        const std::string commitment = id(DocumentKind::commitment, row.number);
        const std::string was =
            fmt::format("{} was expected on {}", commitment, to_text(row.expected));
        CheckItem item{
            fmt::format("{}, {} is still {}", was, (row.rest() + row.reserved).with_code(),
                        row.state == CommitmentState::open ? "committed" : "proposed"),
            "purser commitment close " + commitment};
        item.commitment = row.number;
        item.without_price = was + " and is still open";
        items.push_back(std::move(item));
    }
    for (const auto& request : load_requests(database, review)) {
        if (request.state != RequestState::open || request.posted_on > month.last_day()) continue;
        const std::string request_id = id(DocumentKind::request, request.number);
        items.push_back({fmt::format("{} asks the Board for {} since {}", request_id,
                                     request.amount.with_code(), to_text(request.posted_on)),
                         "purser request show " + request_id});
    }
    for (const auto& held : load_held(database, review)) {
        if (held.ended_seq != 0 || held.on > month.last_day()) continue;
        const std::string request_id = id(DocumentKind::request, held.request);
        const std::string document = held.document.text();
        CheckItem item{
            fmt::format("{}, {}, waits for {}", document, held.amount.with_code(), request_id),
            "purser request show " + request_id};
        if (const auto at = commitments.find(document); at != commitments.end()) {
            item.commitment = at->second;
            item.without_price = fmt::format("{} waits for {}", document, request_id);
        }
        items.push_back(std::move(item));
    }
    for (const StatedApproval& one : load_stated(database, review, month.last_day())) {
        items.push_back(
            {one.text(), "purser --as " + one.user + " expense approve " + one.first.text()});
    }
    return items;
}

}  // namespace purser
