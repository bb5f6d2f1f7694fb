// The log: appending events with their hashes, and reading them back in order.
//
// A line of the log is `hash SPACE json`; the hash covers the previous hash, a line feed and
// the json (MODEL.md 5), so anyone can repeat the check with sha256sum.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "ledger/event.hpp"
#include "store/book.hpp"
#include "store/database.hpp"
#include "store/digest.hpp"
#include "store/event_text.hpp"
#include "store/row_reader.hpp"
#include "store/row_writer.hpp"

namespace purser {

// Where a chain stands: its last number, hash and instant.
struct ChainEnd {
    std::int64_t seq = 0;
    std::string hash = first_previous_hash;
    Instant recorded_at{};
    std::string kind;  // of the last event
};

ChainEnd chain_end(Database& database, const ReviewKey& chain);
// The last event recorded up to an instant; number 0 when there is none.
ChainEnd chain_end_at(Database& database, const ReviewKey& chain, Instant instant);
// The event of that number, or the chain's last when it is shorter.
ChainEnd chain_end_at(Database& database, const ReviewKey& chain, std::int64_t events);
std::vector<ReviewKey> chains(Database& database);
// Who goes from one value of a column to the next later one comes to an end: Broken where a damaged
// index, or a text that is cut at a zero byte, gives the same one again.
void require_later(const std::string& last, const std::string& next, const std::string& table);

// Appends to one chain within a transaction.
class Appender {
public:
    Appender(Database& database, ReviewKey chain);
    // Numbers, dates and hashes the entry. The instant is never before the chain's last, and later
    // than that of a sheet's issue.
    Event append(Entry entry, const std::string& actor, Instant now);
    // The same without a line in the log.
    Event try_on(Entry entry, const std::string& actor, Instant now);
    const ChainEnd& end() const { return end_; }

private:
    Event dated(Entry entry, const std::string& actor, Instant now) const;
    void end_with(const Event& event, const LogColumns& row);

    ReviewKey chain_;
    ChainEnd end_;
    Hasher hasher_;
    std::unique_ptr<RowWriter> rows_;
};

Event blank_event();  // to be read into

// Reads events of a chain one by one, as text or parsed.
class JournalReader {
public:
    // `condition` is SQL over the columns, with an ORDER BY.
    JournalReader(Database& database, const std::string& condition, Bound bound);
    bool next();
    // Begins once more, with another value for a number that was bound.
    void again(const std::string& name, std::int64_t value) { rows_->again(name, value); }

    // Of the current event, and there until the next one:
    const LogView& row() const { return row_; }
    std::string_view hash() const { return hash_; }
    Event event(Currency currency);              // with its body parsed
    void read(Currency currency, Event& event);  // the same, into one that was read before

private:
    void make(Currency currency, Event& event);
    std::unique_ptr<RowReader> rows_;
    LogView row_;
    std::string_view hash_;
    BodyReader reader_;
    std::string recorded_at_;  // of the event that was read last: an import's have one instant
    Instant instant_{};
};

}  // namespace purser
