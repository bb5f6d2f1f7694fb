// Who is connected, so that nobody's connections take the place of others'.
//
// Where one address has as many as it may, or all have, the one that has waited longest for its
// request goes; where none waits, the newcomer does.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace purser::web {

struct Guest {
    std::string address;
    bool is_proxy = false;        // comes for many; only all together are counted
    std::function<void()> leave;  // from any thread; the connection ends soon after
    bool waits = true;            // for a request, or the rest of one
    std::chrono::steady_clock::time_point since{};  // when it began to
};

class Guests {
public:
    static constexpr std::size_t most = 2048;
    static constexpr std::size_t most_of_one = 256;  // of one address

    // Whether there is a place. `guest` is known from then on.
    bool enter(const std::shared_ptr<Guest>& guest);
    void leave(const std::shared_ptr<Guest>& guest);
    void waits(Guest& guest, bool does);
    // No more of them: who waits is sent off, who comes is not let in.
    void close();
    std::size_t count() const;

private:
    bool send_off_longest(const std::string* address);  // of these, or of all; false: none waits

    mutable std::mutex mutex_;
    std::list<std::shared_ptr<Guest>> all_;
    bool closed_ = false;
};

}  // namespace purser::web
