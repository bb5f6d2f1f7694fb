#include "app/cli/nouns.hpp"
#include "app/cli/record.hpp"

namespace purser::cli {
namespace {

constexpr RecordKind kind = RecordKind::milestone;
const auto milestone_id = id_of(DocumentKind::milestone);

ValueOptions value_options(Verb& verb) {
    return ValueOptions()
        .add(verb, "--planned", "DATE", "the day of the original plan")
        .add(verb, "--revised", "DATE", "the day now planned; the original stays")
        .add(verb, "--actual", "DATE", "the day on which it was reached: it is complete")
        .add(verb, "--status", "STATUS",
             "complete, planned, recovering (behind schedule, expected to recover) or adjusting "
             "(behind schedule, plan to be adjusted)");
}

void add_add(Noun& noun) {
    Verb& verb =
        noun.verb("add", "records a milestone",
                  "purser milestone add SSR2 \"Draft report\" --planned 2017-12-01 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument title = verb.word("TITLE", "what is reached");
    const ValueOptions values = value_options(verb);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        add_named(session, key.as(&ReviewKey::parse), kind, "title", title, values, how);
    });
}

void add_set(Noun& noun) {
    Verb& verb = noun.verb("set", "changes what is recorded of a milestone; none takes it back",
                           "purser milestone set SSR2-T1 --actual 2017-03-30 --as ann");
    const Argument id = verb.word("ID", "the milestone, like SSR2-T1");
    ValueOptions values = value_options(verb);
    values.add(verb, "--title", "TEXT", "what is reached");
    const How how = how_options(verb, false);
    verb.runs(
        [=](Session& session) { set_named(session, id.as(milestone_id), kind, values, how); });
}

void add_reads(Noun& noun) {
    Verb& verb = noun.verb("list", "lists the milestones by day",
                           "purser milestone list SSR2 --as-of 2017-03-31");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Moment moment = moment_options(verb);
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.any_reader();
        const Date day = moment.as_of.maybe(&parse_date).value_or(session.today());
        session.print(
            report::milestones(session.book(), review, day, moment.known_at.maybe(&parse_instant),
                               session.audience(review)),
            rendering);
    });
    Verb& show = noun.verb("show", "shows a milestone, planned and reached",
                           "purser milestone show SSR2-T1");
    const Argument id = show.word("ID", "the milestone, like SSR2-T1");
    const Rendering shown_as = rendering_options(show);
    show.runs([=](Session& session) {
        const DocumentId milestone = id.as(milestone_id);
        session.any_reader();
        session.print(report::milestone(session.book(), milestone, session.today(),
                                        session.audience(milestone.review)),
                      shown_as);
    });
}

}  // namespace

void add_milestone(Commands& commands) {
    Noun& noun = commands.noun("milestone", "what the review plans to reach, and when it did");
    add_add(noun);
    add_set(noun);
    add_remove_by_id(noun, DocumentKind::milestone, kind,
                     "purser milestone remove SSR2-T1 --why \"Entered twice\" --as ann");
    add_record_import(noun, kind, "purser milestone import SSR2 milestones.csv --as ann");
    add_reads(noun);
}

}  // namespace purser::cli
