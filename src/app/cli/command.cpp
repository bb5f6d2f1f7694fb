#include "app/cli/command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>

#include "app/cli/duty.hpp"
#include "app/cli/help_text.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"
#include "values/text.hpp"

namespace purser::cli {
namespace {

struct GlobalOption {
    std::string_view name, value, purpose;
};

constexpr std::array<GlobalOption, 5> global_options{{
    {"--book", "FILE", "the book: a file or postgresql://... (PURSER_BOOK, else purser.db)"},
    {"--as", "USER", "who acts (PURSER_USER)"},
    {"--json", "", "answer with one JSON object"},
    {"--key", "K", "a request's key: the same request again is done once"},
    {"--audience", "WHO", "finance, chair or public: whom the answer is for"},
}};

bool is_option(std::string_view typed) { return typed.size() > 1 && typed.front() == '-'; }

bool is_help(std::string_view typed) { return typed == "-h" || typed == "--help"; }

std::string name_of(std::string_view typed) {
    return std::string(typed.substr(0, std::min(typed.find('='), typed.size())));
}

const GlobalOption* find_global(std::string_view name) {
    const auto* const at =
        std::find_if(global_options.begin(), global_options.end(),
                     [&](const GlobalOption& option) { return option.name == name; });
    return at == global_options.end() ? nullptr : at;
}

std::string term(std::string_view name, std::string_view value) {
    return std::string(name) + (value.empty() ? "" : " ") + std::string(value);
}

std::string joined(const std::vector<std::string>& words) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) result += i + 1 == words.size() ? " and " : ", ";
        result += words[i];
    }
    return result;
}

// "lists the users" as a line of its own: "Lists the users."
std::string sentence(std::string purpose) {
    purpose.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(purpose.front())));
    return purpose.ends_with('.') ? purpose : purpose + '.';
}

void add_global_rows(HelpText& help) {
    for (const auto& option : global_options) {
        help.row(term(option.name, option.value), option.purpose);
    }
    help.row("--help, --version", "this text, on every level; the version");
}

}  // namespace

bool Verb::Part::takes_lines() const {
    constexpr std::array<std::string_view, 4> long_texts{"--why", "--overview", "--conditions",
                                                         "--text"};
    return std::find(long_texts.begin(), long_texts.end(), argument.name()) != long_texts.end();
}

Verb::Verb(std::string path, std::string purpose, std::string example, Place place)
    : path_(std::move(path)),
      purpose_(std::move(purpose)),
      example_(std::move(example)),
      place_(std::move(place)),
      globals_{Argument("--book", place_),       Argument("--as", place_),
               Argument("--key", place_),        Argument("--audience", place_),
               Flag(Argument("--json", place_)), Argument("PURSER_NOW", place_)} {
    const auto global = [&](const char* name) {
        const GlobalOption& option = *find_global(name);
        return add(name, std::string(option.value), std::string(option.purpose), Kind::global,
                   false);
    };
    globals_ = {global("--book"),     global("--as"),         global("--key"),
                global("--audience"), Flag(global("--json")), Argument("PURSER_NOW", place_)};
}

Argument Verb::add(const std::string& name, const std::string& value, const std::string& purpose,
                   Kind kind, bool is_needed) {
    parts_.push_back({Argument(name, place_), value, purpose, kind, is_needed});
    return parts_.back().argument;
}

Argument Verb::word(const std::string& name, const std::string& purpose) {
    return add(name, "", purpose, Kind::word, true);
}
Argument Verb::last_word(const std::string& name, const std::string& purpose) {
    return add(name, "", purpose, Kind::last_word, false);
}
Argument Verb::needed(const std::string& name, const std::string& value,
                      const std::string& purpose) {
    return add(name, value, purpose, Kind::option, true);
}
Argument Verb::option(const std::string& name, const std::string& value,
                      const std::string& purpose) {
    return add(name, value, purpose, Kind::option, false);
}
Argument Verb::list(const std::string& name, const std::string& value, const std::string& purpose) {
    return add(name, value, purpose, Kind::list, false);
}
Argument Verb::needed_list(const std::string& name, const std::string& value,
                           const std::string& purpose) {
    return add(name, value, purpose, Kind::list, true);
}
Flag Verb::flag(const std::string& name, const std::string& purpose) {
    return Flag(add(name, "", purpose, Kind::flag, false));
}

const Verb::Part* Verb::find(std::string_view option) const {
    const auto at = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) {
        return part.argument.name() == option && option.starts_with("--");
    });
    return at == parts_.end() ? nullptr : &*at;
}

std::vector<std::string> Verb::known_options() const {
    std::vector<std::string> names{"--help"};
    for (const Part& part : parts_) {
        if (part.argument.name().starts_with("--")) names.push_back(part.argument.name());
    }
    return names;
}

void Verb::parse(std::vector<std::string> typed) {
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const std::string name = name_of(typed[i]);
        const Part* const part = find(name);
        if (typed[i] == "--") {
            tokens.insert(tokens.end(), typed.begin() + static_cast<std::ptrdiff_t>(i),
                          typed.end());
            break;
        }
        if (part == nullptr || !part->has_value()) {
            tokens.push_back(typed[i]);
            continue;
        }
        // An option takes what follows, whatever it looks like: --amount -5, --why=.
        tokens.push_back(name);
        if (name != typed[i]) {
            tokens.push_back(typed[i].substr(name.size() + 1));
        } else if (i + 1 < typed.size()) {
            tokens.push_back(typed[++i]);
        } else {
            throw BadInput(name + " needs a value: " + part->purpose, "see: " + path_ + " --help");
        }
    }
    // Of all verbs only the one that was asked for meets the parser: it starts at once.
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    std::vector<CLI::Option*> options;
    for (const Part& part : parts_) {
        const std::string& name = part.argument.name();
        // The callback only says that any text will do: the argument is parsed when the verb runs.
        options.push_back(part.has_value()
                              ? app.add_option(name, [](const CLI::results_t&) { return true; })
                              : app.add_flag(name));
        options.back()->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    std::reverse(tokens.begin(), tokens.end());
    app.parse(std::move(tokens));
    refuse_unknown(app.remaining());
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const Part& part = parts_[i];
        if (options[i]->results().size() > 1 && part.kind != Kind::list) {
            throw BadInput(part.argument.name() + " is given twice");
        }
        part.argument.take(options[i]->results());
    }
    refuse_unclean();
    refuse_missing();
}

void Verb::fill(const std::function<std::vector<std::string>(const Part&)>& texts_of) {
    place_->clear();
    for (const Part& part : parts_) part.argument.take(texts_of(part));
    refuse_unclean();
    refuse_missing();
}

void Verb::refuse_unknown(const std::vector<std::string>& rest) const {
    const std::string see = "see: " + path_ + " --help";
    for (const auto& word : rest) {
        if (!is_option(word) || word == "--") continue;
        const std::string near = closest(name_of(word), known_options());
        throw BadInput("'" + name_of(word) + "' is not an option of " + path_,
                       near.empty() ? see : "did you mean " + near + "?");
    }
    for (const auto& word : rest) {
        if (word == "--") continue;
        throw BadInput("'" + word + "' is one word too many for " + path_,
                       "quotes around a text of several words; " + see);
    }
}

void Verb::refuse_unclean() const {
    for (const Part& part : parts_) {
        const auto lines = part.takes_lines() ? TextLines::several : TextLines::one;
        const auto plain = [&](std::string_view text) {
            require_plain(text, "text", lines);
            return true;
        };
        static_cast<void>(part.argument.each(plain));
    }
}

void Verb::refuse_missing() const {
    std::vector<std::string> missing;
    for (const Part& part : parts_) {
        if (part.is_needed && !part.argument.given()) missing.push_back(part.argument.name());
    }
    if (missing.empty()) return;
    throw BadInput(path_ + " needs " + joined(missing), "see: " + path_ + " --help");
}

std::string Verb::help() const {
    HelpText help;
    help.paragraph(sentence(purpose_));
    std::string usage = "Usage: " + path_;
    bool options = false;
    for (const Part& part : parts_) {
        const std::string shown = term(part.argument.name(), part.value);
        if (part.is_needed) usage += ' ' + shown;
        if (part.kind == Kind::last_word) usage += " [" + shown + ']';
        options = options || (!part.is_needed && part.kind != Kind::global);
    }
    help.paragraph(usage + (options ? " [options]" : ""), "         ");
    const auto put_parts = [&](const std::string& heading, const auto& chosen) {
        bool any = false;
        for (const Part& part : parts_) {
            if (part.kind == Kind::global || !chosen(part)) continue;
            if (!any) help.heading(heading);
            any = true;
            help.row(term(part.argument.name(), part.value),
                     part.purpose + (part.kind == Kind::list ? " (may be repeated)" : ""));
        }
    };
    put_parts("Needed:", [](const Part& part) { return part.is_needed; });
    put_parts("Options:", [](const Part& part) { return !part.is_needed; });
    if (!note_.empty()) help.paragraph(note_);
    if (const auto who = who_may(*this); !who.empty()) help.paragraph("Who may: " + who);
    help.heading("Example:");
    help.command(example_);
    help.heading("Global options, see purser --help: --book --as --json --key --audience");
    return help.text();
}

Verb& Noun::verb(const std::string& name, const std::string& purpose, const std::string& example) {
    return verbs_.emplace_back(name, Verb("purser " + name_ + ' ' + name, purpose, example, place_))
        .second;
}

Verb& Noun::itself(const std::string& example) {
    return verbs_.emplace_back("", Verb("purser " + name_, purpose_, example, place_)).second;
}

Verb* Noun::alone() { return verbs_.front().first.empty() ? &verbs_.front().second : nullptr; }

Verb* Noun::named(const std::string& verb) {
    for (auto& [name, one] : verbs_) {
        if (!verb.empty() && name == verb) return &one;
    }
    return nullptr;
}

Verb& Noun::find(const std::string& verb) {
    if (Verb* const found = named(verb)) return *found;
    std::vector<std::string> known;
    for (const auto& [name, one] : verbs_) known.push_back(name);
    throw BadInput(name_ + " has no verb '" + verb + "'", did_you_mean(verb, known));
}

std::string Noun::verb_names() const {
    std::string names;
    for (const auto& [name, verb] : verbs_) names += (names.empty() ? "" : ", ") + name;
    return names;
}

std::string Noun::help() const {
    HelpText help;
    const bool is_verb = verbs_.front().first.empty();
    const std::string own = is_verb ? verbs_.front().second.help() : "";
    if (is_verb && verbs_.size() == 1) return own;
    if (!is_verb) {
        help.paragraph(sentence(purpose_));
        help.paragraph("Usage: purser " + name_ + " VERB ...");
    }
    help.heading("Verbs:");
    for (const auto& [name, verb] : verbs_) {
        if (!name.empty()) help.row(name, verb.purpose());
    }
    help.paragraph("Each verb with its options and an example: purser " + name_ + " VERB --help");
    return own + help.text();
}

Noun& Commands::noun(const std::string& name, const std::string& purpose) {
    return nouns_.emplace_back(name, purpose, place_);
}

Noun& Commands::find(const std::string& noun) {
    std::vector<std::string> known;
    for (Noun& one : nouns_) {
        if (one.name() == noun) return one;
        known.push_back(one.name());
    }
    const std::string near = closest(noun, known);
    throw BadInput("purser has no noun '" + noun + "'",
                   near.empty() ? "see: purser --help" : "did you mean " + near + "?");
}

Noun* Commands::named(const std::string& noun) {
    const auto at = std::find_if(nouns_.begin(), nouns_.end(),
                                 [&](const Noun& one) { return one.name() == noun; });
    return at == nouns_.end() ? nullptr : &*at;
}

Asked Commands::parse(const std::vector<std::string>& typed) {
    // Before a message repeats any of it.
    for (const auto& word : typed) require_plain(word, "command line", TextLines::several);
    Noun* noun = nullptr;
    Verb* verb = nullptr;
    bool wants_help = typed.empty();
    std::vector<std::string> for_verb;
    std::size_t at = 0;
    for (; at < typed.size() && verb == nullptr; ++at) {
        const std::string& token = typed[at];
        if (is_help(token)) {
            wants_help = true;
        } else if (token == "--version") {
            return {nullptr, std::string("purser ") + PURSER_VERSION + '\n'};
        } else if (token == "--") {
            continue;
        } else if (is_option(token)) {
            const GlobalOption* const option = find_global(name_of(token));
            if (option == nullptr) {
                std::vector<std::string> known{"--help", "--version"};
                for (const auto& one : global_options) known.emplace_back(one.name);
                const std::string near = closest(name_of(token), known);
                throw BadInput("'" + name_of(token) + "' is not a global option",
                               near.empty() ? "see: purser --help; options of a verb follow it"
                                            : "did you mean " + near + "?");
            }
            for_verb.push_back(token);
            if (option->value.empty() || token != option->name) continue;
            if (++at == typed.size()) {
                throw BadInput(token + " needs a value: " + std::string(option->purpose),
                               "see: purser --help");
            }
            for_verb.push_back(typed[at]);
        } else if (noun == nullptr) {
            noun = &find(token);
            verb = noun->alone();
            Verb* const other = at + 1 < typed.size() ? noun->named(typed[at + 1]) : nullptr;
            if (verb != nullptr && other != nullptr) {
                verb = other;
                ++at;
            }
        } else {
            verb = &noun->find(token);
        }
    }
    // A value that only looks like --help is not told apart here: help is never wrong.
    const auto end = std::find(typed.begin() + static_cast<std::ptrdiff_t>(at), typed.end(), "--");
    wants_help =
        wants_help || std::any_of(typed.begin() + static_cast<std::ptrdiff_t>(at), end, is_help);
    if (wants_help) {
        return {nullptr, verb != nullptr && verb != noun->alone() ? verb->help()
                         : noun != nullptr                        ? noun->help()
                                                                  : help()};
    }
    if (noun == nullptr) throw BadInput("a noun is missing", "see: purser --help");
    if (verb == nullptr) {
        throw BadInput(noun->name() + " needs a verb: " + noun->verb_names(),
                       "see: purser " + noun->name() + " --help");
    }
    for_verb.insert(for_verb.end(), typed.begin() + static_cast<std::ptrdiff_t>(at), typed.end());
    verb->parse(std::move(for_verb));
    return {verb, {}};
}

std::string Commands::help() const {
    HelpText help;
    help.paragraph(
        "Keeps the money of a funded review: what was granted, what is promised, what is spent, "
        "what is left, who decided it and why.");
    help.paragraph("Usage: purser NOUN VERB ...");
    help.heading("Nouns:");
    for (const Noun& noun : nouns_) help.row(noun.name(), noun.purpose());
    help.heading("Global options, before or after the verb:");
    add_global_rows(help);
    help.heading("Forms:");
    help.row("DATE, MONTH, FY", "2017-03-14, 2017-03, FY17");
    help.row("A (an amount)", "1234.50 or 1,234.50, in the review's currency");
    help.row("KEY, ID", "SSR2; SSR2-E17 is an expense, SSR2-C3 a commitment");
    help.row("CODE", "a category's code, like travel");
    help.paragraph(
        "Exit: 0 done, 1 refused by a rule, 2 bad input, 3 broken (disk, database, a difference "
        "found).");
    help.paragraph(
        "The variable PURSER_NOW sets the clock, for tests and demonstrations: "
        "PURSER_NOW=2017-03-15T12:00:00Z.");
    help.heading("A beginning:");
    help.command("purser init --as ann");
    help.command("purser review open --help");
    return help.text();
}

}  // namespace purser::cli
