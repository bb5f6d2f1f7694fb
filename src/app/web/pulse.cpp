#include "app/web/pulse.hpp"

#include <iostream>

namespace purser::web {

Pulse::~Pulse() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

void Pulse::look() {
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, every, [this] { return ends_; })) {
        bool reads = true;
        try {
            books_.reader()->book.head(ReviewKey::book());
        } catch (const std::exception& sorry) {
            reads = false;
            if (well_) std::cerr << "broken: " + std::string(sorry.what()) + '\n';
        }
        well_ = reads;
    }
}

}  // namespace purser::web
