// The simulation: random histories on real books, each act judged against the plain model.
//
//     simulation [--seed N] [--histories N] [--acts N] [--jobs N] [--trace | --kill | --self-test]
//     simulation --seed N --acts N --write FILE    keeps the book of one history
//
// Histories have the seeds N, N+1, … The first difference ends the run, exit 1, and the last line
// replays it. With --kill each history is recorded by a process that is killed on the way.
// When many histories ran, every act and every refusal must have come up.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <iostream>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "history.hpp"
#include "killed.hpp"

namespace {

using simulation::Difference;
using simulation::History;

struct Options {
    std::uint64_t seed = 1;
    int histories = 20;
    int acts = 500;
    int jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    bool trace = false;
    bool kill = false;
    bool self_test = false;
    std::string write;  // the file that the book of each history is written to, or ""
};

constexpr int enough_histories = 40;
constexpr int enough_acts = 400;
constexpr int latest_acts_shown = 12;

using Seen = std::map<std::string, int>;

// What must have come up when enough was tried: acts that were allowed, rules that refused.
const std::vector<std::string> expected{"book.init",
                                        "user.add",
                                        "user.disable",
                                        "policy.add",
                                        "user.password",
                                        "delegate.add",
                                        "delegate.end",
                                        "payee.add",
                                        "payee.user",
                                        "review.open",
                                        "review.set",
                                        "review.pause",
                                        "review.resume",
                                        "review.finish",
                                        "category.add",
                                        "envelope.grant",
                                        "envelope.lower",
                                        "envelope.expire",
                                        "budget.allot",
                                        "budget.unallot",
                                        "budget.move",
                                        "commitment.open",
                                        "commitment.confirm",
                                        "commitment.reject",
                                        "commitment.amend",
                                        "commitment.close",
                                        "commitment.release",
                                        "expense.submit",
                                        "expense.approve",
                                        "expense.reject",
                                        "expense.withdraw",
                                        "expense.import",
                                        "expense.share",
                                        "expense.release",
                                        "expense.amend",
                                        "expense.refund",
                                        "expense.reverse",
                                        "request.submit",
                                        "request.decide",
                                        "request.refuse",
                                        "request.withdraw",
                                        "period.close",
                                        "period.reopen",
                                        "year.close",
                                        "repeated",
                                        "approval by a delegate",
                                        "decision shown before",
                                        "refund above what was paid",
                                        "refund in a later year",
                                        "reversal of an over-run",
                                        "reversal to a commitment of a later year",
                                        "refused bad_input",
                                        "refused unknown_user",
                                        "refused user_disabled",
                                        "refused not_permitted",
                                        "refused key_reused",
                                        "refused unknown_review",
                                        "refused unknown_category",
                                        "refused unknown_commitment",
                                        "refused unknown_expense",
                                        "refused unknown_request",
                                        "refused no_policy_covers",
                                        "refused already_exists",
                                        "refused review_finished",
                                        "refused review_paused",
                                        "refused review_not_paused",
                                        "refused in_the_future",
                                        "refused period_closed",
                                        "refused period_not_over",
                                        "refused before_document",
                                        "refused year_over",
                                        "refused year_closed",
                                        "refused fiscal_budget_off",
                                        "refused setting_fixed",
                                        "refused nothing_changes",
                                        "refused wrong_state",
                                        "refused own_document",
                                        "refused own_payment",
                                        "refused already_approved",
                                        "refused other_review",
                                        "refused other_category",
                                        "refused other_currency",
                                        "refused before_commitment",
                                        "refused undecided_expenses",
                                        "refused below_used",
                                        "refused duplicate_invoice",
                                        "refused more_than_there",
                                        "refused more_than_spent",
                                        "refused over_envelope",
                                        "refused over_category",
                                        "refused over_fiscal_year",
                                        "warning over_envelope",
                                        "warning over_category",
                                        "warning over_fiscal_year",
                                        "warning more_than_there"};

std::filesystem::path folder_of(std::uint64_t seed) {
    const std::filesystem::path memory = "/dev/shm";  // a book there never waits for a disk
    const auto base =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    return base / ("purser-simulation-" + std::to_string(::getpid()) + '-' + std::to_string(seed));
}

// Runs one history; the difference as a text that ends in the line that replays it, or "".
std::string fault_of(std::uint64_t seed, const Options& options, Seen& seen) {
    History history(seed, folder_of(seed), options.self_test);
    std::ostringstream said;
    try {
        history.run(options.acts);
        if (!options.write.empty()) history.write(options.write);
    } catch (const Difference& found) {
        const auto& trace = history.trace();
        const auto shown = options.trace ? trace.size() : std::size_t{latest_acts_shown};
        for (auto i = trace.size() > shown ? trace.size() - shown : 0; i < trace.size(); ++i) {
            said << "  " << i + 1 << ". " << trace[i] << '\n';
        }
        said << found.what << "\ntools/simulate --seed " << seed << " --histories 1 --acts "
             << found.act << '\n';
        return said.str();
    }
    for (const auto& [what, times] : history.seen()) seen[what] += times;
    if (options.trace) {
        for (const auto& line : history.trace()) std::cout << "  " << line << '\n';
    }
    return {};
}

// The histories of one of several processes; what was seen goes to `out`, a line each.
int share(const Options& options, int job, std::ostream& out) {
    Seen seen;
    for (int i = job; i < options.histories; i += options.jobs) {
        const auto fault = fault_of(options.seed + static_cast<std::uint64_t>(i), options, seen);
        if (fault.empty()) continue;
        std::cerr << fault << std::flush;
        return 1;
    }
    for (const auto& [what, times] : seen) out << times << ' ' << what << '\n';
    return 0;
}

// Runs a share in a process of its own; gives where its answer is read from.
int start(const Options& options, int job) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    if (::fork() == 0) {
        ::close(ends[0]);
        std::ostringstream out;
        const int code = share(options, job, out);
        const std::string text = out.str();
        std::cout << std::flush;
        const bool written =
            ::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
        ::_exit(written ? code : 1);
    }
    ::close(ends[1]);
    return ends[0];
}

void collect(int from, Seen& seen) {
    std::string text;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(from, buffer, sizeof buffer)) > 0;) {
        text.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(from);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto space = line.find(' ');
        seen[line.substr(space + 1)] += std::stoi(line.substr(0, space));
    }
}

Options parse(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        options.trace = options.trace || word == "--trace";
        options.kill = options.kill || word == "--kill";
        options.self_test = options.self_test || word == "--self-test";
        if (word == "--trace" || word == "--kill" || word == "--self-test") continue;
        if (i + 1 == count) throw std::invalid_argument(word + " needs a value");
        if (word == "--write") {
            options.write = words[++i];
            options.histories = 1;
            continue;
        }
        const auto number = std::stoull(words[++i]);
        if (word == "--seed")
            options.seed = number;
        else if (word == "--histories")
            options.histories = static_cast<int>(number);
        else if (word == "--acts")
            options.acts = static_cast<int>(number);
        else if (word == "--jobs")
            options.jobs = static_cast<int>(number);
        else
            throw std::invalid_argument("there is no option " + word);
    }
    options.jobs = std::clamp(options.jobs, 1, std::max(1, options.histories));
    return options;
}

// Kills one process after another; some kills must come before the history's end.
int run_kills(const Options& options) {
    simulation::Killed killed;
    for (int i = 0; i < options.histories; ++i) {
        const auto seed = options.seed + static_cast<std::uint64_t>(i);
        const auto fault = simulation::fault_of_kill(seed, options.acts, folder_of(seed), killed);
        if (fault.empty()) continue;
        std::cerr << fault << "\ntools/simulate --kill --seed " << seed << " --histories 1 --acts "
                  << options.acts << '\n';
        return 1;
    }
    std::cout << options.histories << " histories killed, " << killed.within
              << " of them on the way; " << killed.whole
              << " had recorded an act that nobody was told of; all agree with the model\n";
    return killed.within > 0 || options.histories == 1 ? 0 : 1;
}

// One cent too much is found, and the last line replays the history up to it.
int self_test(Options options) {
    Seen seen;
    const auto fault = fault_of(options.seed, options, seen);
    std::cout << fault;
    const std::string replay =
        "\ntools/simulate --seed " + std::to_string(options.seed) + " --histories 1 --acts ";
    const auto at = fault.find(replay);
    if (at == std::string::npos) return 1;
    options.acts = std::stoi(fault.substr(at + replay.size()));
    const bool found_again = fault_of(options.seed, options, seen) == fault;
    --options.acts;
    return found_again && fault_of(options.seed, options, seen).empty() ? 0 : 1;
}

int run(const Options& options) {
    if (options.self_test) return self_test(options);
    if (options.kill) return run_kills(options);
    const auto begun = std::chrono::steady_clock::now();
    std::vector<int> answers;
    for (int job = 0; job < options.jobs; ++job) answers.push_back(start(options, job));
    Seen seen;
    for (const int answer : answers) collect(answer, seen);
    bool failed = false;
    for (int status = 0; ::wait(&status) > 0;) {
        failed = failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    if (failed) return 1;
    for (const auto& [what, times] : seen) std::cout << times << '\t' << what << '\n';
    int missing = 0;
    if (options.histories >= enough_histories && options.acts >= enough_acts) {
        for (const auto& what : expected) {
            if (seen[what] == 0) std::cerr << "never happened: " << what << '\n', ++missing;
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << options.histories << " histories of " << options.acts
              << " acts agree with the model, " << static_cast<int>(took.count()) << " s\n";
    return missing == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(parse(count, words));
    } catch (const std::exception& error) {
        std::cerr << "error: " << error.what() << '\n';
        return 2;
    }
}
