// What is known of a review beside its money: members, meetings, milestones and work items.
//
// Whatever is said of one is a named value with a history, of which the latest counts, as with the
// settings of a review; so a question as known at an instant is the same fold over fewer values.
// A member's name is in no event: it lives in `person`, tied to the log by a digest (MODEL.md 5).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/review.hpp"

namespace purser {

enum class RecordKind { member, meeting, milestone, work_item };
enum class MeetingKind { call, face_to_face };
enum class MilestoneStatus { complete, planned, recovering, adjusting };  // DOMAIN 3
enum class WorkItemKind { workstream, recommendation };

std::string_view name(RecordKind kind);          // "work-item": also the noun, and the act's prefix
std::string_view name(MeetingKind kind);         // "face-to-face"
std::string_view name(MilestoneStatus status);   // "behind schedule; plan to be adjusted"
std::string_view title(MilestoneStatus status);  // "Behind schedule, original plan to be adjusted"
std::string_view word(MilestoneStatus status);   // "adjusting", as it is typed
std::string_view name(WorkItemKind kind);

// One thing that an event says of one record; "" takes back what was said before.
struct RecordValue {
    std::int64_t seq;
    std::int64_t line;  // of the event's values, from 1
    RecordKind kind;
    std::string code;  // "M3" of members, "T2" of milestones, else its code: "MADRID"
    std::string name;  // "region"
    std::string value;
};
// Those of an event, in its order; none for acts of other kinds.
std::vector<RecordValue> record_values(const Event& event);

struct Member {
    std::int64_t number;  // SSR2-M3
    std::string name;     // "" when erased
    std::string body, region, role;
    std::optional<Date> from, until;  // both included

    bool serves_on(Date day) const { return (!from || *from <= day) && (!until || day <= *until); }
};

struct Meeting {
    std::string code, title;
    MeetingKind kind;
    std::string place;
    Date from, to;
    std::optional<std::int64_t> heads;  // supported: travel or hotel paid
    bool cancelled = false;
    bool has_attendance = false;           // somebody said who came
    std::set<std::int64_t> attended = {};  // numbers of members
};

struct Milestone {
    std::int64_t number;  // SSR2-T2
    std::string title;
    std::optional<Date> planned, revised, actual;
    MilestoneStatus status;
    MilestoneStatus before;  // the last status before it was complete

    // As it was on a day: what was reached later is not reached yet.
    Milestone as_of(Date day) const;
};

struct WorkItem {
    std::string code, title;
    WorkItemKind kind;
    std::string group, topic, state;
    std::optional<Date> state_on;
};

struct Records {
    std::vector<Member> members;        // in the order in which they were recorded
    std::vector<Meeting> meetings;      // by day
    std::vector<Milestone> milestones;  // by day; one without keeps its place
    std::vector<WorkItem> work_items;   // in the order in which they were recorded

    const Meeting* meeting(std::string_view code) const;
    const WorkItem* work_item(std::string_view code) const;
};

// The fold of values into records.
class RecordFold {
public:
    using Values = std::map<std::string, std::string, std::less<>>;

    void apply(const RecordValue& value);
    void name_member(std::int64_t number, const std::string& name);

    const Values* find(RecordKind kind, std::string_view code) const;
    std::vector<std::string> codes(RecordKind kind) const;
    // The code of the one whose value of that name is this text; "" for none.
    std::string code_with(RecordKind kind, std::string_view name, std::string_view text) const;
    std::int64_t next_number(RecordKind kind) const;  // never used before, even by a removed one
    Records records() const;

private:
    struct Of {
        std::string code;
        Values values;
    };
    std::map<RecordKind, std::vector<Of>> all_;
    std::map<RecordKind, std::int64_t> last_;
};

// The values that may be said of a record of that kind, in the order of files and messages.
enum class ValueFormat { line, day, count, choice };
struct ValueShape {
    std::string_view name;
    ValueFormat format;
    std::vector<std::string_view> choices = {};
};
const std::vector<ValueShape>& value_shapes(RecordKind kind);
// The value by which a file knows a record again: "member", "code" or "title".
std::string_view key_name(RecordKind kind);
// The text of a value as the log keeps it; "" stays "". BadInput says what it should look like.
std::string canonical_value(RecordKind kind, std::string_view name, std::string_view text);

// A meeting or work item that an expense or commitment names; "" passes, and so does any text
// while the review has none of them. Refuses unknown_meeting, unknown_work_item, did-you-mean.
void require_meeting(const Records& known, const ReviewKey& review, const std::string& code);
void require_work_item(const Records& known, const ReviewKey& review, const std::string& code);

}  // namespace purser
