#include "store/engine.hpp"

#include <cassert>

#include "ledger/delegation.hpp"
#include "ledger/reading.hpp"
#include "values/closest.hpp"

namespace purser {
namespace {

User user_of(const AccountRow& row) {
    User user{row.name, row.disabled, {}};
    std::string_view rest = row.grants;
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string_view grant = rest.substr(0, comma);
        user.grants.push_back(reading([&] { return row_of("the user " + row.name); },
                                      [&] { return parse_grant(grant); }));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return user;
}

PolicyTier tier_of(const PolicyRow& row, Currency currency) {
    constexpr std::int64_t most_persons = 1000;
    if (row.persons < 1 || row.persons > most_persons) {
        throw Unreadable("it asks for " + std::to_string(row.persons) + " persons");
    }
    PolicyTier tier{
        parse_date(row.from_on), {}, parse_role(row.role), static_cast<int>(row.persons)};
    if (!row.up_to.empty()) tier.up_to = Money::parse(row.up_to, currency);
    return tier;
}

}  // namespace

std::string Asked::digest() const {
    Entry entry{act, subject, on.value_or(Date{}), {}, text, body, {}, {}};
    if (on) entry.body.set("on", *on);
    return sha256(chain.text() + '\n' + std::string(name(act)) + '\n' + subject + '\n' + text +
                  '\n' + canonical_body(entry));
}

User load_user(Database& database, const std::string& name) {
    std::vector<std::string> names;
    for (const auto& row : load_accounts(database)) {
        if (row.name == name) return user_of(row);
        names.push_back(row.name);
    }
    // Not all of them: who may see whom is not known here.
    const std::string near = closest(name, names);
    throw Refused(Rule::unknown_user, "the book knows no user '" + name + "'",
                  near.empty() ? "see: purser user list" : "did you mean " + near + "?");
}

std::vector<User> load_users(Database& database) {
    std::vector<User> users;
    for (const auto& row : load_accounts(database)) users.push_back(user_of(row));
    return users;
}

Review require_review(Database& database, const ReviewKey& key) {
    if (auto review = load_review(database, key, {})) return *review;
    std::vector<std::string> keys;
    for (const auto& chain : chains(database)) {
        if (chain == ReviewKey::book()) continue;
        if (chain == key) {
            throw Broken("the settings of " + key.text() + ", which the log knows, are missing",
                         "try: purser rebuild");
        }
        keys.push_back(chain.text());
    }
    throw Refused(Rule::unknown_review, "the book has no review " + key.text(),
                  keys.empty() ? "try: purser review open " + key.text() +
                                     " --name \"…\" --start DATE --expected DATE"
                               : did_you_mean(key.text(), keys));
}

std::vector<PolicyTier> policy_of(Database& database, const Review& review) {
    std::vector<PolicyTier> tiers;
    for (const auto& row : load_policies(database)) {
        if (row.review != review.key().text()) continue;
        tiers.push_back(reading([&] { return row_in("policy", std::to_string(row.seq)); },
                                [&] { return tier_of(row, review.currency()); }));
    }
    return tiers;
}

Receipt receipt_of(const Event& event) {
    return {event.id(), event_id(event.review, event.seq), event.seq, event.posted_on,
            event.warnings};
}

Writing::Writing(Database& database, const Caller& caller, const ReviewKey& chain, bool opens)
    : Writing(database, caller, chain, Beginning{Transaction::Kind::write, opens, {}}) {}

Writing Writing::trial(Database& database, const Caller& caller, const ReviewKey& chain,
                       const std::optional<User>& in_place_of_caller) {
    return {database, caller, chain, Beginning{Transaction::Kind::read, false, in_place_of_caller}};
}

Writing::Writing(Database& database, const Caller& caller, const ReviewKey& chain,
                 const Beginning& beginning)
    : database_(database),
      caller_(caller),
      transaction_(database, beginning.kind),
      actor_(beginning.in_place_of_caller ? *beginning.in_place_of_caller
                                          : load_user(database, caller.user)),
      review_(chain),
      kept_(database),
      tried_(beginning.kind == Transaction::Kind::read
                 ? std::optional<TrialRows>(std::in_place, database)
                 : std::nullopt),
      projector_(rows()),
      appender_(database, chain) {
    const bool is_new = beginning.opens && appender_.end().seq == 0;
    if (chain == ReviewKey::book() || is_new) return;
    review_ = require_review(database, chain);
    policy_ = policy_of(database, review_);
    balances_ = load_balances(database, review_);
    delegators_ = delegation::delegators_of(actor_.name, load_delegations(database),
                                            load_users(database), today());
    end_grants(today());
}

RowTarget& Writing::rows() {
    if (tried_) return *tried_;
    return kept_;
}

std::vector<Held> Writing::held() const {
    auto held = load_held(database_, review_);
    return tried_ ? tried_->laid_over(std::move(held)) : held;
}

std::vector<Decision> Writing::decisions() const {
    auto decisions = load_decisions(database_, review_);
    if (!tried_) return decisions;
    decisions.insert(decisions.end(), tried_->decisions().begin(), tried_->decisions().end());
    return decisions;
}

DocumentId Writing::next_id(DocumentKind kind) {
    return {review_.key(), kind, kept_.last_number(review_.key(), kind) + 1};
}

void Writing::end_grants(Date day) {
    auto grants = load_expiring(database_, review_);
    if (tried_) grants = tried_->laid_over(std::move(grants));
    for (const auto& grant : grants) {
        if (grant.ended_seq != 0 || grant.expires >= day) continue;
        record(envelope::expire(facts(), grant));
    }
}

std::optional<Receipt> Writing::answered(const Asked& asked) {
    const auto event = earlier(asked);
    if (!event) return {};
    return receipt_of(*event);
}

std::optional<Event> Writing::earlier(const Asked& asked) {
    if (caller_.key.empty()) return {};
    std::string chain;
    std::string request;
    long long seq = 0;
    database_.sql()
        << "SELECT review, seq, request FROM request_key WHERE actor = :actor AND key = :key",
        soci::use(caller_.user), soci::use(caller_.key), soci::into(chain), soci::into(seq),
        soci::into(request);
    if (seq == 0) return {};
    if (request != asked.digest()) {
        throw Refused(Rule::key_reused,
                      "the request key '" + caller_.key + "' stands for another request, " + chain +
                          '#' + std::to_string(seq),
                      "use a new --key for a new request");
    }
    const bool of_book = chain == ReviewKey::book().text();
    const Currency currency = of_book
                                  ? Currency::parse("USD")
                                  : require_review(database_, ReviewKey::parse(chain)).currency();
    JournalReader reader(database_, "WHERE review = :review AND seq = :seq",
                         {{{"review", chain}}, {{"seq", seq}}});
    if (!reader.next()) throw Broken("a request key names an event that is not in the log");
    return reader.event(currency);
}

Receipt Writing::record(Entry entry, const Asked* asked) {
    if (asked != nullptr && !caller_.key.empty()) {
        entry.body.set("key", caller_.key);
        entry.body.set("request", asked->digest());
    }
    const Event event = tried_ ? appender_.try_on(std::move(entry), actor_.name, caller_.now)
                               : appender_.append(std::move(entry), actor_.name, caller_.now);
    projector_.apply(event, review_);
    if (!event.transfers.empty()) {
        balances_->apply(event.transfers, event.posted_on);
        check_free(event, review_, *balances_);
        for (const auto& transfer : event.transfers) {
            for (const Account* account : {&transfer.from, &transfer.to}) {
                const bool guarded =
                    account->bucket == Bucket::requested || account->bucket == Bucket::committed;
                if (guarded && balances_->lowest_from(*account, event.posted_on).is_negative()) {
                    throw Broken(event.id() + " would take " + account->text() +
                                 " below zero; nothing was recorded");
                }
            }
        }
    }
    return receipt_of(event);
}

void Writing::commit() {
    assert(!tried_);
    if (balances_) save_movements(database_, review_.key(), take_movements());
    transaction_.commit();
}

Receipt Book::Engine::act(const Caller& caller, const Asked& asked, const RuleCall& rule,
                          const Consequence& consequence) {
    return guarded([&] {
        Writing writing(database, caller, asked.chain, asked.act == Act::review_open);
        if (auto earlier = writing.answered(asked)) return *earlier;
        const Receipt receipt = writing.record(rule(writing), &asked);
        if (consequence) consequence(writing, receipt);
        writing.commit();
        return receipt;
    });
}

Review Book::Engine::review(const ReviewKey& key) { return require_review(database, key); }

Request Book::Engine::request(const Review& review, const DocumentId& id) {
    if (auto found = DatabaseRows(database).find_request(review, id.number)) return *found;
    throw Refused(Rule::unknown_request, "there is no request " + id.text(),
                  "see: purser request list " + id.review.text());
}

Sheet Book::Engine::sheet(const DocumentId& id) {
    if (auto found = DatabaseRows(database).find_sheet(id.review, id.number)) return *found;
    throw Refused(Rule::unknown_sheet, "there is no fact sheet " + id.text(),
                  "see: purser factsheet list " + id.review.text());
}

Commitment Book::Engine::commitment(const Review& review, const DocumentId& id) {
    if (auto found = DatabaseRows(database).find_commitment(review, id.number)) return *found;
    throw Refused(Rule::unknown_commitment, "there is no commitment " + id.text(),
                  "see: purser commitment list " + id.review.text());
}

Expense Book::Engine::expense(const Review& review, const DocumentId& id) {
    if (auto found = DatabaseRows(database).find_expense(review, id.number)) return *found;
    throw Refused(Rule::unknown_expense, "there is no expense " + id.text(),
                  "see: purser expense list " + id.review.text());
}

void Book::Engine::require_document(const Review& review, const DocumentId& id) {
    switch (id.kind) {
        case DocumentKind::expense: expense(review, id); break;
        case DocumentKind::commitment: commitment(review, id); break;
        case DocumentKind::request: request(review, id); break;
        case DocumentKind::sheet: sheet(id); break;
        case DocumentKind::member:
        case DocumentKind::milestone:
        case DocumentKind::payee: break;  // every one has a row, and none is asked for by people
    }
}

std::string payee_user(Database& database, const ReviewKey& review, std::int64_t number) {
    std::string result;
    const long long wanted = number;
    if (number != 0) {
        database.sql() << "SELECT handle FROM payee_user WHERE review = :review AND number = "
                          ":number",
            soci::use(review.text()), soci::use(wanted), soci::into(result);
        if (!result.empty()) return result;
        // A user of that name may have come after the payee.
        database.sql() << "SELECT account.name FROM person JOIN account ON account.name = "
                          "person.name WHERE person.review = :review AND person.kind = 'payee' AND "
                          "person.number = :number",
            soci::use(review.text()), soci::use(wanted), soci::into(result);
    }
    return result;
}

std::vector<Delegation> load_delegations(Database& database) {
    std::vector<Delegation> result;
    for (auto& row : DatabaseRows(database).delegations()) {
        result.push_back(std::move(row.delegation));
    }
    return result;
}

}  // namespace purser
