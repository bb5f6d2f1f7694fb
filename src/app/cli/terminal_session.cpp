#include "app/cli/terminal_session.hpp"

#include <cstdlib>
#include <iostream>
#include <unistd.h>

#include "app/cli/folder.hpp"
#include "app/cli/terminal.hpp"
#include "format/format.hpp"
#include "values/error.hpp"
#include "values/text.hpp"

namespace purser::cli {
namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    if (value == nullptr) return {};
    require_plain(value, std::string("variable ") + name);
    return value;
}

std::string chosen(const Argument& argument, const char* name, const std::string& otherwise) {
    if (argument.given()) return argument.text();
    const std::string value = variable(name);
    return value.empty() ? otherwise : value;
}

// What --output says by its name: sheet.xlsx is a workbook.
std::string format_of(const std::string& file) {
    const std::string ending = std::filesystem::path(file).extension().string();
    if (ending == ".md") return "markdown";
    if (ending == ".htm") return "html";
    for (const format::Format known : format::all_formats()) {
        if (ending == '.' + std::string(format::name(known))) return ending.substr(1);
    }
    return "";
}

}  // namespace

Clock clock_of(const Argument& set) {
    const std::string value = variable("PURSER_NOW");
    if (!value.empty()) set.take({value});
    if (const auto fixed = set.maybe(&parse_instant)) return [at = *fixed] { return at; };
    return [] {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now());
    };
}

TerminalSession::TerminalSession(const Globals& globals)
    : Session({chosen(globals.user, "PURSER_USER", ""), globals.key.text(), globals.audience,
               globals.json.given(), clock_of(globals.clock)()}),
      location_(chosen(globals.book, "PURSER_BOOK", "purser.db")),
      out_(STDOUT_FILENO, "standard output") {}

Book& TerminalSession::book() {
    if (!book_) book_.emplace(location_);
    return *book_;
}

void TerminalSession::warn(const std::vector<Warning>& warnings) {
    if (json()) return;  // there they stand in the answer
    for (const Warning& warning : warnings) std::cerr << "warning: " + warning.message + '\n';
}

void TerminalSession::show(const report::Document& document, const Rendering& rendering) {
    print(document.title, rendering,
          [&](format::Format format, std::ostream& out) { format::write(document, format, out); });
}

void TerminalSession::print(const std::string& title, const Rendering& rendering,
                            const Write& write) {
    const std::string file = rendering.output.text();
    std::optional<format::Format> wanted = rendering.format.maybe(&format::parse_format);
    const std::string by_name = format_of(file);
    if (!wanted && !by_name.empty()) wanted = format::parse_format(by_name);
    const auto format = wanted.value_or(json() ? format::Format::json : format::Format::text);
    if (!rendering.output.given()) {
        if (format::is_binary(format) && stdout_is_terminal()) {
            const std::string word(format::name(format));
            throw BadInput("a " + word + " file is not for a terminal",
                           "add --output FILE." + word);
        }
        write(format, out_);
        return;
    }
    WholeFile target(file);
    write(format, target.stream());
    target.finish();
    print_file(file, title);
}

void TerminalSession::give(const Made& made, const Argument& output) {
    if (!made.write) {
        if (!output.given()) {
            throw BadInput(
                made.what + " is a folder of files",
                "add --output FOLDER, or name one of them, like " + made.package.front().name);
        }
        write_package(output.text(), made.name, made.package, made.readers);
    } else if (output.given()) {
        WholeFile file(output.text());
        made.write(file.stream());
        file.finish();
    } else {
        made.write(out_);
        return;
    }
    print_file(output.text(), made.what);
}

int TerminalSession::finish() {
    out_.check();
    return exit_code();
}

}  // namespace purser::cli
