// One run of a verb: which book, who acts, what time it is, how to answer.
//
// The verbs see this much and no more, so that a terminal and a page can both run them. What a verb
// answers goes to out(), in the form that was asked for (text or JSON), a document to print().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "app/cli/command.hpp"
#include "app/cli/file.hpp"
#include "app/cli/problem_list.hpp"
#include "format/data_package.hpp"
#include "format/format.hpp"
#include "report/catalogue.hpp"
#include "report/sorting.hpp"
#include "store/book.hpp"

namespace purser::cli {

// How a document is to be printed: --format and --output of a verb, and of a list --sort.
struct Rendering {
    Argument format, output, sort;
};
Rendering rendering_options(Verb& verb);  // and says that the verb reads
Rendering list_options(Verb& verb);       // the same of a list

// The day and the instant that a figure is asked of: --as-of and --known-at of a verb.
struct Moment {
    Argument as_of, known_at;
};
Moment moment_options(Verb& verb);

// Who asks, under which request key, in which form, and when.
struct Asking {
    std::string user, key;
    Argument audience;
    bool json;
    Instant now;
};

// What a verb makes for others to keep: a file, or a package of several.
struct Made {
    std::string what;  // "the log of SSR2"
    std::string name;  // of the file, "ssr2.log", or in the package's descriptor
    std::function<void(std::ostream&)> write;  // absent for a package
    std::vector<format::PackageFile> package = {};
    Readers readers = Readers::owner;
};

class Session {
public:
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    virtual const std::string& location() const = 0;
    virtual Book& book() = 0;
    virtual std::ostream& out() = 0;
    Instant now() const { return asking_.now; }
    Date today() const { return day_of(asking_.now); }
    bool json() const { return asking_.json; }

    // Who writes. BadInput when nobody is named.
    virtual Caller caller() const;
    // Who reads may be nobody. Refuses unknown_user and user_disabled when somebody is named, and
    // not_permitted when all that they are is a viewer (of that review).
    void reader(const std::string& deed);
    void reader(const ReviewKey& review, const std::string& deed);
    std::optional<User> any_reader();         // the same, and viewers too
    bool is_viewer(const ReviewKey& review);  // who is named and may read no more than the public
    // The reviews that the user may read, by key; all when nobody is named.
    std::vector<ReviewKey> readable_reviews(const std::string& deed);
    // Whom an answer about a review is for: as asked with --audience, which cannot be wider than
    // the user's roles, or what these suggest. Nobody named: finance, who holds the file. Nothing
    // is printed that is for a wider one than this said, nor without having asked.
    report::Audience audience(const ReviewKey& review);
    report::Audience audience(const std::vector<ReviewKey>& reviews);  // the narrowest of them
    report::Audience audience();  // of an answer that is about no review

    // What an act did: a sentence, its id, its day, its event, its warnings.
    virtual void answer(const Receipt& receipt, const std::string& sentence);
    virtual void warn(const std::vector<Warning>& warnings) = 0;        // JSON has them
    void print(report::Document document, const Rendering& rendering);  // sorted as asked
    void print(const report::Document& document);                       // as text or JSON
    // The same of bytes that are made or kept for each format.
    using Write = std::function<void(format::Format, std::ostream&)>;
    virtual void print(const std::string& title, const Rendering& rendering,
                       const Write& write) = 0;
    // Made files go where --output says: a package is a folder.
    virtual void give(const Made& made, const Argument& output) = 0;
    void print_line(const std::string& line) { out() << line << '\n'; }
    void print_file(const std::string& file, const std::string& what);  // it was written

    // A file that an argument names, to be imported; and who is told of it meanwhile.
    virtual ReadableFile readable(const std::string& file) { return ReadableFile(file); }
    virtual std::unique_ptr<FileWatch> watch(const std::string& file) = 0;

    // What the program will exit with, other than by an error that is thrown.
    void exit_with(int code) { exit_code_ = code; }

protected:
    explicit Session(Asking asking);
    virtual void show(const report::Document& document, const Rendering& rendering) = 0;
    int exit_code() const { return exit_code_; }

private:
    report::Audience narrowed(report::Audience audience);
    report::Audience audience_of(const ReviewKey& review);
    void require_told(const report::Document& document) const;

    Asking asking_;
    std::optional<report::Audience> told_;  // the narrowest that was told
    int exit_code_ = 0;
};

}  // namespace purser::cli
