// The nouns and verbs of the command line: what each takes, and what it runs.
//
//     Verb& verb = commands.noun("category", "the plan lines of an envelope")
//                      .verb("list", "lists them", "purser category list SSR2");
//     const Argument key = verb.word("KEY", "the review, like SSR2");
//     verb.runs([=](Session& session) { … });
//
// Global options may stand anywhere. A word that is not known is BadInput, with the nearest.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/argument.hpp"

namespace purser::cli {

class Session;
using Run = std::function<void(Session&)>;

// The options that every verb takes; `clock` is the variable PURSER_NOW.
struct Globals {
    Argument book, user, key, audience;
    Flag json;
    Argument clock;
};

class Verb {
public:
    enum class Kind { word, last_word, option, list, flag, global };
    struct Part {
        Argument argument;
        std::string value;
        std::string purpose;
        Kind kind;
        bool is_needed;

        bool has_value() const {
            return kind != Kind::flag && (kind != Kind::global || !value.empty());
        }
        // The name of a file. Only who sits at the terminal may name one.
        bool is_file() const { return value == "FILE" || argument.name() == "FILE"; }
        bool takes_lines() const;  // an explanation; all else is one line
    };

    Verb(std::string path, std::string purpose, std::string example, Place place);

    // Words are needed and stand in the order of these calls; a last one may be left out.
    Argument word(const std::string& name, const std::string& purpose);
    Argument last_word(const std::string& name, const std::string& purpose);
    // Options have a value; `value` stands for it in help: "CODE".
    Argument needed(const std::string& name, const std::string& value, const std::string& purpose);
    Argument option(const std::string& name, const std::string& value, const std::string& purpose);
    // May be given several times.
    Argument list(const std::string& name, const std::string& value, const std::string& purpose);
    Argument needed_list(const std::string& name, const std::string& value,
                         const std::string& purpose);
    Flag flag(const std::string& name, const std::string& purpose);
    void runs(Run run) { run_ = std::move(run); }
    void note(std::string text) { note_ = std::move(text); }  // one more paragraph of its help
    void reads() { reads_ = true; }  // it answers with a document and writes nothing
    void makes_files() { reads_ = makes_files_ = true; }  // and writes nothing into the book
    void prints() { prints_ = true; }                     // and takes some ten seconds for it
    void terminal_only() { terminal_only_ = true; }       // no page and no program reaches it

    // Takes what was typed after the verb. BadInput names all that is missing or not known.
    void parse(std::vector<std::string> typed);
    // Takes what `texts_of` has for each part, in place of what was typed. BadInput names all that
    // is missing.
    void fill(const std::function<std::vector<std::string>(const Part&)>& texts_of);
    void run(Session& session) const { run_(session); }
    const std::vector<Part>& parts() const { return parts_; }
    bool is_read() const { return reads_; }
    bool is_terminal_only() const { return terminal_only_; }
    bool is_maker() const { return makes_files_; }
    bool is_printer() const { return prints_; }
    const Globals& globals() const { return globals_; }
    const std::string& path() const { return path_; }  // "purser expense submit"
    const std::string& purpose() const { return purpose_; }
    const std::string& note() const { return note_; }
    std::string help() const;

private:
    Argument add(const std::string& name, const std::string& value, const std::string& purpose,
                 Kind kind, bool is_needed);
    const Part* find(std::string_view option) const;
    std::vector<std::string> known_options() const;
    void refuse_unknown(const std::vector<std::string>& rest) const;
    void refuse_unclean() const;
    void refuse_missing() const;

    std::string path_, purpose_, example_, note_;
    Place place_;
    std::vector<Part> parts_;
    Globals globals_;
    bool reads_ = false, makes_files_ = false;
    bool terminal_only_ = false;
    bool prints_ = false;
    Run run_;
};

class Noun {
public:
    Noun(std::string name, std::string purpose, Place place)
        : name_(std::move(name)), purpose_(std::move(purpose)), place_(std::move(place)) {}

    Verb& verb(const std::string& name, const std::string& purpose, const std::string& example);
    // For a noun that is a command by itself, which comes before its other verbs if there are any:
    // purser status SSR2; purser delegate carl, purser delegate list.
    Verb& itself(const std::string& example);

    const std::string& name() const { return name_; }
    const std::string& purpose() const { return purpose_; }
    Verb& find(const std::string& verb);   // BadInput with did-you-mean
    Verb* alone();                         // the one of itself(), else null
    Verb* named(const std::string& verb);  // else null
    std::deque<std::pair<std::string, Verb>>& verbs() { return verbs_; }
    std::string verb_names() const;  // "submit, approve, reject"
    std::string help() const;

private:
    std::string name_, purpose_;
    Place place_;
    std::deque<std::pair<std::string, Verb>> verbs_;
};

// What a command line asks for: a verb to run, or a text to print.
struct Asked {
    Verb* verb = nullptr;
    std::string text;
};

class Commands {
public:
    Commands() : place_(std::make_shared<std::string>()) {}
    Noun& noun(const std::string& name, const std::string& purpose);

    // BadInput when it cannot be understood; the verb has parsed its arguments.
    Asked parse(const std::vector<std::string>& typed);
    // The argument that was being parsed when something was thrown, or "".
    const std::string& place() const { return *place_; }
    std::string help() const;
    std::deque<Noun>& nouns() { return nouns_; }
    Noun* named(const std::string& noun);  // else null

private:
    Noun& find(const std::string& noun);
    Place place_;
    std::deque<Noun> nouns_;
};

}  // namespace purser::cli
