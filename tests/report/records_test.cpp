// Sections I and III of the sheet, and how money relates to meetings and to the work.
#include <catch2/catch.hpp>

#include "shown.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

using Said = std::vector<std::pair<std::string, std::string>>;

struct RecordWorld : World {
    RecordWorld() { fill(); }
    std::string add(RecordKind kind, const std::string& code, const Said& said) {
        return book.add_record(by("olga"), key, kind, {code, said, {}}, {}).id;
    }
    void member(const std::string& name, Said more = {}) {
        more.insert(more.begin(), {"member", name});
        add(RecordKind::member, {}, more);
    }
    void meeting(const std::string& code, const std::string& kind, const std::string& from,
                 Said more = {}) {
        more.insert(more.end(), {{"title", "The " + code}, {"kind", kind}, {"from", from}});
        add(RecordKind::meeting, code, more);
    }
    void work_item(const std::string& code, const std::string& kind) {
        add(RecordKind::work_item, code, {{"title", "Item " + code}, {"kind", kind}});
    }
    void came(const std::string& meeting, const std::vector<std::string>& members) {
        std::size_t at = 0;
        book.attend(by("olga"), key, {},
                    [&]() -> std::optional<std::variant<AttendanceRow, Problem>> {
                        if (at == members.size()) return {};
                        return AttendanceRow{0, meeting, members[at++], true};
                    },
                    {}, {});
    }
    void spend_on(const std::string& amount, const std::string& meeting,
                  const std::string& work_item, const std::string& commitment = {}) {
        ExpenseDraft draft{
            "travel", money(amount), "a hotel", parse_date("2017-03-20"), {}, {}, {}, {}, {},
            {},       meeting,       work_item};
        if (!commitment.empty()) draft.commitment = DocumentId::parse(commitment);
        const Receipt asked = book.submit_expense(by("sue"), key, draft, {});
        book.approve_expense(by("carl"), DocumentId::parse(asked.id), {});
    }
    const report::Section& section(const report::Document& document, const std::string& title) {
        for (const auto& one : document.body.sections) {
            if (one.title == title) return one;
        }
        throw std::runtime_error("no section " + title);
    }
    std::vector<std::string> people(const std::string& as_of) {
        const auto document = sheet(as_of);
        return rows_shown(section(document, "Section I: People").tables.at(0));
    }
    std::string chair(const std::string& as_of) {
        const auto document = sheet(as_of);
        for (const auto& field : section(document, "Overview").fields) {
            if (field.label == "Chair") return shown(field.value);
        }
        return {};
    }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("A review without people, meetings and milestones has a valid sheet") {
    RecordWorld world;
    CHECK(world.people("2017-03-31").empty());
    CHECK(world.chair("2017-03-31") == "TBD");
    const auto document = world.sheet("2017-03-31");
    CHECK(rows_shown(world.section(document, "Section III: Milestones").tables.at(0)).empty());
}

TEST_CASE("The sheet of a day shows who had joined, who had left, and what was held by then") {
    RecordWorld world;
    world.member("Žarko Kecić", {{"body", "ccNSO"}, {"region", "EUR"}, {"until", "2017-03-20"}});
    world.member("Late", {{"body", "GAC"}, {"from", "2017-03-25"}});
    world.meeting("P1", "call", "2017-03-02");
    world.meeting("P2", "call", "2017-03-30");
    world.meeting("ICANN58", "face-to-face", "2017-03-11", {{"to", "2017-03-16"}});
    world.meeting("OFF", "face-to-face", "2017-03-12", {{"cancelled", "yes"}});
    SECTION("nothing is said of who came") {
        CHECK(world.people("2017-03-16") ==
              Lines{"SSR2-M1 | Žarko Kecić | ccNSO | EUR | member | null | null | 1 | null | 1 | "
                    "null"});
    }
    SECTION("a member attends, and a meeting before the term is not held for the other") {
        world.came("P1", {"SSR2-M1"});
        world.came("P2", {"Late"});
        CHECK(world.people("2017-03-31") ==
              Lines{"SSR2-M1 | Žarko Kecić | ccNSO | EUR | member | null | 2017-03-20 | 1 | 1 | 1 "
                    "| null",
                    "SSR2-M2 | Late | GAC | null | member | 2017-03-25 | null | 1 | 1 | 0 | null"});
        const auto document = world.sheet("2017-03-31");
        CHECK(texts(world.section(document, "Section I: People").paragraphs) ==
              Lines{"2 members of 2 bodies; held by this day: 2 calls and 1 face-to-face meeting. "
                    "Who came is recorded for 2 of these 3. The time of executives, legal and IT "
                    "staff is not counted."});
    }
    SECTION("an erased name says so") {
        world.book.erase(world.by("olga"), {world.key, DocumentKind::member, 1}, "asked for");
        CHECK(world.people("2017-03-16").at(0).find("| (erased) |") != std::string::npos);
    }
}

TEST_CASE("The chair is who chairs on that day, unless the review's own text says otherwise") {
    RecordWorld world;
    world.member("A Chair", {{"role", "chair"}, {"until", "2017-03-20"}});
    world.member("B Chair", {{"role", "co-chair"}, {"from", "2017-03-15"}});
    CHECK(world.chair("2017-03-14") == "A Chair");
    CHECK(world.chair("2017-03-20") == "A Chair, B Chair");
    CHECK(world.chair("2017-03-31") == "B Chair");
    world.set("chair", "TBD");
    CHECK(world.chair("2017-03-31") == "TBD");
}

TEST_CASE("A milestone stands on the sheet as it stood on its day, with one of four statuses") {
    RecordWorld world;
    world.add(RecordKind::milestone, {},
              {{"title", "Terms of reference"},
               {"planned", "2017-03-15"},
               {"revised", "2017-03-28"},
               {"status", "behind schedule; expected to recover"}});
    world.book.set_record(world.by("olga"), world.key, RecordKind::milestone,
                          {"T1", {{"actual", "2017-03-28"}}, {}}, {});
    const auto rows = [&](const char* as_of) {
        const auto document = world.sheet(as_of);
        return rows_shown(world.section(document, "Section III: Milestones").tables.at(0));
    };
    CHECK(rows("2017-03-27") ==
          Lines{"SSR2-T1 | Terms of reference | 2017-03-15 | 2017-03-28 | null | Behind schedule, "
                "expected to recover within original plan"});
    CHECK(rows("2017-03-28") == Lines{"SSR2-T1 | Terms of reference | 2017-03-15 | 2017-03-28 | "
                                      "2017-03-28 | Complete"});
}

TEST_CASE("Meetings side by side add up to the envelope, and a head is divided exactly") {
    RecordWorld world;
    world.meeting("MADRID", "face-to-face", "2017-05-13", {{"heads", "3"}});
    world.meeting("P1", "call", "2017-03-02", {{"heads", "0"}});
    world.book.amend_commitment(world.by("olga"), {world.key, DocumentKind::commitment, 1},
                                {{}, {}, false, "of Madrid alone", {}, "MADRID"});
    world.spend_on("1000.00", "", "", "SSR2-C1");
    world.spend_on("94000.50", "", "", "SSR2-C1");  // 0.50 over
    world.spend_on("20.00", "P1", "");
    world.spend_on("7.00", "", "");
    const auto document =
        report::meetings(world.book, world.key, parse_date(world.today), report::Audience::chair);
    CHECK(rows_shown(document.body.tables.at(0)) ==
          Lines{"P1 | The P1 | call | 2017-03-02 | null | null | 0.00 | 20.00 | null | 0.00 | 0 | "
                "null",
                "MADRID | The MADRID | face-to-face | 2017-05-13 | null | 95000.00 | 0.00 | "
                "95000.50 | 0.50 | 0.00 | 3 | 31666.83",
                "null | Not of a meeting | null | null | null | null | 0.00 | 7.00 | null | 0.00 | "
                "null | null",
                "null | Total | null | null | null | null | 0.00 | 95027.50 | null | 0.00 | null | "
                "null"});
    const Figures figures = world.book.figures(world.key, parse_date(world.today), {});
    CHECK(figures.envelope().spent == world.money("95027.50"));
    CHECK_THROWS_AS(
        report::meetings(world.book, world.key, parse_date(world.today), report::Audience::public_),
        Refused);
}

TEST_CASE("What was charged to the work adds up to what is spent, with a line for the rest") {
    RecordWorld world;
    world.spend_on("5.00", "", "Old words");  // before the review had work items
    world.work_item("WS1", "workstream");
    world.work_item("R20", "recommendation");
    world.spend_on("30.00", "", "WS1");
    world.spend_on("4.00", "", "R20");
    world.spend_on("1.00", "", "");
    const auto document =
        report::work_items(world.book, world.key, parse_date(world.today), report::Audience::chair);
    CHECK(rows_shown(document.body.tables.at(0)) ==
          Lines{"workstream | Workstreams | 30.00 | 0.00",
                "recommendation | Recommendations | 4.00 "
                "| 0.00",
                "unknown | Named, and not among the work items | 5.00 | 0.00",
                "none | Not charged to any work item | 1.00 | 0.00",
                "total | Total | 40.00 | 0.00"});
    CHECK(rows_shown(document.body.tables.at(1)).size() == 5);
    CHECK(world.book.figures(world.key, parse_date(world.today), {}).envelope().spent ==
          world.money("40.00"));
}
