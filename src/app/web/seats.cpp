#include "app/web/seats.hpp"

namespace purser::web {

std::shared_ptr<void> Seats::take(const std::string& who) {
    const std::lock_guard lock(mutex_);
    const auto known = taken_.find(who);
    if (all_ >= most || (known != taken_.end() && known->second >= most_of_one)) return nullptr;
    ++taken_[who];
    ++all_;
    return {this, [who](void* seats) {
                auto& self = *static_cast<Seats*>(seats);
                const std::lock_guard turn(self.mutex_);
                --self.all_;
                if (--self.taken_[who] == 0) self.taken_.erase(who);
            }};
}

}  // namespace purser::web
