#include "app/cli/terminal.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>
#include <utility>

#include "app/cli/argument.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

std::string left_text(double seconds) {
    if (seconds < 90) return std::to_string(static_cast<int>(seconds) + 1) + " s left";
    return std::to_string(static_cast<int>(seconds / 60) + 1) + " min left";
}

// Keeps what is typed off the screen as long as it lives.
class NoEcho {
public:
    NoEcho() {
        tcgetattr(STDIN_FILENO, &before_);
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~NoEcho() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    termios before_{};
};

std::string read_line() {
    std::string line;
    if (!std::getline(std::cin, line)) {
        throw BadInput("no password came on standard input", "give it as one line");
    }
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

std::string ask_unseen(const std::string& question) {
    std::cerr << question << std::flush;
    const NoEcho quiet;
    std::string line = read_line();
    std::cerr << '\n';
    return line;
}

}  // namespace

ProgressLine::ProgressLine(std::string deed, std::string what)
    : deed_(std::move(deed)),
      what_(std::move(what)),
      visible_(isatty(STDERR_FILENO) == 1),
      begun_(Clock::now()),
      shown_(begun_) {}

void ProgressLine::show(std::int64_t done, std::int64_t part, std::int64_t whole) {
    if (!visible_) return;
    const auto now = Clock::now();
    if (now - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const auto rate = static_cast<std::int64_t>(static_cast<double>(done) / seconds);
    std::string line =
        deed_ + ": " + grouped(done) + ' ' + what_ + ", " + grouped(rate) + " a second";
    if (part > 0 && whole >= part) {
        line += ", " +
                left_text(seconds * static_cast<double>(whole - part) / static_cast<double>(part));
    }
    const std::size_t rest = width_ > line.size() ? width_ - line.size() : 0;
    width_ = line.size();
    std::cerr << '\r' << line << std::string(rest, ' ') << std::flush;
}

void ProgressLine::clear() {
    if (width_ == 0) return;
    std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
    width_ = 0;
}

Progress ProgressLine::reporter() {
    return [this](std::int64_t done, std::int64_t total) { show(done, done, total); };
}

bool stdin_is_terminal() { return isatty(STDIN_FILENO) == 1; }
bool stdout_is_terminal() { return isatty(STDOUT_FILENO) == 1; }

std::string read_secret(const std::string& question, bool ask) {
    std::string secret = ask ? ask_unseen(question + ": ") : read_line();
    if (secret.empty()) throw BadInput("the password is empty");
    if (ask && ask_unseen("once more: ") != secret) {
        throw BadInput("the two passwords differ", "type the same one twice");
    }
    return secret;
}

}  // namespace purser::cli
