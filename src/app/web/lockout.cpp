#include "app/web/lockout.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace purser::web {
namespace {

std::string both(const Lockout::Try& one) { return one.name + '\n' + one.network; }

}  // namespace

bool Lockout::Counter::waits(const std::string& key, Time now) const {
    const auto at = tries_.find(key);
    return at != tries_.end() && now < at->second.until;
}

void Lockout::Counter::add(const std::string& key, Time now) {
    if (tries_.size() >= most && !tries_.contains(key)) {
        tries_.erase(std::min_element(
            tries_.begin(), tries_.end(),
            [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
    }
    Tries& tries = tries_[key];
    if (now - tries.last >= remembered) tries.failed = 0;
    ++tries.failed;
    tries.last = tries.until = now;
    const int over = tries.failed - limit_.free_tries;
    if (over <= 0) return;
    tries.until += std::min(limit_.longest, std::chrono::seconds(1LL << std::min(over - 1, 20)));
}

void Lockout::Counter::take_back(const std::string& key) {
    const auto at = tries_.find(key);
    if (at == tries_.end()) return;
    at->second.until = at->second.last;
    if (--at->second.failed <= 0) tries_.erase(at);
}

bool Lockout::admits(const Try& one, Time now) {
    const std::lock_guard lock(mutex_);
    if (!one.own.empty()) {
        if (own_.waits(one.own, now)) return false;
        own_.add(one.own, now);
        return true;
    }
    if (here_.waits(both(one), now) || names_.waits(one.name, now) ||
        networks_.waits(one.network, now)) {
        return false;
    }
    here_.add(both(one), now);
    names_.add(one.name, now);
    networks_.add(one.network, now);
    return true;
}

void Lockout::passed(const Try& one) {
    const std::lock_guard lock(mutex_);
    if (!one.own.empty()) return own_.forget(one.own);
    here_.forget(both(one));
    // What others tried stays: who signs in well does not let them guess on.
    names_.take_back(one.name);
    networks_.take_back(one.network);
}

std::string network_of(const std::string& address) {
    in6_addr six{};
    if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return address;
    std::fill(std::begin(six.s6_addr) + 8, std::end(six.s6_addr), 0);
    std::array<char, INET6_ADDRSTRLEN> text{};
    return std::string(inet_ntop(AF_INET6, &six, text.data(), text.size())) + "/64";
}

}  // namespace purser::web
