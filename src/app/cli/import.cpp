#include <fstream>

#include "app/cli/answer.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "format/format.hpp"
#include "intake/expense_file.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

std::string summary(const ImportResult& result, const std::string& file, bool dry_run) {
    std::string rows = plural(result.recorded, "expense", "expenses");
    if (result.refunds > 0) rows += " and " + plural(result.refunds, "refund", "refunds");
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
    answer["refunds"] = result.refunds;
    answer["known"] = result.known;
    answer["first"] = result.first ? Json(*result.first) : Json(nullptr);
    answer["last"] = result.last ? Json(*result.last) : Json(nullptr);
    return answer;
}

void tell(Session& session, const ReviewKey& review, const ImportResult& result,
          const std::string& file, bool dry_run) {
    session.warn(result.warnings);
    if (dry_run && result.after) {
        if (session.audience(review) != report::Audience::finance) {
            throw Refused(Rule::not_permitted,
                          "what an import would lead to is for finance and support",
                          "ask without --audience");
        }
        report::Document status = report::status(*result.after);
        status.body.fields.push_back({"recorded", "", result.recorded});
        status.body.fields.push_back({"refunds", "", result.refunds});
        status.body.fields.push_back({"known", "", result.known});
        if (!session.json()) {
            session.print_line(summary(result, file, dry_run) +
                               "; nothing was written. After it:\n");
        }
        session.print(status);
    } else if (session.json()) {
        session.out() << dumped(import_json(result));
    } else {
        session.print_line(summary(result, file, false));
        if (result.receipt) session.print_line("  " + where_text(*result.receipt));
    }
}

void run_import(Session& session, const ReviewKey& review, const std::string& name,
                ImportRequest ask) {
    const Caller caller = session.caller();
    const Currency currency = session.book().review(review).currency();
    const ReadableFile file = session.readable(name);
    ask.file_name = name == "-" ? "-" : std::filesystem::path(name).filename().string();
    ask.file_digest = sha256_file(file.path());
    std::ifstream in(file.path(), std::ios::binary);
    intake::ExpenseFile expenses(in, file.name(), review, currency);
    const std::int64_t size = file.size();
    auto watch = session.watch(file.name());
    const ImportResult result = session.book().import_expenses(
        caller, review, ask, [&] { return expenses.next(); },
        [&](const Problem& problem) { watch->take(problem); },
        [&](std::int64_t done, std::int64_t) {
            watch->progress(done, expenses.bytes_read(), size);
        });
    session.exit_with(watch->end());
    watch.reset();
    if (result.problems == 0) tell(session, review, result, file.name(), ask.dry_run);
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
        "total. A last row with posted_on = total holds sums, which are checked. A row with "
        "refund_of = SSR2-E1 is money that came back of that expense: its amount is above zero, in "
        "the expense's currency, and counts as less than zero in totals.");
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
