// A verb of the command line as an address: /expense/submit/SSR2 is `purser expense submit SSR2`.
//
// Pages and programs run the very verbs that a terminal runs; only where the texts come from and
// where the answer goes differs. No verb that names a file of this machine can be reached, and
// nobody reads of a review for which they have no role.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli/session.hpp"
#include "app/web/site.hpp"

namespace purser::web {

struct Deed {
    cli::Noun* noun;
    cli::Verb* verb;
    std::vector<std::string> words;  // that the address gives

    std::string path() const;      // "/expense/submit/SSR2"
    std::string review() const;    // "SSR2", or "" while no word says it
    std::string document() const;  // "SSR2-E1", or "" when it is about none
};
// Nothing when there is no such verb, it is for terminals only, or there are too many words.
std::optional<Deed> find_deed(cli::Commands& commands, const std::vector<std::string>& path);

// That an address can give: no file.
std::vector<const cli::Verb::Part*> words_of(const cli::Verb& verb);
// "document-date" for --document-date, "code" for the word CODE.
std::string field_name(const cli::Verb::Part& part);
// Whether a page can ask for it at all.
bool is_asked(const cli::Verb& verb, const cli::Verb::Part& part);
// The words that the address does not give, in order, then files and options.
std::vector<const cli::Verb::Part*> asked_parts(const Deed& deed);
// The file of rows that the verb records, or can be asked what it would record; else null.
const cli::Verb::Part* import_of(const cli::Verb& verb);

// The texts of a part by its field's name.
using Given = std::function<std::vector<std::string>(const std::string& name)>;
// The review that is asked about, which the address says or a field does; "" for none.
std::string review_asked(const Deed& deed, const Given& given);
// Fills the verb. BadInput names what is missing. `files` has the paths of what was uploaded. An
// empty text says nothing, but for the fields whose text is to be taken `off`.
void fill(const Deed& deed, const Given& given, const Given& files,
          const std::set<std::string>& off = {});

class DeskSession : public cli::Session {
public:
    using Printer = std::function<void(const report::Document&)>;
    struct Mode {
        bool writes = false, json = false;
        std::string key;
        std::string audience;
    };
    DeskSession(const Visit& visit, Mode mode, Printer printer);

    const std::string& location() const override { return visit_.site.settings.location; }
    Book& book() override { return visit_.place->book; }
    std::ostream& out() override { return out_; }
    Caller caller() const override;
    void answer(const Receipt& receipt, const std::string& sentence) override;
    void warn(const std::vector<Warning>& warnings) override;
    cli::ReadableFile readable(const std::string& file) override;
    std::unique_ptr<cli::FileWatch> watch(const std::string& file) override;
    using Session::print;
    void print(const std::string& title, const cli::Rendering& rendering,
               const Write& write) override;
    // Takes bytes that are kept for each format, where a verb answers with such.
    using Kept = std::function<void(const std::string& title, const Write& write)>;
    void takes_kept(Kept kept) { kept_ = std::move(kept); }

    // Takes files that a verb makes.
    using Taken = std::function<void(const cli::Made& made)>;
    void takes_made(Taken taken) { taken_ = std::move(taken); }
    void give(const cli::Made& made, const cli::Argument& output) override;

    std::string text() const { return out_.str(); }  // what it answered
    const std::vector<Warning>& warnings() const { return warnings_; }
    const std::optional<Receipt>& receipt() const { return receipt_; }  // the last one
    // What is wrong with a file that was imported: the first of its problems, and what they come
    // to.
    static constexpr std::size_t kept_problems = 200;
    const std::vector<purser::Problem>& problems() const { return problems_; }
    const std::optional<Problem>& failure() const { return failure_; }

protected:
    void show(const report::Document& document, const cli::Rendering& rendering) override;

private:
    const Visit& visit_;
    Mode mode_;
    Printer printer_;
    Kept kept_;
    Taken taken_;
    std::ostringstream out_;
    std::vector<Warning> warnings_;
    std::optional<Receipt> receipt_;
    class Watch;
    std::vector<purser::Problem> problems_;
    std::optional<Problem> failure_;
};

// Refuses to show anything of a review for which the visitor has no role, in the words of one that
// is not there.
void require_sight(const Visit& visit, const std::string& review);
// Refuses forms and acts to who only reads what is posted: what can be chosen in a form is not.
void require_reader(const Visit& visit, const std::string& review);

}  // namespace purser::web
