#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "app/cli/answer.hpp"
#include "app/cli/file.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/terminal.hpp"
#include "format/format.hpp"
#include "intake/expense_file.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

// The problems of a file: printed as they come, or kept on disk until the one JSON object of an
// error can be written, so that a million of them need no memory.
class ProblemList {
public:
    ProblemList(std::string file, bool json, ProgressLine& progress)
        : file_(std::move(file)), json_(json), progress_(progress) {
        if (json_) kept_ = std::tmpfile();
    }
    ~ProblemList() {
        if (kept_ != nullptr) static_cast<void>(std::fclose(kept_));
    }
    ProblemList(const ProblemList&) = delete;
    ProblemList& operator=(const ProblemList&) = delete;

    void take(const Problem& problem) {
        ++count_;
        if (!problem.refused) {
            unreadable_ = true;
        } else if (first_rule_.empty()) {
            first_rule_ = name(*problem.refused);
        }
        if (!json_) {
            progress_.clear();
            std::cerr << message(problem, file_);
            return;
        }
        if (kept_ == nullptr) throw Broken("no temporary file can be made for the problems");
        std::string text = dumped(json_of(problem));
        text.back() = ',';  // in place of the line feed
        if (std::fwrite(text.data(), 1, text.size(), kept_) != text.size()) {
            throw Broken("the temporary file for the problems cannot be written");
        }
    }

    // The last lines of the answer, or the whole of it; gives the exit code.
    int tell() {
        const Failure failure{
            unreadable_ ? "bad_input" : first_rule_,
            plural(count_, "problem", "problems") + " in " + file_ + ", nothing was recorded",
            "mend the file, then import it again"};
        if (json_) {
            tell_json(failure);
        } else {
            std::cerr << message(failure);
        }
        return unreadable_ ? 2 : 1;
    }

private:
    void tell_json(const Failure& failure) {
        std::string head = dumped({{"error", json_of(failure)}});
        head.resize(head.size() - 3);  // without "}}\n": the list follows
        std::cerr << head << R"(,"problems":[)";
        auto rest = static_cast<std::size_t>(std::ftell(kept_)) - 1;  // all but the last comma
        std::rewind(kept_);
        std::array<char, 1 << 16> bytes;
        while (rest > 0) {
            const std::size_t got =
                std::fread(bytes.data(), 1, std::min(rest, bytes.size()), kept_);
            if (got == 0) throw Broken("the temporary file for the problems cannot be read");
            std::cerr.write(bytes.data(), static_cast<std::streamsize>(got));
            rest -= got;
        }
        std::cerr << "]}}\n";
    }

    std::string file_;
    bool json_;
    ProgressLine& progress_;
    std::FILE* kept_ = nullptr;
    std::int64_t count_ = 0;
    bool unreadable_ = false;  // something in it is no proper value
    std::string first_rule_;   // of what rules refuse
};

std::string summary(const ImportResult& result, const std::string& file, bool dry_run) {
    if (result.receipt && result.recorded == 0) return file + " was imported under this key before";
    const std::string rows = plural(result.recorded, "expense", "expenses");
    std::string text = rows + (dry_run ? " would be recorded from " : " recorded from ") + file;
    if (result.first && result.last && result.recorded > 0 && !dry_run) {
        text += ": " + *result.first;
        if (*result.first != *result.last) text += " to " + *result.last;
    }
    if (result.known > 0) {
        text += "\n  " + plural(result.known, "row was", "rows were") + " imported before";
    }
    return text;
}

nlohmann::ordered_json import_json(const ImportResult& result) {
    using Json = nlohmann::ordered_json;
    Json answer = {{"id", nullptr}, {"event", nullptr}, {"posted_on", nullptr}};
    if (result.receipt) answer = json_of(*result.receipt);
    Json warnings = Json::array();
    for (const Warning& warning : result.warnings) warnings.push_back(json_of(warning));
    answer["warnings"] = warnings;
    answer["recorded"] = result.recorded;
    answer["known"] = result.known;
    answer["first"] = result.first ? Json(*result.first) : Json(nullptr);
    answer["last"] = result.last ? Json(*result.last) : Json(nullptr);
    return answer;
}

void tell(Session& session, const ImportResult& result, const std::string& file, bool dry_run) {
    session.warn(result.warnings);
    if (dry_run && result.after) {
        report::Document status = report::status(*result.after);
        status.body.fields.push_back({"recorded", "", result.recorded});
        status.body.fields.push_back({"known", "", result.known});
        if (!session.json()) {
            session.print_line(summary(result, file, dry_run) +
                               "; nothing was written. After it:\n");
        }
        session.print(status);
    } else if (session.json()) {
        session.out() << dumped(import_json(result));
    } else {
        session.print_line(summary(result, file, dry_run));
        if (result.receipt) session.print_line("  " + where_text(*result.receipt));
    }
}

void run_import(Session& session, const ReviewKey& review, const std::string& name,
                ImportRequest ask) {
    const Caller caller = session.caller();
    const Currency currency = session.book().review(review).currency();
    const ReadableFile file(name);
    ask.file_name = name == "-" ? "-" : std::filesystem::path(name).filename().string();
    ask.file_digest = sha256_file(file.path());
    std::ifstream in(file.path(), std::ios::binary);
    intake::ExpenseFile expenses(in, file.name(), review, currency);
    const std::int64_t size = file.size();

    ProgressLine line("importing", "rows");
    ProblemList problems(file.name(), session.json(), line);
    const ImportResult result = session.book().import_expenses(
        caller, review, ask, [&] { return expenses.next(); },
        [&](const Problem& problem) { problems.take(problem); },
        [&](std::int64_t done, std::int64_t) { line.show(done, expenses.bytes_read(), size); });
    line.clear();
    if (result.problems > 0) {
        session.exit_with(problems.tell());
    } else {
        tell(session, result, file.name(), ask.dry_run);
    }
}

}  // namespace

void add_import(Noun& expense) {
    Verb& verb = expense.verb("import", "records a CSV file of expenses: all rows, or none",
                              "purser expense import SSR2 march.csv --dry-run --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument file = verb.word("FILE", "a CSV file, or - for standard input");
    const Flag dry_run = verb.flag("--dry-run", "write nothing, show the status it would lead to");
    const Argument approved_by = verb.list(
        "--approved-by", "USER", "the rows are settled: finance states who approved them");
    const Argument late =
        verb.option("--late", "open", "rows of closed months post on the first open day");
    verb.note(
        "Columns needed: posted_on,category,amount,why. Others: currency,rate,rate_date,"
        "rate_source,payee,invoice,document_date,type,commitment,meeting,work_item,key,refund_of,"
        "total. A last row with posted_on = total holds sums, which are checked.");
    verb.terminal_only();
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        ImportRequest ask;
        ask.approved_by = approved_by.each(&parse_user);
        ask.late_open = late.given() && late.as([](std::string_view text) {
            if (text == "open") return true;
            throw BadInput("'" + std::string(text) + "' is not a way to treat late rows",
                           "write --late open");
        });
        ask.dry_run = dry_run.given();
        run_import(session, review, file.text(), std::move(ask));
    });
}

}  // namespace purser::cli
