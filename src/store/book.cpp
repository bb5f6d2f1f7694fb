#include "store/book.hpp"

#include <sodium.h>

#include "store/engine.hpp"
#include "store/ticket_rows.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

Asked asked(const ReviewKey& chain, Act act, Body body, std::optional<Date> on = {},
            std::string text = {}, std::string subject = {}) {
    return {chain, act, std::move(subject), std::move(text), on, std::move(body)};
}

void start_libsodium() {
    if (sodium_init() < 0) throw Broken("libsodium cannot start: no source of random numbers");
}

}  // namespace

Receipt Book::create(const std::string& location, const Caller& caller) {
    start_libsodium();
    parse_user(caller.user);
    Database database = Database::create(location);
    Engine engine(std::move(database));
    return engine.guarded([&] {
        Transaction transaction(engine.database, Transaction::Kind::write);
        DatabaseRows rows(engine.database);
        Projector projector(rows);
        Appender appender(engine.database, ReviewKey::book());
        Review none(ReviewKey::book());
        const Event event =
            appender.append(setup::init(caller.user, day_of(caller.now)), caller.user, caller.now);
        projector.apply(event, none);
        transaction.commit();
        return receipt_of(event);
    });
}

Book::Book(const std::string& location)
    : engine_(std::make_unique<Engine>(Database::open(location))) {
    start_libsodium();
}

Book::Book(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Book::~Book() = default;

void Book::writes_in(std::timed_mutex& turn) { engine_->database.writes_in(turn); }

Book::Book(Book&&) noexcept = default;
Book& Book::operator=(Book&&) noexcept = default;

void Book::only_read() {
    engine_->guarded([&] {
        engine_->database.only_read();
        return 0;
    });
}

// Users and policies.

Receipt Book::add_user(const Caller& caller, const AddUser& ask) {
    return engine_->act(caller,
                        asked(ReviewKey::book(), Act::user_add, ask.asked(), {}, {}, ask.name),
                        [&](Writing& writing) {
                            std::optional<User> existing;
                            for (const auto& user : load_users(engine_->database)) {
                                if (user.name == ask.name) existing = user;
                            }
                            for (const auto& grant : ask.grants) {
                                if (grant.review) require_review(engine_->database, *grant.review);
                            }
                            return setup::add_user(writing.actor(), existing, ask, writing.today());
                        });
}

Receipt Book::disable_user(const Caller& caller, const std::string& name) {
    return engine_->act(caller, asked(ReviewKey::book(), Act::user_disable, {}, {}, {}, name),
                        [&](Writing& writing) {
                            Entry entry = setup::disable_user(writing.actor(),
                                                              load_user(engine_->database, name),
                                                              writing.today());
                            // Who is taken up again begins anew, as with the roles.
                            end_tickets(engine_->database, name);
                            keep_password(engine_->database, name, {});
                            return entry;
                        });
}

// What a request key stands for is in the log, so it is not made of the password: a request of a
// known key is the same one when its password is still the user's.
Receipt Book::set_password(const Caller& caller, const std::string& name,
                           const NewPassword& password) {
    const Asked ask = asked(ReviewKey::book(), Act::user_password, {}, {}, {}, name);
    std::optional<Event> earlier;
    StoredPassword present;
    if (!caller.key.empty()) {
        engine_->guarded([&] {
            Writing writing(engine_->database, caller, ask.chain);
            earlier = writing.earlier(ask);
            present = load_password(engine_->database, name);
        });
    }
    if (earlier && present.digest() == earlier->body.text("digest") && password.is_same(present)) {
        return receipt_of(*earlier);
    }
    return engine_->guarded([&] {
        Writing writing(engine_->database, caller, ask.chain);
        if (writing.earlier(ask)) {
            throw Refused(
                Rule::key_reused,
                "the request key '" + caller.key + "' stands for another password of " + name,
                "use a new --key for a new password");
        }
        const User user = load_user(engine_->database, name);
        Receipt done = writing.record(
            setup::set_password(writing.actor(), user, password.stored().digest(), writing.today()),
            &ask);
        keep_password(engine_->database, name, password.stored());
        end_tickets(engine_->database, name);  // whoever came in with the old one
        writing.commit();
        return done;
    });
}

Receipt Book::add_policy(const Caller& caller, const AddPolicy& ask) {
    return engine_->act(caller, asked(ReviewKey::book(), Act::policy_add, ask.asked()),
                        [&](Writing& writing) {
                            require_review(engine_->database, ask.review);
                            return setup::add_policy(writing.actor(), ask, writing.today());
                        });
}

std::vector<User> Book::users() {
    return engine_->read([&] { return load_users(engine_->database); });
}

User Book::user(const std::string& name) {
    return engine_->read([&] { return load_user(engine_->database, name); });
}

std::vector<PolicyTier> Book::policy(const ReviewKey& review) {
    return engine_->read([&] { return policy_of(engine_->database, engine_->review(review)); });
}

// Reviews and categories.

Receipt Book::open_review(const Caller& caller, const OpenReview& ask) {
    return engine_->act(caller, asked(ask.key, Act::review_open, ask.asked(), ask.on),
                        [&](Writing& writing) {
                            if (!writing.review().text("name").empty()) {
                                throw Refused(Rule::already_exists,
                                              "the book has a review " + ask.key.text() +
                                                  " already, " + writing.review().name(),
                                              "see: purser review show " + ask.key.text());
                            }
                            return setup::open_review(writing.actor(), ask, writing.today());
                        });
}

Receipt Book::set_review(const Caller& caller, const ReviewKey& review, const SetReview& ask) {
    return engine_->act(caller, asked(review, Act::review_set, ask.asked(), ask.on),
                        [&](Writing& writing) {
                            const bool moved = !writing.balances().accounts().empty();
                            return setup::set_review(writing.facts(), ask, moved);
                        });
}

Receipt Book::change_state(const Caller& caller, const ReviewKey& review, ReviewState state,
                           const std::string& why, std::optional<Date> on) {
    Body body;
    body.set("state", purser::name(state));
    return engine_->act(
        caller, asked(review, Act::review_set, std::move(body), on, why),
        [&](Writing& writing) { return setup::change_state(writing.facts(), state, why, on); });
}

Receipt Book::add_category(const Caller& caller, const ReviewKey& review, const AddCategory& ask) {
    return engine_->act(
        caller, asked(review, Act::category_add, ask.asked(), ask.on),
        [&](Writing& writing) { return setup::add_category(writing.facts(), ask); });
}

std::vector<Review> Book::reviews() {
    return engine_->read([&] {
        std::vector<Review> result;
        for (const auto& key : chains(engine_->database)) {
            if (key != ReviewKey::book()) result.push_back(engine_->review(key));
        }
        return result;
    });
}

Review Book::review(const ReviewKey& key) {
    return engine_->read([&] { return engine_->review(key); });
}

// Authority.

Receipt Book::grant(const Caller& caller, const ReviewKey& review, const BudgetChange& ask) {
    return engine_->act(
        caller, asked(review, Act::envelope_grant, ask.asked(), ask.on, ask.why),
        [&](Writing& writing) { return envelope::grant(writing.facts(), ask); },
        [&](Writing& writing, const Receipt& grant) {
            engine_->release_held(writing, {}, grant.posted_on);
        });
}

Receipt Book::lower(const Caller& caller, const ReviewKey& review, const BudgetChange& ask) {
    return engine_->act(caller, asked(review, Act::envelope_lower, ask.asked(), ask.on, ask.why),
                        [&](Writing& writing) { return envelope::lower(writing.facts(), ask); });
}

Receipt Book::allot(const Caller& caller, const ReviewKey& review, const BudgetChange& ask) {
    return engine_->act(caller, asked(review, Act::budget_allot, ask.asked(), ask.on, ask.why),
                        [&](Writing& writing) { return envelope::allot(writing.facts(), ask); });
}

Receipt Book::unallot(const Caller& caller, const ReviewKey& review, const BudgetChange& ask) {
    return engine_->act(caller, asked(review, Act::budget_unallot, ask.asked(), ask.on, ask.why),
                        [&](Writing& writing) { return envelope::unallot(writing.facts(), ask); });
}

Receipt Book::move(const Caller& caller, const ReviewKey& review, const BudgetMove& ask) {
    return engine_->act(caller, asked(review, Act::budget_move, ask.asked(), ask.on, ask.why),
                        [&](Writing& writing) { return envelope::move(writing.facts(), ask); });
}

}  // namespace purser
