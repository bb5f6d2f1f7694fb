// Rows of a file that are money which came back.
#include <catch2/catch.hpp>
#include <string>

#include "read_file.hpp"

using namespace purser;
using purser::test::Lines;
using purser::test::problems_of;
using purser::test::read_file;

namespace {

const std::string head =
    "posted_on,category,amount,why,currency,rate,rate_date,rate_source,refund_of,total\n";

Lines problems_of_refund(const std::string& amount, const std::string& refund_of,
                         const std::string& total = {}) {
    return problems_of(head + "2017-03-20,travel," + amount + ",Cancelled,,,,," + refund_of + "," +
                       total + "\n");
}

}  // namespace

TEST_CASE(
    "A row that names the expense it refunds has an amount above zero, as the command takes it") {
    const auto file = read_file(head +
                                "2017-03-20,travel,68.00,Cancelled,,,,,SSR2-E7,\n"
                                "2017-03-20,travel,5.00,Taxi,,,,,,\n");
    CHECK(file.problems.empty());
    REQUIRE(file.rows.size() == 2);
    CHECK(file.rows[0].refund_of.value().text() == "SSR2-E7");
    CHECK(file.rows[0].draft.amount.with_code() == "68.00 USD");
    CHECK_FALSE(file.rows[1].refund_of.has_value());
    CHECK(
        problems_of_refund("-68.00", "SSR2-E7") ==
        Lines{"2 amount: a refund is above zero, not -68.00 USD | leave the sign out: the row is a "
              "refund already"});
    CHECK(problems_of_refund("0", "SSR2-E7") ==
          Lines{"2 amount: a refund is above zero, not 0.00 USD | take the row out"});
    CHECK(
        problems_of_refund("1.00", "E7") ==
        Lines{
            "2 refund_of: 'E7' is not the id of a document | write it like SSR2-E17 (expense) or SSR2-C3 (commitment)"});
    CHECK(problems_of_refund("1.00", "SSR3-E7") ==
          Lines{"2 refund_of: SSR3-E7 belongs to SSR3, the file is for SSR2 | import it into the "
                "review that it belongs to"});
}

TEST_CASE("In totals a refund counts as less than zero, in its own currency and in the review's") {
    CHECK(problems_of_refund("68.00", "SSR2-E7", "-68.00").empty());
    CHECK(problems_of_refund("68.00", "SSR2-E7", "68.00") ==
          Lines{"2 total: the file says 68.00 USD, the refund counts as -68.00 USD, difference "
                "136.00 USD | it must be the same to the cent"});
    const std::string euros = head +
                              "2017-03-20,travel,100.00,Hotel,EUR,1.10,2017-03-20,ECB,,110.00\n"
                              "2017-03-21,travel,85.00,Back,EUR,1.20,2017-03-21,ECB,SSR2-E7,-102\n";
    CHECK(read_file(euros + "total,,15.00,,,,,,,8.00\n").problems.empty());
    CHECK(read_file(euros).sum == "8.00");
    CHECK(problems_of(euros + "total,,185.00,,,,,,,212.00\n").size() == 2);
    CHECK(read_file(head + "2017-03-20,travel,68.00,Back,,,,,SSR2-E7,\ntotal,,-68.00,,,,,,,\n")
              .problems.empty());
}
