// Whether the book can be read, looked at every few seconds.
//
// Who asks waits for nobody: neither for a book nor for those who read in it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/web/books.hpp"

namespace purser::web {

class Pulse {
public:
    static constexpr std::chrono::seconds every{2};

    explicit Pulse(Books& books) : books_(books), thread_([this] { look(); }) {}
    ~Pulse();
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    bool is_well() const { return well_; }

private:
    void look();

    Books& books_;
    std::atomic<bool> well_ = true;  // it was opened a moment ago
    std::mutex mutex_;
    std::condition_variable ended_;
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace purser::web
