#include "app/cli/nouns.hpp"
#include "app/cli/record.hpp"

namespace purser::cli {
namespace {

constexpr RecordKind kind = RecordKind::work_item;

ValueOptions value_options(Verb& verb, bool is_new) {
    ValueOptions values;
    if (!is_new) values.add(verb, "--title", "TEXT", "what it is called");
    return values.add(verb, "--kind", "KIND", "workstream or recommendation", is_new)
        .add(verb, "--group", "TEXT", "who answers for it")
        .add(verb, "--topic", "TEXT", "what it belongs to")
        .add(verb, "--state", "TEXT", "how far it is: complete, in progress, …")
        .add(verb, "--state-on", "DATE", "the day of that state (today)");
}

void add_add(Noun& noun) {
    Verb& verb = noun.verb("add", "records a workstream or recommendation, to charge money to",
                           "purser work-item add SSR2 WS1 \"Review of SSR1\" --kind workstream "
                           "--as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.word("CODE", "how expenses name it");
    const Argument title = verb.word("TITLE", "what it is called");
    const ValueOptions values = value_options(verb, true);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        RecordAsk ask = values.ask(kind, code.as(&parse_record_code), false);
        ask.said.insert(ask.said.begin(), {"title", title.as([](std::string_view text) {
                                               return canonical_value(kind, "title", text);
                                           })});
        const Receipt done =
            session.book().add_record(session.caller(), review, kind, ask, how.decide());
        session.answer(done, record_text(session, review, kind, ask.code));
    });
}

void add_set(Noun& noun) {
    Verb& verb = noun.verb("set", "changes what is recorded of a work item; none takes it back",
                           "purser work-item set SSR2 WS1 --state \"in progress\" --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.word("CODE", "the work item's code");
    const ValueOptions values = value_options(verb, false);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const RecordAsk ask = values.ask(kind, code.as(&parse_record_code), true);
        const Receipt done =
            session.book().set_record(session.caller(), review, kind, ask, how.decide());
        session.answer(done, record_text(session, review, kind, ask.code));
    });
}

void add_reads(Noun& noun) {
    Verb& list = noun.verb("list", "lists the work items", "purser work-item list SSR2");
    const Argument key = list.word("KEY", "the review, like SSR2");
    const Argument known_at = list.option("--known-at", "INSTANT", "as the book knew them then");
    const Rendering rendering = list_options(list);
    list.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.any_reader();
        session.print(report::work_item_list(session.book(), review, known_at.maybe(&parse_instant),
                                             session.audience(review)),
                      rendering);
    });
    Verb& show = noun.verb("show", "shows a work item", "purser work-item show SSR2 WS1");
    const Argument of = show.word("KEY", "the review, like SSR2");
    const Argument code = show.word("CODE", "the work item's code");
    const Rendering shown_as = rendering_options(show);
    show.runs([=](Session& session) {
        const ReviewKey review = of.as(&ReviewKey::parse);
        session.any_reader();
        session.print(report::work_item(session.book(), review, code.as(&parse_record_code),
                                        session.audience(review)),
                      shown_as);
    });
}

}  // namespace

void add_work_item(Commands& commands) {
    Noun& noun = commands.noun("work-item", "the work that money is charged to");
    add_add(noun);
    add_set(noun);
    add_remove_by_code(noun, kind,
                       "purser work-item remove SSR2 WS1 --why \"Entered twice\" --as ann");
    add_record_import(noun, kind, "purser work-item import SSR2 work-items.csv --as ann");
    add_reads(noun);
}

void add_work_items(Commands& commands) {
    Verb& verb =
        commands.noun("work-items", "what was charged to each workstream and recommendation")
            .itself("purser work-items SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see what work items cost");
        session.print(
            report::work_items(session.book(), review, session.today(), session.audience(review)),
            rendering);
    });
}

}  // namespace purser::cli
