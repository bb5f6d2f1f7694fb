#include "store/checked_log.hpp"

#include <algorithm>

#include "ledger/setup.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::int64_t batch_size = 256;
constexpr std::size_t batches_ahead = 16;

// Repeats the hashes of one chain, event by event.
class HashCheck {
public:
    void check(const ReviewKey& chain, const LogView& row, std::string_view hash) {
        if (row.seq != ++seq_) {
            throw Broken(event_id(chain, seq_) + " is missing: the log goes on with " +
                         event_id(chain, row.seq));
        }
        line_.clear();
        put_canonical_line(line_, row);
        if (chain_hash(hasher_, previous_, line_) != hash) {
            throw Broken(event_id(chain, seq_) +
                             " differs from its hash: it was changed, or stands in a wrong place",
                         "restore the last backup that verifies");
        }
        if (row.recorded_at < recorded_at_) {
            throw Broken(event_id(chain, seq_) + " was recorded before the event that precedes it");
        }
        recorded_at_ = row.recorded_at;
        previous_ = hash;
    }

private:
    Hasher hasher_;
    std::string line_;
    std::string previous_ = first_previous_hash;
    std::string recorded_at_;
    std::int64_t seq_ = 0;
};

}  // namespace

std::vector<ChainSpan> chain_spans(Database& database) {
    std::vector<ChainSpan> spans;
    for (const auto& key : chains(database)) spans.push_back({key, chain_end(database, key)});
    return spans;
}

CheckedLog::CheckedLog(const std::string& location, std::vector<ChainSpan> chains)
    : thread_([this, location, chains = std::move(chains)] {
          std::exception_ptr error;
          try {
              Database database = Database::open(location);
              for (const auto& chain : chains) read_chain(database, chain);
          } catch (...) {
              error = std::current_exception();
          }
          const std::scoped_lock lock(mutex_);
          error_ = error;
          ended_ = true;
          changed_.notify_all();
      }) {}

CheckedLog::~CheckedLog() {
    {
        const std::scoped_lock lock(mutex_);
        abandoned_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

bool CheckedLog::next(Batch& batch) {
    std::unique_lock lock(mutex_);
    used_.push_back(std::move(batch));
    batch.clear();
    changed_.wait(lock, [&] { return ended_ || !ready_.empty(); });
    if (ready_.empty()) {
        if (error_) std::rethrow_exception(error_);
        return false;
    }
    batch = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return true;
}

// Memory that is there already: the events of a batch that was read.
CheckedLog::Batch CheckedLog::blank(std::size_t size) {
    Batch batch;
    {
        const std::scoped_lock lock(mutex_);
        if (!used_.empty()) {
            batch = std::move(used_.back());
            used_.pop_back();
        }
    }
    batch.resize(size, blank_event());
    return batch;
}

bool CheckedLog::hand_over(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return abandoned_ || ready_.size() < batches_ahead; });
    if (abandoned_) return false;
    ready_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
}

void CheckedLog::read_chain(Database& database, const ChainSpan& chain) {
    JournalReader reader(database, "WHERE review = :review ORDER BY seq",
                         {{{"review", chain.key.text()}}});
    HashCheck hashes;
    Review review(chain.key);  // its first event sets its currency, and moves no money
    for (std::int64_t seq = 0; seq < chain.end.seq;) {
        Batch batch = blank(static_cast<std::size_t>(std::min(batch_size, chain.end.seq - seq)));
        for (Event& event : batch) {
            if (!reader.next()) throw Broken(event_id(chain.key, seq + 1) + " is missing");
            hashes.check(chain.key, reader.row(), reader.hash());
            reader.read(review.currency(), event);
            if (++seq > 1) continue;
            for (const auto& setting : settings(event)) review.apply(setting);
        }
        if (!hand_over(std::move(batch))) return;
    }
}

}  // namespace purser
