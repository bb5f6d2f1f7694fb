#include "app/web/lane.hpp"

namespace purser::web {

Lane::Lane(std::size_t threads, std::size_t at_once, std::size_t most_waiting)
    : at_once_(at_once), most_waiting_(most_waiting) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

bool Lane::post(const std::string& who, Work work) {
    const std::lock_guard lock(mutex_);
    if (ending_) return false;
    Person& person = people_[who];
    if (person.waiting.size() >= most_waiting_) return false;
    person.waiting.push_back(std::move(work));
    line_up(who, person);
    return true;
}

void Lane::line_up(const std::string& who, Person& person) {
    if (person.in_line || person.waiting.empty() || person.running >= at_once_) return;
    person.in_line = true;
    line_.push_back(who);
    changed_.notify_one();
}

void Lane::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return !line_.empty() || (ending_ && people_.empty()); });
        if (line_.empty()) return;
        const std::string who = std::move(line_.front());
        line_.pop_front();
        Person& person = people_[who];
        person.in_line = false;
        ++person.running;
        Work work = std::move(person.waiting.front());
        person.waiting.pop_front();
        line_up(who, person);
        lock.unlock();
        work();
        work = {};
        lock.lock();
        --person.running;
        line_up(who, person);
        if (person.running == 0 && person.waiting.empty()) people_.erase(who);
        if (ending_ && people_.empty()) changed_.notify_all();
    }
}

void Lane::finish() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace purser::web
