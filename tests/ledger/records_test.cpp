// Members, meetings, milestones and work items: what may be said of them, and what it amounts to.
#include "ledger/records.hpp"

#include <catch2/catch.hpp>

#include "ledger/recording.hpp"
#include "values/error.hpp"

using namespace purser;

namespace {

// SSR2 on 31 March 2017, with sam of support who records.
struct Register {
    Review review{ReviewKey::parse("SSR2")};
    Balances balances{Currency::parse("USD")};
    User actor{"sam", false, {{Role::support, {}}}};
    std::vector<PolicyTier> policy;
    RecordFold known;

    Facts facts() const { return {review, balances, actor, policy, parse_date("2017-03-31")}; }
    Recording recording(RecordKind kind) const { return {facts(), known, kind}; }

    using Said = std::vector<std::pair<std::string, std::string>>;
    // Adds or sets, as one act; gives the code.
    std::string add(RecordKind kind, const std::string& code, const Said& said) {
        Recording act = recording(kind);
        const std::string result = act.add({code, said, "digest-of-the-name"});
        known = act.known();
        return result;
    }
    void set(RecordKind kind, const std::string& code, const Said& said) {
        Recording act = recording(kind);
        act.set({code, said, "digest-of-the-name"});
        known = act.known();
    }
    std::string member(const std::string& name, Said more = {}) {
        more.insert(more.begin(), {"member", name});
        return add(RecordKind::member, {}, more);
    }
    std::string meeting(const std::string& code, const std::string& from, Said more = {}) {
        more.insert(more.end(), {{"title", code + " title"}, {"kind", "call"}, {"from", from}});
        return add(RecordKind::meeting, code, more);
    }
    std::string milestone(const std::string& title, Said more = {}) {
        more.insert(more.begin(), {"title", title});
        return add(RecordKind::milestone, {}, more);
    }
    Milestone milestone(std::size_t at = 0) const { return known.records().milestones.at(at); }
};

template <typename Deed> std::optional<Rule> refusal(Deed&& deed) {
    try {
        deed();
    } catch (const Refused& refused) {
        return refused.rule();
    }
    return {};
}

}  // namespace

TEST_CASE("A value is kept in one way, whichever way it was written") {
    struct Row {
        RecordKind kind;
        const char* name;
        const char* text;
        const char* kept;
    };
    const auto row = GENERATE(values<Row>({
        {RecordKind::member, "member", "Žarko Kecić", "Žarko Kecić"},
        {RecordKind::member, "body", " GNSO ", "GNSO"},
        {RecordKind::member, "role", "Vice-Chair", "vice-chair"},
        {RecordKind::member, "from", "", ""},
        {RecordKind::meeting, "title", "=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"},
        {RecordKind::meeting, "kind", "Face-to-face", "face-to-face"},
        {RecordKind::meeting, "heads", "010", "10"},
        {RecordKind::meeting, "heads", "0", "0"},
        {RecordKind::milestone, "status", "Complete", "complete"},
        {RecordKind::milestone, "status", "in process", "planned"},
        {RecordKind::milestone, "status", "Planned/In process", "planned"},
        {RecordKind::milestone, "status", "recovering", "behind schedule; expected to recover"},
        {RecordKind::milestone, "status",
         "Behind schedule, expected to recover within original plan",
         "behind schedule; expected to recover"},
        {RecordKind::milestone, "status", "behind schedule; plan to be adjusted",
         "behind schedule; plan to be adjusted"},
        {RecordKind::work_item, "state_on", "2017-03-15", "2017-03-15"},
    }));
    CAPTURE(row.name, row.text);
    CHECK(canonical_value(row.kind, row.name, row.text) == row.kept);
}

TEST_CASE("A value that is not one is refused") {
    struct Row {
        RecordKind kind;
        const char* name;
        std::string text;
    };
    const auto row = GENERATE(values<Row>({
        {RecordKind::member, "role", "boss"},
        {RecordKind::member, "from", "2017-02-30"},
        {RecordKind::member, "member", "two\nlines"},
        {RecordKind::member, "member", std::string(301, 'x')},
        {RecordKind::member, "colour", "red"},
        {RecordKind::meeting, "kind", "party"},
        {RecordKind::meeting, "heads", "-1"},
        {RecordKind::meeting, "heads", "ten"},
        {RecordKind::meeting, "heads", "100000"},
        {RecordKind::milestone, "status", "behind schedule"},
        {RecordKind::work_item, "kind", "task"},
    }));
    CAPTURE(row.name, row.text);
    CHECK_THROWS_AS(canonical_value(row.kind, row.name, row.text), BadInput);
}

TEST_CASE("Of a value the latest counts, and what is taken back is not there") {
    Register desk;
    CHECK(desk.member("GNSO member 1", {{"body", "GNSO"}, {"region", "NA"}}) == "M1");
    desk.set(RecordKind::member, "M1", {{"region", "EUR"}, {"from", "2017-03-02"}});
    desk.set(RecordKind::member, "M1", {{"from", ""}, {"until", "2017-10-01"}});
    const Member member = desk.known.records().members.at(0);
    CHECK(member.name == "GNSO member 1");
    CHECK(member.region == "EUR");
    CHECK(member.role == "member");
    CHECK(!member.from);
    CHECK(member.serves_on(parse_date("2017-10-01")));
    CHECK(!member.serves_on(parse_date("2017-10-02")));
    SECTION("the same said again changes nothing") {
        CHECK(refusal([&] {
                  desk.set(RecordKind::member, "M1", {{"region", "EUR"}});
              }) == Rule::nothing_changes);
    }
}

TEST_CASE("A member is known by the name, of which the log holds a digest only") {
    Register desk;
    desk.member("Žarko \"Z\" Kecić");
    Recording act = desk.recording(RecordKind::member);
    act.add({{}, {{"member", "=1+1"}, {"body", "SSAC"}}, "d2"});
    const Entry entry = act.entry(Act::member_add, "SSR2-M2", {});
    CHECK(entry.body.list("values") ==
          std::vector<std::string>{"M2/digest=d2", "M2/body=SSAC", "M2/role=member"});
    CHECK(refusal([&] { desk.member("Žarko \"Z\" Kecić"); }) == Rule::already_exists);
    desk.member("Olga");
    CHECK(refusal([&] {
              desk.set(RecordKind::member, "M2", {{"member", "Žarko \"Z\" Kecić"}});
          }) == Rule::already_exists);
    CHECK(member_number(desk.known, desk.review.key(), "Olga") == 2);
    CHECK(member_number(desk.known, desk.review.key(), "SSR2-M1") == 1);
    CHECK(refusal([&] { member_number(desk.known, desk.review.key(), "Olgar"); }) ==
          Rule::unknown_member);
}

TEST_CASE("A milestone is complete exactly when it has an actual day, not after today") {
    Register desk;
    desk.milestone("Terms of reference", {{"planned", "2017-03-30"}});
    CHECK(desk.milestone().status == MilestoneStatus::planned);
    const auto set = [&](Register::Said said) { desk.set(RecordKind::milestone, "T1", said); };
    SECTION("reached") {
        set({{"status", "behind schedule; expected to recover"}});
        set({{"actual", "2017-03-31"}});
        CHECK(desk.milestone().status == MilestoneStatus::complete);
        // On the day before it was not, and stood as it did before.
        const Milestone before = desk.milestone().as_of(parse_date("2017-03-30"));
        CHECK(before.status == MilestoneStatus::recovering);
        CHECK(!before.actual);
        CHECK(desk.milestone().as_of(parse_date("2017-03-31")).actual);
        set({{"actual", ""}});  // it was a mistake
        CHECK(desk.milestone().status == MilestoneStatus::recovering);
    }
    SECTION("not both ways") {
        CHECK_THROWS_AS(set({{"status", "complete"}}), BadInput);
        CHECK_THROWS_AS(set({{"status", "planned"}, {"actual", "2017-03-30"}}), BadInput);
        CHECK(refusal([&] { set({{"actual", "2017-04-01"}}); }) == Rule::in_the_future);
    }
}

TEST_CASE("Milestones stand by day, and one without a day behind the one before it") {
    Register desk;
    desk.milestone("Final report", {{"planned", "2018-03-01"}});
    desk.milestone("First plenary", {{"planned", "2017-03-02"}});
    desk.milestone("Draft report");
    desk.milestone("Work plan", {{"planned", "2017-01-01"}, {"revised", "2017-11-01"}});
    std::string titles;
    for (const auto& one : desk.known.records().milestones) titles += one.title + '\n';
    CHECK(titles == "First plenary\nDraft report\nWork plan\nFinal report\n");
}

TEST_CASE("A meeting ends no earlier than it begins, and needs its title, kind and day") {
    Register desk;
    desk.meeting("MADRID", "2017-05-13", {{"to", "2017-05-15"}, {"heads", "10"}});
    desk.meeting("P1", "2017-03-02");
    const Records records = desk.known.records();
    CHECK(records.meetings.at(0).code == "P1");
    CHECK(records.meetings.at(0).to == parse_date("2017-03-02"));
    CHECK(records.meetings.at(1).heads == 10);
    CHECK_THROWS_AS(desk.meeting("BAD", "2017-05-13", {{"to", "2017-05-12"}}), BadInput);
    CHECK_THROWS_AS(desk.add(RecordKind::meeting, "X", {{"kind", "call"}, {"from", "2017-05-13"}}),
                    BadInput);
    CHECK(refusal([&] { desk.meeting("P1", "2017-03-03"); }) == Rule::already_exists);
}

TEST_CASE("Who came to a meeting is said of members that are there") {
    Register desk;
    desk.member("A");
    desk.member("B");
    desk.meeting("P1", "2017-03-02");
    Recording act = desk.recording(RecordKind::meeting);
    act.attend("P1", {{1, true}, {2, false}});
    act.attend("P1", {{1, true}});
    CHECK(act.changed() == 1);
    CHECK(act.same() == 1);
    const Meeting meeting = act.known().records().meetings.at(0);
    CHECK(meeting.has_attendance);
    CHECK(meeting.attended == std::set<std::int64_t>{1});
    CHECK(!desk.known.records().meetings.at(0).has_attendance);
    CHECK(refusal([&] { act.attend("P1", {{3, true}}); }) == Rule::unknown_member);
    CHECK(refusal([&] { act.attend("P2", {{1, true}}); }) == Rule::unknown_meeting);
}

TEST_CASE("A file adds what is new, changes what differs and doubles nothing") {
    Register desk;
    const std::vector<RecordAsk> rows{{{}, {{"title", "First plenary"}, {"planned", "2017-03-02"}}},
                                      {{}, {{"title", "Draft report"}, {"planned", ""}}}};
    const auto take = [&](const std::vector<RecordAsk>& all) {
        Recording act = desk.recording(RecordKind::milestone);
        for (const auto& row : all) act.take(row);
        desk.known = act.known();
        return std::vector<std::int64_t>{act.added(), act.changed(), act.same()};
    };
    CHECK(take(rows) == std::vector<std::int64_t>{2, 0, 0});
    CHECK(take(rows) == std::vector<std::int64_t>{0, 0, 2});
    desk.set(RecordKind::milestone, "T1", {{"revised", "2017-03-04"}});
    // What the row leaves empty stays as it is.
    CHECK(take(rows) == std::vector<std::int64_t>{0, 0, 2});
    CHECK(take({{{}, {{"title", "Draft report"}, {"planned", "2017-09-01"}}}}) ==
          std::vector<std::int64_t>{0, 1, 0});
    CHECK(desk.known.records().milestones.size() == 2);
}

TEST_CASE("What was recorded by mistake is taken out, and its number is not used again") {
    Register desk;
    desk.member("A");
    desk.member("B");
    Recording act = desk.recording(RecordKind::member);
    act.remove("M2", 0);
    desk.known = act.known();
    CHECK(desk.known.records().members.size() == 1);
    CHECK(desk.member("B") == "M3");
    CHECK(refusal([&] { desk.recording(RecordKind::member).remove("M2", 0); }) ==
          Rule::unknown_member);
    desk.meeting("P1", "2017-03-02");
    CHECK(refusal([&] { desk.recording(RecordKind::meeting).remove("P1", 1); }) == Rule::in_use);
}

TEST_CASE("A meeting or work item is asked for once the review has any") {
    Register desk;
    const auto key = desk.review.key();
    CHECK_NOTHROW(require_meeting(desk.known.records(), key, "anything"));
    desk.meeting("MADRID", "2017-05-13");
    const Records known = desk.known.records();
    CHECK_NOTHROW(require_meeting(known, key, "MADRID"));
    CHECK_NOTHROW(require_meeting(known, key, ""));
    CHECK_NOTHROW(require_work_item(known, key, "anything"));
    try {
        require_meeting(known, key, "Madird");
        FAIL("it is not there");
    } catch (const Refused& refused) {
        CHECK(refused.rule() == Rule::unknown_meeting);
        CHECK(refused.hint() == "did you mean MADRID?");
    }
}

TEST_CASE("Only support and finance record, only an admin erases a name") {
    Register desk;
    desk.actor.grants = {{Role::chair, {}}, {Role::viewer, {}}};
    CHECK(refusal([&] { desk.member("A"); }) == Rule::not_permitted);
    const DocumentId id{desk.review.key(), DocumentKind::member, 1};
    desk.actor.grants = {{Role::finance, {}}};
    CHECK(refusal([&] { erase_name(desk.facts(), id, "Olga", {}, "asked for"); }) ==
          Rule::not_permitted);
    desk.actor.grants = {{Role::admin, {}}};
    CHECK(erase_name(desk.facts(), id, "Olga", {}, "asked for").act == Act::member_erase);
    CHECK(refusal([&] { erase_name(desk.facts(), id, {}, {}, "asked for"); }) ==
          Rule::nothing_changes);
    CHECK_THROWS_AS(erase_name(desk.facts(), id, "Olga", {}, " "), BadInput);
    CHECK_THROWS_AS(erase_name(desk.facts(), id, "Olga", {}, "Olga asked for it"), BadInput);
}
