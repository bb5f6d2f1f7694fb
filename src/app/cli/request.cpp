#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

const auto request_id = id_of(DocumentKind::request);

// What a request is after an act, and what it did for those that wait.
std::string state_text(Session& session, const DocumentId& id, const Receipt& done) {
    const RequestView view = session.book().request(id);
    const Request& request = view.request;
    std::string text = id.text() + " is " + std::string(name(request.state)) + ": ";
    text += (request.state == RequestState::granted ? request.granted : request.amount).with_code();
    text += " of " + request.category;
    std::string waiting;
    std::string released;
    for (const Held& held : view.held) {
        const bool waits = held.ended_seq == 0;
        if (!waits && held.ended_seq <= done.seq) continue;  // by an earlier act
        std::string& ids = waits ? waiting : released;
        ids += (ids.empty() ? "" : ", ") + held.document.text();
    }
    if (!released.empty()) text += "; released: " + released;
    if (!waiting.empty()) text += "; still waiting: " + waiting;
    return text;
}

void add_submit(Noun& noun) {
    Verb& verb = noun.verb("submit", "asks the Board for more money; nothing moves",
                           "purser request submit SSR2 --category travel --amount 40,000 --why "
                           "\"A third meeting\" --as carl");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category = verb.needed("--category", "CODE", "the category that it is for");
    const Argument amount = verb.needed("--amount", "A", "how much more");
    const Argument why = verb.needed("--why", "TEXT", "what it is needed for");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.note("An expense or commitment that a control stops can wait for it: --hold ID.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const Receipt done = session.book().submit_request(
            caller, review,
            {category.as(&parse_category), amount.as(money_in(currency)), why.as(text_of("reason")),
             on.maybe(&parse_date)});
        session.answer(done, state_text(session, DocumentId::parse(done.id), done));
    });
}

void add_decide(Noun& noun) {
    Verb& verb = noun.verb("decide", "records what the Board granted: all, a part, or more",
                           "purser request decide SSR2-R1 --grant 25,000 --resolution "
                           "2017.03.28.1 --on 2017-03-28 --as boris");
    const Argument id = verb.word("ID", "the request, like SSR2-R1");
    const Argument grant = verb.needed("--grant", "A", "how much the Board grants");
    const Argument resolution =
        verb.needed("--resolution", "T", "the number under which the decision is found");
    const Argument on = verb.needed(
        "--on", "DATE", "the day it takes effect; may be before the request, or in a closed month");
    const Argument conditions =
        verb.option("--conditions", "T", "what the Board made it depend on");
    const Argument expires = verb.option(
        "--expires", "DATE", "the last day on which it can be used: the rest leaves by itself");
    const Argument year =
        verb.option("--fiscal-year", "FY", "the year whose budget is raised with it");
    verb.note("See what it would change: purser request show ID --grant A.");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(request_id);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(document.review).currency();
        const Receipt done = session.book().decide_request(
            caller, document,
            {grant.as(money_in(currency)), resolution.as(line_of("resolution")),
             conditions.as(text_of("conditions")), expires.maybe(&parse_date),
             year.maybe(&FiscalYear::parse), on.maybe(&parse_date)});
        session.answer(done, state_text(session, document, done));
    });
}

using Act = Receipt (Book::*)(const Caller&, const DocumentId&, const Decide&);

void add_end(Noun& noun, const std::string& name, const std::string& purpose,
             const std::string& example, bool needs_reason, Act act) {
    Verb& verb = noun.verb(name, purpose, example);
    const Argument id = verb.word("ID", "the request, like SSR2-R1");
    const Argument why = needs_reason ? verb.needed("--why", "TEXT", "the reason")
                                      : verb.option("--why", "TEXT", "a remark");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(request_id);
        const Receipt done = (session.book().*act)(
            session.caller(), document, {why.as(text_of("reason")), on.maybe(&parse_date)});
        session.answer(done, state_text(session, document, done));
    });
}

void add_reads(Noun& noun) {
    Verb& list = noun.verb("list", "lists the requests to the Board", "purser request list SSR2");
    const Argument key = list.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(list);
    list.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "list requests");
        session.print(report::requests(session.book(), review, session.audience(review)),
                      rendering);
    });
    Verb& show = noun.verb("show", "shows a request, and what each decision would change",
                           "purser request show SSR2-R1 --grant 25,000");
    const Argument id = show.word("ID", "the request, like SSR2-R1");
    const Argument part = show.option("--grant", "A", "a part that the Board might grant (half)");
    const Rendering shown_as = rendering_options(show);
    show.runs([=](Session& session) {
        const DocumentId document = id.as(request_id);
        session.reader(document.review, "see requests");
        const Currency currency = session.book().review(document.review).currency();
        session.print(report::request(session.book(), document, part.maybe(money_in(currency)),
                                      session.now(), session.audience(document.review)),
                      shown_as);
    });
}

}  // namespace

void add_request(Commands& commands) {
    Noun& noun = commands.noun("request", "more money, asked of the Board");
    add_submit(noun);
    add_decide(noun);
    add_end(noun, "refuse", "records that the Board refused it",
            "purser request refuse SSR2-R1 --why \"Not in this year\" --as boris", true,
            &Book::refuse_request);
    add_end(noun, "withdraw", "takes a request back, by who submitted it",
            "purser request withdraw SSR2-R1 --as carl", false, &Book::withdraw_request);
    add_reads(noun);
}

}  // namespace purser::cli
