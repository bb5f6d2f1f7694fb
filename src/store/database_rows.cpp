#include "store/database_rows.hpp"

#include "ledger/projection.hpp"
#include "store/each_row.hpp"

namespace purser {
namespace {

Money money(long long minor, Currency currency) {
    return Money::of_minor(static_cast<std::int64_t>(minor), currency);
}

// The columns of one commitment, bound to a statement in either direction.
struct CommitmentColumns {
    std::string review, state, kind, category, posted_on, expected_on, purpose, asked_by, meeting;
    long long number = 0, seq = 0, fiscal_year = 0, amount = 0, used = 0, claimed = 0, reserved = 0;

    void set(const ReviewKey& key, const Commitment& row) {
        review = key.text();
        number = row.number;
        seq = row.seq;
        state = name(row.state);
        kind = name(row.kind);
        category = row.category;
        fiscal_year = row.year.number();
        amount = row.amount.amount_minor();
        used = row.used.amount_minor();
        claimed = row.claimed.amount_minor();
        reserved = row.reserved.amount_minor();
        posted_on = to_text(row.posted_on);
        expected_on = to_text(row.expected);
        purpose = row.what;
        asked_by = row.asked_by;
        meeting = row.meeting;
    }
    Commitment get(Currency currency) const {
        return {number,
                seq,
                parse_commitment_state(state),
                parse_commitment_kind(kind),
                category,
                year_in(fiscal_year),
                money(amount, currency),
                money(used, currency),
                money(claimed, currency),
                money(reserved, currency),
                parse_date(posted_on),
                parse_date(expected_on),
                purpose,
                asked_by,
                meeting};
    }
};

constexpr const char* select_commitment =
    "SELECT number, seq, state, kind, category, fiscal_year, amount_minor, used_minor, "
    "claimed_minor, reserved_minor, posted_on, expected_on, purpose, asked_by, meeting FROM commitment "
    "WHERE review = :review ";

std::vector<Commitment> read_commitments(Database& database, const Review& review,
                                         const std::string& condition) {
    CommitmentColumns c;
    const std::string key = review.key().text();
    soci::statement statement =
        (database.sql().prepare << select_commitment + condition, soci::use(key),
         soci::into(c.number), soci::into(c.seq), soci::into(c.state), soci::into(c.kind),
         soci::into(c.category), soci::into(c.fiscal_year), soci::into(c.amount),
         soci::into(c.used), soci::into(c.claimed), soci::into(c.reserved), soci::into(c.posted_on),
         soci::into(c.expected_on), soci::into(c.purpose), soci::into(c.asked_by),
         soci::into(c.meeting));
    std::vector<Commitment> result;
    each_row(
        statement,
        [&] {
            return row_of(DocumentId{review.key(), DocumentKind::commitment, c.number}.text());
        },
        [&] { result.push_back(c.get(review.currency())); });
    return result;
}

}  // namespace

void DatabaseRows::add(const ReviewKey& review, const Setting& row) {
    const std::string on = to_text(row.on);
    const long long seq = row.seq;
    database_.sql() << "INSERT INTO setting (review, seq, name, value, posted_on) VALUES "
                       "(:review, :seq, :name, :value, :on)",
        soci::use(review.text()), soci::use(seq), soci::use(row.name), soci::use(row.value),
        soci::use(on);
}

void DatabaseRows::add(const ReviewKey& review, const CategoryRow& row) {
    const long long seq = row.seq;
    const int overhead = row.category.overhead ? 1 : 0;
    database_.sql() << "INSERT INTO category (review, code, seq, title, overhead) VALUES "
                       "(:review, :code, :seq, :title, :overhead)",
        soci::use(review.text()), soci::use(row.category.code), soci::use(seq),
        soci::use(row.category.title), soci::use(overhead);
}

void DatabaseRows::add(const ReviewKey& review, std::int64_t line, const Decision& row) {
    const std::string on = to_text(row.on);
    const long long seq = row.seq;
    const long long at = line;
    const long long year = row.year ? row.year->number() : 0;
    const long long amount = row.amount.amount_minor();
    database_.sql() << "INSERT INTO decision (review, seq, line, act, category, fiscal_year, "
                       "amount_minor, posted_on) VALUES (:review, :seq, :line, :act, :category, "
                       ":year, :amount, :on)",
        soci::use(review.text()), soci::use(seq), soci::use(at), soci::use(row.act),
        soci::use(row.category), soci::use(year), soci::use(amount), soci::use(on);
}

void DatabaseRows::add(const ReviewKey& review, const PayeeRow& row) {
    const long long number = row.number;
    const long long seq = row.seq;
    database_.sql()
        << "INSERT INTO payee (review, number, seq, digest) VALUES (:review, :number, :seq, "
           ":digest)",
        soci::use(review.text()), soci::use(number), soci::use(seq), soci::use(row.digest);
}

void DatabaseRows::add(const PolicyRow& row) {
    const long long seq = row.seq;
    const long long persons = row.persons;
    database_.sql() << "INSERT INTO policy (seq, review, from_on, up_to, role, persons) VALUES "
                       "(:seq, :review, :from_on, :up_to, :role, :persons)",
        soci::use(seq), soci::use(row.review), soci::use(row.from_on), soci::use(row.up_to),
        soci::use(row.role), soci::use(persons);
}

void DatabaseRows::put(const ReviewKey& review, const PayeeUserRow& row) {
    const long long number = row.number;
    const long long seq = row.seq;
    database_.sql() << "INSERT INTO payee_user (review, number, seq, handle) VALUES (:review, "
                       ":number, :seq, :handle) ON CONFLICT (review, number) DO UPDATE SET seq = "
                       "excluded.seq, handle = excluded.handle",
        soci::use(review.text()), soci::use(number), soci::use(seq), soci::use(row.handle);
}

std::vector<DelegationRow> DatabaseRows::delegations() {
    std::vector<DelegationRow> result;
    std::string from;
    std::string until;
    DelegationRow row{0, {{}, {}, Date{}, Date{}, false}};
    long long seq = 0;
    int ended = 0;
    soci::statement statement =
        (database_.sql().prepare << "SELECT seq, delegator, delegate, from_on, until_on, ended "
                                    "FROM delegation ORDER BY seq",
         soci::into(seq), soci::into(row.delegation.delegator), soci::into(row.delegation.delegate),
         soci::into(from), soci::into(until), soci::into(ended));
    each_row(
        statement, [&] { return row_in("delegation", std::to_string(seq)); },
        [&] {
            row.seq = seq;
            row.delegation.from = parse_date(from);
            row.delegation.until = parse_date(until);
            row.delegation.ended = ended != 0;
            result.push_back(row);
        });
    return result;
}

void DatabaseRows::put(const DelegationRow& row) {
    const long long seq = row.seq;
    const std::string from = to_text(row.delegation.from);
    const std::string until = to_text(row.delegation.until);
    const int ended = row.delegation.ended ? 1 : 0;
    database_.sql() << "INSERT INTO delegation (seq, delegator, delegate, from_on, until_on, "
                       "ended) VALUES (:seq, :delegator, :delegate, :from_on, :until_on, :ended) "
                       "ON CONFLICT (seq) DO UPDATE SET ended = excluded.ended",
        soci::use(seq), soci::use(row.delegation.delegator), soci::use(row.delegation.delegate),
        soci::use(from), soci::use(until), soci::use(ended);
}

void DatabaseRows::add(const KeyRow& row) {
    const long long seq = row.seq;
    database_.sql() << "INSERT INTO request_key (actor, key, review, seq, request) VALUES "
                       "(:actor, :key, :review, :seq, :request)",
        soci::use(row.actor), soci::use(row.key), soci::use(row.review), soci::use(seq),
        soci::use(row.request);
}

AccountRow DatabaseRows::account(const std::string& name) {
    AccountRow row;
    row.name = name;
    long long seq = 0;
    int disabled = 0;
    database_.sql() << "SELECT seq, disabled, grants, secret_digest FROM account WHERE name = "
                       ":name",
        soci::use(name), soci::into(seq), soci::into(disabled), soci::into(row.grants),
        soci::into(row.secret_digest);
    row.seq = seq;
    row.disabled = disabled != 0;
    return row;
}

void DatabaseRows::put(const AccountRow& row) {
    const long long seq = row.seq;
    const int disabled = row.disabled ? 1 : 0;
    database_.sql() << "INSERT INTO account (name, seq, disabled, grants, secret_digest) VALUES "
                       "(:name, :seq, :disabled, :grants, :digest) ON CONFLICT (name) DO UPDATE "
                       "SET disabled = excluded.disabled, grants = excluded.grants, "
                       "secret_digest = excluded.secret_digest",
        soci::use(row.name), soci::use(seq), soci::use(disabled), soci::use(row.grants),
        soci::use(row.secret_digest);
}

std::optional<Commitment> DatabaseRows::find_commitment(const Review& review, std::int64_t number) {
    auto found = read_commitments(database_, review, "AND number = " + std::to_string(number));
    if (found.empty()) return {};
    return found.front();
}

Commitment DatabaseRows::commitment(const Review& review, std::int64_t number) {
    auto found = find_commitment(review, number);
    if (!found) {
        throw Broken("the log names a commitment " + std::to_string(number) + " of " +
                     review.key().text() + " that it never opened");
    }
    return *found;
}

std::vector<Commitment> DatabaseRows::commitments(const Review& review) {
    return read_commitments(database_, review, "ORDER BY number");
}

std::vector<Commitment> DatabaseRows::alive(const Review& review, FiscalYear year) {
    return read_commitments(database_, review,
                            "AND state IN ('open', 'proposed') AND fiscal_year = " +
                                std::to_string(year.number()) + " ORDER BY number");
}

void DatabaseRows::insert(const ReviewKey& review, const Commitment& row) {
    CommitmentColumns c;
    c.set(review, row);
    database_.sql()
        << "INSERT INTO commitment (review, number, seq, state, kind, category, fiscal_year, "
           "amount_minor, used_minor, claimed_minor, reserved_minor, posted_on, expected_on, "
           "purpose, asked_by, meeting) VALUES (:review, :number, :seq, :state, :kind, :category, "
           ":fiscal_year, :amount, :used, :claimed, :reserved, :posted_on, :expected_on, "
           ":purpose, :asked_by, :meeting)",
        soci::use(c.review), soci::use(c.number), soci::use(c.seq), soci::use(c.state),
        soci::use(c.kind), soci::use(c.category), soci::use(c.fiscal_year), soci::use(c.amount),
        soci::use(c.used), soci::use(c.claimed), soci::use(c.reserved), soci::use(c.posted_on),
        soci::use(c.expected_on), soci::use(c.purpose), soci::use(c.asked_by), soci::use(c.meeting);
}

void DatabaseRows::update(const ReviewKey& review, const Commitment& row) {
    CommitmentColumns c;
    c.set(review, row);
    database_.sql()
        << "UPDATE commitment SET state = :state, fiscal_year = :fiscal_year, amount_minor = "
           ":amount, posted_on = :posted_on, used_minor = :used, claimed_minor = :claimed, reserved_minor = :reserved, "
           "expected_on = :expected_on, asked_by = :asked_by, meeting = :meeting WHERE review = :review AND number = "
           ":number",
        soci::use(c.state), soci::use(c.fiscal_year), soci::use(c.amount), soci::use(c.posted_on),
        soci::use(c.used), soci::use(c.claimed), soci::use(c.reserved), soci::use(c.expected_on),
        soci::use(c.asked_by), soci::use(c.meeting), soci::use(c.review), soci::use(c.number);
}

std::int64_t DatabaseRows::last_number(const ReviewKey& review, DocumentKind kind) {
    long long number = 0;
    soci::indicator found = soci::i_null;
    database_.sql() << "SELECT MAX(number) FROM " + std::string(name(kind)) +
                           " WHERE review = :review",
        soci::use(review.text()), soci::into(number, found);
    if (number > most_counted) {
        throw Broken("the last " + std::string(name(kind)) + " of " + review.text() +
                         " is number " + std::to_string(number) + ", which no book comes to",
                     "try: purser rebuild");
    }
    return found == soci::i_ok ? number : 0;
}

namespace {

// Of a setting that takes what can be read one way only; what was recorded was looked at then.
void check_kept(const Setting& setting, Currency currency) {
    // A control that cannot be read refuses, but not before it is asked (DOMAIN rule 2).
    if (setting.value.empty() || setting.name.starts_with("control.")) return;
    if (setting.name == "forecast.cushion") Cushion::parse(setting.value, currency);
    for (const auto& choice : setting_choices()) {
        if (choice.name == setting.name) check_setting(setting.name, setting.value);
    }
}

}  // namespace

std::optional<Review> load_review(Database& database, const ReviewKey& key,
                                  std::optional<std::int64_t> up_to) {
    const long long limit = up_to.value_or(INT64_MAX);
    Review review(key);
    Setting setting{{}, {}, {}, 0};
    std::string on;
    long long seq = 0;
    soci::statement settings =
        (database.sql().prepare << "SELECT name, value, posted_on, seq FROM setting WHERE review "
                                   "= :review AND seq <= :limit ORDER BY seq",
         soci::use(key.text()), soci::use(limit), soci::into(setting.name),
         soci::into(setting.value), soci::into(on), soci::into(seq));
    bool exists = false;
    each_row(
        settings, [&] { return row_in("setting", setting.name); },
        [&] {
            exists = true;
            setting.on = parse_date(on);
            setting.seq = seq;
            review.apply(setting);
            check_kept(setting, review.currency());
        });
    if (!exists) return {};
    for (const char* const name : {"start", "expected", "currency"}) {
        if (review.text(name).empty()) {
            throw Broken("the settings of " + key.text() + " lack its '" + name + "'",
                         "try: purser rebuild");
        }
    }
    Category category;
    int overhead = 0;
    soci::statement categories =
        (database.sql().prepare << "SELECT code, title, overhead FROM category WHERE review = "
                                   ":review AND seq <= :limit ORDER BY seq",
         soci::use(key.text()), soci::use(limit), soci::into(category.code),
         soci::into(category.title), soci::into(overhead));
    each_row(
        categories, [&] { return row_in("category", category.code); },
        [&] {
            category.overhead = overhead != 0;
            review.add(category);
        });
    return review;
}

std::vector<AccountRow> load_accounts(Database& database) {
    std::vector<AccountRow> result;
    AccountRow row;
    long long seq = 0;
    int disabled = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT name, seq, disabled, grants, secret_digest FROM account "
                                   "ORDER BY name",
         soci::into(row.name), soci::into(seq), soci::into(disabled), soci::into(row.grants),
         soci::into(row.secret_digest));
    each_row(
        statement, [&] { return row_of("the user " + row.name); },
        [&] {
            row.seq = seq;
            row.disabled = disabled != 0;
            result.push_back(row);
        });
    return result;
}

std::vector<PolicyRow> load_policies(Database& database) {
    std::vector<PolicyRow> result;
    PolicyRow row;
    long long seq = 0;
    long long persons = 0;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT seq, review, from_on, up_to, role, persons FROM policy ORDER BY seq",
         soci::into(seq), soci::into(row.review), soci::into(row.from_on), soci::into(row.up_to),
         soci::into(row.role), soci::into(persons));
    each_row(
        statement, [&] { return row_in("policy", std::to_string(seq)); },
        [&] {
            row.seq = seq;
            row.persons = persons;
            result.push_back(row);
        });
    return result;
}

std::vector<Decision> load_decisions(Database& database, const Review& review) {
    std::vector<Decision> result;
    std::string act;
    std::string category;
    std::string on;
    long long seq = 0;
    long long year = 0;
    long long amount = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT seq, act, category, fiscal_year, amount_minor, "
                                   "posted_on FROM decision WHERE review = :review ORDER BY seq, "
                                   "line",
         soci::use(review.key().text()), soci::into(seq), soci::into(act), soci::into(category),
         soci::into(year), soci::into(amount), soci::into(on));
    each_row(
        statement, [&] { return row_in("decision", std::to_string(seq)); },
        [&] {
            std::optional<FiscalYear> of;
            if (year != 0) of = year_in(year);
            result.push_back(
                {seq, act, category, of, money(amount, review.currency()), parse_date(on)});
        });
    return result;
}

}  // namespace purser
