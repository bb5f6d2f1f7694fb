#include "app/cli/nouns.hpp"
#include "app/cli/record.hpp"

namespace purser::cli {
namespace {

constexpr RecordKind kind = RecordKind::member;
const auto member_id = id_of(DocumentKind::member);

ValueOptions value_options(Verb& verb) {
    return ValueOptions()
        .add(verb, "--body", "TEXT", "who sent the member: GNSO, ccNSO, …")
        .add(verb, "--region", "TEXT", "AF, AP, EUR, LAC, NA")
        .add(verb, "--role", "ROLE", "chair, co-chair, vice-chair, member, liaison or observer")
        .add(verb, "--from", "DATE", "first day in the team")
        .add(verb, "--until", "DATE", "last day in the team");
}

void add_add(Noun& noun) {
    Verb& verb =
        noun.verb("add", "records a member of the review team",
                  "purser member add SSR2 \"Žarko Kecić\" --body ccNSO --region EUR --from "
                  "2017-03-02 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument name = verb.word("NAME", "the member's name, which can be erased");
    const ValueOptions values = value_options(verb);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        add_named(session, key.as(&ReviewKey::parse), kind, "member", name, values, how);
    });
}

void add_set(Noun& noun) {
    Verb& verb = noun.verb("set", "changes what is recorded of a member; none takes it back",
                           "purser member set SSR2-M1 --role chair --why \"Elected\" --as ann");
    const Argument id = verb.word("ID", "the member, like SSR2-M1");
    ValueOptions values = value_options(verb);
    values.add(verb, "--name", "TEXT", "the name, where it was misspelt");
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) { set_named(session, id.as(member_id), kind, values, how); });
}

void add_leave(Noun& noun) {
    Verb& verb = noun.verb("leave", "records the last day of a member in the team",
                           "purser member leave SSR2-M1 --until 2017-03-30 --as ann");
    const Argument id = verb.word("ID", "the member, like SSR2-M1");
    const ValueOptions values =
        ValueOptions().add(verb, "--until", "DATE", "last day in the team", true);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) { set_named(session, id.as(member_id), kind, values, how); });
}

void add_reads(Noun& noun) {
    Verb& list = noun.verb("list", "lists the members, and the meetings that they attended",
                           "purser member list SSR2 --as-of 2017-03-31");
    const Argument key = list.word("KEY", "the review, like SSR2");
    const Moment moment = moment_options(list);
    const Rendering rendering = list_options(list);
    list.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.any_reader();
        const Date day = moment.as_of.maybe(&parse_date).value_or(session.today());
        session.print(
            report::members(session.book(), review, day, moment.known_at.maybe(&parse_instant),
                            session.audience(review)),
            rendering);
    });
    Verb& show =
        noun.verb("show", "shows a member, and each meeting held", "purser member show SSR2-M1");
    const Argument id = show.word("ID", "the member, like SSR2-M1");
    const Rendering shown_as = rendering_options(show);
    show.runs([=](Session& session) {
        const DocumentId member = id.as(member_id);
        session.any_reader();
        session.print(report::member(session.book(), member, session.today(),
                                     session.audience(member.review)),
                      shown_as);
    });
}

}  // namespace

void add_member(Commands& commands) {
    Noun& noun = commands.noun("member", "the people of the review team");
    add_add(noun);
    add_set(noun);
    add_leave(noun);
    add_remove_by_id(noun, DocumentKind::member, kind,
                     "purser member remove SSR2-M1 --why \"Entered twice\" --as ann");
    add_erase(noun, DocumentKind::member,
              "purser member erase SSR2-M1 --why \"Asked for by the person\" --as ann");
    add_record_import(noun, kind, "purser member import SSR2 members.csv --as ann");
    add_reads(noun);
}

}  // namespace purser::cli
