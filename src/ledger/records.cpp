#include "ledger/records.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "ledger/reading.hpp"
#include "values/closest.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 4> kinds{"member", "meeting", "milestone", "work-item"};
constexpr std::array<std::string_view, 2> meeting_kinds{"call", "face-to-face"};
constexpr std::array<std::string_view, 2> work_item_kinds{"workstream", "recommendation"};
constexpr std::array<std::string_view, 4> statuses{"complete", "planned",
                                                   "behind schedule; expected to recover",
                                                   "behind schedule; plan to be adjusted"};
constexpr std::array<std::string_view, 4> status_titles{
    "Complete", "Planned/In process", "Behind schedule, expected to recover within original plan",
    "Behind schedule, original plan to be adjusted"};
constexpr std::array<std::string_view, 4> status_words{"complete", "planned", "recovering",
                                                       "adjusting"};
constexpr std::string_view attended = "attended.";

template <typename Enum, std::size_t N>
Enum one_of(const std::array<std::string_view, N>& names, std::string_view text) {
    const auto at = std::find(names.begin(), names.end(), text);
    if (at == names.end()) throw BadInput("it says '" + std::string(text) + "'");
    return static_cast<Enum>(at - names.begin());
}

const std::string& text_of(const RecordFold::Values& values, std::string_view name) {
    static const std::string none;
    const auto at = values.find(name);
    return at == values.end() ? none : at->second;
}

std::optional<Date> day_of_value(const RecordFold::Values& values, std::string_view name) {
    const std::string& text = text_of(values, name);
    if (text.empty()) return {};
    return parse_date(text);
}

Date needed_day(const RecordFold::Values& values, std::string_view name) {
    if (const auto day = day_of_value(values, name)) return *day;
    throw BadInput("it has no day '" + std::string(name) + "'");
}

std::int64_t number_of(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    if (std::from_chars(text.data(), end, number).ptr == end && number >= 0 &&
        number < most_counted) {
        return number;
    }
    throw BadInput("'" + std::string(text) + "' is not a number that is counted with here");
}

Member member_of(const std::string& code, const RecordFold::Values& values) {
    return {number_of(std::string_view(code).substr(1)),
            text_of(values, "member"),
            text_of(values, "body"),
            text_of(values, "region"),
            text_of(values, "role"),
            day_of_value(values, "from"),
            day_of_value(values, "until")};
}

Meeting meeting_of(const std::string& code, const RecordFold::Values& values) {
    Meeting meeting{code,
                    text_of(values, "title"),
                    one_of<MeetingKind>(meeting_kinds, text_of(values, "kind")),
                    text_of(values, "place"),
                    needed_day(values, "from"),
                    needed_day(values, "to"),
                    {},
                    !text_of(values, "cancelled").empty()};
    if (const std::string& heads = text_of(values, "heads"); !heads.empty()) {
        meeting.heads = number_of(heads);
    }
    for (const auto& [name, value] : values) {
        if (!name.starts_with(attended)) continue;
        meeting.has_attendance = true;
        const std::int64_t member = number_of(std::string_view(name).substr(attended.size() + 1));
        if (value == "yes") meeting.attended.insert(member);
    }
    return meeting;
}

Milestone milestone_of(const std::string& code, const RecordFold::Values& values) {
    const auto status = one_of<MilestoneStatus>(statuses, text_of(values, "status"));
    const std::string& before = text_of(values, "before");
    return {number_of(std::string_view(code).substr(1)),
            text_of(values, "title"),
            day_of_value(values, "planned"),
            day_of_value(values, "revised"),
            day_of_value(values, "actual"),
            status,
            before.empty() ? MilestoneStatus::planned : one_of<MilestoneStatus>(statuses, before)};
}

WorkItem work_item_of(const std::string& code, const RecordFold::Values& values) {
    return {code,
            text_of(values, "title"),
            one_of<WorkItemKind>(work_item_kinds, text_of(values, "kind")),
            text_of(values, "group"),
            text_of(values, "topic"),
            text_of(values, "state"),
            day_of_value(values, "state_on")};
}

// By day; what has none stays behind the one before it.
void sort_by_day(std::vector<Milestone>& milestones) {
    std::vector<std::pair<Date, Milestone>> dated;
    Date day = Date::min();
    for (auto& one : milestones) {
        const auto own = one.revised ? one.revised : one.planned ? one.planned : one.actual;
        day = own.value_or(day);
        dated.emplace_back(day, std::move(one));
    }
    std::stable_sort(dated.begin(), dated.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < dated.size(); ++i) milestones[i] = std::move(dated[i].second);
}

bool same_but_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        };
        return lower(x) == lower(y);
    });
}

template <typename Row>
void require_known(const std::vector<Row>& rows, const ReviewKey& review, const std::string& code,
                   Rule rule, const std::string& noun) {
    if (code.empty() || rows.empty()) return;
    std::vector<std::string> codes;
    for (const Row& row : rows) {
        if (row.code == code) return;
        codes.push_back(row.code);
    }
    const std::string near = did_you_mean(code, codes);
    const std::string words = noun == "work-item" ? "work item" : noun;
    throw Refused(rule, review.text() + " has no " + words + " '" + code + "'",
                  near.empty() ? "see: purser " + noun + " list " + review.text() : near);
}

}  // namespace

std::string_view name(RecordKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }
std::string_view name(MeetingKind kind) { return meeting_kinds.at(static_cast<std::size_t>(kind)); }
std::string_view name(MilestoneStatus status) {
    return statuses.at(static_cast<std::size_t>(status));
}
std::string_view title(MilestoneStatus status) {
    return status_titles.at(static_cast<std::size_t>(status));
}
std::string_view word(MilestoneStatus status) {
    return status_words.at(static_cast<std::size_t>(status));
}
std::string_view name(WorkItemKind kind) {
    return work_item_kinds.at(static_cast<std::size_t>(kind));
}

std::vector<RecordValue> record_values(const Event& event) {
    const auto& values = event.body.list("values");
    if (values.empty()) return {};
    const std::string_view act = name(event.act);
    const auto* const kind = std::find(kinds.begin(), kinds.end(), act.substr(0, act.find('.')));
    std::vector<RecordValue> result;
    if (kind == kinds.end()) return result;
    for (const auto& text : values) {
        const auto slash = text.find('/');
        const auto equals = text.find('=', slash);
        result.push_back({event.seq, static_cast<std::int64_t>(result.size()) + 1,
                          static_cast<RecordKind>(kind - kinds.begin()), text.substr(0, slash),
                          text.substr(slash + 1, equals - slash - 1), text.substr(equals + 1)});
    }
    return result;
}

Milestone Milestone::as_of(Date day) const {
    Milestone then = *this;
    if (!actual || *actual <= day) return then;
    then.actual.reset();
    then.status = before;
    return then;
}

const Meeting* Records::meeting(std::string_view code) const {
    const auto at = std::find_if(meetings.begin(), meetings.end(),
                                 [&](const Meeting& one) { return one.code == code; });
    return at == meetings.end() ? nullptr : &*at;
}

const WorkItem* Records::work_item(std::string_view code) const {
    const auto at = std::find_if(work_items.begin(), work_items.end(),
                                 [&](const WorkItem& one) { return one.code == code; });
    return at == work_items.end() ? nullptr : &*at;
}

void RecordFold::apply(const RecordValue& value) {
    auto& rows = all_[value.kind];
    auto at = std::find_if(rows.begin(), rows.end(),
                           [&](const Of& row) { return row.code == value.code; });
    if (value.name == "removed") {
        if (at != rows.end()) rows.erase(at);
        return;
    }
    if (at == rows.end()) {
        at = rows.insert(rows.end(), Of{value.code, {}});
        const bool numbered =
            value.kind == RecordKind::member || value.kind == RecordKind::milestone;
        auto& last = last_[value.kind];
        if (numbered) last = std::max(last, number_of(std::string_view(value.code).substr(1)));
    }
    const bool open_status = value.kind == RecordKind::milestone && value.name == "status" &&
                             value.value != name(MilestoneStatus::complete);
    if (open_status) at->values.insert_or_assign("before", value.value);
    if (value.value.empty()) {
        at->values.erase(value.name);
    } else {
        at->values.insert_or_assign(value.name, value.value);
    }
}

void RecordFold::name_member(std::int64_t number, const std::string& name) {
    for (auto& row : all_[RecordKind::member]) {
        if (row.code == "M" + std::to_string(number)) row.values.insert_or_assign("member", name);
    }
}

const RecordFold::Values* RecordFold::find(RecordKind kind, std::string_view code) const {
    const auto rows = all_.find(kind);
    if (rows == all_.end()) return nullptr;
    for (const Of& row : rows->second) {
        if (row.code == code) return &row.values;
    }
    return nullptr;
}

std::vector<std::string> RecordFold::codes(RecordKind kind) const {
    std::vector<std::string> result;
    const auto rows = all_.find(kind);
    if (rows == all_.end()) return result;
    for (const Of& row : rows->second) result.push_back(row.code);
    return result;
}

std::string RecordFold::code_with(RecordKind kind, std::string_view name,
                                  std::string_view text) const {
    const auto rows = all_.find(kind);
    if (rows == all_.end() || text.empty()) return {};
    for (const Of& row : rows->second) {
        if (text_of(row.values, name) == text) return row.code;
    }
    return {};
}

std::int64_t RecordFold::next_number(RecordKind kind) const {
    const auto at = last_.find(kind);
    return at == last_.end() ? 1 : at->second + 1;
}

Records RecordFold::records() const {
    Records records;
    const auto each = [&](RecordKind kind, const auto& take) {
        const auto rows = all_.find(kind);
        if (rows == all_.end()) return;
        for (const Of& row : rows->second) {
            reading([&] { return row_of(std::string(name(kind)) + ' ' + row.code); },
                    [&] { take(row.code, row.values); });
        }
    };
    each(RecordKind::member, [&](const std::string& code, const Values& values) {
        records.members.push_back(member_of(code, values));
    });
    each(RecordKind::meeting, [&](const std::string& code, const Values& values) {
        records.meetings.push_back(meeting_of(code, values));
    });
    each(RecordKind::milestone, [&](const std::string& code, const Values& values) {
        records.milestones.push_back(milestone_of(code, values));
    });
    each(RecordKind::work_item, [&](const std::string& code, const Values& values) {
        records.work_items.push_back(work_item_of(code, values));
    });
    std::stable_sort(records.meetings.begin(), records.meetings.end(),
                     [](const Meeting& a, const Meeting& b) { return a.from < b.from; });
    sort_by_day(records.milestones);
    return records;
}

const std::vector<ValueShape>& value_shapes(RecordKind kind) {
    using enum ValueFormat;
    static const std::array<std::vector<ValueShape>, 4> all{{
        {{"member", line},
         {"body", line},
         {"region", line},
         {"role", choice, {"chair", "co-chair", "vice-chair", "member", "liaison", "observer"}},
         {"from", day},
         {"until", day}},
        {{"title", line},
         {"kind", choice, {meeting_kinds.begin(), meeting_kinds.end()}},
         {"place", line},
         {"from", day},
         {"to", day},
         {"heads", count},
         {"cancelled", choice, {"yes"}}},
        {{"title", line},
         {"planned", day},
         {"revised", day},
         {"actual", day},
         {"status", choice, {statuses.begin(), statuses.end()}}},
        {{"title", line},
         {"kind", choice, {work_item_kinds.begin(), work_item_kinds.end()}},
         {"group", line},
         {"topic", line},
         {"state", line},
         {"state_on", day}},
    }};
    return all.at(static_cast<std::size_t>(kind));
}

std::string_view key_name(RecordKind kind) {
    switch (kind) {
        case RecordKind::member: return "member";
        case RecordKind::milestone: return "title";
        case RecordKind::meeting:
        case RecordKind::work_item: return "code";
    }
    return {};
}

namespace {

constexpr std::size_t longest_line = 300;

std::string line_value(std::string_view name, std::string_view text) {
    std::string result = parse_text(text, name);
    if (result.find_first_of("\n\t") != std::string::npos) {
        throw BadInput("the " + std::string(name) + " must stand on one line");
    }
    if (result.size() > longest_line) {
        throw BadInput("the " + std::string(name) + " has " + std::to_string(result.size()) +
                       " bytes, " + std::to_string(longest_line) + " at most");
    }
    return result;
}

std::string count_value(std::string_view name, std::string_view text) {
    const bool digits =
        !text.empty() && text.size() <= 5 &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
        throw BadInput("'" + std::string(text) + "' is no number of " + std::string(name),
                       "a whole number from 0 to 99999");
    }
    return std::to_string(number_of(text));
}

// Statuses may be written as on the sheet, or by a short word.
std::string_view status_word(std::string_view text) {
    if (same_but_case("in process", text)) return name(MilestoneStatus::planned);
    if (same_but_case("done", text)) return name(MilestoneStatus::complete);
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const bool is_it =
            same_but_case(status_words.at(i), text) || same_but_case(status_titles.at(i), text);
        if (is_it) return statuses.at(i);
    }
    return text;
}

std::string choice_value(const ValueShape& shape, std::string_view text) {
    if (shape.name == "status") text = status_word(text);
    std::vector<std::string> known;
    for (const auto& choice : shape.choices) {
        if (same_but_case(choice, text)) return std::string(choice);
        known.emplace_back(choice);
    }
    std::string hint;
    for (const auto& choice : known) hint += (hint.empty() ? "one of: " : ", ") + choice;
    if (shape.name == "status") hint = "one of: complete, planned, recovering, adjusting";
    throw BadInput("'" + std::string(text) + "' is no " + std::string(shape.name), hint);
}

}  // namespace

std::string canonical_value(RecordKind kind, std::string_view name, std::string_view text) {
    const auto& shapes = value_shapes(kind);
    const auto shape = std::find_if(shapes.begin(), shapes.end(),
                                    [&](const ValueShape& one) { return one.name == name; });
    if (shape == shapes.end()) throw BadInput("'" + std::string(name) + "' is not recorded");
    if (text.empty()) return {};
    switch (shape->format) {
        case ValueFormat::line: return line_value(name, text);
        case ValueFormat::day: return to_text(parse_date(text));
        case ValueFormat::count: return count_value(name, text);
        case ValueFormat::choice: return choice_value(*shape, text);
    }
    return {};
}

void require_meeting(const Records& known, const ReviewKey& review, const std::string& code) {
    require_known(known.meetings, review, code, Rule::unknown_meeting, "meeting");
}

void require_work_item(const Records& known, const ReviewKey& review, const std::string& code) {
    require_known(known.work_items, review, code, Rule::unknown_work_item, "work-item");
}

}  // namespace purser
