#include "store/expense_views.hpp"

#include "ledger/reading.hpp"

namespace purser {
namespace {

constexpr std::size_t kept_payees = 4096;  // a review pays few, and some of them often

}  // namespace

ExpenseViews::ExpenseViews(Database& database, const Review& review)
    : database_(database),
      review_(review),
      events_(database, "WHERE review = :review AND seq = :seq",
              {{{"review", review.key().text()}}, {{"seq", 0}}}) {}

// Of its texts the submission has all, or the last amendment; what it shares and waits for only
// the submission.
ExpenseView ExpenseViews::of(const Expense& expense) {
    const Event told = event(expense.told);
    const Body& body = told.body;
    std::optional<Event> submission;
    if (expense.told != expense.seq) submission = event(expense.seq);
    const Event& submitted = submission ? *submission : told;
    ExpenseView view{expense,
                     day_of(submitted.recorded_at),
                     body.has("text") ? std::string(body.text("text")) : told.reason,
                     payee(expense.payee),
                     std::string(body.text("type")),
                     std::string(body.text("meeting")),
                     std::string(body.text("work_item")),
                     submitted.body.list("parts"),
                     std::string(submitted.body.text("hold")),
                     {}};
    if (!body.has("original_amount")) return view;
    reading([&] { return log_line(review_.key().text(), told.seq); },
            [&] {
                const Currency currency = Currency::parse(body.text("original_currency"));
                view.original = Original{
                    body.money("original_amount", currency), Rate::parse(body.text("rate")),
                    needed_day(body, "rate_date"), std::string(body.text("rate_source"))};
            });
    return view;
}

Event ExpenseViews::event(std::int64_t seq) {
    events_.again("seq", seq);
    if (!events_.next()) throw Broken("a row names an event that is not in the log");
    return events_.event(review_.currency());
}

const std::string& ExpenseViews::payee(std::int64_t number) {
    static const std::string nobody;
    if (number == 0) return nobody;
    if (payees_.size() > kept_payees) payees_.clear();
    const auto [known, is_new] = payees_.try_emplace(number);
    if (is_new) {
        known->second = payee_name(database_, review_.key(), number);
        if (known->second.empty()) known->second = "(erased)";
    }
    return known->second;
}

}  // namespace purser
