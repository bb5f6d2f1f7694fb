// One random history on one book, judged act by act against the model.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compare.hpp"
#include "desk.hpp"
#include "script.hpp"

namespace simulation {

struct Difference {
    int act;  // counted from 1; the history up to and with this act shows it
    std::string what;
};

class History {
public:
    // With `lies` the book is asked for a cent more than the model, once: a difference to be found.
    History(std::uint64_t seed, const std::filesystem::path& folder, bool lies = false);

    // Does so many acts, then judges the whole book. Throws Difference.
    void run(int acts);

    // Writes the book as it stands to a file.
    void write(const std::filesystem::path& file);

    const std::vector<std::string>& trace() const { return trace_; }
    // How often each act was allowed, and each rule refused one.
    const std::map<std::string, int>& seen() const { return seen_; }

private:
    void step(const plain::Ask& ask);
    struct Before {  // of a review: its money, and the length of its log
        plain::Accounts accounts;
        std::size_t events = 0;
    };
    void judge_act(const plain::Ask& ask, const Before& before, const plain::Review& review);
    void compare_figures(const plain::Review& review, plain::Day day);
    void compare_documents(const plain::Review& review, std::size_t from);
    void compare_preview(const plain::Ask& ask);
    void compare_heads(const std::set<std::string>& changed);
    void compare_log();
    void publish(const plain::Review& review);
    void judge_the_whole();
    void judge_the_past();
    void require(const std::string& difference) const;

    Script script_;
    const plain::Model& model_ = script_.model();
    Random days_;  // to look at, apart from what is asked
    Desk desk_;
    bool lies_;
    int act_ = 0;
    std::vector<std::string> trace_;
    std::map<std::string, int> seen_;
    std::map<std::string, purser::Head> heads_;
    struct Published {
        std::string review;
        plain::Day day;
        std::int64_t at;
        std::size_t events;  // of the review, then
        std::string figures;
    };
    std::vector<Published> published_;
};

}  // namespace simulation
