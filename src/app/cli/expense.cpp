#include <algorithm>

#include "app/cli/answer.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

const auto expense_id = id_of(DocumentKind::expense);

// The options of an amount in another currency; all of them, or none.
struct Foreign {
    Argument currency, rate, rate_on, source;

    bool any_rate() const { return rate.given() || rate_on.given() || source.given(); }
};

Foreign foreign_options(Verb& verb) {
    return {
        verb.option("--currency", "C", "of --amount, when it is not the review's"),
        verb.option("--rate", "R", "what one of it is in the review's currency: 0.1506"),
        verb.option("--rate-date", "DATE", "the day that the rate is of"),
        verb.option("--rate-source", "TEXT", "who published the rate: ECB"),
    };
}

// The amount as the invoice says it, when that is in another currency.
std::optional<Original> original_of(const Foreign& foreign, const Argument& amount, Currency own) {
    const Currency currency = foreign.currency.maybe(&Currency::parse).value_or(own);
    const std::string code(currency.code());
    if (currency == own) {
        if (!foreign.any_rate()) return {};
        throw BadInput("the amount is in " + code + " as the review is, so it has no rate",
                       "name the other currency with --currency, or leave the rate out");
    }
    if (!foreign.rate.given() || !foreign.rate_on.given() || !foreign.source.given()) {
        throw BadInput(
            "an amount in " + code + " needs --rate, --rate-date and --rate-source",
            "--rate is how many " + std::string(own.code()) + " one " + code + " is, like 0.1506");
    }
    Original original{amount.as(money_in(currency)), foreign.rate.as(&Rate::parse),
                      foreign.rate_on.as(&parse_date), foreign.source.as(line_of("source"))};
    if (original.source.empty()) {
        throw BadInput("the source of a rate is empty", "name who published it, like ECB");
    }
    return original;
}

std::string amount_text(const ExpenseDraft& draft) {
    std::string text = draft.amount.with_code() + " of " + draft.category;
    if (draft.original) {
        text +=
            " (" + draft.original->amount.with_code() + " at " + draft.original->rate.text() + ")";
    }
    return text;
}

void add_submit(Noun& noun) {
    Verb& verb =
        noun.verb("submit", "records an expense; its money is reserved until it is decided",
                  "purser expense submit SSR2 --category travel --amount 1,480.50 --on "
                  "2017-03-20 --why \"Hotel, Copenhagen\" --as olga");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category = verb.needed("--category", "CODE", "the category that pays");
    const Argument amount = verb.needed("--amount", "A", "how much");
    const Argument why = verb.needed("--why", "TEXT", "what the money is for");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    const Argument document_date = verb.option("--document-date", "DATE", "the invoice's own date");
    const Argument commitment =
        verb.option("--commitment", "ID", "the commitment that it is part of");
    const Argument payee = verb.option("--payee", "TEXT", "who is paid; only finance sees it");
    const Argument invoice = verb.option("--invoice", "N", "the invoice's number");
    const Argument type = verb.option("--type", "TEXT", "air, hotel, per diem, venue ...");
    const Argument meeting = verb.option("--meeting", "M", "the meeting that it belongs to");
    const Argument work_item = verb.option("--work-item", "W", "the work that it belongs to");
    const Argument receipt = verb.option("--receipt", "FILE", "a file to keep with it");
    const Foreign foreign = foreign_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency own = session.book().review(review).currency();
        const auto original = original_of(foreign, amount, own);
        const ExpenseDraft draft{
            category.as(&parse_category),
            original ? original->rate.convert(original->amount, own) : amount.as(money_in(own)),
            why.as(text_of("reason")),
            on.maybe(&parse_date),
            document_date.maybe(&parse_date),
            original,
            commitment.maybe(id_of(DocumentKind::commitment)),
            payee.as(line_of("payee")),
            invoice.as(line_of("invoice number")),
            type.as(line_of("type")),
            meeting.as(line_of("meeting")),
            work_item.as(line_of("work item"))};
        std::optional<std::filesystem::path> file;
        if (receipt.given()) file = receipt.text();
        const Receipt done = session.book().submit_expense(caller, review, draft, file);
        session.answer(done, done.id + " is submitted: " + amount_text(draft));
    });
}

// What still stands between an expense and its money being spent, or how it ended.
std::string state_text(Session& session, const DocumentId& id) {
    const Expense expense = session.book().expense(id).expense;
    const std::string text = id.text() + " is " + std::string(name(expense.state)) + ": " +
                             expense.amount.with_code() + " of " + expense.category;
    if (expense.state != ExpenseState::submitted) return text;
    const auto needed =
        approvals_needed(session.book().policy(id.review), expense.amount, expense.posted_on);
    return text + "; " + missing_text(needed, expense.approvals) + " missing";
}

// Tells an approver what is free now, of all that controls look at.
void tell_free(Session& session, const Receipt& done, const DocumentId& id) {
    nlohmann::ordered_json answer = json_of(done);
    std::string line;
    for (const FreeOf& one : session.book().free_after(id)) {
        std::string key(name(one.limit));
        std::replace(key.begin(), key.end(), '-', '_');
        answer["after_this"][key] = one.amount.text();
        line += (line.empty() ? "" : ", ") + one.amount.grouped() + " of " + one.of;
    }
    if (session.json()) {
        session.out() << dumped(answer);
    } else {
        session.answer(done, state_text(session, id));
        session.print_line("  after this: free = " + line);
    }
}

using Act = Receipt (Book::*)(const Caller&, const DocumentId&, const Decide&);

void add_decision(Noun& noun, const std::string& name, const std::string& purpose,
                  const std::string& example, bool needs_reason, Act act) {
    Verb& verb = noun.verb(name, purpose, example);
    const Argument id = verb.word("ID", "the expense, like SSR2-E1");
    const Argument why = needs_reason ? verb.needed("--why", "TEXT", "the reason")
                                      : verb.option("--why", "TEXT", "a remark");
    const Argument on = verb.option(
        "--on", "DATE", "accounting date (the expense's own, or the first open day from it)");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(expense_id);
        const Receipt done = (session.book().*act)(
            session.caller(), document, {why.as(text_of("reason")), on.maybe(&parse_date)});
        if (act == &Book::approve_expense) return tell_free(session, done, document);
        session.answer(done, state_text(session, document));
    });
}

void add_list(Noun& noun) {
    Verb& verb =
        noun.verb("list", "lists the expenses", "purser expense list SSR2 --state submitted");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument state =
        verb.option("--state", "STATE", "submitted, approved, rejected or withdrawn");
    const Argument category = verb.option("--category", "CODE", "of one category");
    const Argument commitment = verb.option("--commitment", "ID", "of one commitment");
    const Argument from = verb.option("--from", "DATE", "from this accounting day on");
    const Argument to = verb.option("--to", "DATE", "up to this accounting day");
    const Rendering rendering = rendering_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "list expenses");
        ExpenseFilter filter;
        filter.state = state.maybe(&parse_expense_state);
        filter.category = category.maybe(&parse_category).value_or("");
        filter.from = from.maybe(&parse_date);
        filter.to = to.maybe(&parse_date);
        const auto of = commitment.maybe(id_of(DocumentKind::commitment));
        if (of && of->review != review) {
            throw BadInput(of->text() + " is a commitment of " + of->review.text() + ", not of " +
                           review.text());
        }
        if (of) filter.commitment = session.book().commitment(*of).number;
        session.print(report::expenses(session.book(), review, filter, session.audience(review)),
                      rendering);
    });
}

void add_show(Noun& noun) {
    Verb& verb = noun.verb("show", "shows one expense", "purser expense show SSR2-E1");
    const Argument id = verb.word("ID", "the expense, like SSR2-E1");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(expense_id);
        session.reader(document.review, "see expenses");
        session.print(report::expense(session.book(), document, session.audience(document.review)));
    });
}

}  // namespace

void add_expense(Commands& commands) {
    Noun& noun = commands.noun("expense", "money asked for, approved and spent");
    add_submit(noun);
    add_decision(noun, "approve", "approves an expense; the last approval needed spends the money",
                 "purser expense approve SSR2-E1 --as carl", false, &Book::approve_expense);
    add_decision(noun, "reject", "says no to an expense: its money is free again",
                 "purser expense reject SSR2-E1 --why \"Paid by the host\" --as carl", true,
                 &Book::reject_expense);
    add_decision(noun, "withdraw", "takes an expense back, by who submitted it",
                 "purser expense withdraw SSR2-E1 --as olga", false, &Book::withdraw_expense);
    add_import(noun);
    add_list(noun);
    add_show(noun);
}

}  // namespace purser::cli
