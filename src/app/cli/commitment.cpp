#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

const auto commitment_id = id_of(DocumentKind::commitment);

Currency currency_of(Session& session, const ReviewKey& review) {
    return session.book().review(review).currency();
}

// What the commitment is after an act: "SSR2-C1 is open: 95,000.00 USD of travel".
std::string state_text(const Commitment& document, const DocumentId& id) {
    std::string text = id.text() + " is " + std::string(name(document.state)) + ": " +
                       document.amount.with_code() + " of " + document.category;
    if (document.state == CommitmentState::open && document.reserved.is_positive()) {
        text += ", and " + document.reserved.with_code() + " more is proposed";
    }
    if (document.under_run().is_positive()) {
        text += ", " + document.under_run().with_code() + " of it was not used";
    }
    if (document.over_run().is_positive()) {
        text += ", over-run by " + document.over_run().with_code();
    }
    return text;
}

void add_open(Noun& noun) {
    Verb& verb = noun.verb("open", "promises money: an approved meeting or a signed contract",
                           "purser commitment open SSR2 --category travel --amount 95,000 --for "
                           "\"ICANN58 and Madrid\" --kind meeting --expected 2017-05-15 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category = verb.needed("--category", "CODE", "the category that pays");
    const Argument amount = verb.needed("--amount", "A", "how much, in all");
    const Argument what = verb.needed("--for", "TEXT", "what it is for");
    const Argument kind = verb.needed("--kind", "KIND", "meeting or contract");
    const Argument expected =
        verb.needed("--expected", "DATE", "when it ends; the money lies in that fiscal year");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    const Argument hold = verb.option(
        "--hold", "ID", "the request to the Board that it waits for where a control stops it");
    const Argument meeting =
        verb.option("--meeting", "CODE", "the meeting that it pays for: it is the estimate");
    const Flag proposed = verb.flag(
        "--proposed", "not approved or not signed yet: the money is reserved, not committed");
    verb.note("Support proposes, with --proposed; what is approved or signed finance opens.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const OpenCommitment ask{category.as(&parse_category),
                                 amount.as(money_in(currency_of(session, review))),
                                 what.as(text_of("text")),
                                 kind.as(&parse_commitment_kind),
                                 expected.as(&parse_date),
                                 proposed.given(),
                                 on.maybe(&parse_date),
                                 hold.maybe(id_of(DocumentKind::request)),
                                 meeting.maybe(&parse_record_code).value_or("")};
        const Receipt done = session.book().open_commitment(caller, review, ask);
        const DocumentId id = DocumentId::parse(done.id);
        session.answer(done, state_text(session.book().commitment(id), id));
    });
}

void add_confirm(Noun& noun) {
    Verb& verb = noun.verb("confirm", "makes a proposal a commitment; never by who proposed it",
                           "purser commitment confirm SSR2-C2 --amount 62,000 --as carl");
    const Argument id = verb.word("ID", "the commitment, like SSR2-C2");
    const Argument amount = verb.option("--amount", "A", "at another price than proposed");
    const Argument why = verb.option("--why", "TEXT", "a remark");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(commitment_id);
        const Caller caller = session.caller();
        const Currency currency = currency_of(session, document.review);
        const Receipt done =
            session.book().confirm_commitment(caller, document, amount.maybe(money_in(currency)),
                                              {why.as(text_of("reason")), on.maybe(&parse_date)});
        session.answer(done, state_text(session.book().commitment(document), document));
    });
}

void add_amend(Noun& noun) {
    Verb& verb = noun.verb("amend", "changes the total or the expected day of a commitment",
                           "purser commitment amend SSR2-C1 --amount 80,000 --why \"Fewer "
                           "travellers\" --as ann");
    const Argument id = verb.word("ID", "the commitment, like SSR2-C1");
    const Argument why = verb.needed("--why", "TEXT", "the reason");
    const Argument amount = verb.option("--amount", "A", "the new total");
    const Argument expected = verb.option("--expected", "DATE", "the new expected day");
    const Argument meeting =
        verb.option("--meeting", "CODE", "the meeting that it pays for; none takes it off");
    const Flag proposed =
        verb.flag("--proposed", "an increase that waits until a chair confirms it");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(commitment_id);
        const Caller caller = session.caller();
        const Currency currency = currency_of(session, document.review);
        const AmendCommitment ask{amount.maybe(money_in(currency)),
                                  expected.maybe(&parse_date),
                                  proposed.given(),
                                  why.as(text_of("reason")),
                                  on.maybe(&parse_date),
                                  meeting.maybe([](std::string_view text) {
                                      return text == "none" ? std::string()
                                                            : parse_record_code(text);
                                  })};
        const Receipt done = session.book().amend_commitment(caller, document, ask);
        const Commitment after = session.book().commitment(document);
        session.answer(done, state_text(after, document) + ", expected " + to_text(after.expected));
    });
}

using Act = Receipt (Book::*)(const Caller&, const DocumentId&, const Decide&);

void add_decision(Noun& noun, const std::string& name, const std::string& purpose,
                  const std::string& example, bool needs_reason, Act act) {
    Verb& verb = noun.verb(name, purpose, example);
    const Argument id = verb.word("ID", "the commitment, like SSR2-C1");
    const Argument why = needs_reason ? verb.needed("--why", "TEXT", "the reason")
                                      : verb.option("--why", "TEXT", "a remark");
    const Argument on = verb.option("--on", "DATE", "accounting date");
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(commitment_id);
        const Receipt done = (session.book().*act)(
            session.caller(), document, {why.as(text_of("reason")), on.maybe(&parse_date)});
        session.answer(done, state_text(session.book().commitment(document), document));
    });
}

void add_reads(Noun& noun) {
    Verb& list = noun.verb("list", "lists the commitments", "purser commitment list SSR2");
    const Argument key = list.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(list);
    list.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "list commitments");
        session.print(
            report::commitments(session.book(), review, session.today(), session.audience(review)),
            rendering);
    });
    Verb& show = noun.verb("show", "shows one commitment", "purser commitment show SSR2-C1");
    const Argument id = show.word("ID", "the commitment, like SSR2-C1");
    const Rendering shown_as = rendering_options(show);
    show.runs([=](Session& session) {
        const DocumentId document = id.as(commitment_id);
        session.reader(document.review, "see commitments");
        session.print(
            report::commitment(session.book(), document, session.audience(document.review)),
            shown_as);
    });
}

}  // namespace

void add_commitment(Commands& commands) {
    Noun& noun = commands.noun("commitment", "money promised and not yet spent");
    add_open(noun);
    add_confirm(noun);
    add_decision(noun, "reject", "refuses a proposal, or a proposed increase",
                 "purser commitment reject SSR2-C2 --why \"Not now\" --as carl", true,
                 &Book::reject_commitment);
    add_amend(noun);
    add_decision(noun, "close", "ends a commitment: what is left of it is free again",
                 "purser commitment close SSR2-C1 --as ann", false, &Book::close_commitment);
    add_reads(noun);
}

}  // namespace purser::cli
