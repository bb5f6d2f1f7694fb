// The problems of a file that is imported.
//
// Told as they come with line and column, or kept and told as one JSON object.
#pragma once

#include <cstdio>
#include <string>

#include "app/cli/terminal.hpp"
#include "ledger/draft.hpp"

namespace purser::cli {

struct Failure;

// Printed as they come, or kept on disk until the one JSON object of an error can be written, so
// that a million of them need no memory.
class ProblemList {
public:
    ProblemList(std::string file, bool json, ProgressLine& progress);
    ~ProblemList();
    ProblemList(const ProblemList&) = delete;
    ProblemList& operator=(const ProblemList&) = delete;

    void take(const Problem& problem);
    // The last lines of the answer, or the whole of it; gives the exit code.
    int tell();

private:
    void tell_json(const Failure& failure);
    std::string file_;
    bool json_;
    ProgressLine& progress_;
    std::FILE* kept_ = nullptr;
    std::int64_t count_ = 0;
    bool unreadable_ = false;  // something in it is no proper value
    std::string first_rule_;   // of what rules refuse
};

}  // namespace purser::cli
