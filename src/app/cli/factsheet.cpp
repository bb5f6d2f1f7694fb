#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "app/cli/sheet_word.hpp"
#include "app/publish.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

// What a sheet is after an act.
void answer(Session& session, const Receipt& done) {
    const DocumentId id = DocumentId::parse(done.id);
    const Sheet sheet = session.book().sheet(id);
    std::string text = id.text() + " is " + std::string(name(sheet.state)) + ": the figures of " +
                       to_text(sheet.as_of);
    if (sheet.state == SheetState::issued) text += ", for a chair to approve";
    if (sheet.state == SheetState::withdrawn) text += "; its bytes are deleted";
    session.answer(done, text);
}

// The bytes that are kept of a sheet, in the state it is in or was in.
void show_sheet(Session& session, const DocumentId& id, const std::optional<SheetState>& state,
                const Rendering& rendering) {
    session.any_reader();
    const Sheet sheet = session.book().sheet(id);
    if (state.value_or(sheet.state) != SheetState::posted) {
        session.reader(id.review, "see fact sheets that are not posted");
    }
    session.print(
        "Fact Sheet " + id.text(), rendering, [&](format::Format format, std::ostream& out) {
            const std::string word(format::name(format));
            const auto bytes = session.book().sheet_bytes(id, state, word);
            if (!bytes) {
                throw BadInput(id.text() + " was not made as " + word, "try another --format");
            }
            out << *bytes;
        });
}

void add_show(Noun& noun) {
    Verb& verb = noun.verb("show", "prints a fact sheet: of a day, or a numbered one",
                           "purser factsheet show SSR2 --as-of 2017-03-14 --output SSR2.xlsx");
    const Argument what = verb.word("KEY|SHEET", "the review, like SSR2, or a sheet, like SSR2-S1");
    const Moment moment = moment_options(verb);
    const Argument state = verb.option(
        "--state", "S", "of a sheet, as it was then: issued, approved, withheld or posted (now)");
    const Rendering rendering = rendering_options(verb);
    verb.note(
        "Without --as-of it is of the last closed day; before any close, of today. A day in an "
        "open month is a draft. A numbered sheet has the same bytes for ever, in each state and "
        "format.");
    verb.runs([=](Session& session) {
        if (names_sheet(session, what.text())) {
            refuse_moment(what, moment);
            show_sheet(session, what.as(sheet_id), state.maybe(&parse_sheet_state), rendering);
            return;
        }
        const ReviewKey review = what.as(&ReviewKey::parse);
        if (state.given()) {
            throw BadInput("--state is of a numbered sheet",
                           "see: purser factsheet list " + review.text());
        }
        session.reader(review, "see fact sheets that are not posted");
        session.print(report::fact_sheet(session.book(), review, moment.as_of.maybe(&parse_date),
                                         moment.known_at.maybe(&parse_instant), session.today(),
                                         session.audience(review)),
                      rendering);
    });
}

void add_issue(Noun& noun) {
    Verb& verb = noun.verb("issue", "makes a numbered sheet from closed figures, for a chair",
                           "purser factsheet issue SSR2 --as-of 2017-03-31 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument as_of =
        verb.option("--as-of", "DATE", "the day of the figures, a closed one (the last)");
    const Argument on = verb.option("--on", "DATE", "the day of issue (today)");
    verb.prints();
    verb.note(
        "It is rendered in every format and kept: later entries do not change it, nor what a chair "
        "decides on. A new sheet takes the place of one that is wrong.");
    verb.runs([=](Session& session) {
        SheetAct ask{Act::sheet_issue, key.as(&ReviewKey::parse)};
        ask.as_of = as_of.maybe(&parse_date);
        ask.on = on.maybe(&parse_date);
        answer(session, publish(session.book(), session.caller(), ask));
    });
}

// approve, withhold and post.
void add_step(Noun& noun, const std::string& name, Act act, const std::string& purpose,
              const std::string& example) {
    Verb& verb = noun.verb(name, purpose, example);
    const Argument id = verb.word("SHEET", "the sheet, like SSR2-S1");
    const Argument why = act == Act::sheet_withhold
                             ? verb.needed("--why", "TEXT", "the reason, which the sheet will say")
                             : verb.option("--why", "TEXT", "a remark");
    const Argument on = act == Act::sheet_post
                            ? verb.needed("--on", "DATE", "the day on which it was posted")
                            : verb.option("--on", "DATE", "the day of the decision (today)");
    verb.runs([=](Session& session) {
        const DocumentId sheet = id.as(sheet_id);
        answer(session, publish(session.book(), session.caller(),
                                {act,
                                 sheet.review,
                                 sheet.number,
                                 {},
                                 why.as(text_of("reason")),
                                 on.maybe(&parse_date)}));
    });
}

void add_withdraw(Noun& noun) {
    Verb& verb =
        noun.verb("withdraw", "deletes a sheet's bytes; digests and reason are kept",
                  "purser factsheet withdraw SSR2-S1 --why \"It named a traveller\" --as ann");
    const Argument id = verb.word("SHEET", "the sheet, like SSR2-S1");
    const Argument why = verb.needed("--why", "TEXT", "the reason");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        answer(session,
               session.book().withdraw_sheet(session.caller(), id.as(sheet_id),
                                             {why.as(text_of("reason")), on.maybe(&parse_date)}));
    });
}

void add_list(Noun& noun) {
    Verb& verb = noun.verb("list", "lists a review's sheets, and when they are due",
                           "purser factsheet list SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.print(
            report::sheets(session.book(), review, session.today(), session.audience(review)),
            rendering);
    });
}

void add_due(Noun& noun) {
    Verb& verb = noun.verb("due", "says by which day a sheet is to be posted",
                           "purser factsheet due SSR2 --financials 2017-03-31 --target 2017-05-10 "
                           "--revised 2017-05-21 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument financials = verb.needed("--financials", "DATE", "the day of its figures");
    const Argument target = verb.needed("--target", "DATE", "the target, as it was at first");
    const Argument revised = verb.option("--revised", "DATE", "the target, as it is now");
    verb.note(
        "Sheets are due for each quarter, or month (review set --sheet-calendar), by the 10th of "
        "the second month after it. A day of figures that is none of these is off the calendar.");
    verb.runs([=](Session& session) {
        const SetSheetTarget ask{financials.as(&parse_date), target.as(&parse_date),
                                 revised.maybe(&parse_date)};
        const Receipt done =
            session.book().set_sheet_target(session.caller(), key.as(&ReviewKey::parse), ask);
        session.answer(done, "the sheet of " + to_text(ask.financials) + " is due by " +
                                 to_text(ask.revised.value_or(ask.target)));
    });
}

}  // namespace

void add_factsheet(Commands& commands) {
    Noun& noun = commands.noun("factsheet", "the statement of a review that is published");
    add_show(noun);
    add_issue(noun);
    add_step(noun, "approve", Act::sheet_approve, "approves a sheet, by a chair",
             "purser factsheet approve SSR2-S1 --as carl");
    add_step(noun, "withhold", Act::sheet_withhold,
             "says that a sheet is not approved, by a chair: it stays marked so",
             "purser factsheet withhold SSR2-S1 --why \"The review is paused\" --as carl");
    add_step(noun, "post", Act::sheet_post, "records that an approved sheet was posted",
             "purser factsheet post SSR2-S1 --on 2017-04-03 --as ann");
    add_withdraw(noun);
    add_list(noun);
    add_due(noun);
    add_explain(noun);
}

}  // namespace purser::cli
