// The command line: understands what is asked, runs it, and says how it ended.
//
// The one place that catches: each kind of failure has its exit code (0 done, 1 refused by a
// rule, 2 bad input, 3 broken).
#include <CLI/Error.hpp>
#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "app/cli/answer.hpp"
#include "app/cli/command.hpp"
#include "app/cli/file.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/terminal_session.hpp"
#include "values/error.hpp"

namespace {

using namespace purser;

enum Exit { done = 0, refused = 1, bad_input = 2, broken = 3 };

// Known before anything is understood, since not understanding is an answer too.
bool wants_json(const std::vector<std::string>& typed) {
    const auto end = std::find(typed.begin(), typed.end(), "--");
    return std::find(typed.begin(), end, "--json") != end;
}

int tell(const cli::Failure& failure, bool json, Exit code) {
    const std::string text =
        json ? cli::dumped({{"error", cli::json_of(failure)}}) : cli::message(failure);
    std::cerr << text << std::flush;
    return code;
}

std::string at(const std::string& place, const char* what) {
    return place.empty() ? what : place + ": " + what;
}

int run(cli::Commands& commands, const std::vector<std::string>& typed) {
    const cli::Asked asked = commands.parse(typed);
    if (asked.verb == nullptr) {
        cli::FileStream out(1, "standard output");
        out << asked.text;
        out.check();
        return done;
    }
    cli::TerminalSession session(asked.verb->globals());
    asked.verb->run(session);
    return session.finish();
}

}  // namespace

int main(int argc, char** argv) {
    // Whoever reads our answer may stop when enough was read: `purser register SSR2 | head`.
    std::signal(SIGPIPE, SIG_DFL);
    cli::keep_files_private();
    const std::vector<std::string> typed(argv + 1, argv + argc);
    const bool json = wants_json(typed);
    cli::Commands commands;
    cli::add_nouns(commands);
    try {
        return run(commands, typed);
    } catch (const Refused& no) {
        const std::string rule(name(no.rule()));
        return tell({rule, at(commands.place(), no.what()), no.hint()}, json, refused);
    } catch (const BadInput& bad) {
        return tell({"bad_input", at(commands.place(), bad.what()), bad.hint()}, json, bad_input);
    } catch (const CLI::ParseError& bad) {
        return tell({"bad_input", bad.what(), "see: purser --help"}, json, bad_input);
    } catch (const Broken& sorry) {
        return tell({"broken", sorry.what(), sorry.hint()}, json, broken);
    } catch (const std::exception& sorry) {
        return tell({"broken", sorry.what(), ""}, json, broken);
    }
}
