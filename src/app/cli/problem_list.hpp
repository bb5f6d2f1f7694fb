// What becomes known of a file while it is imported: how far it is, and all that is wrong with it.
//
// A terminal is told of the problems as they come, a program with --json gets them as one object,
// a page lists them.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "app/cli/terminal.hpp"
#include "ledger/draft.hpp"

namespace purser::cli {

struct Failure;

class FileWatch {
public:
    explicit FileWatch(std::string file) : file_(std::move(file)) {}
    virtual ~FileWatch() = default;
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    // So many rows are done; of the file that is `part` of `whole` bytes.
    virtual void progress(std::int64_t, std::int64_t, std::int64_t) {}
    void take(const Problem& problem);
    // When all is read: says that there were problems and gives the exit code; 0 without any.
    int end();

protected:
    const std::string& file() const { return file_; }
    virtual void tell(const Problem& problem) = 0;
    virtual void tell_end(const Failure& failure) = 0;

private:
    std::string file_;
    std::int64_t count_ = 0;
    bool unreadable_ = false;  // something in it is no proper value
    std::string first_rule_;   // of what rules refuse
};

// Printed on stderr as they come, or kept on disk until the one JSON object of an error can be
// written, so that a million of them need no memory.
class ProblemList : public FileWatch {
public:
    ProblemList(std::string file, bool json);
    ~ProblemList() override;
    ProblemList(const ProblemList&) = delete;
    ProblemList& operator=(const ProblemList&) = delete;

    void progress(std::int64_t rows, std::int64_t part, std::int64_t whole) override;

private:
    void tell(const Problem& problem) override;
    void tell_end(const Failure& failure) override;
    ProgressLine line_{"importing", "rows"};
    std::FILE* kept_ = nullptr;  // absent without --json
};

}  // namespace purser::cli
