#include "ledger/projection.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"

namespace purser::test {
namespace {

const Currency usd = Currency::parse("USD");

Money money(const std::string& text) { return Money::parse(text, usd); }
Rest rest(const char* from, const char* until) { return {parse_date(from), parse_date(until)}; }
Setting state(const char* value, const char* on, std::int64_t seq) {
    return {"state", value, parse_date(on), seq};
}

Known known(const std::string& free, const std::string& committed, const std::string& window,
            const std::string& planned = "0") {
    Amounts now = Amounts::zero(usd);
    now.free = money(free);
    now.committed = money(committed);
    return {"travel", now, money(window), money(planned)};
}

std::string window_text(const Review& review, const char* as_of, std::int64_t months,
                        const std::vector<Setting>& states) {
    std::string text;
    for (const WindowMonth& one : window(review, parse_date(as_of), months, states)) {
        text += (text.empty() ? "" : " ") + one.month.text() + (one.counts ? "" : "-");
    }
    return text;
}

Review review_closed(const std::string& through) {
    Review review(ReviewKey::parse("SSR2"));
    review.apply({"start", "2017-03-02", parse_date("2017-03-01"), 1});
    if (!through.empty()) {
        review.apply({"closed-through", through, parse_date(through), 2});
    }
    return review;
}

}  // namespace

TEST_CASE("The rest is counted in months to the day, each day a part of its own month") {
    struct Row {
        const char *from, *until;
        std::int64_t parts;
        std::string text;
    };
    const std::int64_t month = parts_per_month;
    const auto row = GENERATE_COPY(values<Row>({
        {"2017-04-01", "2017-03-31", 0, "no time"},
        {"2017-03-15", "2017-03-10", 0, "no time"},
        {"2017-04-01", "2017-04-30", month, "1 month"},
        {"2017-04-01", "2018-03-31", 12 * month, "12 months"},
        {"2017-04-30", "2017-04-30", month / 30, "1 of 30 days"},
        {"2017-04-01", "2018-03-01", 11 * month + month / 31, "11 months and 1 of 31 days"},
        {"2016-02-15", "2016-03-10", 15 * (month / 29) + 10 * (month / 31),
         "15 of 29 days and 10 of 31 days"},
        {"2017-02-15", "2017-04-10", 14 * (month / 28) + month + 10 * (month / 30),
         "1 month, 14 of 28 days and 10 of 30 days"},
    }));
    CAPTURE(row.from, row.until);
    CHECK(month_parts(rest(row.from, row.until)) == row.parts);
    CHECK(months_text(rest(row.from, row.until)) == row.text);
}

TEST_CASE("A month counts where the review ran on one of its days") {
    const std::vector<Setting> states{
        state("running", "2017-03-01", 1), state("paused", "2017-10-27", 5),
        state("running", "2018-06-15", 9), state("finished", "2018-08-01", 12)};
    const auto row = GENERATE(table<std::string, bool>({{"2017-02", true},
                                                        {"2017-10", true},
                                                        {"2017-11", false},
                                                        {"2018-05", false},
                                                        {"2018-06", true},
                                                        {"2018-07", true},
                                                        {"2018-08", false}}));
    CAPTURE(std::get<0>(row));
    CHECK(ran_in(Month::parse(std::get<0>(row)), states) == std::get<1>(row));
    CHECK(state_on(parse_date("2017-10-26"), states) == ReviewState::running);
    CHECK(state_on(parse_date("2017-10-27"), states) == ReviewState::paused);
    CHECK(state_on(parse_date("2018-08-01"), states) == ReviewState::finished);
    CHECK(state_on(parse_date("2017-10-27"), {}) == ReviewState::running);
}

TEST_CASE("The window is of the last closed months, the paused ones left out") {
    const std::vector<Setting> paused{state("paused", "2017-05-01", 5),
                                      state("running", "2017-07-01", 9)};
    CHECK(window_text(review_closed(""), "2017-12-31", 3, {}).empty());
    CHECK(window_text(review_closed("2017-03-31"), "2017-12-31", 3, {}) == "2017-03");
    CHECK(window_text(review_closed("2017-09-30"), "2017-12-31", 3, {}) ==
          "2017-07 2017-08 2017-09");
    CHECK(window_text(review_closed("2017-09-30"), "2017-08-31", 2, {}) == "2017-07 2017-08");
    CHECK(window_text(review_closed("2017-09-30"), "2017-08-30", 2, {}) == "2017-06 2017-07");
    CHECK(window_text(review_closed("2017-09-30"), "2017-03-30", 2, {}).empty());
    CHECK(window_text(review_closed("2017-08-31"), "2017-12-31", 3, paused) ==
          "2017-04 2017-05- 2017-06- 2017-07 2017-08");
    CHECK(window_text(review_closed("2017-06-30"), "2017-12-31", 9, paused) ==
          "2017-03 2017-04 2017-05- 2017-06-");
}

TEST_CASE("The run rate spends what is committed first, and plans only what is beyond") {
    struct Row {
        const char *committed, *window;
        std::int64_t months;
        const char *from, *until, *plan;
    };
    const auto row = GENERATE(values<Row>({
        {"0", "0", 3, "2017-04-01", "2017-12-31", "0.00"},
        {"0", "300", 3, "2017-04-01", "2017-12-31", "900.00"},
        {"899.99", "300", 3, "2017-04-01", "2017-12-31", "0.01"},
        {"900", "300", 3, "2017-04-01", "2017-12-31", "0.00"},
        {"95000", "300", 3, "2017-04-01", "2017-12-31", "0.00"},
        {"0", "300", 3, "2018-01-01", "2017-12-31", "0.00"},
        {"0", "100", 3, "2017-04-01", "2017-04-30", "33.33"},
        {"0", "0.10", 4, "2017-04-01", "2017-04-30", "0.02"},  // 0.025, half to even
        {"0", "0.30", 4, "2017-04-01", "2017-04-30", "0.08"},  // 0.075
        {"0", "-50", 1, "2017-04-01", "2017-04-30", "0.00"},   // refunds plan no refunds
    }));
    CAPTURE(row.committed, row.window, row.months, row.until);
    const Estimate of =
        by_run_rate(known("0", row.committed, row.window), row.months, rest(row.from, row.until));
    CHECK(of.plan.text() == row.plan);
    CHECK(of.at_completion() == of.spent + of.committed + of.requested + of.plan);
}

TEST_CASE("The schedule plans what is to come and nothing else") {
    const Estimate of = by_schedule(known("0", "95000", "300", "60000"));
    CHECK(of.plan == money("60000"));
    CHECK(of.to_come() == money("155000"));
}

TEST_CASE("Free money ends in the month in which the plan passes it") {
    const Rest year = rest("2017-04-01", "2018-03-31");
    const auto end = [&](const std::string& free, const std::string& committed) {
        return to_text(run_rate_end({known(free, committed, "300")}, 3, year));
    };
    CHECK(end("100.00", "0") == "2017-05");
    CHECK(end("99.99", "0") == "2017-04");
    CHECK(end("100.00", "250") == "2017-07");
    CHECK(end("1199.99", "0") == "2018-03");
    CHECK(end("1200.00", "0") == "lasts");
    CHECK(end("0", "0") == "used up");
    CHECK(end("-5", "0") == "used up");
    CHECK(to_text(run_rate_end({}, 3, year)) == "lasts");
    const auto scheduled = [&](const std::string& free) {
        return to_text(scheduled_end(money(free), {{parse_date("2017-09-10"), money("60")},
                                                   {parse_date("2017-05-13"), money("40")}}));
    };
    CHECK(scheduled("100") == "lasts");
    CHECK(scheduled("99.99") == "2017-09");
    CHECK(scheduled("39.99") == "2017-05");
    CHECK(scheduled("0") == "used up");
}

TEST_CASE("A cushion is a part of what is still to come, or an amount") {
    struct Row {
        const char *text, *to_come, *cushion, *said;
    };
    const auto row = GENERATE(values<Row>({
        {"", "1000", "0.00", "0.00 USD"},
        {"10%", "1000", "100.00", "10 % of what is still to come"},
        {"7.5%", "0.20", "0.02", "7.5 % of what is still to come"},  // 0.015
        {"100%", "1000", "1000.00", "100 % of what is still to come"},
        {"10%", "-1000", "0.00", "10 % of what is still to come"},
        {"15,000", "1000", "15000.00", "15,000.00 USD"},
    }));
    CAPTURE(row.text, row.to_come);
    const Cushion cushion = Cushion::parse(row.text, usd);
    CHECK(cushion.of(money(row.to_come)).text() == row.cushion);
    CHECK(cushion.text() == row.said);
    CHECK(cushion.is_none() == (std::string(row.text).empty()));
    CHECK_THROWS_AS(Cushion::parse("100.1%", usd), BadInput);
    CHECK_THROWS_AS(Cushion::parse("-1%", usd), BadInput);
    CHECK_THROWS_AS(Cushion::parse("-1", usd), BadInput);
    CHECK_THROWS_AS(Cushion::parse("%", usd), BadInput);
}

}  // namespace purser::test
