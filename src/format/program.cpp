#include "format/program.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "values/error.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX declares it nowhere else

namespace purser::format {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t message_limit = 600;

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

std::string name_of(const std::string& variable) { return variable.substr(0, variable.find('=')); }

// Our own variables, but for those that are set anew.
std::vector<std::string> environment(const std::vector<std::string>& variables) {
    std::vector<std::string> result = variables;
    for (char** at = environ; *at != nullptr; ++at) {
        const std::string variable = *at;
        bool is_set = false;
        for (const auto& other : variables) is_set |= name_of(other) == name_of(variable);
        if (!is_set) result.push_back(variable);
    }
    return result;
}

std::string end_of(const fs::path& log) {
    std::ifstream in(log, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    if (text.size() > message_limit) text.erase(0, text.size() - message_limit);
    return text;
}

// What the program's standard input, output and errors are.
class Files {
public:
    explicit Files(const fs::path& log) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, log.c_str(),
                                           O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
    }
    ~Files() { ::posix_spawn_file_actions_destroy(&actions_); }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    const ::posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    ::posix_spawn_file_actions_t actions_{};
};

// How it ended; -1 when it had to be killed.
int wait_for(::pid_t child, std::chrono::seconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    int status = 0;
    while (true) {
        const ::pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child || (ended < 0 && errno != EINTR)) break;
        if (std::chrono::steady_clock::now() >= until) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ProgramEnd run_program(const std::vector<std::string>& words,
                       const std::vector<std::string>& variables, const fs::path& log,
                       std::chrono::seconds limit, const std::string& hint) {
    std::vector<std::string> typed = words;
    std::vector<std::string> given = environment(variables);
    const Files files(log);
    ::pid_t child = 0;
    const int error = ::posix_spawnp(&child, words.front().c_str(), files.get(), nullptr,
                                     pointers(typed).data(), pointers(given).data());
    if (error == ENOENT) {
        throw Broken("the program " + words.front() + " is not installed", hint);
    }
    if (error != 0) {
        throw Broken("the program " + words.front() + " cannot be started: " +
                     std::strerror(error));  // NOLINT(concurrency-mt-unsafe)
    }
    const int code = wait_for(child, limit);
    if (code < 0) {
        throw Broken("the program " + words.front() + " had not ended after " +
                     std::to_string(limit.count()) + " s and was stopped");
    }
    return {code, end_of(log)};
}

}  // namespace purser::format
