// A verb that was typed: the book by its name, the answer on standard output.
//
// The book is opened when it is first asked for, warnings go to stderr; the whole answer is known
// to be written only after finish().
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/cli/session.hpp"

namespace purser::cli {

class TerminalSession : public Session {
public:
    explicit TerminalSession(const Globals& globals);

    const std::string& location() const override { return location_; }
    Book& book() override;
    std::ostream& out() override { return out_; }
    void warn(const std::vector<Warning>& warnings) override;
    using Session::print;
    void print(const std::string& title, const Rendering& rendering, const Write& write) override;
    void give(const Made& made, const Argument& output) override;
    std::unique_ptr<FileWatch> watch(const std::string& file) override {
        return std::make_unique<ProblemList>(file, json());
    }
    int finish();  // Broken when the answer could not be written

protected:
    void show(const report::Document& document, const Rendering& rendering) override;

private:
    std::string location_;
    std::optional<Book> book_;
    FileStream out_;
};

// What tells the time: the variable PURSER_NOW where it is set, which goes to `set`. It is read
// here once; any thread may ask what comes of it.
using Clock = std::function<Instant()>;
Clock clock_of(const Argument& set);

}  // namespace purser::cli
