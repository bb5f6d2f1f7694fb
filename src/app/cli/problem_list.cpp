#include "app/cli/problem_list.hpp"

#include <algorithm>
#include <array>
#include <iostream>

#include "app/cli/answer.hpp"
#include "app/cli/argument.hpp"
#include "values/error.hpp"

namespace purser::cli {

void FileWatch::take(const Problem& problem) {
    ++count_;
    if (!problem.refused) {
        unreadable_ = true;
    } else if (first_rule_.empty()) {
        first_rule_ = name(*problem.refused);
    }
    tell(problem);
}

int FileWatch::end() {
    if (count_ == 0) return 0;
    tell_end({unreadable_ ? "bad_input" : first_rule_,
              plural(count_, "problem", "problems") + " in " + file_ + ", nothing was recorded",
              "mend the file, then import it again"});
    return unreadable_ ? 2 : 1;
}

ProblemList::ProblemList(std::string file, bool json) : FileWatch(std::move(file)) {
    if (!json) return;
    kept_ = std::tmpfile();
    if (kept_ == nullptr) throw Broken("no temporary file can be made for the problems");
}

ProblemList::~ProblemList() {
    if (kept_ != nullptr) static_cast<void>(std::fclose(kept_));
}

void ProblemList::progress(std::int64_t rows, std::int64_t part, std::int64_t whole) {
    line_.show(rows, part, whole);
}

void ProblemList::tell(const Problem& problem) {
    line_.clear();
    if (kept_ == nullptr) {
        std::cerr << message(problem, file());
        return;
    }
    std::string text = dumped(json_of(problem));
    text.back() = ',';  // in place of the line feed
    if (std::fwrite(text.data(), 1, text.size(), kept_) != text.size()) {
        throw Broken("the temporary file for the problems cannot be written");
    }
}

void ProblemList::tell_end(const Failure& failure) {
    line_.clear();
    if (kept_ == nullptr) {
        std::cerr << message(failure);
        return;
    }
    std::string head = dumped({{"error", json_of(failure)}});
    head.resize(head.size() - 3);  // without "}}\n": the list follows
    std::cerr << head << R"(,"problems":[)";
    auto rest = static_cast<std::size_t>(std::ftell(kept_)) - 1;  // all but the last comma
    std::rewind(kept_);
    std::array<char, 1 << 16> bytes;
    while (rest > 0) {
        const std::size_t got = std::fread(bytes.data(), 1, std::min(rest, bytes.size()), kept_);
        if (got == 0) throw Broken("the temporary file for the problems cannot be read");
        std::cerr.write(bytes.data(), static_cast<std::streamsize>(got));
        rest -= got;
    }
    std::cerr << "]}}\n";
}

}  // namespace purser::cli
