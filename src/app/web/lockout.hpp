// Slows down who guesses: after a few wrong passwords for a name each further try must wait, longer
// and longer.
//
// Names that nobody has are treated the same, so waiting tells nothing. Safe for several threads;
// remembers a bounded number of names.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace purser::web {

class Lockout {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr int free_tries = 4;
    static constexpr std::chrono::seconds longest{900};
    static constexpr std::size_t names = 10'000;

    bool is_locked(const std::string& name, Time now);
    void failed(const std::string& name, Time now);
    void passed(const std::string& name);

private:
    struct Tries {
        int failed = 0;
        Time until{};
    };
    std::mutex mutex_;
    std::map<std::string, Tries> tries_;
};

}  // namespace purser::web
