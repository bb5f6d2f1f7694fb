#include "app/cli/record.hpp"

#include <fstream>

#include "app/cli/answer.hpp"
#include "intake/record_file.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

std::string value_name(const Argument& option) {
    std::string name = option.name().substr(2);
    for (char& c : name) c = c == '-' ? '_' : c;
    return name == "name" ? "member" : name;
}

std::string text_of_member(const Member& member, const std::string& id) {
    std::string text = id + " is " + (member.name.empty() ? "(erased)" : member.name);
    if (!member.body.empty()) text += " of " + member.body;
    if (!member.region.empty()) text += ", " + member.region;
    text += ", " + member.role;
    if (member.from) text += ", from " + to_text(*member.from);
    if (member.until) text += ", until " + to_text(*member.until);
    return text;
}

std::string text_of_meeting(const Meeting& meeting) {
    std::string text = meeting.code + " is a " + std::string(name(meeting.kind)) +
                       (meeting.kind == MeetingKind::face_to_face ? " meeting" : "") + ", " +
                       meeting.title;
    if (!meeting.place.empty()) text += ", " + meeting.place;
    text += ", " + to_text(meeting.from);
    if (meeting.to != meeting.from) text += " to " + to_text(meeting.to);
    if (meeting.heads) text += ", " + plural(*meeting.heads, "head", "heads") + " supported";
    if (meeting.cancelled) text += ", cancelled";
    return text;
}

std::string text_of_milestone(const Milestone& milestone, const std::string& id) {
    std::string text = id + " is " + milestone.title + ": " + std::string(name(milestone.status));
    const auto add = [&](const char* word, const std::optional<Date>& day) {
        if (day) text.append(", ").append(word).append(" ").append(to_text(*day));
    };
    add("planned", milestone.planned);
    add("revised", milestone.revised);
    add("actual", milestone.actual);
    return text;
}

std::string summary(const RecordResult& result, const std::string& file, bool dry_run) {
    if (result.receipt && result.added + result.changed + result.same == 0) {
        return file + " was imported under this key before";
    }
    std::string text = dry_run ? file + " would give: " : file + ": ";
    text += std::to_string(result.added) + " added, " + std::to_string(result.changed) +
            " changed, " + std::to_string(result.same) + " as they were";
    if (dry_run) text += "; nothing was written";
    return text;
}

}  // namespace

ValueOptions& ValueOptions::add(Verb& verb, const std::string& option, const std::string& value,
                                const std::string& purpose, bool is_needed) {
    options_.push_back(is_needed ? verb.needed(option, value, purpose)
                                 : verb.option(option, value, purpose));
    return *this;
}

RecordAsk ValueOptions::ask(RecordKind kind, const std::string& code, bool anything_needed) const {
    RecordAsk ask;
    ask.code = code;
    for (const Argument& option : options_) {
        if (!option.given()) continue;
        const std::string name = value_name(option);
        ask.said.emplace_back(name, option.as([&](std::string_view text) {
            return canonical_value(kind, name, text == "none" ? "" : text);
        }));
    }
    if (anything_needed && ask.said.empty()) {
        throw BadInput("nothing is said of it",
                       "see: purser " + std::string(purser::name(kind)) + " set --help");
    }
    return ask;
}

How how_options(Verb& verb, bool needs_reason) {
    return {needs_reason ? verb.needed("--why", "TEXT", "the reason")
                         : verb.option("--why", "TEXT", "a remark"),
            verb.option("--on", "DATE", "accounting date (today)")};
}

void add_named(Session& session, const ReviewKey& review, RecordKind kind, const char* named,
               const Argument& name, const ValueOptions& values, const How& how) {
    RecordAsk ask = values.ask(kind, {}, false);
    ask.said.insert(ask.said.begin(), {named, name.as([&](std::string_view text) {
                                           return canonical_value(kind, named, text);
                                       })});
    const Receipt done =
        session.book().add_record(session.caller(), review, kind, ask, how.decide());
    session.answer(done, record_text(session, review, kind, code_of(DocumentId::parse(done.id))));
}

void set_named(Session& session, const DocumentId& id, RecordKind kind, const ValueOptions& values,
               const How& how) {
    const RecordAsk ask = values.ask(kind, code_of(id), true);
    const Receipt done =
        session.book().set_record(session.caller(), id.review, kind, ask, how.decide());
    session.answer(done, record_text(session, id.review, kind, ask.code));
}

std::string code_of(const DocumentId& id) {
    return static_cast<char>(id.kind) + std::to_string(id.number);
}

std::string record_text(Session& session, const ReviewKey& review, RecordKind kind,
                        const std::string& code) {
    const Records records = session.book().records(review, {});
    const std::string id = review.text() + '-' + code;
    switch (kind) {
        case RecordKind::member:
            for (const Member& one : records.members) {
                if ("M" + std::to_string(one.number) == code) return text_of_member(one, id);
            }
            break;
        case RecordKind::meeting:
            if (const auto* one = records.meeting(code)) return text_of_meeting(*one);
            break;
        case RecordKind::milestone:
            for (const Milestone& one : records.milestones) {
                if ("T" + std::to_string(one.number) == code) return text_of_milestone(one, id);
            }
            break;
        case RecordKind::work_item:
            if (const auto* one = records.work_item(code)) {
                return code + " is a " + std::string(name(one->kind)) + ", " + one->title +
                       (one->state.empty() ? "" : ": " + one->state);
            }
            break;
    }
    return code + " was removed since";  // a repeated key answers what was done then
}

void run_record_import(Session& session, const std::string& name, bool dry_run,
                       const std::string& noun, const ImportRecords& import) {
    const ReadableFile file = session.readable(name);
    const RecordFile ask{name == "-" ? "-" : std::filesystem::path(name).filename().string(),
                         sha256_file(file.path()), dry_run};
    std::ifstream in(file.path(), std::ios::binary);
    auto watch = session.watch(file.name());
    const RecordResult result =
        import(ask, in, file.name(), [&](const Problem& problem) { watch->take(problem); });
    session.exit_with(watch->end());
    watch.reset();
    if (result.problems > 0) return;
    if (session.json()) {
        nlohmann::ordered_json answer = {
            {"id", nullptr}, {"event", nullptr}, {"posted_on", nullptr}};
        if (result.receipt) answer = json_of(*result.receipt);
        answer["warnings"] = nlohmann::ordered_json::array();
        answer["added"] = result.added;
        answer["changed"] = result.changed;
        answer["same"] = result.same;
        session.out() << dumped(answer);
        return;
    }
    session.print_line(noun + " of " + summary(result, file.name(), dry_run));
    if (result.receipt) session.print_line("  " + where_text(*result.receipt));
}

void add_record_import(Noun& noun, RecordKind kind, const std::string& example) {
    const std::string what = noun.name() == "work-item" ? "work items" : noun.name() + "s";
    Verb& verb =
        noun.verb("import", "records a CSV file of " + what + ": all rows, or none", example);
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument file = verb.word("FILE", "a CSV file, or - for standard input");
    const Flag dry_run = verb.flag("--dry-run", "write nothing, say what would be recorded");
    const How how = how_options(verb, false);
    std::string columns;
    for (const auto& shape : value_shapes(kind)) {
        if (shape.name == key_name(kind)) continue;
        columns += (columns.empty() ? "" : ",") + std::string(shape.name);
    }
    verb.note("Column needed: " + std::string(key_name(kind)) +
              ", by which a row is known again. " + "Others: " + columns +
              ". A row that is known changes what it says otherwise; an empty cell changes "
              "nothing." +
              (kind == RecordKind::work_item
                   ? " The day of the states may stand in the name of their column: "
                     "state_2017_03_15."
                   : ""));
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        run_record_import(session, file.text(), dry_run.given(), what,
                          [&](const RecordFile& ask, std::istream& in, const std::string& name,
                              const std::function<void(const Problem&)>& problem) {
                              intake::RecordFileReader reader(in, name, kind);
                              return session.book().import_records(
                                  caller, review, kind, ask, [&] { return reader.next(); },
                                  how.decide(), problem);
                          });
    });
}

void add_remove_by_id(Noun& noun, DocumentKind kind, RecordKind of, const std::string& example) {
    Verb& verb = noun.verb("remove", "takes out a " + noun.name() + " that was recorded by mistake",
                           example);
    const Argument id = verb.word("ID", "the " + noun.name());
    const How how = how_options(verb, true);
    verb.runs([=](Session& session) {
        const DocumentId document = id.as(id_of(kind));
        const Receipt done = session.book().remove_record(session.caller(), document.review, of,
                                                          code_of(document), how.decide());
        session.answer(done, document.text() + " is taken out; the log keeps what was recorded");
    });
}

void add_remove_by_code(Noun& noun, RecordKind of, const std::string& example) {
    const std::string what = of == RecordKind::work_item ? "work item" : noun.name();
    Verb& verb =
        noun.verb("remove", "takes out a " + what + " that was recorded by mistake", example);
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.word("CODE", "the " + what + "'s code");
    const How how = how_options(verb, true);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const std::string named = code.as(&parse_record_code);
        const Receipt done =
            session.book().remove_record(session.caller(), review, of, named, how.decide());
        session.answer(done, named + " is taken out; the log keeps what was recorded");
    });
}

void add_erase(Noun& noun, DocumentKind kind, const std::string& example) {
    Verb& verb = noun.verb(
        "erase", "deletes the name of a " + noun.name() + " for ever, by an admin", example);
    const Argument id = verb.word("ID", "the " + noun.name());
    const Argument why = verb.needed("--why", "TEXT", "the reason; without the name");
    verb.note(
        "What it named stays, as (erased), and the log still verifies. Said are the events in "
        "whose texts the name still occurs: those stay in the log. Sheets that are posted and "
        "receipts are not reached.");
    verb.runs([=](Session& session) {
        const DocumentId person = id.as(id_of(kind));
        const Erased done =
            session.book().erase(session.caller(), person, why.as(text_of("reason")));
        if (session.json()) {
            nlohmann::ordered_json answer = json_of(done.receipt);
            answer["texts"] = done.texts;
            answer["found"] = done.found;
            session.out() << dumped(answer);
            return;
        }
        std::string sentence = "the name of " + person.text() + " is erased";
        if (done.found > 0) {
            sentence += "; it still occurs in:";
            for (const auto& text : done.texts) sentence += "\n  " + text;
            const auto more = done.found - static_cast<std::int64_t>(done.texts.size());
            if (more > 0) sentence += "\n  and " + grouped(more) + " more";
        }
        session.answer(done.receipt, sentence);
    });
}

}  // namespace purser::cli
