#include "app/cli/expense_parts.hpp"
#include "app/cli/nouns.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

const auto expense_id = id_of(DocumentKind::expense);

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
    const Argument after =
        verb.option("--after", "ID", "the commitment that was closed before it came");
    const Argument payee = verb.option("--payee", "TEXT", "who is paid; only finance sees it");
    const Argument invoice = verb.option("--invoice", "N", "the invoice's number");
    const Argument type = verb.option("--type", "TEXT", "air, hotel, per diem, venue ...");
    const Argument meeting = verb.option("--meeting", "M", "the meeting that it belongs to");
    const Argument work_item = verb.option("--work-item", "W", "the work that it belongs to");
    const Argument receipt = verb.option("--receipt", "FILE", "a file to keep with it");
    const Argument currency =
        verb.option("--currency", "C", "of --amount, when it is not the review's");
    const RateOptions rate = rate_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency own = session.book().review(review).currency();
        const Money price = amount.as(money_in(currency.maybe(&Currency::parse).value_or(own)));
        std::optional<Original> original;
        if (price.currency() == own) {
            refuse_rate(rate, own,
                        "name the other currency with --currency, or leave the rate out");
        } else {
            original = original_of(rate, price, own);
        }
        const ExpenseDraft draft{category.as(&parse_category),
                                 original ? original->rate.convert(price, own) : price,
                                 why.as(text_of("reason")),
                                 on.maybe(&parse_date),
                                 document_date.maybe(&parse_date),
                                 original,
                                 commitment.maybe(id_of(DocumentKind::commitment)),
                                 payee.as(line_of("payee")),
                                 invoice.as(line_of("invoice number")),
                                 type.as(line_of("type")),
                                 meeting.as(line_of("meeting")),
                                 work_item.as(line_of("work item")),
                                 after.maybe(id_of(DocumentKind::commitment))};
        std::optional<std::filesystem::path> file;
        if (receipt.given()) file = receipt.text();
        const Receipt done = session.book().submit_expense(caller, review, draft, file);
        session.answer(done,
                       done.id + " is submitted: " +
                           amount_text(draft.amount, draft.category, draft.original) +
                           (draft.after ? ", after the close of " + draft.after->text() : ""));
    });
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
        session.answer(done, state_text(session, document));
    });
}

void add_list(Noun& noun) {
    Verb& verb =
        noun.verb("list", "lists the expenses", "purser expense list SSR2 --state submitted");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument state =
        verb.option("--state", "STATE", "submitted, approved, rejected, withdrawn or reversed");
    const Argument category = verb.option("--category", "CODE", "of one category");
    const Argument commitment = verb.option("--commitment", "ID", "of one commitment");
    const Argument after = verb.option("--after", "ID", "that came after the close of one");
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
        const auto number_of = [&](const Argument& named) -> std::optional<std::int64_t> {
            const auto of = named.maybe(id_of(DocumentKind::commitment));
            if (!of) return {};
            if (of->review == review) return session.book().commitment(*of).number;
            throw BadInput(of->text() + " is a commitment of " + of->review.text() + ", not of " +
                           review.text());
        };
        filter.commitment = number_of(commitment);
        filter.after = number_of(after);
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
    add_corrections(noun);
    add_decision(noun, "reverse", "takes back what was spent and not refunded",
                 "purser expense reverse SSR2-E1 --why \"Booked twice\" --as ann", true,
                 &Book::reverse_expense);
    add_import(noun);
    add_list(noun);
    add_show(noun);
}

}  // namespace purser::cli
