#include "app/web/deed.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "app/cli/answer.hpp"
#include "app/web/address.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using cli::Verb;

bool is_word(const Verb::Part& part) {
    return (part.kind == Verb::Kind::word || part.kind == Verb::Kind::last_word) && !part.is_file();
}

cli::Asking asking_of(const Visit& visit, const DeskSession::Mode& mode) {
    const cli::Argument audience("audience", std::make_shared<std::string>());
    if (!mode.audience.empty()) audience.take({mode.audience});
    return {visit.user ? visit.user->name : "", mode.key, audience, mode.json, visit.now};
}

}  // namespace

std::vector<const Verb::Part*> words_of(const Verb& verb) {
    std::vector<const Verb::Part*> words;
    for (const auto& part : verb.parts()) {
        if (is_word(part)) words.push_back(&part);
    }
    return words;
}

std::string Deed::path() const {
    std::string result = '/' + noun->name();
    if (verb != noun->alone())
        result += verb->path().substr(verb->path().rfind(' ')).replace(0, 1, "/");
    for (const auto& word : words) result += '/' + word;
    return result;
}

std::string Deed::review() const {
    const auto parts = words_of(*verb);
    if (words.empty() || parts.empty()) return {};
    const std::string id = document();
    if (!id.empty()) return id.substr(0, id.rfind('-'));
    return parts.front()->argument.name().starts_with("KEY") ? words.front() : "";
}

std::string Deed::document() const {
    const auto parts = words_of(*verb);
    if (words.empty() || parts.empty()) return {};
    const std::string& name = parts.front()->argument.name();
    const bool may_be = name == "ID" || name == "SHEET" || name == "KEY|SHEET";
    return may_be && document_of(words.front()) ? words.front() : "";
}

std::optional<Deed> find_deed(cli::Commands& commands, const std::vector<std::string>& path) {
    cli::Noun* const noun = path.empty() ? nullptr : commands.named(path.front());
    if (noun == nullptr) return {};
    std::size_t used = 1;
    Verb* verb = path.size() > 1 ? noun->named(path[1]) : nullptr;
    if (verb != nullptr) {
        used = 2;
    } else {
        verb = noun->alone();
    }
    if (verb == nullptr || verb->is_terminal_only()) return {};
    Deed deed{noun, verb, {path.begin() + static_cast<std::ptrdiff_t>(used), path.end()}};
    if (deed.words.size() > words_of(*verb).size()) return {};
    return deed;
}

std::string field_name(const Verb::Part& part) {
    std::string name = part.argument.name();
    if (name.starts_with("--")) return name.substr(2);
    name = name.substr(0, name.find('|'));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

bool is_asked(const Verb& verb, const Verb::Part& part) {
    // Of a file of this machine, or of how a command ends: for terminals alone.
    constexpr std::array<std::string_view, 3> of_terminals{"--format", "--output", "--fail"};
    const std::string& name = part.argument.name();
    if (name == "--format" && verb.is_maker()) return true;
    return part.kind != Verb::Kind::global &&
           std::find(of_terminals.begin(), of_terminals.end(), name) == of_terminals.end();
}

std::vector<const Verb::Part*> asked_parts(const Deed& deed) {
    std::vector<const Verb::Part*> parts = words_of(*deed.verb);
    parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(deed.words.size()));
    const bool is_whole = parts.empty();
    for (const auto& part : deed.verb->parts()) {
        // A file says what the words would, of several: it is asked for in place of the last.
        const bool is_said = part.argument.name() == "--file" && is_whole;
        if (!is_word(part) && is_asked(*deed.verb, part) && !is_said) parts.push_back(&part);
    }
    return parts;
}

std::string review_asked(const Deed& deed, const Given& given) {
    const auto parts = words_of(*deed.verb);
    Deed whole = deed;
    for (std::size_t i = deed.words.size(); i < parts.size(); ++i) {
        std::vector<std::string> texts = given(field_name(*parts[i]));
        std::erase(texts, "");
        if (texts.empty()) break;
        whole.words.push_back(texts.front());
    }
    return whole.review();
}

const Verb::Part* import_of(const Verb& verb) {
    const auto& parts = verb.parts();
    const auto find = [&](auto is_it) {
        const auto at = std::find_if(parts.begin(), parts.end(), is_it);
        return at == parts.end() ? nullptr : &*at;
    };
    const bool can_look =
        find([](const Verb::Part& part) { return part.argument.name() == "--dry-run"; }) != nullptr;
    return can_look ? find([&](const Verb::Part& part) {
        return part.is_file() && is_asked(verb, part);
    })
                    : nullptr;
}

void fill(const Deed& deed, const Given& given, const Given& files,
          const std::set<std::string>& off) {
    const auto words = words_of(*deed.verb);
    deed.verb->fill([&](const Verb::Part& part) -> std::vector<std::string> {
        if (is_word(part)) {
            const auto at = static_cast<std::size_t>(std::find(words.begin(), words.end(), &part) -
                                                     words.begin());
            if (at < deed.words.size()) return {deed.words[at]};
        }
        // Some answer with lines where no form of a document is asked for.
        const bool shows = deed.verb->is_read() && !deed.verb->is_maker();
        if (part.argument.name() == "--format" && shows) return {"html"};
        if (!is_asked(*deed.verb, part)) return {};
        if (part.is_file()) return files(field_name(part));
        std::vector<std::string> texts = given(field_name(part));
        if (!off.contains(field_name(part))) std::erase(texts, "");
        if (texts.size() > 1 && part.kind != Verb::Kind::list) {
            throw BadInput(field_name(part) + " is given twice");
        }
        return texts;
    });
}

DeskSession::DeskSession(const Visit& visit, Mode mode, Printer printer)
    : Session(asking_of(visit, mode)),
      visit_(visit),
      mode_(std::move(mode)),
      printer_(std::move(printer)) {}

Caller DeskSession::caller() const {
    if (!mode_.writes) throw BadInput("this address reads, it records nothing", "send a form");
    return Session::caller();
}

void DeskSession::answer(const Receipt& receipt, const std::string& sentence) {
    receipt_ = receipt;
    Session::answer(receipt, sentence);
}

void DeskSession::warn(const std::vector<Warning>& warnings) {
    warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
}

cli::ReadableFile DeskSession::readable(const std::string& file) {
    return {file, std::filesystem::path(file).filename().string()};
}

class DeskSession::Watch : public cli::FileWatch {
public:
    Watch(const std::string& file, DeskSession& session) : FileWatch(file), session_(session) {}

private:
    void tell(const purser::Problem& problem) override {
        auto& problems = session_.problems_;
        if (problems.size() < kept_problems) problems.push_back(problem);
    }
    void tell_end(const cli::Failure& failure) override {
        const int status = failure.rule == "bad_input" ? 400 : 422;
        session_.failure_ = {status, failure.rule, failure.what, failure.hint};
    }
    DeskSession& session_;
};

std::unique_ptr<cli::FileWatch> DeskSession::watch(const std::string& file) {
    return std::make_unique<Watch>(file, *this);
}

void DeskSession::show(const report::Document& document, const cli::Rendering& rendering) {
    static_cast<void>(rendering);  // the page knows its form
    printer_(document);
}

void DeskSession::print(const std::string& title, const cli::Rendering& rendering,
                        const Write& write) {
    static_cast<void>(rendering);
    if (!kept_) throw Broken("a page cannot show " + title);
    kept_(title, write);
}

void DeskSession::give(const cli::Made& made, const cli::Argument& output) {
    static_cast<void>(output);
    if (!taken_) throw Broken("a page cannot give " + made.what);
    taken_(made);
}

void require_sight(const Visit& visit, const std::string& review) {
    if (review.empty() || !visit.user) return;
    const ReviewKey key = ReviewKey::parse(review);
    if (visit.user->sees(key)) return;
    throw Refused(Rule::unknown_review, "the book has no review " + review + " that you may see",
                  "an admin gives you a role for it");
}

void require_reader(const Visit& visit, const std::string& review) {
    require_sight(visit, review);
    DeskSession session(visit, {}, [](const report::Document&) {});
    const std::string deed = "record anything";
    if (review.empty()) {
        session.reader(deed);
    } else {
        session.reader(ReviewKey::parse(review), deed);
    }
}

}  // namespace purser::web
