// Slows down who guesses: after a few wrong passwords each further try must wait, longer and
// longer.
//
// Tries are counted by name and network together, so that nobody shuts another's name; by name
// alone and by network alone they are only slowed, for a minute at most. A browser in which that
// user has signed in before, and a session, are counted by themselves: what others try does not
// concern them. Names that nobody has are treated the same, so waiting tells nothing. Safe for
// several threads; remembers a bounded number of each.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace purser::web {

class Lockout {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Limit {
        int free_tries;
        std::chrono::seconds longest;
    };
    static constexpr Limit of_one{4,
                                  std::chrono::seconds{900}};  // a name from a network, a browser
    static constexpr Limit of_name{20, std::chrono::seconds{60}};
    static constexpr Limit of_network{50, std::chrono::seconds{60}};
    static constexpr std::chrono::hours remembered{1};
    static constexpr std::size_t most = 10'000;

    // `own` is what is counted by itself: a known browser or a session, or "".
    struct Try {
        std::string name, network, own;
    };
    // Whether a password may be looked at now. It counts as a wrong one from here on, so that of
    // many at once no more are looked at, until it turns out to be right.
    bool admits(const Try& one, Time now);
    void passed(const Try& one);

private:
    struct Tries {
        int failed = 0;
        Time last{}, until{};
    };
    class Counter {
    public:
        explicit Counter(Limit limit) : limit_(limit) {}
        bool waits(const std::string& key, Time now) const;
        void add(const std::string& key, Time now);
        void take_back(const std::string& key);
        void forget(const std::string& key) { tries_.erase(key); }

    private:
        Limit limit_;
        std::map<std::string, Tries> tries_;
    };

    std::mutex mutex_;
    Counter own_{of_one}, here_{of_one}, names_{of_name}, networks_{of_network};
};

// What an address counts as: one of IPv6 as all of its /64, which one visitor has.
std::string network_of(const std::string& address);

}  // namespace purser::web
