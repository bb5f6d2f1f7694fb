#include "app/web/guests.hpp"

#include <algorithm>

namespace purser::web {

bool Guests::enter(const std::shared_ptr<Guest>& guest) {
    const std::lock_guard lock(mutex_);
    const auto of_one = [&](const auto& other) { return other->address == guest->address; };
    const bool is_too_many = !guest->is_proxy && std::count_if(all_.begin(), all_.end(), of_one) >=
                                                     static_cast<std::ptrdiff_t>(most_of_one);
    if (closed_ || (is_too_many && !send_off_longest(&guest->address)) ||
        (all_.size() >= most && !send_off_longest(nullptr))) {
        return false;
    }
    guest->since = std::chrono::steady_clock::now();
    all_.push_back(guest);
    return true;
}

void Guests::leave(const std::shared_ptr<Guest>& guest) {
    const std::lock_guard lock(mutex_);
    all_.remove(guest);
    guest->leave = {};
}

void Guests::waits(Guest& guest, bool does) {
    const std::lock_guard lock(mutex_);
    guest.waits = does;
    guest.since = std::chrono::steady_clock::now();
    if (does && closed_ && guest.leave) guest.leave();
}

void Guests::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (const auto& guest : all_) {
        if (guest->waits && guest->leave) guest->leave();
    }
}

std::size_t Guests::count() const {
    const std::lock_guard lock(mutex_);
    return all_.size();
}

bool Guests::send_off_longest(const std::string* address) {
    auto longest = all_.end();
    for (auto at = all_.begin(); at != all_.end(); ++at) {
        const bool may_go = (*at)->waits && (address == nullptr || (*at)->address == *address);
        if (may_go && (longest == all_.end() || (*at)->since < (*longest)->since)) longest = at;
    }
    if (longest == all_.end()) return false;
    if ((*longest)->leave) (*longest)->leave();
    all_.erase(longest);
    return true;
}

}  // namespace purser::web
