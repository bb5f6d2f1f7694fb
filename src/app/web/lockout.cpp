#include "app/web/lockout.hpp"

#include <algorithm>

namespace purser::web {

bool Lockout::is_locked(const std::string& name, Time now) {
    const std::lock_guard lock(mutex_);
    const auto at = tries_.find(name);
    return at != tries_.end() && now < at->second.until;
}

void Lockout::failed(const std::string& name, Time now) {
    const std::lock_guard lock(mutex_);
    if (tries_.size() >= names && !tries_.contains(name)) {
        const auto oldest = std::min_element(
            tries_.begin(), tries_.end(),
            [](const auto& a, const auto& b) { return a.second.until < b.second.until; });
        tries_.erase(oldest);
    }
    Tries& tries = tries_[name];
    ++tries.failed;
    std::chrono::seconds wait{0};
    if (tries.failed > free_tries) {
        wait = std::min(longest,
                        std::chrono::seconds(1LL << std::min(tries.failed - free_tries - 1, 20)));
    }
    tries.until = now + wait;
}

void Lockout::passed(const std::string& name) {
    const std::lock_guard lock(mutex_);
    tries_.erase(name);
}

}  // namespace purser::web
