// Section I of the fact sheet, and the list of members.
#include <algorithm>
#include <set>

#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "report/records.hpp"

namespace purser::report {
namespace {

std::string id_of(const ReviewKey& key, const Member& member) {
    return DocumentId{key, DocumentKind::member, member.number}.text();
}

bool was_held(const Meeting& meeting, Date as_of) {
    return !meeting.cancelled && meeting.to <= as_of;
}

// What one member has to do with the meetings of one kind that were held by the day.
struct Attended {
    std::int64_t held = 0;      // while the member served
    std::int64_t recorded = 0;  // of these, somebody said who came
    std::int64_t attended = 0;

    Value value() const { return recorded == 0 ? Value() : Value(attended); }
};

Attended attendance(const Records& records, const Member& member, MeetingKind kind, Date as_of) {
    Attended result;
    for (const Meeting& meeting : records.meetings) {
        if (meeting.kind != kind || !was_held(meeting, as_of)) continue;
        const bool came = meeting.attended.contains(member.number);
        const bool served = (!member.from || *member.from <= meeting.to) &&
                            (!member.until || meeting.from <= *member.until);
        if (!came && !served) continue;
        ++result.held;
        if (meeting.has_attendance) ++result.recorded;
        if (came) ++result.attended;
    }
    return result;
}

// "16 members of 7 bodies; held by this day: 4 calls and 3 face-to-face meetings."
std::string summary(const Records& records, const std::vector<const Member*>& members, Date as_of) {
    std::set<std::string> bodies;
    for (const Member* member : members) bodies.insert(member->body);
    bodies.erase("");
    std::string text = counted(static_cast<std::int64_t>(members.size()), "member");
    if (!bodies.empty()) {
        text +=
            bodies.size() == 1 ? " of 1 body" : " of " + std::to_string(bodies.size()) + " bodies";
    }
    std::int64_t calls = 0;
    std::int64_t in_person = 0;
    std::int64_t recorded = 0;
    for (const Meeting& meeting : records.meetings) {
        if (!was_held(meeting, as_of)) continue;
        ++(meeting.kind == MeetingKind::call ? calls : in_person);
        if (meeting.has_attendance) ++recorded;
    }
    if (calls + in_person == 0) return text + '.';
    text += "; held by this day: " + counted(calls, "call") + " and " +
            counted(in_person, "face-to-face meeting") + '.';
    if (recorded < calls + in_person) {
        text += " Who came is recorded for " + std::to_string(recorded) + " of these " +
                std::to_string(calls + in_person) + '.';
    }
    return text;
}

Column attendance_column(const char* key, const char* title, const char* group, bool printed) {
    Column result = column(key, title, Type::count);
    result.group = group;
    result.machine_only = !printed;
    return result;
}

Table member_table(const Records& records, const ReviewKey& key,
                   const std::vector<const Member*>& members, Date as_of) {
    const bool any_held =
        std::any_of(records.meetings.begin(), records.meetings.end(),
                    [&](const Meeting& meeting) { return was_held(meeting, as_of); });
    Table table;
    table.columns = {
        hidden_column("id"),
        column("member", "Member"),
        column("body", "Body"),
        column("region", "Region"),
        column("role", "Role"),
        column("from", "From", Type::date),
        column("to", "To", Type::date),
        attendance_column("calls_held", "Held", "Calls", any_held),
        attendance_column("calls_attended", "Attended", "Calls", any_held),
        attendance_column("face_to_face_held", "Held", "Face-to-face", any_held),
        attendance_column("face_to_face_attended", "Attended", "Face-to-face", any_held)};
    std::vector<Row> rows;
    for (const Member* member : members) {
        const auto calls = attendance(records, *member, MeetingKind::call, as_of);
        const auto in_person = attendance(records, *member, MeetingKind::face_to_face, as_of);
        const bool left = member->until && *member->until <= as_of;
        rows.push_back({id_of(key, *member), name_or_erased(member->name),
                        text_or_absent(member->body), text_or_absent(member->region), member->role,
                        value_of(member->from), left ? value_of(member->until) : Value(),
                        calls.held, calls.value(), in_person.held, in_person.value()});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "None recorded.";
    return table;
}

std::vector<const Member*> joined_by(const Records& records, Date day) {
    std::vector<const Member*> result;
    for (const Member& member : records.members) {
        if (!member.from || *member.from <= day) result.push_back(&member);
    }
    return result;
}

}  // namespace

std::string name_or_erased(const std::string& name) { return name.empty() ? "(erased)" : name; }

std::string chairs_on(const Records& records, Date day) {
    std::string names;
    for (const Member& member : records.members) {
        const bool chairs = member.role == "chair" || member.role == "co-chair";
        if (!chairs || !member.serves_on(day)) continue;
        names += (names.empty() ? "" : ", ") + name_or_erased(member.name);
    }
    return names;
}

Section people_section(const Records& records, const ReviewKey& key, Date as_of) {
    const auto members = joined_by(records, as_of);
    Section section;
    section.title = "Section I: People";
    if (!members.empty()) {
        section.paragraphs = {summary(records, members, as_of) +
                              " The time of executives, legal and IT staff is not counted."};
    }
    Table table = member_table(records, key, members, as_of);
    table.key = "people";
    table.worksheet = "People";
    table.worksheet_only = false;
    section.tables.push_back(std::move(table));
    return section;
}

Document members(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at,
                 Audience audience) {
    const Records records = book.records(key, known_at);
    const auto joined = joined_by(records, as_of);
    Document document(audience);
    document.title = key.text() + " Members";
    document.subtitle = "As of " + to_print(as_of);
    if (known_at) document.subtitle += ", as known at " + to_text(*known_at);
    document.as_of = as_of;
    document.body.fields = {for_programs("review", key.text()), for_programs("as_of", as_of)};
    if (!joined.empty()) document.body.paragraphs = {summary(records, joined, as_of)};
    Table table = member_table(records, key, joined, as_of);
    table.key = "members";
    table.primary = true;
    table.columns.front().title = "ID";
    table.columns.front().machine_only = false;
    document.body.tables.push_back(std::move(table));
    return document;
}

Document member(Book& book, const DocumentId& id, Date as_of, Audience audience) {
    const Records records = book.records(id.review, {});
    const auto at = std::find_if(records.members.begin(), records.members.end(),
                                 [&](const Member& one) { return one.number == id.number; });
    if (at == records.members.end()) {
        throw Refused(Rule::unknown_member, "there is no member " + id.text(),
                      "see: purser member list " + id.review.text());
    }
    Document document(audience);
    document.title = id.text();
    document.subtitle = name_or_erased(at->name);
    document.as_of = as_of;
    auto& fields = document.body.fields;
    fields = {for_programs("id", id.text()),
              printed("member", "Member", name_or_erased(at->name)),
              printed("body", "Body", text_or_absent(at->body)),
              printed("region", "Region", text_or_absent(at->region)),
              printed("role", "Role", at->role),
              printed("from", "From", value_of(at->from), Type::date),
              printed("to", "To", value_of(at->until), Type::date)};
    hide_absent(fields);
    Table table;
    table.key = "meetings";
    table.title = "Meetings held";
    table.primary = true;
    table.columns = {column("code", "Code"), column("title", "Meeting"), column("kind", "Kind"),
                     column("from", "From", Type::date), column("came", "Came")};
    std::vector<Row> rows;
    for (const Meeting& meeting : records.meetings) {
        if (!was_held(meeting, as_of)) continue;
        const bool came = meeting.attended.contains(at->number);
        rows.push_back({meeting.code, meeting.title, std::string(name(meeting.kind)), meeting.from,
                        meeting.has_attendance ? Value(std::string(came ? "yes" : "no"))
                                               : Value(std::string("not recorded"))});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No meeting was held yet.";
    document.body.tables.push_back(std::move(table));
    return document;
}

}  // namespace purser::report
