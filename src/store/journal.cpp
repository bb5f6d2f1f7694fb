#include "store/journal.hpp"

#include <algorithm>

#include "ledger/reading.hpp"

namespace purser {
namespace {

ChainEnd read_end(Database& database, const std::string& condition, const std::string& chain) {
    ChainEnd end;
    long long seq = 0;
    std::string recorded_at;
    soci::statement statement =
        (database.sql().prepare << "SELECT seq, hash, recorded_at, kind FROM event WHERE review = "
                                   ":review" +
                                       condition + " ORDER BY seq DESC LIMIT 1",
         soci::into(seq), soci::into(end.hash), soci::into(recorded_at), soci::into(end.kind),
         soci::use(chain, "review"));
    if (!statement.execute(true)) return {};
    reading([&] { return log_line(chain, seq); },
            [&] {
                if (seq < 1 || seq > most_counted) throw Unreadable("no log comes to that number");
                end.seq = seq;
                end.recorded_at = parse_instant(recorded_at);
            });
    return end;
}

}  // namespace

void require_later(const std::string& last, const std::string& next, const std::string& table) {
    if (next > last) return;
    throw Broken("the table " + table + " is not in order at '" + next + "'",
                 "restore the last backup that verifies");
}

ChainEnd chain_end(Database& database, const ReviewKey& chain) {
    return read_end(database, "", chain.text());
}

// Instants never go back within a chain, so the last one up to an instant is found by halving.
ChainEnd chain_end_at(Database& database, const ReviewKey& chain, Instant instant) {
    const std::string wanted = to_text(instant);
    const std::string& key = chain.text();
    long long low = 0;
    long long high = chain_end(database, chain).seq;
    while (low < high) {
        const long long middle = low + (high - low + 1) / 2;
        std::string recorded_at;
        database.sql() << "SELECT recorded_at FROM event WHERE review = :review AND seq = :seq",
            soci::use(key), soci::use(middle), soci::into(recorded_at);
        if (recorded_at <= wanted) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return read_end(database, " AND seq <= " + std::to_string(low), key);
}

ChainEnd chain_end_at(Database& database, const ReviewKey& chain, std::int64_t events) {
    return read_end(database, " AND seq <= " + std::to_string(events), chain.text());
}

std::vector<ReviewKey> chains(Database& database) {
    std::vector<ReviewKey> result{ReviewKey::book()};
    std::string last;
    while (true) {  // from key to key, so that no chain is scanned
        std::string next;
        soci::indicator found = soci::i_null;
        database.sql() << "SELECT MIN(review) FROM event WHERE review > :last", soci::use(last),
            soci::into(next, found);
        if (found != soci::i_ok) return result;
        require_later(last, next, "event");
        if (next != ReviewKey::book().text()) {
            result.push_back(
                reading([&] { return log_line(next, 1); }, [&] { return ReviewKey::parse(next); }));
        }
        last = next;
    }
}

Appender::Appender(Database& database, ReviewKey chain)
    : chain_(std::move(chain)),
      end_(chain_end(database, chain_)),
      rows_(write_rows(database, "event",
                       {"review", "seq", "kind", "recorded_at", "actor", "posted_on", "document_on",
                        "subject", "reason", "body", "hash"})) {}

Event Appender::dated(Entry entry, const std::string& actor, Instant now) const {
    // What a sheet's issue knew is all up to its instant, so what follows gets a later one.
    const bool after_sheet = end_.kind == name(Act::sheet_issue);
    const Instant earliest = end_.recorded_at + std::chrono::milliseconds(after_sheet ? 1 : 0);
    return {std::move(entry), chain_, end_.seq + 1, std::max(now, earliest), actor};
}

void Appender::end_with(const Event& event, const LogColumns& row) {
    end_.hash = chain_hash(hasher_, end_.hash, canonical_line(row));
    end_.seq = event.seq;
    end_.recorded_at = event.recorded_at;
    end_.kind = row.kind;
}

Event Appender::try_on(Entry entry, const std::string& actor, Instant now) {
    Event event = dated(std::move(entry), actor, now);
    end_with(event, log_columns(event));
    return event;
}

Event Appender::append(Entry entry, const std::string& actor, Instant now) {
    Event event = dated(std::move(entry), actor, now);
    const LogColumns row = log_columns(event);
    end_with(event, row);
    rows_->text(row.review);
    rows_->number(row.seq);
    const LogView view = row;
    for (const std::string_view text :
         {view.kind, view.recorded_at, view.actor, view.posted_on, view.document_on, view.subject,
          view.reason, view.body, std::string_view(end_.hash)}) {
        rows_->text(text);
    }
    rows_->write();
    return event;
}

JournalReader::JournalReader(Database& database, const std::string& condition, Bound bound)
    : rows_(read_rows(database,
                      {"review", "kind", "recorded_at", "actor", "posted_on", "document_on",
                       "subject", "reason", "body", "hash", "seq"},
                      "FROM event " + condition, std::move(bound))) {}

bool JournalReader::next() {
    if (!rows_->next()) return false;
    std::size_t at = 0;
    for (std::string_view* const column :
         {&row_.review, &row_.kind, &row_.recorded_at, &row_.actor, &row_.posted_on,
          &row_.document_on, &row_.subject, &row_.reason, &row_.body, &hash_}) {
        *column = rows_->text(at++);
    }
    row_.seq = rows_->number(at);
    return true;
}

Event blank_event() {
    return {{Act::book_init, {}, {}, {}, {}, {}, {}, {}}, ReviewKey::book(), 0, {}, {}};
}

Event JournalReader::event(Currency currency) {
    Event event = blank_event();
    read(currency, event);
    return event;
}

void JournalReader::read(Currency currency, Event& event) {
    reading([&] { return log_line(row_.review, row_.seq); }, [&] { make(currency, event); });
}

void JournalReader::make(Currency currency, Event& event) {
    if (row_.kind != name(event.act)) event.act = parse_act(row_.kind);
    event.subject = row_.subject;
    event.posted_on = parse_date(row_.posted_on);
    event.document_on.reset();
    if (!row_.document_on.empty()) event.document_on = parse_date(row_.document_on);
    event.reason = row_.reason;
    if (row_.review != event.review.text()) {
        const bool is_book = row_.review == ReviewKey::book().text();
        event.review = is_book ? ReviewKey::book() : ReviewKey::parse(row_.review);
    }
    event.seq = row_.seq;
    if (row_.recorded_at != recorded_at_) {
        instant_ = parse_instant(row_.recorded_at);
        recorded_at_ = row_.recorded_at;
    }
    event.recorded_at = instant_;
    event.actor = row_.actor;
    reader_.read(row_.body, currency, event);
}

}  // namespace purser
