// The log as verify and rebuild read it: every event, once its hash has been repeated.
//
// Reading, hashing and parsing run on a thread and a connection of their own, a few batches ahead
// of the caller, who replays the events.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/journal.hpp"

namespace purser {

// A chain up to its end as known when reading began: later events are not read.
struct ChainSpan {
    ReviewKey key;
    ChainEnd end;
};

// All of the book, as they stand now.
std::vector<ChainSpan> chain_spans(Database& database);

class CheckedLog {
public:
    CheckedLog(const std::string& location, std::vector<ChainSpan> chains);
    ~CheckedLog();  // whatever was not read stays unread
    CheckedLog(const CheckedLog&) = delete;
    CheckedLog& operator=(const CheckedLog&) = delete;

    using Batch = std::vector<Event>;
    // The next events, all of one chain; false and none at the end. Takes back the ones read
    // before, to be used again. Broken names the first event that is missing, differs from its
    // hash, or goes back in time.
    bool next(Batch& batch);

private:
    void read_chain(Database& database, const ChainSpan& chain);
    Batch blank(std::size_t size);
    bool hand_over(Batch batch);  // false when nobody asks any more

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Batch> ready_;
    std::vector<Batch> used_;
    std::exception_ptr error_;
    bool ended_ = false;
    bool abandoned_ = false;
    std::thread thread_;
};

}  // namespace purser
