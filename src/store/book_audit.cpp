// Book: verify and rebuild. The log is read from its first event; verify compares, rebuild writes.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

#include "ledger/reading.hpp"
#include "store/checked_log.hpp"
#include "store/engine.hpp"
#include "store/file_rows.hpp"
#include "store/location.hpp"
#include "store/verify_rows.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

void check_head(Database& database, const ReviewKey& chain, const Head& head) {
    std::string hash;
    const long long seq = head.seq;
    database.sql() << "SELECT hash FROM event WHERE review = :review AND seq = :seq",
        soci::use(chain.text()), soci::use(seq), soci::into(hash);
    if (hash == head.hash) return;
    if (hash.empty()) {
        throw Broken("the log of " + chain.text() + " ends at event " +
                     std::to_string(chain_end(database, chain).seq) + ", but the head of event " +
                     std::to_string(head.seq) + " was published: events were removed");
    }
    throw Broken(event_id(chain, head.seq) + " has the hash " + hash + ", published was " +
                 head.hash);
}

void compare_balances(const ReviewKey& chain, const Movements& expected, const Movements& found) {
    const auto say = [&](const auto& place, std::int64_t log, std::int64_t table) {
        const auto& [day, account] = place;
        throw Broken("the balance of " + chain.text() + ":" + account.text() + " on " +
                         to_text(day) + " moved by " + std::to_string(log) +
                         " minor units by the log, by " + std::to_string(table) + " by the table",
                     "try: purser rebuild");
    };
    for (const auto& [place, amount] : expected) {
        const auto other = found.find(place);
        const std::int64_t table = other == found.end() ? 0 : other->second;
        if (table != amount) say(place, amount, table);
    }
    for (const auto& [place, amount] : found) {
        if (amount != 0 && expected.find(place) == expected.end()) say(place, 0, amount);
    }
}

// The invariants that concern all days at once (MODEL.md 6).
void check_days(const Review& review, const Movements& movements) {
    Balances balances(review.currency());
    for (const auto& [place, minor] : movements) {
        const auto& [day, account] = place;
        balances.add(account, day, Money::of_minor(minor, review.currency()));
    }
    Money sum = Money::zero(review.currency());
    for (const auto& [account, series] : balances.accounts()) {
        const Money last = balances.last(account);
        sum += last;
        const bool held =
            account.bucket == Bucket::requested || account.bucket == Bucket::committed;
        if (held && balances.lowest_from(account, Date::min()).is_negative()) {
            throw Broken(review.key().text() + ":" + account.text() + " is below zero on a day");
        }
        const bool over =
            account.year && review.is_closed(review.calendar().last_day(*account.year));
        if (over && account.bucket != Bucket::spent && !last.is_zero()) {
            throw Broken(review.key().text() + ":" + account.text() + " holds " + last.with_code() +
                         " although " + account.year->text() + " is closed");
        }
    }
    if (!sum.is_zero()) {
        throw Broken("the accounts of " + review.key().text() + " add up to " + sum.with_code() +
                     ", not to zero");
    }
}

void check_files(Database& database) {
    std::string digest;
    std::string name;
    std::string text;
    soci::statement statement = (database.sql().prepare << "SELECT digest, name, content FROM file",
                                 soci::into(digest), soci::into(name), soci::into(text));
    statement.execute(false);
    while (statement.fetch()) {
        const auto content = decoded(text);
        if (!content || sha256(*content) != digest) {
            throw Broken(fmt::format("the file {} is not the one whose digest the log holds, {}",
                                     name, digest));
        }
    }
}

void check_secrets(Database& database, const std::vector<AccountRow>& accounts) {
    for (const auto& account : accounts) {
        std::string password;
        database.sql() << "SELECT password FROM secret WHERE account = :name",
            soci::use(account.name), soci::into(password);
        const std::string digest = password.empty() ? "" : sha256(password);
        if (!password.empty() && digest != account.secret_digest) {
            throw Broken("the password of " + account.name + " was changed outside the log");
        }
    }
}

// Costs that are shared over reviews: the parts that each event names, and those that are there.
class SharedCosts {
public:
    void add(const Event& event, Currency currency) {
        const auto& parts = event.body.list("parts");
        if (parts.empty() || event.act != Act::expense_submit) return;
        const std::string own = event.subject + '=' + event.body.money("amount", currency).text();
        if (std::find(parts.begin(), parts.end(), own) == parts.end()) {
            throw Broken(event.id() + " is no part of the shared cost that it names");
        }
        Money sum = Money::zero(currency);
        for (const auto& part : parts) {
            sum += Money::parse(part.substr(part.find('=') + 1), currency);
        }
        const Money total = event.body.money("shared_of", currency);
        if (sum != total) {
            throw Broken("the parts of the shared cost of " + event.id() + " add up to " +
                         sum.with_code() + ", not to " + total.with_code());
        }
        found_[parts].insert(own);
    }
    // Each part that is named is there, with its amount, and names the same parts.
    void check(const std::function<bool(const ReviewKey&)>& was_read) const {
        for (const auto& [parts, there] : found_) {
            for (const auto& part : parts) {
                const auto id = DocumentId::parse(part.substr(0, part.find('=')));
                if (there.contains(part) || !was_read(id.review)) continue;
                throw Broken("the shared cost of " + *there.begin() + " has a part " + part +
                             " that the log does not know");
            }
        }
    }

private:
    std::map<std::vector<std::string>, std::set<std::string>> found_;
};

// Replays one chain against the rows that the database holds.
void check_rows(Database& database, CheckedLog& log, const ChainSpan& chain, SharedCosts& shared,
                const std::function<void(std::int64_t)>& done) {
    const auto stored = load_review(database, chain.key, {});
    const Currency currency = stored ? stored->currency() : Currency::parse("USD");
    VerifyRows rows(database, chain.key, currency);
    Projector projector(rows);
    Review review(chain.key);
    Movements movements;
    FreeMoney free(currency);
    CheckedLog::Batch batch;
    for (std::int64_t last = 0; last < chain.end.seq;) {
        if (!log.next(batch)) throw Broken("the log ended while it was read", "try again");
        for (const Event& event : batch) {
            reading([&] { return log_line(chain.key.text(), event.seq); },
                    [&] {
                        projector.apply(event, review);
                        rows.check_receipt(event);
                        rows.note_erasure(event);
                        shared.add(event, currency);
                        if (event.transfers.empty()) return;
                        add_to(movements, event.transfers, event.posted_on);
                        free.apply(event.transfers, event.posted_on);
                        check_free(event, review, free);
                    });
        }
        last = batch.back().seq;
        done(last);
    }
    rows.finish();
    compare_balances(chain.key, movements, load_movements(database, chain.key));
    if (chain.key != ReviewKey::book()) check_days(review, movements);
}

// Rows of a review that has no log at all belong to no chain that is replayed.
void check_strangers(Database& database, const std::vector<ReviewKey>& known) {
    for (const std::string table :
         {"balance", "setting", "category", "decision", "commitment", "expense", "request", "held",
          "expiring", "sheet", "sheet_target", "record", "payee", "payee_user", "request_key"}) {
        std::string last;
        while (true) {
            std::string next;
            soci::indicator found = soci::i_null;
            database.sql() << "SELECT MIN(review) FROM " + table + " WHERE review > :last",
                soci::use(last), soci::into(next, found);
            if (found != soci::i_ok) break;
            require_later(last, next, table);
            const bool has_log = std::any_of(known.begin(), known.end(), [&](const auto& chain) {
                return chain.text() == next;
            });
            if (!has_log) {
                throw Broken(fmt::format("the table {} has rows of {}, which the log does not know",
                                         table, next),
                             "try: purser rebuild");
            }
            last = next;
        }
    }
}

void clear_rows(Database& database) {
    for (const char* table :
         {"balance", "setting", "category", "decision", "commitment", "expense", "request", "held",
          "expiring", "sheet", "sheet_target", "record", "payee", "payee_user", "account", "policy",
          "delegation", "request_key"}) {
        database.sql() << "DELETE FROM " + std::string(table);
    }
}

}  // namespace

VerifyResult Book::verify(const std::optional<ReviewKey>& chain, const std::optional<Head>& head,
                          const Progress& progress) {
    Database& database = engine_->database;
    return engine_->read([&] {
        VerifyResult result;
        std::vector<ChainSpan> spans = chain_spans(database);
        if (chain) std::erase_if(spans, [&](const auto& span) { return span.key != *chain; });
        for (const auto& [key, end] : spans) {
            ++result.chains;
            result.events += end.seq;
            result.heads.emplace_back(key, Head{end.seq, end.hash});
        }
        if (chain && spans.empty()) engine_->review(*chain);  // refuses unknown_review
        CheckedLog log(database.location(), spans);
        std::exception_ptr row_error;
        try {
            std::int64_t before = 0;
            SharedCosts shared;
            for (const auto& span : spans) {
                check_rows(database, log, span, shared, [&](std::int64_t done) {
                    if (progress) progress(before + done, result.events);
                });
                before += span.end.seq;
            }
            shared.check([&](const ReviewKey& review) { return !chain || review == *chain; });
            if (!chain) check_strangers(database, chains(database));
            check_files(database);
            check_secrets(database, load_accounts(database));
            if (!database.refuses_changes()) {
                throw Broken("the database of " + shown(database.location()) +
                                 " no longer refuses to change or delete an event: its triggers "
                                 "were taken away",
                             "try: purser rebuild");
            }
        } catch (...) {
            row_error = std::current_exception();
        }
        // A changed event is the cause of changed rows, so it is named before them.
        CheckedLog::Batch rest;
        while (log.next(rest)) {
        }
        if (head) check_head(database, spans.front().key, *head);
        if (row_error) std::rethrow_exception(row_error);
        return result;
    });
}

std::int64_t Book::rebuild(const Caller& caller, const Progress& progress) {
    return engine_->guarded([&] {
        Database& database = engine_->database;
        Transaction transaction(database, Transaction::Kind::write);
        clear_rows(database);
        DatabaseRows rows(database);
        Projector projector(rows);
        const std::vector<ChainSpan> spans = chain_spans(database);
        std::int64_t total = 0;
        for (const auto& span : spans) total += span.end.seq;
        CheckedLog log(database.location(), spans);
        std::int64_t before = 0;
        for (const auto& [chain, end] : spans) {
            Review review(chain);
            Movements movements;
            CheckedLog::Batch batch;
            for (std::int64_t last = 0; last < end.seq;) {
                if (!log.next(batch)) throw Broken("the log ended while it was read", "try again");
                for (const Event& event : batch) {
                    reading([&] { return log_line(chain.text(), event.seq); },
                            [&] {
                                projector.apply(event, review);
                                add_to(movements, event.transfers, event.posted_on);
                            });
                }
                last = batch.back().seq;
                if (progress) progress(before + last, total);
            }
            before += end.seq;
            save_movements(database, chain, movements);
            if (chain != ReviewKey::book()) continue;
            // Asked of the users that the log made, the first chain: the table may be what is
            // wrong.
            require(load_user(database, caller.user), chain, {Role::admin}, "rebuild the book");
        }
        database.make_views();  // last: it locks the log, which the other thread has read by now
        transaction.commit();
        return total;
    });
}

}  // namespace purser
