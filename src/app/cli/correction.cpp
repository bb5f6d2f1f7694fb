// The verbs that correct an expense: amend and refund. `reverse` stands with the decisions.
#include "app/cli/expense_parts.hpp"
#include "app/cli/nouns.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

const auto expense_id = id_of(DocumentKind::expense);
const auto commitment_id = id_of(DocumentKind::commitment);

// The new amount of an expense. Its currency and its rate stay, unless others are named.
void take_price(AmendExpense& ask, const ExpenseView& view, const Argument& amount,
                const Argument& currency, const RateOptions& rate) {
    if (!amount.given() && !currency.given() && !rate.any()) return;
    const Currency own = view.expense.amount.currency();
    const Currency before = view.expense.own_amount.currency();
    const Currency now = currency.maybe(&Currency::parse).value_or(before);
    if (!amount.given() && now != before) {
        throw BadInput("an expense in " + std::string(before.code()) + " is amended to " +
                           std::string(now.code()) + " without an amount",
                       "add --amount, in " + std::string(now.code()));
    }
    const Money price = amount.given() ? amount.as(money_in(now)) : view.expense.own_amount;
    if (now == own) {
        refuse_rate(rate, own, "name the other currency with --currency, or leave the rate out");
        ask.amount = price;
        return;
    }
    if (now == before && !rate.any()) {
        ask.original = view.original;
        ask.original->amount = price;
    } else {
        ask.original = original_of(rate, price, own);
    }
    ask.amount = ask.original->rate.convert(price, own);
}

std::string fallen_text(const Expense& before) {
    if (before.state != ExpenseState::submitted || before.approvals.empty()) return {};
    std::string text;
    for (const Approval& approval : before.approvals) {
        text += (text.empty() ? "" : ", ") + approval.user;
    }
    return "\n  approvals that fell: " + text;
}

void add_amend(Noun& noun) {
    Verb& verb = noun.verb("amend", "changes an expense while it is undecided; later its texts",
                           "purser expense amend SSR2-E1 --amount 90 --why \"The invoice says "
                           "90\" --as olga");
    const Argument id = verb.word("ID", "the expense, like SSR2-E1");
    const Argument why = verb.needed("--why", "TEXT", "the reason of the amendment");
    const Argument amount = verb.option("--amount", "A", "how much, in the expense's currency");
    const Argument currency = verb.option("--currency", "C", "of --amount, when it is another");
    const RateOptions rate = rate_options(verb);
    const Argument category = verb.option("--category", "CODE", "the category that pays");
    const Argument commitment =
        verb.option("--commitment", "ID", "the commitment that it is part of");
    const Argument after = verb.option("--after", "ID", "the closed commitment that it came after");
    const Flag direct = verb.flag("--direct", "it is part of no commitment");
    const Argument text = verb.option("--text", "TEXT", "what the money is for");
    const Argument document_date = verb.option("--document-date", "DATE", "the invoice's own date");
    const Argument payee = verb.option("--payee", "TEXT", "who is paid; only finance sees it");
    const Argument invoice = verb.option("--invoice", "N", "the invoice's number");
    const Argument type = verb.option("--type", "TEXT", "air, hotel, per diem, venue ...");
    const Argument meeting = verb.option("--meeting", "M", "the meeting that it belongs to");
    const Argument work_item = verb.option("--work-item", "W", "the work that it belongs to");
    const Argument receipt = verb.option("--receipt", "FILE", "one more file to keep with it");
    const Argument on = verb.option("--on", "DATE", "accounting date of the amendment (today)");
    verb.note(
        "By who submitted it, or finance. What is not named stays as it is; a text of \"\" is "
        "taken away. Approvals given to an undecided expense fall. Of a decided one only texts, "
        "document date and receipt can be amended: its money is corrected by refund or reverse.");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(expense_id);
        const Caller caller = session.caller();
        const ExpenseView before = session.book().expense(document);
        AmendExpense ask{why.as(text_of("reason")), on.maybe(&parse_date)};
        take_price(ask, before, amount, currency, rate);
        ask.category = category.maybe(&parse_category);
        ask.commitment = commitment.maybe(commitment_id);
        ask.after = after.maybe(commitment_id);
        ask.direct = direct.given();
        ask.text = text.maybe(text_of("text"));
        ask.payee = payee.maybe(line_of("payee"));
        ask.invoice = invoice.maybe(line_of("invoice number"));
        ask.type = type.maybe(line_of("type"));
        ask.meeting = meeting.maybe(line_of("meeting"));
        ask.work_item = work_item.maybe(line_of("work item"));
        ask.document_on = document_date.maybe(&parse_date);
        std::optional<std::filesystem::path> file;
        if (receipt.given()) file = receipt.text();
        const Receipt done = session.book().amend_expense(caller, document, ask, file);
        session.answer(done, state_text(session, document) + fallen_text(before.expense));
    });
}

void add_refund(Noun& noun) {
    Verb& verb = noun.verb("refund", "records money that came back; the rest stays spent",
                           "purser expense refund SSR2-E1 --amount 68 --why \"Cancelled, 15 % "
                           "fee\" --as ann");
    const Argument id = verb.word("ID", "the expense, like SSR2-E1");
    const Argument amount = verb.needed("--amount", "A", "how much, in the expense's currency");
    const Argument why = verb.needed("--why", "TEXT", "the reason");
    const RateOptions rate = rate_options(verb);
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    const Argument document_date = verb.option("--document-date", "DATE", "of the credit note");
    verb.note(
        "An expense in another currency is refunded in that currency, at the refund's own rate. "
        "The money is free again in the fiscal year of the refund's day.");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(expense_id);
        const Caller caller = session.caller();
        const Expense before = session.book().expense(document).expense;
        const Currency own = before.amount.currency();
        const Money price = amount.as(money_in(before.own_amount.currency()));
        RefundExpense ask{price,
                          {},
                          why.as(text_of("reason")),
                          on.maybe(&parse_date),
                          document_date.maybe(&parse_date)};
        if (price.currency() == own) {
            refuse_rate(rate, own, "leave the rate out");
        } else {
            ask.original = original_of(rate, price, own);
            ask.amount = ask.original->rate.convert(price, own);
        }
        const Receipt done = session.book().refund_expense(caller, document, ask);
        const Expense after = session.book().expense(document).expense;
        const Money stays = after.spent();
        session.answer(
            done, document.text() + " is refunded " +
                      amount_text(ask.amount, after.category, ask.original) + "; " +
                      (stays.is_negative() ? (-stays).with_code() + " more came back than was spent"
                                           : stays.with_code() + " stays spent"));
    });
}

}  // namespace

void add_corrections(Noun& expense) {
    add_amend(expense);
    add_refund(expense);
}

}  // namespace purser::cli
