#include "intake/columns.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "read_file.hpp"

using purser::intake::shown;
using purser::test::Lines;
using purser::test::problems_of;

TEST_CASE("All that is wrong with a header is told at once, and no row is read") {
    CHECK(problems_of("posted_on,catgory,amount,amount,colour,\n1,2,3,4,5,6\n") ==
          Lines{"1 catgory: there is no column 'catgory' | did you mean category?",
                "1 amount: the column stands twice | keep one of columns 3 and 4",
                "1 colour: there is no column 'colour' | known: posted_on,category,amount,why,"
                "currency,rate,rate_date,rate_source,payee,invoice,document_date,type,commitment,"
                "meeting,work_item,key,refund_of,total",
                "1: column 6 has no name | name it or take it out",
                "1 category: the column is missing | required: posted_on,category,amount,why",
                "1 why: the column is missing | required: posted_on,category,amount,why"});
}

TEST_CASE("Each required column is missed by name") {
    CHECK(problems_of("payee\nX\n") ==
          Lines{"1 posted_on: the column is missing | required: posted_on,category,amount,why",
                "1 category: the column is missing | required: posted_on,category,amount,why",
                "1 amount: the column is missing | required: posted_on,category,amount,why",
                "1 why: the column is missing | required: posted_on,category,amount,why"});
    CHECK(problems_of("why,category,posted_on\nX,Y,Z\n") ==
          Lines{"1 amount: the column is missing | required: posted_on,category,amount,why"});
}

TEST_CASE("Column names are in small letters; others are asked about") {
    CHECK(problems_of("Posted_On,category,amount,why\n") ==
          Lines{"1 Posted_On: there is no column 'Posted_On' | did you mean posted_on?",
                "1 posted_on: the column is missing | required: posted_on,category,amount,why"});
}

TEST_CASE("A file without a header, or of other separators, is one problem") {
    CHECK(problems_of("2017-03-20,travel,5.00,Taxi\n") ==
          Lines{"1: the first line names none of the columns | "
                "begin the file with: posted_on,category,amount,why"});
    CHECK(problems_of("posted_on;category;amount;why\n2017-03-20;travel;5,00;Taxi\n") ==
          Lines{"1: the columns are not separated by commas | "
                "save it as CSV with commas, in UTF-8"});
    CHECK(problems_of("\n\nposted_on\tcategory\tamount\twhy\n") ==
          Lines{"3: the columns are not separated by commas | "
                "save it as CSV with commas, in UTF-8"});
}

TEST_CASE("A cell in a message is short, on one line and whole letters") {
    CHECK(shown("travel") == "travel");
    CHECK(shown("a\nb\x1b") == "a b ");
    CHECK(shown(std::string(60, 'x')) == std::string(60, 'x'));
    CHECK(shown(std::string(61, 'x')) == std::string(60, 'x') + "…");
    CHECK(shown(std::string(59, 'x') + "éé") == std::string(59, 'x') + "…");
    CHECK(shown(std::string(58, 'x') + "éé") == std::string(58, 'x') + "é…");
}
