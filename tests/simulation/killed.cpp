#include "killed.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "compare.hpp"
#include "script.hpp"

namespace simulation {
namespace {

constexpr int acts_afterwards = 30;

// Records the history and says after each act that it is done.
[[noreturn]] void record(std::uint64_t seed, int acts, const std::filesystem::path& folder,
                         int done) {
    Script script(seed);
    Desk desk(folder);
    for (int act = 0; act < acts; ++act) {
        const plain::Ask ask = script.next();
        const plain::Verdict verdict = script.judge(ask);
        const Answer answer = desk.ask(ask, script.now());
        if (!difference(verdict, answer, ask).empty()) ::_exit(1);
        if (::write(done, "x", 1) != 1) ::_exit(1);
    }
    ::pause();
    ::_exit(0);
}

std::string log_of_all(const plain::Model& model, purser::Book& book) {
    auto differs = log_difference("BOOK", model.book_events, book);
    for (const auto& [key, review] : model.reviews) {
        if (differs.empty()) differs = log_difference(key, review.events, book);
        if (differs.empty()) differs = documents_difference(review, book);
    }
    return differs.empty() ? people_difference(model, book) : differs;
}

std::string judge(std::uint64_t seed, int acknowledged, Desk& desk, Killed& killed) {
    desk.reopen();
    desk.book().verify({}, {}, {});
    Script script(seed);
    for (int act = 0; act < acknowledged; ++act) script.judge(script.next());
    const std::string without = log_of_all(script.model(), desk.book());
    if (!without.empty()) {  // then the act under way is there, all of it
        script.judge(script.next());
        const std::string with = log_of_all(script.model(), desk.book());
        if (!with.empty()) {
            return "of " + std::to_string(acknowledged) + " acknowledged acts: " + without +
                   "\nwith the one under way: " + with;
        }
        ++killed.whole;
    }
    for (int act = 0; act < acts_afterwards; ++act) {
        const plain::Ask ask = script.next();
        const plain::Verdict verdict = script.judge(ask);
        const auto differs = difference(verdict, desk.ask(ask, script.now()), ask);
        if (!differs.empty()) return "after the kill, " + ask.asked() + ": " + differs;
    }
    desk.book().verify({}, {}, {});
    return log_of_all(script.model(), desk.book());
}

}  // namespace

std::string fault_of_kill(std::uint64_t seed, int acts, const std::filesystem::path& folder,
                          Killed& killed) {
    Random random(seed + 1);
    const int until = 1 + random.below(acts);
    const auto delay = static_cast<unsigned>(random.below(1500));  // microseconds: within an act
    int ends[2];
    if (::pipe(ends) != 0) return "no pipe";
    Desk desk(folder);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        record(seed, acts, folder, ends[1]);
    }
    ::close(ends[1]);
    int acknowledged = 0;
    char buffer[256];
    while (acknowledged < until) {
        const ssize_t got = ::read(ends[0], buffer, 1);
        if (got != 1) break;
        ++acknowledged;
    }
    ::usleep(delay);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
        acknowledged += static_cast<int>(got);
    }
    ::close(ends[0]);
    if (!WIFSIGNALED(status)) return "the history failed before it was killed";
    if (acknowledged < acts) ++killed.within;
    return judge(seed, acknowledged, desk, killed);
}

}  // namespace simulation
