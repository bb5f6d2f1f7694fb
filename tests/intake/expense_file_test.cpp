#include "intake/expense_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "read_file.hpp"

using namespace purser;
using namespace std::string_literals;
using purser::test::Lines;
using purser::test::problems_of;
using purser::test::read_file;

namespace {

const std::string head = "posted_on,category,amount,why\n";

// The problems of one row of the four required columns.
Lines problems_of_row(const std::string& row) { return problems_of(head + row + "\n"); }

}  // namespace

TEST_CASE("A row of the four required columns is an expense") {
    const auto file = read_file(head + "2017-03-20,travel,\"1,480.50\",Hotel in Copenhagen\n");
    CHECK(file.problems.empty());
    REQUIRE(file.rows.size() == 1);
    const ImportRow& row = file.rows.front();
    CHECK(row.line == 2);
    CHECK(row.key.empty());
    CHECK(to_text(row.draft.posted_on.value()) == "2017-03-20");
    CHECK(row.draft.category == "travel");
    CHECK(row.draft.amount.with_code() == "1,480.50 USD");
    CHECK(row.draft.why == "Hotel in Copenhagen");
    CHECK_FALSE(row.draft.document_on.has_value());
    CHECK_FALSE(row.draft.original.has_value());
    CHECK_FALSE(row.draft.commitment.has_value());
    CHECK(row.draft.payee.empty());
    CHECK(file.count == 1);
    CHECK(file.sum == "1480.50");
}

TEST_CASE("Every column finds its field, in any order") {
    const auto file = read_file(
        "total,key,work_item,why,meeting,commitment,type,document_date,invoice,payee,rate_source,"
        "rate_date,rate,currency,amount,category,posted_on,refund_of\n"
        "15.06,k-1,SSR1-20,\"Dinner,\nten people\",ICANN58,SSR2-C3,catering,2017-03-16,INV 7,"
        "Žarko Kecić,ECB,2017-03-15,0.1506,DKK,100.00,travel,2017-03-20,\n");
    CHECK(file.problems.empty());
    REQUIRE(file.rows.size() == 1);
    const ExpenseDraft& draft = file.rows.front().draft;
    CHECK(file.rows.front().key == "k-1");
    CHECK(draft.amount.with_code() == "15.06 USD");
    REQUIRE(draft.original.has_value());
    CHECK(draft.original->amount.with_code() == "100.00 DKK");
    CHECK(draft.original->rate.text() == "0.1506");
    CHECK(to_text(draft.original->rate_on) == "2017-03-15");
    CHECK(draft.original->source == "ECB");
    CHECK(draft.why == "Dinner,\nten people");
    CHECK(draft.commitment.value().text() == "SSR2-C3");
    CHECK(to_text(draft.document_on.value()) == "2017-03-16");
    CHECK(draft.payee == "Žarko Kecić");
    CHECK(draft.invoice == "INV 7");
    CHECK(draft.type == "catering");
    CHECK(draft.meeting == "ICANN58");
    CHECK(draft.work_item == "SSR1-20");
}

TEST_CASE("Line ends, a BOM, quotes, spaces and empty lines change nothing") {
    const auto* const bytes =
        GENERATE("posted_on,category,amount,why\n2017-03-20,travel,5.00,Taxi\n",
                 "posted_on,category,amount,why\r\n2017-03-20,travel,5.00,Taxi\r\n",
                 "posted_on,category,amount,why\r2017-03-20,travel,5.00,Taxi\r",
                 "posted_on,category,amount,why\n2017-03-20,travel,5.00,Taxi",
                 "\xEF\xBB\xBFposted_on,category,amount,why\r\n2017-03-20,travel,5.00,Taxi\r\n",
                 "\"posted_on\",\"category\",\"amount\",\"why\"\n"
                 "\"2017-03-20\",\"travel\",\"5.00\",\"Taxi\"\n",
                 "posted_on , category,\tamount,why \n 2017-03-20 ,travel ,  5.00,\" Taxi \"\n",
                 "\n\nposted_on,category,amount,why\n\n2017-03-20,travel,5.00,Taxi\n\n  \n,,,\n");
    CAPTURE(bytes);
    const auto file = read_file(bytes);
    CHECK(file.problems.empty());
    REQUIRE(file.rows.size() == 1);
    CHECK(file.rows.front().draft.why == "Taxi");
    CHECK(file.sum == "5.00");
}

TEST_CASE("Lines are counted over embedded newlines and empty lines") {
    const auto file = read_file(head +
                                "2017-03-20,travel,5.00,\"one\r\ntwo\r\nthree\"\r\n\r\n"
                                "2017-03-20,travel,5.00,Taxi\r\n");
    REQUIRE(file.rows.size() == 2);
    CHECK(file.rows[0].line == 2);
    CHECK(file.rows[0].draft.why == "one\ntwo\nthree");
    CHECK(file.rows[1].line == 6);
}

TEST_CASE("Equal rows of one file stay as many as they are") {
    const std::string row = "2017-03-20,travel,5.00,Taxi\n";
    CHECK(read_file(head + row + row).rows.size() == 2);
}

TEST_CASE("An amount that is not clear is refused with its line and column") {
    struct Row {
        const char* amount;
        const char* problem;
    };
    const auto row = GENERATE(values<Row>({
        {"95k", "2 amount: '95k' is not one clear number | write 95,000, or 95 if that is meant"},
        {"\"1,42\"",
         "2 amount: '1,42' is not one clear number | write 1.42, or 142 if that is meant"},
        {"1.234",
         "2 amount: '1.234' has 3 decimals, USD has 2 | write 1.23, or 1,234 if that is meant"},
        {"8-9M",
         "2 amount: '8-9M' is not one clear number | "
         "'8' or '9M'? write one number, in full, like 1,234.50"},
        {"0", "2 amount: an expense is above zero, not 0.00 USD | take the row out"},
        {"-0.01",
         "2 amount: an expense is above zero, not -0.01 USD | if it came back, name its expense in "
         "refund_of and leave the sign out"},
        {"", "2 amount: the cell is empty | write it like 1234.50"},
        {"92233720368547758.08",
         "2 amount: '92233720368547758.08' passes 92,233,720,368,547,758.07, "
         "the most a book can hold | look for a digit too many"},
    }));
    CAPTURE(row.amount);
    const auto file = read_file(head + "2017-03-20,travel," + row.amount + ",Taxi\n");
    CHECK(file.problems == Lines{row.problem});
    CHECK(file.rows.empty());
    CHECK(file.count == 1);
}

TEST_CASE("The smallest and the plainest amounts are taken") {
    const auto* const amount = GENERATE("0.01", "95000", "\"95,000\"", "\"95,000.00\"", "5", "5.5",
                                        "92233720368547758.07");
    CAPTURE(amount);
    CHECK(problems_of_row("2017-03-20,travel,"s + amount + ",Taxi").empty());
}

TEST_CASE("All problems of a row are told, and then those of the next") {
    const auto file = read_file(
        "posted_on,category,amount,why,commitment,document_date,refund_of\n"
        "20.3.2017,air travel,95k, ,SSR2-E1,2017-02-30,SSR2-C1\n"
        "2017-03-20,travel,5.00,Taxi,,,\n"
        ",,5.00,Taxi,SSR3-C1,,\n");
    CHECK(file.problems ==
          Lines{
              "2 posted_on: '20.3.2017' is not a date | write it like 2017-03-14",
              "2 category: 'air travel' cannot be a category's code | "
              "letters, digits, dots, dashes; a letter first; at most 32",
              "2 amount: '95k' is not one clear number | write 95,000, or 95 if that is meant",
              "2 document_date: there is no day 2017-02-30",
              "2 commitment: SSR2-E1 is an expense, not a commitment",
              "2 why: each expenditure is explained | say what the money was for",
              "2 refund_of: SSR2-C1 is a commitment, not an expense",
              "4 posted_on: the cell is empty | write it like 2017-03-14",
              "4 category: the cell is empty | write its code, like travel",
              "4 commitment: SSR3-C1 belongs to SSR3, the file is for SSR2 | "
              "import it into the review that it belongs to",
          });
    CHECK(file.rows.size() == 1);
    CHECK(file.count == 3);
}

TEST_CASE("A row with too few or too many fields tells both numbers") {
    CHECK(problems_of_row("2017-03-20,travel,5.00") ==
          Lines{"2: the row has 3 fields, the header has 4 | "
                "put what holds a comma in quotes: \"1,480.50\""});
    CHECK(problems_of_row("2017-03-20,travel,1,480.50,Hotel") ==
          Lines{"2: the row has 5 fields, the header has 4 | "
                "put what holds a comma in quotes: \"1,480.50\""});
    CHECK(problems_of_row("Taxi") == Lines{"2: the row has 1 field, the header has 4 | "
                                           "put what holds a comma in quotes: \"1,480.50\""});
}

TEST_CASE("A cell is one line of text, only the reason may be longer") {
    const std::string wide = "posted_on,category,amount,why,payee\n2017-03-20,travel,5.00,";
    CHECK(problems_of(wide + "Taxi,\"a\nb\"\n") ==
          Lines{"2 payee: the cell holds a line break or a control character | "
                "keep it on one line"});
    CHECK(problems_of(wide + "Taxi," + std::string(200, 'x') + "\n").empty());
    CHECK(problems_of(wide + "Taxi," + std::string(201, 'x') + "\n") ==
          Lines{"2 payee: the cell has 201 bytes, 200 at most | "
                "a long explanation goes into why"});
    CHECK(problems_of(wide + "a\x1b[2J,b\n") ==
          Lines{"2 why: the reason holds a control character"});
    CHECK(problems_of(wide + std::string(4000, 'x') + ",b\n").empty());
    CHECK(problems_of(wide + std::string(4001, 'x') + ",b\n") ==
          Lines{"2 why: the reason has 4001 bytes, 4,000 at most"});
    CHECK(problems_of(head + "2017-03-20,travel," + std::string(100'000, '9') + ",Taxi\n") ==
          Lines{"2 amount: the cell has 100000 bytes, 200 at most | "
                "a long explanation goes into why"});
}

TEST_CASE("Bytes that are not UTF-8 are named by column and the other rows are judged") {
    const auto file = read_file(
        "posted_on,category,amount,why,payee\n"
        "2017-03-20,travel,5.00,Caf\xE9,Keci\xE6\n"
        "2017-03-20,travel,5.00,Taxi,Kecić\n"
        "2017-03-20,travel,95k,Taxi,\n");
    CHECK(file.problems ==
          Lines{"2 why: the text is not UTF-8 | save the file as CSV UTF-8",
                "2 payee: the text is not UTF-8 | save the file as CSV UTF-8",
                "4 amount: '95k' is not one clear number | write 95,000, or 95 if that is meant"});
    CHECK(file.rows.size() == 1);
    CHECK(problems_of("posted_on,category,amount,why,caf\xE9\n") ==
          Lines{"1: the header is not UTF-8 | save it as CSV UTF-8"});
    CHECK(problems_of("\xFF\xFEp\0o\0"s) == Lines{"1: a.csv is UTF-16 | save it as CSV UTF-8"});
}

TEST_CASE("A quote out of place is one problem among the others") {
    CHECK(problems_of(head + "2017-03-20,travel,5.00,5\" pipe\n"
                             "2017-03-20,travel,95k,Taxi\n"
                             "2017-03-20,travel,5.00,\"Taxi\n") ==
          Lines{"2: a quote stands in the middle of a text | "
                "put the whole text in quotes and double those inside: \"5\"\" pipe\"",
                "3 amount: '95k' is not one clear number | write 95,000, or 95 if that is meant",
                "4: the quote that opens on this line is never closed | "
                "close it, or double it if it is part of the text"});
    // Without its header no row can be read.
    CHECK(problems_of("posted\"_on,why\n2017-03-20,Taxi\n").size() == 1);
}

TEST_CASE("An empty file and one without expenses are told apart") {
    const Lines empty{"1: a.csv is empty | begin the file with: posted_on,category,amount,why"};
    CHECK(problems_of("") == empty);
    CHECK(problems_of("\xEF\xBB\xBF") == empty);
    CHECK(problems_of("\r\n\r\n") == empty);
    const Lines no_rows{"1: a.csv has a header and no expenses | one row for each expense"};
    CHECK(problems_of(head) == no_rows);
    CHECK(problems_of("posted_on,category,amount,why") == no_rows);
    CHECK(problems_of(head + "\n,,,\n") == no_rows);
}

TEST_CASE("The example that is shipped is a valid file") {
    std::ifstream in(PURSER_SOURCE "/schemas/expenses.csv", std::ios::binary);
    REQUIRE(in);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto file = read_file(bytes);
    CHECK(file.problems.empty());
    REQUIRE(file.rows.size() == 1);
    CHECK(file.rows.front().draft.amount.text() == "1480.50");
    std::string all;
    for (const auto name : intake::column_names)
        all += (all.empty() ? "" : ",") + std::string(name);
    CHECK(bytes.substr(0, bytes.find('\n')) == all);
}
