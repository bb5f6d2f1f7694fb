// One run of the program: which book, who acts, what time it is, how to answer.
//
// The book is opened when it is first asked for. Answers go to stdout in the form that was
// asked for (text or JSON), warnings to stderr; the whole answer is known to be written only
// after finish().
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/cli/command.hpp"
#include "app/cli/file.hpp"
#include "format/format.hpp"
#include "report/catalogue.hpp"
#include "store/book.hpp"

namespace purser::cli {

// How a document is to be printed: --format and --output of a verb.
struct Rendering {
    Argument format, output;
};
Rendering rendering_options(Verb& verb);

// The day and the instant that a figure is asked of: --as-of and --known-at of a verb.
struct Moment {
    Argument as_of, known_at;
};
Moment moment_options(Verb& verb);

class Session {
public:
    explicit Session(const Globals& globals);

    const std::string& location() const { return location_; }
    Book& book();
    Instant now() const { return now_; }
    Date today() const { return day_of(now_); }
    bool json() const { return json_; }

    // Who writes. BadInput when nobody is named.
    Caller caller() const;
    // Who reads may be nobody. Refuses unknown_user and user_disabled when somebody is named, and
    // not_permitted when all that they are is a viewer (of that review).
    void reader(const std::string& deed);
    void reader(const ReviewKey& review, const std::string& deed);
    void any_reader();                        // the same, and viewers too
    bool is_viewer(const ReviewKey& review);  // who is named and may read no more than the public
    // The reviews that the user may read, by key; all when nobody is named.
    std::vector<ReviewKey> readable_reviews(const std::string& deed);
    // Whom an answer about a review is for: as asked with --audience, which cannot be wider than
    // the user's roles, or what these suggest. Nobody named: finance, who holds the file.
    report::Audience audience(const ReviewKey& review);

    // What an act did: a sentence, its id, its day, its event, its warnings.
    void answer(const Receipt& receipt, const std::string& sentence);
    void warn(const std::vector<Warning>& warnings) const;
    void print(const report::Document& document);
    void print(const report::Document& document, const Rendering& rendering);
    // The same of bytes that are made or kept for each format.
    using Write = std::function<void(format::Format, std::ostream&)>;
    void print(const std::string& title, const Rendering& rendering, const Write& write);
    void print_line(const std::string& line) { out_ << line << '\n'; }
    void print_file(const std::string& file, const std::string& what);  // it was written
    std::ostream& out() { return out_; }

    // What the program will exit with, other than by an error that is thrown.
    void exit_with(int code) { exit_code_ = code; }
    int finish();  // Broken when the answer could not be written

private:
    std::optional<User> reading_user();
    std::string location_, user_, key_;
    Argument audience_;
    bool json_;
    Instant now_;
    std::optional<Book> book_;
    FileStream out_;
    int exit_code_ = 0;
};

}  // namespace purser::cli
