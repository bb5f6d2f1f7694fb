#include <algorithm>
#include <filesystem>

#include "app/cli/answer.hpp"
#include "app/cli/expense_parts.hpp"
#include "app/cli/nouns.hpp"
#include "report/audience.hpp"
#include "store/file_kind.hpp"
#include "values/decimal.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

const auto expense_id = id_of(DocumentKind::expense);

// "SSR2/travel/W1=60,CCT/travel=40": weights with decimals are counted in their smallest unit.
std::vector<SharedPart> parse_split(std::string_view text) {
    std::vector<SharedPart> parts;
    std::vector<Decimal> weights;
    int scale = 0;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view part = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto equals = part.rfind('=');
        const auto slash = part.find('/');
        if (equals == std::string_view::npos || slash == std::string_view::npos || equals < slash) {
            throw BadInput("'" + std::string(part) + "' is not a part of a shared cost",
                           "write REVIEW/CODE=WEIGHT, like SSR2/travel=60, parted by commas");
        }
        const std::string_view place = part.substr(slash + 1, equals - slash - 1);
        const auto work = std::min(place.find('/'), place.size());
        weights.push_back(Decimal::parse(part.substr(equals + 1)));
        if (weights.back().digits() <= 0) {
            throw BadInput("the weight of " + std::string(part.substr(0, equals)) +
                           " is not above zero");
        }
        scale = std::max(scale, weights.back().scale());
        parts.push_back(
            {ReviewKey::parse(part.substr(0, slash)), parse_category(place.substr(0, work)),
             parse_line(place.substr(std::min(work + 1, place.size())), "work item"), 0});
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i].weight = weights[i].digits();
        for (int decimals = weights[i].scale(); decimals < scale; ++decimals) {
            if (__builtin_mul_overflow(parts[i].weight, 10, &parts[i].weight)) {
                throw BadInput("a weight has too many decimals");
            }
        }
    }
    if (parts.size() < 2) throw BadInput("a shared cost has two parts or more");
    return parts;
}

// Records a shared cost and says what each part came to.
void submit_shared(Session& session, const Caller& caller, const ReviewKey& review,
                   const ExpenseDraft& draft, const std::vector<SharedPart>& shares,
                   const std::optional<std::filesystem::path>& receipt) {
    if (draft.commitment || draft.hold) {
        throw BadInput("a shared cost is direct: it goes against no commitment and does not wait",
                       "record its parts one by one");
    }
    const bool named = std::any_of(shares.begin(), shares.end(), [&](const SharedPart& share) {
        return share.review == review && share.category == draft.category;
    });
    if (!named) {
        throw BadInput(review.text() + '/' + draft.category + " is not among the parts",
                       "name it in --split, with its weight");
    }
    const SharedReceipt done = session.book().share_expense(caller, review, draft, shares, receipt);
    std::string text = amount_text(draft.amount, draft.category, draft.original) + " is shared:";
    for (const auto& id : done.parts) {
        const Expense part = session.book().expense(DocumentId::parse(id)).expense;
        text += "\n  " + id + ' ' + part.amount.with_code() + " of " + part.category;
    }
    session.answer(done.first, text);
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
    const Argument after =
        verb.option("--after", "ID", "the commitment that was closed before it came");
    const Argument payee = verb.option("--payee", "TEXT", "who is paid; only finance sees it");
    const Argument invoice = verb.option("--invoice", "N", "the invoice's number");
    const Argument type = verb.option("--type", "TEXT", "air, hotel, per diem, venue ...");
    const Argument meeting = verb.option("--meeting", "M", "the meeting that it belongs to");
    const Argument work_item = verb.option("--work-item", "W", "the work that it belongs to");
    const Argument hold = verb.option(
        "--hold", "ID", "the request to the Board that it waits for where a control stops it");
    const Argument receipt = verb.option("--receipt", "FILE", "a file to keep with it");
    const Argument split =
        verb.option("--split", "PARTS", "shares it by weights: SSR2/travel=60,CCT/travel/W1=40");
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
                                 after.maybe(id_of(DocumentKind::commitment)),
                                 hold.maybe(id_of(DocumentKind::request))};
        std::optional<std::filesystem::path> file;
        if (receipt.given()) file = receipt.text();
        if (const auto shares = split.maybe(&parse_split)) {
            submit_shared(session, caller, review, draft, *shares, file);
            return;
        }
        const Receipt done = session.book().submit_expense(caller, review, draft, file);
        const auto state = session.book().expense(DocumentId::parse(done.id)).expense.state;
        session.answer(done,
                       done.id + " is " + std::string(name(state)) + ": " +
                           amount_text(draft.amount, draft.category, draft.original) +
                           (draft.after ? ", after the close of " + draft.after->text() : ""));
    });
}

// Tells an approver what is free now, of all that controls look at.
void tell_free(Session& session, const Receipt& done, const DocumentId& id) {
    const std::vector<FreeOf> free =
        report::free_after(session.book(), id, session.today(), session.audience(id.review));
    if (!session.json()) {
        session.answer(done, state_text(session, id));
        session.print_line("  after this: free = " + free_text(free));
        return;
    }
    nlohmann::ordered_json answer = json_of(done);
    for (const FreeOf& one : free) {
        std::string key(name(one.limit));
        std::replace(key.begin(), key.end(), '-', '_');
        answer["after_this"][key] = one.amount.text();
    }
    session.out() << dumped(answer);
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
    const Argument state = verb.option(
        "--state", "STATE", "submitted, held, approved, rejected, withdrawn or reversed");
    const Argument category = verb.option("--category", "CODE", "of one category");
    const Argument commitment = verb.option("--commitment", "ID", "of one commitment");
    const Argument after = verb.option("--after", "ID", "that came after the close of one");
    const Argument from = verb.option("--from", "DATE", "from this accounting day on");
    const Argument to = verb.option("--to", "DATE", "up to this accounting day");
    const Rendering rendering = list_options(verb);
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
    const Rendering rendering = rendering_options(verb);
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(expense_id);
        session.reader(document.review, "see expenses");
        session.print(report::expense(session.book(), document, session.today(),
                                      session.audience(document.review)),
                      rendering);
    });
}

void add_receipt(Noun& noun) {
    Verb& verb = noun.verb("receipt", "gives back the receipt that is kept with an expense",
                           "purser expense receipt SSR2-E1 --output receipt.pdf");
    const Argument id = verb.word("ID", "the expense, like SSR2-E1");
    const Argument output = verb.option("--output", "FILE", "write it there");
    verb.note(
        "The one that was given last, byte for byte. It says who was paid and how much, so it is "
        "for finance and support.");
    verb.makes_files();
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(expense_id);
        session.reader(document.review, "see receipts");
        if (session.audience(document.review) != report::Audience::finance) {
            throw Refused(
                Rule::not_permitted,
                "the receipts of " + document.review.text() + " are for finance and support",
                "ask one of them");
        }
        const auto content = session.book().content(session.book().receipt(document));
        // What it was called may be anything.
        const std::string name =
            document.text() + "-receipt." + std::string(kind_of(content).ending);
        session.give({"the receipt of " + document.text(), name,
                      [&content](std::ostream& out) { out << content; }},
                     output);
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
    add_receipt(noun);
}

}  // namespace purser::cli
