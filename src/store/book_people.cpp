// Book: in whose place somebody decides, and which payees are users.
#include <algorithm>
#include <set>

#include "ledger/duties.hpp"
#include "store/engine.hpp"
#include "values/error.hpp"

namespace purser {

Receipt Book::add_delegation(const Caller& caller, const Delegate& ask) {
    Database& database = engine_->database;
    return engine_->act(
        caller, {ReviewKey::book(), Act::delegate_add, ask.delegator, {}, {}, ask.asked()},
        [&](Writing& writing) {
            return delegation::add(writing.actor(), load_user(database, ask.delegator),
                                   load_user(database, ask.delegate), load_delegations(database),
                                   ask, writing.today());
        });
}

Receipt Book::end_delegation(const Caller& caller, const std::string& delegator,
                             const std::string& delegate) {
    Database& database = engine_->database;
    Body body;
    body.set("to", delegate);
    return engine_->act(
        caller, {ReviewKey::book(), Act::delegate_end, delegator, {}, {}, std::move(body)},
        [&](Writing& writing) {
            return delegation::end(writing.actor(), load_user(database, delegator).name,
                                   load_user(database, delegate).name, load_delegations(database),
                                   writing.today());
        });
}

std::vector<Delegation> Book::delegations() {
    return engine_->read([&] { return load_delegations(engine_->database); });
}

Receipt Book::set_payee_user(const Caller& caller, const ReviewKey& review,
                             const std::string& payee, const std::string& user) {
    Database& database = engine_->database;
    Body body;
    body.set("payee", payee);
    body.set("user", user);
    return engine_->act(
        caller, {review, Act::payee_user, {}, {}, {}, std::move(body)}, [&](Writing& writing) {
            require(writing.facts(), Act::payee_user);
            const User named = load_user(database, user);
            if (payee.empty()) throw BadInput("the payee has no name", "add --payee TEXT");
            const std::int64_t number = payee_number(writing, database, payee);
            const std::string known = payee_user(database, review, number);
            return setup::set_payee_user(writing.facts(), {review, DocumentKind::payee, number},
                                         known, named.name);
        });
}

namespace {

// Those that are no users of the book, in their places by number.
void add_other_payees(Database& database, const ReviewKey& review, std::vector<PayeeUser>& payees) {
    std::set<std::int64_t> there;
    for (const PayeeUser& one : payees) there.insert(one.id.number);
    long long number = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT number FROM payee WHERE review = :review",
         soci::use(review.text()), soci::into(number));
    statement.execute(false);
    while (statement.fetch()) {
        if (!there.contains(number))
            payees.push_back({{review, DocumentKind::payee, number}, {}, {}});
    }
    std::sort(payees.begin(), payees.end(),
              [](const PayeeUser& a, const PayeeUser& b) { return a.id < b.id; });
}

}  // namespace

std::vector<PayeeUser> Book::payee_users(const ReviewKey& review, bool all) {
    return engine_->read([&] {
        engine_->review(review);  // refuses unknown_review
        std::vector<PayeeUser> result;
        std::string handle;
        long long number = 0;
        // Who was said to be a user, and who has a user's name.
        soci::statement statement =
            (engine_->database.sql().prepare
                 << "SELECT number, handle FROM payee_user WHERE review = :review UNION ALL "
                    "SELECT person.number, account.name FROM person JOIN account ON account.name = "
                    "person.name LEFT JOIN payee_user ON payee_user.review = person.review AND "
                    "payee_user.number = person.number WHERE person.review = :same AND "
                    "person.kind = 'payee' AND payee_user.number IS NULL ORDER BY 1",
             soci::use(review.text()), soci::use(review.text()), soci::into(number),
             soci::into(handle));
        statement.execute(false);
        while (statement.fetch()) {
            result.push_back({{review, DocumentKind::payee, number}, {}, handle});
        }
        if (all) add_other_payees(engine_->database, review, result);
        for (PayeeUser& one : result) {
            one.name = payee_name(engine_->database, review, one.id.number);
        }
        return result;
    });
}

}  // namespace purser
