#include <catch2/catch.hpp>
#include <string>

#include "read_file.hpp"

using namespace purser;
using purser::test::Lines;
using purser::test::problems_of;
using purser::test::read_file;

namespace {

const std::string foreign_head =
    "posted_on,category,amount,why,currency,rate,rate_date,rate_source,total\n";
const std::string head = "posted_on,category,amount,why,total\n";

// One row: what follows its reason.
Lines problems_of_foreign(const std::string& amount, const std::string& rest) {
    return problems_of(foreign_head + "2017-03-20,travel," + amount + ",Taxi," + rest + "\n");
}

// Two rows of 10.00 and 5.05, then a total row with these two cells.
Lines problems_of_sums(const std::string& amount, const std::string& total) {
    return problems_of(head + "2017-03-20,travel,10.00,Taxi,\n2017-03-21,travel,5.05,Bus,\n" +
                       "total,," + amount + ",," + total + "\n");
}

}  // namespace

TEST_CASE("Foreign money comes with its rate, the rate's day and its source") {
    const auto file = read_file(foreign_head +
                                "2017-03-20,travel,100.00,Taxi,EUR,1.0725,2017-03-17,ECB,107.25\n"
                                "2017-03-20,travel,1000,Taxi,JPY,0.0089,2017-03-17,ECB,8.90\n"
                                "2017-03-20,travel,1.500,Taxi,KWD,3.25,2017-03-17,CBK,4.88\n"
                                "2017-03-20,travel,5.00,Taxi,USD,,,,5.00\n"
                                "2017-03-20,travel,5.00,Taxi,,,,,\n");
    CHECK(file.problems.empty());
    REQUIRE(file.rows.size() == 5);
    CHECK(file.rows[0].draft.amount.with_code() == "107.25 USD");
    CHECK(file.rows[0].draft.original.value().amount.with_code() == "100.00 EUR");
    CHECK(file.rows[1].draft.original.value().amount.with_code() == "1,000 JPY");
    CHECK(file.rows[2].draft.original.value().amount.with_code() == "1.500 KWD");
    CHECK_FALSE(file.rows[3].draft.original.has_value());
    CHECK_FALSE(file.rows[4].draft.original.has_value());
    CHECK(file.sum == "131.03");
}

TEST_CASE("A foreign amount without its rate is refused, each missing cell by name",
          "[DOMAIN 4.11]") {
    CHECK(problems_of_foreign("100.00", "EUR,,,,") ==
          Lines{"2 rate: an amount in EUR needs a rate | how many USD one EUR is, like 1.0725",
                "2 rate_date: an amount in EUR needs the day of its rate | "
                "write it like 2017-03-14",
                "2 rate_source: an amount in EUR needs the source of its rate | "
                "name who published it, like ECB"});
    CHECK(problems_of("posted_on,category,amount,why,currency\n2017-03-20,travel,5.00,Taxi,EUR\n")
              .size() == 3);
    CHECK(problems_of_foreign("95k", "EUR,\"1,07\",17.3.2017,ECB,") ==
          Lines{"2 amount: '95k' is not one clear number | write 95,000, or 95 if that is meant",
                "2 rate: '1,07' is not one clear number | write 1.07, or 107 if that is meant",
                "2 rate_date: '17.3.2017' is not a date | write it like 2017-03-14"});
    CHECK(problems_of_foreign("100.00", "EUR,0,2017-03-17,ECB,") ==
          Lines{"2 rate: a rate is above zero, not 0"});
}

TEST_CASE("A rate beside the review's own money is refused") {
    CHECK(problems_of_foreign("5.00", "USD,1,2017-03-17,,") ==
          Lines{"2 rate: the amount is in USD, so there is no rate | "
                "name the other currency in the column currency",
                "2 rate_date: the amount is in USD, so there is no rate | "
                "name the other currency in the column currency"});
    CHECK(problems_of("posted_on,category,amount,why,rate\n2017-03-20,travel,5.00,Taxi,1.1\n") ==
          Lines{"2 rate: the amount is in USD, so there is no rate | add the column currency"});
}

TEST_CASE("A currency that is not one is refused, and the amount's shape still judged") {
    CHECK(problems_of_foreign("95k", "EURO,1.07,2017-03-17,ECB,") ==
          Lines{"2 currency: 'EURO' is not a currency code of ISO 4217 | did you mean EUR?",
                "2 amount: '95k' is not one clear number | write 95,000, or 95 if that is meant"});
    CHECK(problems_of_foreign("1.234", "KWD,3.25,2017-03-17,CBK,").empty());
    CHECK(problems_of_foreign("1.5", "JPY,0.0089,2017-03-17,ECB,") ==
          Lines{"2 amount: '1.5' has 1 decimal, JPY has 0 | write 1"});
}

TEST_CASE("A foreign amount that makes nothing, or too much, is refused") {
    CHECK(problems_of_foreign("1", "JPY,0.0050,2017-03-17,ECB,") ==
          Lines{"2 amount: 1 JPY at 0.0050 is 0.00 USD | an expense is above zero"});
    CHECK(problems_of_foreign("1", "JPY,0.0051,2017-03-17,ECB,").empty());
    CHECK(problems_of_foreign("92233720368547758.07", "EUR,1.1,2017-03-17,ECB,") ==
          Lines{"2 amount: 92,233,720,368,547,758.07 EUR at 1.1 is more than a book can hold"});
    CHECK(problems_of_foreign("-1.00", "EUR,1.1,2017-03-17,ECB,") ==
          Lines{"2 amount: an expense is above zero, not -1.00 EUR | "
                "if it came back, name its expense in refund_of and leave the sign out"});
}

TEST_CASE("A row's total must be ours to the cent", "[DOMAIN 6.17]") {
    CHECK(problems_of_foreign("100.00", "EUR,1.0725,2017-03-17,ECB,107.25").empty());
    CHECK(problems_of_foreign("100.00", "EUR,1.0725,2017-03-17,ECB,107.26") ==
          Lines{"2 total: the file says 107.26 USD, 100.00 EUR at 1.0725 is 107.25 USD, "
                "difference 0.01 USD | it must be the same to the cent"});
    CHECK(problems_of_foreign("5.00", ",,,,\"1,004.99\"") ==
          Lines{"2 total: the file says 1,004.99 USD, the amount is 5.00 USD, "
                "difference 999.99 USD | it must be the same to the cent"});
    CHECK(problems_of_foreign("5.00", ",,,,4.99") ==
          Lines{"2 total: the file says 4.99 USD, the amount is 5.00 USD, "
                "difference -0.01 USD | it must be the same to the cent"});
    CHECK(problems_of_foreign("5.00", ",,,,5k") ==
          Lines{"2 total: '5k' is not one clear number | write 5,000, or 5 if that is meant"});
}

TEST_CASE("The sums of a total row must be those of the rows", "[DOMAIN 6.17]") {
    CHECK(problems_of_sums("15.05", "").empty());
    CHECK(problems_of_sums("", "15.05").empty());
    CHECK(problems_of_sums("15.05", "15.05").empty());
    CHECK(problems_of_sums("15.06", "1500.00") ==
          Lines{"4 amount: the file says 15.06 USD, its rows add up to 15.05 USD, "
                "difference 0.01 USD | is a row missing, or there twice?",
                "4 total: the file says 1,500.00 USD, its rows add up to 15.05 USD, "
                "difference 1,484.95 USD | is a row missing, or there twice?"});
    CHECK(problems_of_sums("15.04", "").size() == 1);
    CHECK(problems_of_sums("15k", "") ==
          Lines{"4 amount: '15k' is not one clear number | write 15,000, or 15 if that is meant"});
    CHECK(problems_of_sums("", "") ==
          Lines{"4: the total row holds no sum | fill in amount or total, or take the row out"});
}

TEST_CASE("The total row is no expense and is known in any case of letters") {
    const std::string word = GENERATE("total", "Total", "TOTAL", " tOtAl ", "\"total\"");
    const auto file = read_file(head + "2017-03-20,travel,10.00,Taxi,\n" + word + ",,10.00,all,\n");
    CHECK(file.problems.empty());
    CHECK(file.rows.size() == 1);
    CHECK(file.count == 1);
}

TEST_CASE("Nothing stands after the total row but empty lines") {
    const std::string rows = head + "2017-03-20,travel,10.00,Taxi,\ntotal,,10.00,,\n";
    CHECK(problems_of(rows + "\n,,,,\n").empty());
    CHECK(problems_of(rows + "2017-03-21,travel,5.05,Bus,\n2017-03-22,travel,5.05,Bus,\n") ==
          Lines{"4: a row stands after the total | the row with the sums is the last one"});
}

TEST_CASE("A total row without rows is a file without expenses") {
    CHECK(problems_of(head + "total,,0.00,,\n") ==
          Lines{"2: a.csv has a header and no expenses | one row for each expense"});
}

TEST_CASE("Amounts have a sum when they are of one currency, their totals always") {
    const std::string euros =
        foreign_head + "2017-03-20,travel,100.00,Taxi,EUR,1.0725,2017-03-17,ECB,\n" +
        "2017-03-20,travel,10.00,Taxi,EUR,1.0825,2017-03-20,ECB,\n";  // 107.25 + 10.82
    CHECK(problems_of(euros + "total,,110.00,,,,,,118.07\n").empty());
    CHECK(problems_of(euros + "total,,110.00,,EUR,,,,118.07\n").empty());
    CHECK(problems_of(euros + "total,,110.01,,,,,,118.08\n") ==
          Lines{"4 amount: the file says 110.01 EUR, its rows add up to 110.00 EUR, "
                "difference 0.01 EUR | is a row missing, or there twice?",
                "4 total: the file says 118.08 USD, its rows add up to 118.07 USD, "
                "difference 0.01 USD | is a row missing, or there twice?"});
    CHECK(problems_of(euros + "total,,118.07,,USD,,,,\n") ==
          Lines{"4 currency: the sum is in USD, the rows are in EUR"});

    const std::string mixed = euros + "2017-03-20,travel,5.00,Taxi,,,,,\n";
    CHECK(problems_of(mixed + "total,,,,,,,,123.07\n").empty());
    CHECK(problems_of(mixed + "total,,115.00,,,,,,123.06\n") ==
          Lines{"5 amount: the rows are of several currencies, so their amounts have no sum | "
                "leave it empty and give the sum in the column total",
                "5 total: the file says 123.06 USD, its rows add up to 123.07 USD, "
                "difference -0.01 USD | is a row missing, or there twice?"});
}

TEST_CASE("Sums are not judged where an amount could not be read") {
    CHECK(problems_of(head + "2017-03-20,travel,10k,Taxi,\ntotal,,10000.00,,\n").size() == 1);
    CHECK(problems_of(head + "2017-03-20,travel\ntotal,,10000.00,,\n").size() == 1);
    // A row with another problem still counts.
    CHECK(problems_of(head + "2017-03-20,travel,10.00,,\ntotal,,10.01,,\n").size() == 2);
}

TEST_CASE("A sum that would overflow is a problem of the row at which it does") {
    const std::string most = "2017-03-20,travel,92233720368547758.07,Taxi,\n";
    CHECK(problems_of(head + most + "2017-03-20,travel,0.01,Taxi,\ntotal,,1.00,,\n") ==
          Lines{"3 amount: with this row the sum is too large | "
                "look for an amount with too many digits"});
    CHECK(problems_of(head + most + "total,,-92233720368547758.07,,\n") ==
          Lines{"3 amount: the file says -92,233,720,368,547,758.07 USD, its rows add up to "
                "92,233,720,368,547,758.07 USD, difference too large to count | "
                "is a row missing, or there twice?"});
}
