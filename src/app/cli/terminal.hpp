// What happens on a terminal only: a line that shows how far long work is, and questions.
//
// In a pipe or a file nothing of it appears.
#pragma once

#include <chrono>
#include <string>

#include "store/book.hpp"

namespace purser::cli {

// "importing: 120,000 rows, 48,000 a second, 12 s left", updated in place on stderr.
class ProgressLine {
public:
    ProgressLine(std::string deed, std::string what);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    // `done` things are done; of the whole work that is `part` of `whole` (0: not known).
    void show(std::int64_t done, std::int64_t part, std::int64_t whole);
    void clear();         // before anything else is printed
    Progress reporter();  // for work whose whole is counted in the same things

private:
    using Clock = std::chrono::steady_clock;
    std::string deed_, what_;
    bool visible_;
    std::size_t width_ = 0;  // of what stands on the line now
    Clock::time_point begun_, shown_;
};

bool stdin_is_terminal();
bool stdout_is_terminal();

// A line from standard input that nobody should see: asked for twice on a terminal without showing
// it, read once otherwise. BadInput when the two differ or nothing comes.
std::string read_secret(const std::string& question, bool ask);

}  // namespace purser::cli
