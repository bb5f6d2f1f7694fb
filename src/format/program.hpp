// Runs another program to its end: its words as they are, no shell between.
// It cannot outlive its time, and what it says on stderr is part of the answer.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace purser::format {

struct ProgramEnd {
    int code;             // what it exited with; 128 and the signal when one ended it
    std::string message;  // the end of what it said on stderr
};

// `words` begin with the program's name, looked up in PATH. `variables` are set for it over our
// own. Its standard input is empty; what it says is in `log`, a file made for it. Broken when there
// is no such program (`hint` says what to install), when it cannot be started, or when it has not
// ended after `limit`: it is killed then.
ProgramEnd run_program(const std::vector<std::string>& words,
                       const std::vector<std::string>& variables, const std::filesystem::path& log,
                       std::chrono::seconds limit, const std::string& hint);

}  // namespace purser::format
