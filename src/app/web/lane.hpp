// Threads that work for many people, in turns.
//
//     Lane pages(8, 3);                       // eight threads, of which one person has three at
//     most if (!pages.post("carl", work)) …        // carl has asked for too much already
//
// Whoever asks for much waits behind what that one asked for before; nobody else does. What was
// begun is finished, also at the end.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace purser::web {

class Lane {
public:
    using Work = std::function<void()>;  // throws nothing

    // So many may wait of one person.
    Lane(std::size_t threads, std::size_t at_once, std::size_t most_waiting = 64);
    ~Lane() { finish(); }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    // False when too much waits already, or the end has come.
    bool post(const std::string& who, Work work);
    void finish();  // all that was posted is done when this returns

private:
    struct Person {
        std::deque<Work> waiting;
        std::size_t running = 0;
        bool in_line = false;
    };
    void line_up(const std::string& who, Person& person);
    void work();

    const std::size_t at_once_, most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Person> people_;
    std::deque<std::string> line_;  // who comes next; each has something waiting, and may have it
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace purser::web
