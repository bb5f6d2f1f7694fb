#include "store/book.hpp"

#include <sodium.h>

#include "store/engine.hpp"
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

// Argon2id with libsodium's interactive limits: a fraction of a second and 64 MB.
std::string hashed_password(const std::string& secret) {
    if (secret.size() < 10) {
        throw BadInput("the password has " + std::to_string(secret.size()) +
                           " characters, it takes at least 10",
                       "a sentence, which is easy to remember");
    }
    std::string result(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(result.data(), secret.data(), secret.size(),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        throw Broken("not enough memory to hash a password");
    }
    result.resize(result.find('\0'));
    return result;
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
                            return setup::disable_user(writing.actor(),
                                                       load_user(engine_->database, name),
                                                       writing.today());
                        });
}

Receipt Book::set_password(const Caller& caller, const std::string& name,
                           const std::string& secret) {
    return engine_->act(
        caller, asked(ReviewKey::book(), Act::user_password, {}, {}, sha256(secret), name),
        [&](Writing& writing) {
            const User user = load_user(engine_->database, name);
            const std::string password = hashed_password(secret);
            Entry entry =
                setup::set_password(writing.actor(), user, sha256(password), writing.today());
            engine_->database.sql() << "DELETE FROM secret WHERE account = :name", soci::use(name);
            engine_->database.sql()
                << "INSERT INTO secret (account, password) VALUES (:name, :password)",
                soci::use(name), soci::use(password);
            // Whoever was signed in with the old one is not any more.
            engine_->database.sql()
                << "DELETE FROM ticket WHERE account = :name AND kind = 'session'",
                soci::use(name);
            return entry;
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
