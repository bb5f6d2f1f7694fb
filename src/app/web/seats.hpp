// Room for large bodies: few at a time.
//
// What many send at once would fill the memory, and one person must not take all of it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace purser::web {

class Seats {
public:
    static constexpr int most = 8, most_of_one = 2;

    // Held as long as the body is; null when there is no room.
    std::shared_ptr<void> take(const std::string& who);

private:
    std::mutex mutex_;
    std::map<std::string, int> taken_;
    int all_ = 0;
};

}  // namespace purser::web
