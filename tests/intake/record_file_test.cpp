// Files of members, meetings, milestones and work items, and of who came to meetings.
#include "intake/record_file.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace purser;

namespace {

// What a file says, a line for each row or problem.
std::string read(RecordKind kind, const std::string& text) {
    std::istringstream in(text);
    intake::RecordFileReader reader(in, "rows.csv", kind);
    std::string result;
    while (const auto item = reader.next()) {
        if (const auto* problem = std::get_if<Problem>(&*item)) {
            result +=
                std::to_string(problem->line) + " " + problem->column + "! " + problem->what + '\n';
            continue;
        }
        const auto& row = std::get<RecordRow>(*item);
        result += std::to_string(row.line) + " " + row.ask.code + ":";
        for (const auto& [name, value] : row.ask.said) result += " " + name + "=" + value;
        result += '\n';
    }
    return result;
}

std::string attendance(const std::string& text) {
    std::istringstream in(text);
    intake::AttendanceFile reader(in, "came.csv");
    std::string result;
    while (const auto item = reader.next()) {
        if (const auto* problem = std::get_if<Problem>(&*item)) {
            result +=
                std::to_string(problem->line) + " " + problem->column + "! " + problem->what + '\n';
            continue;
        }
        const auto& row = std::get<AttendanceRow>(*item);
        result += row.meeting + " " + row.member + (row.attended ? " yes\n" : " no\n");
    }
    return result;
}

}  // namespace

TEST_CASE("A row says what its cells say, and an empty cell says nothing") {
    CHECK(read(RecordKind::member,
               "role,member,region,body\nChair,\"Kecić, Žarko\",,ccNSO\n\n,=1+1, EUR ,\n") ==
          "2 : role=chair member=Kecić, Žarko body=ccNSO\n4 : member==1+1 region=EUR\n");
    CHECK(read(RecordKind::meeting,
               "code,title,kind,place,from,to\nP1,Plenary,call,,2017-03-02,\n") ==
          "2 P1: title=Plenary kind=call from=2017-03-02\n");
    CHECK(read(RecordKind::milestone,
               "title,planned,revised,actual,status\nFinal report,2018-03-01,2021-03-01,,behind "
               "schedule; plan to be adjusted\n") ==
          "2 : title=Final report planned=2018-03-01 revised=2021-03-01 status=behind schedule; "
          "plan to be adjusted\n");
}

TEST_CASE("The day of a work item's state may stand in the name of its column") {
    CHECK(read(RecordKind::work_item,
               "code,title,kind,state_2017_03_15\nR1,Remit,recommendation,"
               "complete\nR2,Role,recommendation,\n") ==
          "2 R1: title=Remit kind=recommendation state=complete state_on=2017-03-15\n"
          "3 R2: title=Role kind=recommendation\n");
    CHECK(read(RecordKind::work_item, "code,state_2017_13_45\nR1,complete\n") ==
          "1 state_2017_13_45! there is no column 'state_2017_13_45'\n");
}

TEST_CASE("All that is wrong with a header is said at once") {
    CHECK(read(RecordKind::member, "name,body,body\nX,GAC,GAC\n") ==
          "1 name! there is no column 'name'\n1 body! the column stands twice\n1 member! the "
          "column is missing\n");
    CHECK(read(RecordKind::member, "") == "1 ! the file is empty\n");
    CHECK(read(RecordKind::member, "member,body\n").empty());
}

TEST_CASE("Every problem of a row is said with its line and column, and the next is read") {
    CHECK(read(RecordKind::meeting,
               "code,kind,from,heads\nP 1,party,2017-02-30,ten\nP2,call\n"
               "P3,call,2017-03-02,\n,call,2017-03-02,\n") ==
          "2 code! 'P 1' cannot be a code\n2 kind! 'party' is no kind\n"
          "2 from! there is no day 2017-02-30\n2 heads! 'ten' is no number of heads\n"
          "3 ! the row has 2 cells, the header 4\n4 P3: kind=call from=2017-03-02\n"
          "5 code! the cell is empty\n");
}

TEST_CASE("Text that is no UTF-8 is a problem of its row") {
    CHECK(read(RecordKind::member, "member\n\xE9lan\nAnn\n") ==
          "2 ! the row is not valid UTF-8\n3 : member=Ann\n");
}

TEST_CASE("A file has five thousand rows at most") {
    std::string text = "member\n";
    for (int i = 1; i <= 5001; ++i) text += "Member " + std::to_string(i) + '\n';
    const std::string said = read(RecordKind::member, text);
    CHECK(said.find("5001 : member=Member 5000\n5002 ! the file has more than 5,000 rows\n") !=
          std::string::npos);
}

TEST_CASE("Who came is read with yes where nothing is said") {
    CHECK(
        attendance("meeting,member,attended\nP1,Ann,\nP1,SSR2-M2,no\nP1,Bob,perhaps\n,Ann,yes\n") ==
        "P1 Ann yes\nP1 SSR2-M2 no\n4 attended! 'perhaps' is neither yes nor no\n5 meeting! the "
        "cell is empty\n");
    CHECK(attendance("member,meeting\nAnn,P1\n") == "P1 Ann yes\n");
}
