#include <memory>

#include "app/cli/nouns.hpp"
#include "app/cli/record.hpp"
#include "intake/record_file.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

constexpr RecordKind kind = RecordKind::meeting;

ValueOptions value_options(Verb& verb, bool is_new) {
    ValueOptions values;
    if (!is_new) values.add(verb, "--title", "TEXT", "what it is called");
    values.add(verb, "--kind", "KIND", "call or face-to-face", is_new)
        .add(verb, "--from", "DATE", "its first day", is_new)
        .add(verb, "--to", "DATE", "its last day (the first)")
        .add(verb, "--place", "TEXT", "where it is held")
        .add(verb, "--heads", "N", "how many people are supported: travel or hotel paid");
    if (!is_new) values.add(verb, "--cancelled", "yes|none", "whether it does not take place");
    return values;
}

struct Named {
    Argument key, code;
    ReviewKey review() const { return key.as(&ReviewKey::parse); }
    std::string meeting() const { return code.as(&parse_record_code); }
};
Named words(Verb& verb) {
    return {verb.word("KEY", "the review, like SSR2"), verb.word("CODE", "the meeting's code")};
}

void answer(Session& session, const Receipt& done, const ReviewKey& review,
            const std::string& code) {
    session.answer(done, record_text(session, review, kind, code));
}

void add_add(Noun& noun) {
    Verb& verb = noun.verb("add", "records a meeting, a call or face-to-face",
                           "purser meeting add SSR2 MADRID \"Face-to-face in Madrid\" --kind "
                           "face-to-face --place Madrid --from 2017-05-13 --to 2017-05-15 --heads "
                           "10 --as ann");
    const Named named = words(verb);
    const Argument title = verb.word("TITLE", "what it is called");
    const ValueOptions values = value_options(verb, true);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        const ReviewKey review = named.review();
        RecordAsk ask = values.ask(kind, named.meeting(), false);
        ask.said.insert(ask.said.begin(), {"title", title.as([](std::string_view text) {
                                               return canonical_value(kind, "title", text);
                                           })});
        answer(session,
               session.book().add_record(session.caller(), review, kind, ask, how.decide()), review,
               ask.code);
    });
}

void add_set(Noun& noun) {
    Verb& verb = noun.verb("set", "changes what is recorded of a meeting; none takes it back",
                           "purser meeting set SSR2 MADRID --heads 12 --as ann");
    const Named named = words(verb);
    const ValueOptions values = value_options(verb, false);
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        const ReviewKey review = named.review();
        const RecordAsk ask = values.ask(kind, named.meeting(), true);
        answer(session,
               session.book().set_record(session.caller(), review, kind, ask, how.decide()), review,
               ask.code);
    });
}

void add_cancel(Noun& noun) {
    Verb& verb =
        noun.verb("cancel", "records that a meeting does not take place; its costs stay",
                  "purser meeting cancel SSR2 MADRID --why \"The review is paused\" --as ann");
    const Named named = words(verb);
    const How how = how_options(verb, true);
    verb.runs([=](Session& session) {
        const ReviewKey review = named.review();
        const std::string code = named.meeting();
        const RecordAsk ask{code, {{"cancelled", "yes"}}, {}};
        answer(session,
               session.book().set_record(session.caller(), review, kind, ask, how.decide()), review,
               code);
    });
}

// The people of one meeting, as the rows that a file of them would have.

AttendanceSource rows_of(std::vector<AttendanceRow> rows) {
    auto at = std::make_shared<std::size_t>(0);
    return [rows = std::move(rows), at]() -> std::optional<std::variant<AttendanceRow, Problem>> {
        if (*at == rows.size()) return std::nullopt;
        return rows[(*at)++];
    };
}

void add_attend(Noun& noun) {
    Verb& verb = noun.verb("attend", "records which members came to a meeting, and which did not",
                           "purser meeting attend SSR2 MADRID --member SSR2-M1 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.last_word("CODE", "the meeting's code");
    const Argument came = verb.list("--member", "ID", "who came: an id or a name; repeatable");
    const Argument absent = verb.list("--absent", "ID", "who did not come");
    const Argument file =
        verb.option("--file", "FILE", "a CSV file of several meetings: meeting,member[,attended]");
    const Flag dry_run = verb.flag("--dry-run", "write nothing, say what the file would record");
    const How how = how_options(verb, false);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        if (file.given() == code.given()) {
            throw BadInput("name one meeting, or --file with a file of several",
                           "see: purser meeting attend --help");
        }
        if (dry_run.given() && !file.given()) {
            throw BadInput("--dry-run is of a file", "see: purser meeting attend --help");
        }
        if (file.given()) {
            run_record_import(session, file.text(), dry_run.given(), "attendance",
                              [&](const RecordFile& ask, std::istream& in, const std::string& name,
                                  const std::function<void(const Problem&)>& problem) {
                                  intake::AttendanceFile reader(in, name);
                                  return session.book().attend(
                                      caller, review, ask, [&] { return reader.next(); },
                                      how.decide(), problem);
                              });
            return;
        }
        const std::string meeting = code.as(&parse_record_code);
        std::vector<AttendanceRow> rows;
        std::string asked;
        for (const auto& [people, attended] : {std::pair{came, true}, std::pair{absent, false}}) {
            for (const auto& one : people.each(line_of("member"))) {
                rows.push_back({0, meeting, one, attended});
                asked += one + (attended ? "+" : "-");
            }
        }
        if (rows.empty()) throw BadInput("nobody is named", "add --member ID or --absent ID");
        const RecordResult done =
            session.book().attend(caller, review, {{}, meeting + asked, false},
                                  rows_of(std::move(rows)), how.decide(), {});
        if (!done.receipt) {
            throw Refused(Rule::nothing_changes,
                          "all that is said of " + meeting + " is so already",
                          "see: purser meeting show " + review.text() + ' ' + meeting);
        }
        const Records records = session.book().records(review, {});
        const Meeting* const now = records.meeting(meeting);
        session.answer(
            *done.receipt,
            meeting + " was attended by " +
                plural(now == nullptr ? 0 : static_cast<std::int64_t>(now->attended.size()),
                       "member", "members"));
    });
}

void add_reads(Noun& noun) {
    Verb& list = noun.verb("list", "lists the meetings by day", "purser meeting list SSR2");
    const Argument key = list.word("KEY", "the review, like SSR2");
    const Argument known_at = list.option("--known-at", "INSTANT", "as the book knew them then");
    const Rendering rendering = list_options(list);
    list.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.any_reader();
        session.print(report::meeting_list(session.book(), review, known_at.maybe(&parse_instant),
                                           session.audience(review)),
                      rendering);
    });
    Verb& show = noun.verb("show", "shows a meeting: what it costs, and who came",
                           "purser meeting show SSR2 MADRID");
    const Named named = words(show);
    const Rendering shown_as = rendering_options(show);
    show.runs([=](Session& session) {
        const ReviewKey review = named.review();
        session.reader(review, "see what meetings cost");
        session.print(
            report::meeting(session.book(), review, named.meeting(), session.audience(review)),
            shown_as);
    });
}

}  // namespace

void add_meeting(Commands& commands) {
    Noun& noun = commands.noun("meeting", "the meetings of the review team, and who came");
    add_add(noun);
    add_set(noun);
    add_cancel(noun);
    add_remove_by_code(noun, kind,
                       "purser meeting remove SSR2 MADRID --why \"Entered twice\" --as ann");
    add_attend(noun);
    add_record_import(noun, kind, "purser meeting import SSR2 meetings.csv --as ann");
    add_reads(noun);
}

void add_meetings(Commands& commands) {
    Verb& verb = commands.noun("meetings", "what the meetings cost, side by side")
                     .itself("purser meetings SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see what meetings cost");
        session.print(
            report::meetings(session.book(), review, session.today(), session.audience(review)),
            rendering);
    });
}

}  // namespace purser::cli
