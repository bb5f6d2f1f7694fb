#include "store/verify_rows.hpp"

#include "store/engine.hpp"
#include "store/file_rows.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

std::string line(const std::vector<std::string>& values) {
    std::string result;
    for (const auto& value : values) result += value + '\x1f';
    return result;
}

Review shaped(const ReviewKey& chain, Currency currency) {
    Review review(chain);
    review.apply({"currency", std::string(currency.code()), {}, 0});
    return review;
}

std::string year_text(const std::optional<FiscalYear>& year) {
    return std::to_string(year ? year->number() : 0);
}

[[noreturn]] void differs(const std::string& what) {
    throw Broken(what + " is not what the log makes it", "try: purser rebuild");
}

template <typename Map, typename Key>
auto known(const Map& rows, const Key& key, const std::string& what) {
    const auto at = rows.find(key);
    if (at == rows.end()) throw Broken("the log names a " + what + " that it never recorded");
    return at->second;
}

// Compares the rows of a table with those that the log made, by the key that `key_of` reads and
// `id_of` says.
template <typename Map, typename Rows, typename KeyOf, typename IdOf>
void compare_rows(Map expected, const Rows& table, const KeyOf& key_of, const IdOf& id_of) {
    for (const auto& row : table) {
        const auto at = expected.find(key_of(row));
        if (at == expected.end() || at->second != row) differs("the row of " + id_of(key_of(row)));
        expected.erase(at);
    }
    if (!expected.empty()) differs("the row of " + id_of(expected.begin()->first));
}

}  // namespace

VerifyRows::VerifyRows(Database& database, const ReviewKey& chain, Currency currency)
    : database_(database),
      chain_(chain),
      shape_(shaped(chain, currency)),
      cursor_(database, shape_, "ORDER BY number") {}

void VerifyRows::expect(const std::string& table, const std::string& key, const std::string& row) {
    small_[table].insert_or_assign(key, row);
}

void VerifyRows::add(const ReviewKey& review, const Setting& row) {
    const std::string seq = std::to_string(row.seq);
    expect("setting", line({seq, row.name}), line({row.value, to_text(row.on)}));
    static_cast<void>(review);
}

void VerifyRows::add(const ReviewKey& /*review*/, const RecordValue& row) {
    expect("record", line({std::to_string(row.seq), std::to_string(row.line)}),
           line({std::string(name(row.kind)), row.code, row.name, row.value}));
    if (row.kind != RecordKind::member || row.name != "digest") return;
    members_.insert_or_assign(DocumentId::parse(chain_.text() + '-' + row.code), row.value);
}

void VerifyRows::add(const ReviewKey& /*review*/, const CategoryRow& row) {
    expect("category", line({row.category.code}),
           line({std::to_string(row.seq), row.category.title, row.category.overhead ? "1" : "0"}));
}

void VerifyRows::add(const ReviewKey& /*review*/, std::int64_t number, const Decision& row) {
    expect("decision", line({std::to_string(row.seq), std::to_string(number)}),
           line({row.act, row.category, year_text(row.year),
                 std::to_string(row.amount.amount_minor()), to_text(row.on)}));
}

void VerifyRows::add(const ReviewKey& /*review*/, const PayeeRow& row) {
    payees_.insert_or_assign(row.number, row);
}

void VerifyRows::add(const PolicyRow& row) {
    expect("policy", line({std::to_string(row.seq)}),
           line({row.review, row.from_on, row.up_to, row.role, std::to_string(row.persons)}));
}

void VerifyRows::put(const ReviewKey& /*review*/, const PayeeUserRow& row) {
    expect("payee_user", line({std::to_string(row.number)}),
           line({std::to_string(row.seq), row.handle}));
}

std::vector<DelegationRow> VerifyRows::delegations() { return delegations_; }

void VerifyRows::put(const DelegationRow& row) {
    const Delegation& one = row.delegation;
    std::erase_if(delegations_, [&](const DelegationRow& old) { return old.seq == row.seq; });
    delegations_.push_back(row);
    expect("delegation", line({std::to_string(row.seq)}),
           line({one.delegator, one.delegate, to_text(one.from), to_text(one.until),
                 one.ended ? "1" : "0"}));
}

// Keys of a million imported rows are not collected: each is looked up as it is met.
void VerifyRows::add(const KeyRow& row) {
    KeyRow found{row.actor, row.key, {}, 0, {}};
    long long seq = 0;
    database_.sql()
        << "SELECT review, seq, request FROM request_key WHERE actor = :actor AND key = :key",
        soci::use(row.actor), soci::use(row.key), soci::into(found.review), soci::into(seq),
        soci::into(found.request);
    found.seq = seq;
    if (found != row) differs("the request key '" + row.key + "' of " + row.actor);
    ++keys_;
}

AccountRow VerifyRows::account(const std::string& name) {
    const auto at = accounts_.find(name);
    if (at != accounts_.end()) return at->second;
    AccountRow fresh;
    fresh.name = name;
    return fresh;
}

void VerifyRows::put(const AccountRow& row) { accounts_.insert_or_assign(row.name, row); }

Commitment VerifyRows::commitment(const Review& /*review*/, std::int64_t number) {
    const auto at = commitments_.find(number);
    if (at == commitments_.end()) {
        throw Broken("the log names a commitment " + std::to_string(number) + " of " +
                     chain_.text() + " that it never opened");
    }
    return at->second;
}

void VerifyRows::insert(const ReviewKey& /*review*/, const Commitment& row) {
    commitments_.insert_or_assign(row.number, row);
}

void VerifyRows::update(const ReviewKey& review, const Commitment& row) { insert(review, row); }

Expense VerifyRows::expense(const Review& /*review*/, std::int64_t number) {
    const auto at = open_.find(number);
    if (at != open_.end()) return at->second.by_log;
    auto row = DatabaseRows(database_).find_expense(shape_, number);
    if (!row || number > last_number_) {
        throw Broken("the log names an expense " + std::to_string(number) + " of " + chain_.text() +
                     " that it never submitted");
    }
    return *row;
}

void VerifyRows::insert(const ReviewKey& review, const Expense& row) {
    const auto which = [&] {
        return "the row of " + DocumentId{review, DocumentKind::expense, row.number}.text();
    };
    if (!cursor_.step()) differs(which() + " is missing: the table");
    last_number_ = row.number;
    if (cursor_.shows(row)) return;
    const Expense table = cursor_.expense();
    if (table.number != row.number) differs(which() + " is missing: the table");
    // What never changes must be equal now; the rest when the log has been read.
    const bool fixed = table.seq == row.seq && table.row_print == row.row_print &&
                       table.submitted_by == row.submitted_by;
    if (!fixed) differs(which());
    if (table != row) open_.insert_or_assign(row.number, Pair{row, table});
}

void VerifyRows::update(const ReviewKey& /*review*/, const Expense& row) {
    const auto at = open_.find(row.number);
    const Expense table = at != open_.end()
                              ? at->second.by_table
                              : *DatabaseRows(database_).find_expense(shape_, row.number);
    if (table == row) {
        open_.erase(row.number);
    } else {
        open_.insert_or_assign(row.number, Pair{row, table});
    }
}

Request VerifyRows::request(const Review& /*review*/, std::int64_t number) {
    return known(requests_, number, "request");
}

void VerifyRows::put(const ReviewKey& /*review*/, const Request& row) {
    requests_.insert_or_assign(row.number, row);
}

Sheet VerifyRows::sheet(const Review& /*review*/, std::int64_t number) {
    return known(sheets_, number, "fact sheet");
}

void VerifyRows::put(const ReviewKey& /*review*/, const Sheet& row) {
    sheets_.insert_or_assign(row.number, row);
}

void VerifyRows::put(const ReviewKey& /*review*/, const SheetTarget& row) {
    sheet_targets_.insert_or_assign(row.financials, row);
}

Held VerifyRows::held(const Review& /*review*/, const DocumentId& document) {
    return known(held_, document, "held document");
}

void VerifyRows::put(const ReviewKey& /*review*/, const Held& row) {
    held_.insert_or_assign(row.document, row);
}

ExpiringGrant VerifyRows::expiring(const Review& /*review*/, std::int64_t seq) {
    return known(expiring_, seq, "grant with an end date");
}

void VerifyRows::put(const ReviewKey& /*review*/, const ExpiringGrant& row) {
    expiring_.insert_or_assign(row.seq, row);
}

std::vector<Commitment> VerifyRows::alive(const Review& /*review*/, FiscalYear year) {
    std::vector<Commitment> result;
    for (const auto& [number, row] : commitments_) {
        const bool living =
            row.state == CommitmentState::open || row.state == CommitmentState::proposed;
        if (living && row.year == year) result.push_back(row);
    }
    return result;
}

// An undecided expense of a year that closes gets another year, so its row differs by now and
// is among the open ones; a row that the table leaves behind is found as well.
std::vector<Expense> VerifyRows::undecided(const Review& /*review*/, FiscalYear year) {
    std::map<std::int64_t, Expense> result;
    ExpenseReader left(database_, shape_,
                       "AND fiscal_year = " + std::to_string(year.number()) + " ORDER BY number",
                       ExpenseState::submitted);
    while (auto row = left.next()) {
        if (row->number <= last_number_ && !open_.contains(row->number)) {
            result.insert_or_assign(row->number, *row);
        }
    }
    for (const auto& [number, pair] : open_) {
        if (pair.by_log.state == ExpenseState::submitted && pair.by_log.year == year) {
            result.insert_or_assign(number, pair.by_log);
        }
    }
    std::vector<Expense> rows;
    for (auto& [number, row] : result) rows.push_back(std::move(row));
    return rows;
}

void VerifyRows::check_receipt(const Event& event) {
    const std::string digest(event.body.text("receipt"));
    if (digest.empty()) return;
    if (!has_file(database_, digest)) throw Broken("the receipt of " + event.id() + " is missing");
}

void VerifyRows::check_sheet_files() {
    for (const auto& [number, sheet] : sheets_) {
        if (sheet.state == SheetState::withdrawn) continue;
        for (const SheetFile& file : sheet.files) {
            if (has_file(database_, file.digest)) continue;
            throw Broken("the " + file.format + " of " +
                             DocumentId{chain_, DocumentKind::sheet, number}.text() +
                             " as it was " + std::string(name(file.state)) + " is missing",
                         "restore the last backup that verifies");
        }
    }
}

// Compares one small table: `sql` gives the key columns first, all as text.
void VerifyRows::compare(const std::string& table, const std::string& sql, int key_columns) {
    auto expected = small_[table];
    soci::rowset<soci::row> rows =
        sql.find(":chain") == std::string::npos
            ? soci::rowset<soci::row>(database_.sql().prepare << sql)
            : soci::rowset<soci::row>((database_.sql().prepare << sql, soci::use(chain_.text())));
    for (const auto& row : rows) {
        std::vector<std::string> key;
        std::vector<std::string> rest;
        for (std::size_t i = 0; i < row.size(); ++i) {
            (static_cast<int>(i) < key_columns ? key : rest).push_back(row.get<std::string>(i));
        }
        const auto at = expected.find(line(key));
        if (at == expected.end() || at->second != line(rest)) {
            differs("the row '" + key.front() + "' of the table " + table);
        }
        expected.erase(at);
    }
    if (!expected.empty()) {
        const std::string key = expected.begin()->first;
        differs("the table " + table + ", where '" + key.substr(0, key.find('\x1f')) +
                "' is missing,");
    }
}

void VerifyRows::note_erasure(const Event& event) {
    if (event.act != Act::payee_erase && event.act != Act::member_erase) return;
    erased_.insert(DocumentId::parse(event.subject));
}

// A name that is gone was erased here, or by the book that this one replaces.
void VerifyRows::check_person(const DocumentId& id, const std::string& digest) {
    const auto person = find_person(database_, id);
    if (!person) return;
    if (erased_.contains(id)) {
        throw Broken("the name of " + id.text() + " was erased, and stands there again");
    }
    if (person_digest(person->salt, person->name) != digest) {
        throw Broken("the name of " + id.text() + " was changed outside the log");
    }
}

void VerifyRows::compare_payees() {
    for (const auto& [id, digest] : members_) check_person(id, digest);
    for (const auto& [number, row] : payees_) {
        const DocumentId id{chain_, DocumentKind::payee, number};
        std::string digest;
        const long long wanted = number;
        database_.sql() << "SELECT digest FROM payee WHERE review = :review AND number = :number",
            soci::use(chain_.text()), soci::use(wanted), soci::into(digest);
        if (digest != row.digest) differs("the row of " + id.text());
        check_person(id, row.digest);
    }
    long long number = 0;
    soci::statement numbers =
        (database_.sql().prepare << "SELECT number FROM payee WHERE review = :review",
         soci::use(chain_.text()), soci::into(number));
    numbers.execute(false);
    while (numbers.fetch()) {
        if (payees_.contains(number)) continue;
        differs("the row of " + DocumentId{chain_, DocumentKind::payee, number}.text());
    }
}

// Each key of the log was found as it should be, so only a count can be wrong.
void VerifyRows::compare_keys() {
    long long found = 0;
    database_.sql() << "SELECT COUNT(*) FROM request_key WHERE review = :review",
        soci::use(chain_.text()), soci::into(found);
    if (found == keys_) return;
    differs("the table request_key, with " + std::to_string(found) + " keys of " + chain_.text() +
            " where the log has " + std::to_string(keys_) + ",");
}

void VerifyRows::finish() {
    compare_keys();
    if (chain_ == ReviewKey::book()) {
        for (const auto& row : load_accounts(database_)) {
            const auto at = accounts_.find(row.name);
            if (at == accounts_.end() || at->second != row) differs("the user " + row.name);
            accounts_.erase(at);
        }
        if (!accounts_.empty()) differs("the user " + accounts_.begin()->first);
        compare("policy",
                "SELECT CAST(seq AS TEXT), review, from_on, up_to, role, CAST(persons AS TEXT) "
                "FROM policy",
                1);
        compare("delegation",
                "SELECT CAST(seq AS TEXT), delegator, delegate, from_on, until_on, CAST(ended AS "
                "TEXT) FROM delegation",
                1);
        return;
    }
    compare("setting",
            "SELECT CAST(seq AS TEXT), name, value, posted_on FROM setting WHERE review = :chain",
            2);
    compare("category",
            "SELECT code, CAST(seq AS TEXT), title, CAST(overhead AS TEXT) FROM category WHERE "
            "review = :chain",
            1);
    compare("decision",
            "SELECT CAST(seq AS TEXT), CAST(line AS TEXT), act, category, CAST(fiscal_year AS "
            "TEXT), CAST(amount_minor AS TEXT), posted_on FROM decision WHERE review = :chain",
            2);
    compare_payees();
    compare("record",
            "SELECT CAST(seq AS TEXT), CAST(line AS TEXT), kind, code, name, value FROM record "
            "WHERE review = :chain",
            2);
    compare("payee_user",
            "SELECT CAST(number AS TEXT), CAST(seq AS TEXT), handle FROM payee_user WHERE review = "
            ":chain",
            1);
    const auto id = [&](DocumentKind kind, std::int64_t number) {
        return DocumentId{chain_, kind, number}.text();
    };
    compare_rows(
        commitments_, DatabaseRows(database_).commitments(shape_),
        [](const Commitment& row) { return row.number; },
        [&](std::int64_t number) { return id(DocumentKind::commitment, number); });
    compare_rows(
        requests_, load_requests(database_, shape_), [](const Request& row) { return row.number; },
        [&](std::int64_t number) { return id(DocumentKind::request, number); });
    compare_rows(
        sheets_, load_sheets(database_, chain_), [](const Sheet& row) { return row.number; },
        [&](std::int64_t number) { return id(DocumentKind::sheet, number); });
    compare_rows(
        sheet_targets_, load_sheet_targets(database_, chain_),
        [](const SheetTarget& row) { return row.financials; },
        [](Date day) { return to_text(day) + " in the table sheet_target"; });
    check_sheet_files();
    compare_rows(
        held_, load_held(database_, shape_), [](const Held& row) { return row.document; },
        [](const DocumentId& document) { return document.text() + " in the table held"; });
    compare_rows(
        expiring_, load_expiring(database_, shape_),
        [](const ExpiringGrant& row) { return row.seq; },
        [&](std::int64_t seq) {
            return "the grant " + event_id(chain_, seq) + " in the table expiring";
        });
    if (!open_.empty()) differs("the row of " + id(DocumentKind::expense, open_.begin()->first));
    if (const auto more = cursor_.next()) {
        differs("the row of " + id(DocumentKind::expense, more->number));
    }
}

}  // namespace purser
