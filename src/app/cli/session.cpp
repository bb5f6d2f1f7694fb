#include "app/cli/session.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

#include "app/cli/answer.hpp"
#include "app/cli/terminal.hpp"
#include "format/format.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    return value == nullptr ? "" : value;
}

std::string chosen(const Argument& argument, const char* name, const std::string& otherwise) {
    if (argument.given()) return argument.text();
    const std::string value = variable(name);
    return value.empty() ? otherwise : value;
}

Instant clock(const Argument& set) {
    const std::string value = variable("PURSER_NOW");
    if (!value.empty()) set.take({value});
    const auto fixed = set.maybe(&parse_instant);
    if (fixed) return *fixed;
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
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

// Who may read more than what is posted.
constexpr std::initializer_list<Role> reading_roles{Role::finance, Role::support, Role::chair,
                                                    Role::board, Role::admin};

bool is_only_viewer(const User& user) {
    return std::all_of(user.grants.begin(), user.grants.end(),
                       [](const Grant& grant) { return grant.role == Role::viewer; });
}

}  // namespace

Rendering rendering_options(Verb& verb) {
    return {
        verb.option("--format", "F", "text, markdown, html, csv, json, xlsx or pdf (text)"),
        verb.option("--output", "FILE", "write it there; .html, .xlsx, .pdf ... say the format"),
    };
}

Moment moment_options(Verb& verb) {
    return {
        verb.option("--as-of", "DATE", "the accounting day that the figures are of"),
        verb.option("--known-at", "INSTANT", "only what was recorded until then"),
    };
}

Session::Session(const Globals& globals)
    : location_(chosen(globals.book, "PURSER_BOOK", "purser.db")),
      user_(chosen(globals.user, "PURSER_USER", "")),
      key_(globals.key.text()),
      audience_(globals.audience),
      json_(globals.json.given()),
      now_(clock(globals.clock)),
      out_(STDOUT_FILENO, "standard output") {
    static_cast<void>(audience_.maybe(&report::parse_audience));
}

Book& Session::book() {
    if (!book_) book_.emplace(location_);
    return *book_;
}

Caller Session::caller() const {
    if (user_.empty()) {
        throw BadInput("who are you? each act in the book has somebody who did it",
                       "add --as USER, or set PURSER_USER");
    }
    return {user_, key_, now_};
}

std::optional<User> Session::reading_user() {
    if (user_.empty()) return {};
    User user = book().user(user_);
    if (user.disabled) {
        throw Refused(Rule::user_disabled, user.name + " is disabled",
                      "ask an admin, or act as another user with --as");
    }
    return user;
}

void Session::any_reader() { static_cast<void>(reading_user()); }

bool Session::is_viewer(const ReviewKey& review) {
    const auto user = reading_user();
    return user && std::none_of(reading_roles.begin(), reading_roles.end(),
                                [&](Role role) { return user->has(role, review); });
}

void Session::reader(const std::string& deed) {
    if (audience_.maybe(&report::parse_audience) == report::Audience::public_) {
        throw Refused(Rule::not_permitted, "the public may not " + deed,
                      "the public sees the sheet: purser factsheet show");
    }
    const auto user = reading_user();
    if (!user || !is_only_viewer(*user)) return;
    throw Refused(Rule::not_permitted, user->name + " may not " + deed,
                  "purser review list, review show, category list, factsheet list or factsheet "
                  "show SHEET");
}

void Session::reader(const ReviewKey& review, const std::string& deed) {
    reader(deed);
    const auto user = reading_user();
    if (!user) return;
    require(*user, review, reading_roles, deed);
}

std::vector<ReviewKey> Session::readable_reviews(const std::string& deed) {
    reader(deed);
    std::vector<ReviewKey> keys;
    for (const Review& review : book().reviews()) {
        if (!is_viewer(review.key())) keys.push_back(review.key());
    }
    return keys;
}

report::Audience Session::audience(const ReviewKey& review) {
    const auto asked = audience_.maybe(&report::parse_audience);
    const auto user = reading_user();
    if (!user) return asked.value_or(report::Audience::finance);
    const auto has = [&](std::initializer_list<Role> roles) {
        return std::any_of(roles.begin(), roles.end(),
                           [&](Role role) { return user->has(role, review); });
    };
    const std::initializer_list<Role> finance{Role::finance, Role::support, Role::admin};
    if (asked == report::Audience::finance) {
        require(*user, review, finance, "see what is for finance");
    }
    if (asked == report::Audience::chair) {
        require(*user, review, reading_roles, "see what is for chairs");
    }
    if (asked) return *asked;
    if (has(finance)) return report::Audience::finance;
    return has({Role::chair, Role::board}) ? report::Audience::chair : report::Audience::public_;
}

void Session::warn(const std::vector<Warning>& warnings) const {
    if (json_) return;  // there they stand in the answer
    for (const Warning& warning : warnings) std::cerr << "warning: " + warning.message + '\n';
}

void Session::answer(const Receipt& receipt, const std::string& sentence) {
    warn(receipt.warnings);
    if (json_) {
        out_ << dumped(json_of(receipt));
    } else {
        out_ << sentence << "\n  " << where_text(receipt) << '\n';
    }
}

void Session::print(const report::Document& document) {
    format::write(document, json_ ? format::Format::json : format::Format::text, out_);
}

void Session::print(const report::Document& document, const Rendering& rendering) {
    print(document.title, rendering,
          [&](format::Format format, std::ostream& out) { format::write(document, format, out); });
}

void Session::print(const std::string& title, const Rendering& rendering, const Write& write) {
    const std::string file = rendering.output.text();
    std::optional<format::Format> wanted = rendering.format.maybe(&format::parse_format);
    const std::string by_name = format_of(file);
    if (!wanted && !by_name.empty()) wanted = format::parse_format(by_name);
    const auto format = wanted.value_or(json_ ? format::Format::json : format::Format::text);
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

void Session::print_file(const std::string& file, const std::string& what) {
    if (json_) {
        out_ << dumped({{"file", file}});
    } else {
        out_ << file << ": " << what << '\n';
    }
}

int Session::finish() {
    out_.check();
    return exit_code_;
}

}  // namespace purser::cli
