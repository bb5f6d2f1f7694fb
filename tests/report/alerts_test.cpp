#include <catch2/catch.hpp>

#include "shown.hpp"
#include "world.hpp"

namespace purser::test {
namespace {

using Lines = std::vector<std::string>;

// "free: what > how", one a line.
Lines found(World& world) {
    Lines lines;
    for (const auto& one : report::alerts(world.book, world.key, parse_date(world.today),
                                          report::Audience::finance)) {
        lines.push_back(one.kind + ": " + one.what.text() + " > " + one.settle);
    }
    return lines;
}

// A world in which only one threshold is on.
struct Watching : World {
    explicit Watching(const std::string& kind, const std::string& value = {}) {
        for (const char* other : {"free", "stale", "approval", "agreement", "request", "held",
                                  "sheet", "close", "expiry"}) {
            if (kind != other) set("alert." + std::string(other), "off");
        }
        if (!value.empty()) set("alert." + kind, value);
    }
};

}  // namespace

TEST_CASE("Little free money alerts from the threshold on, and says how much more it takes") {
    Watching world("free");
    CHECK(found(world).empty());  // nothing is approved
    world.grant("services", "1000", "2017-03-15");
    world.grant("travel", "1000", "2017-03-15");
    world.open("travel", "900", "2017-05-15", "2017-03-15");
    CHECK(found(world).empty());  // 10 % of Travel is free
    world.open("travel", "0.01", "2017-05-15", "2017-03-15");
    CHECK(found(world) ==
          Lines{"free: 99.99 USD of Travel is free, of 1,000.00 approved, 10 %; the threshold is "
                "10 % > purser budget move SSR2 --from services --to travel --amount 1.00 --why "
                "\"Little of travel is free\" --as olga"});
    world.open("services", "950", "2017-05-15", "2017-03-15");
    CHECK(found(world) ==
          Lines{"free: 149.99 USD of the envelope is free, of 2,000.00 approved, 7 %; the "
                "threshold is 10 % > purser request submit SSR2 --category services --amount "
                "56.00 --why \"Little of the envelope is free\" --as carl"});
    world.set("alert.free", "off");
    CHECK(found(world).empty());
}

TEST_CASE("What is free by a lowering below use is alerted, and its remedy is enough") {
    Watching world("free", "20%");
    world.grant("travel", "1000", "2017-03-15");
    world.open("travel", "900", "2017-05-15", "2017-03-15");
    world.lower("travel", "200", "2017-03-16");
    CHECK(found(world).front().find("-100.00 USD of the envelope is free, of 800.00 approved") ==
          6);
    world.grant("travel", "325", "2017-03-17");  // 225 of 1,125 is free, 20 %
    CHECK(found(world).empty());
}

TEST_CASE("A commitment is stale so many days after it was expected, not before") {
    Watching world("stale");
    world.fill();
    world.today = "2017-05-28";
    CHECK(found(world).empty());
    world.today = "2017-05-29";
    CHECK(found(world) ==
          Lines{"stale: SSR2-C1, two meetings, was expected on 2017-05-15, 14 days ago; 95,000.00 "
                "USD is still committed > purser commitment close SSR2-C1 --as olga"});
    world.submit("travel", "500", "2017-05-29", "SSR2-C1");
    CHECK(found(world).front().find("> purser expense list SSR2 --state submitted") !=
          std::string::npos);
    // In a later year its money waits for the year's close.
    world.today = "2017-07-01";
    CHECK(found(world).front().find("> purser year close SSR2 FY17 --as olga") !=
          std::string::npos);
    world.today = "2017-05-29";
    world.set("alert.stale", "15");
    CHECK(found(world).empty());
}

TEST_CASE("What waits for approval names somebody who may approve it") {
    Watching world("approval");
    world.fill();
    world.submit("travel", "500", "2017-03-20");
    world.open("travel", "60000", "2017-06-20", "2017-03-31", true);
    world.today = "2017-04-06";
    CHECK(found(world).empty());
    world.today = "2017-04-07";
    CHECK(found(world) ==
          Lines{"approval: SSR2-C2, two meetings, waits for its confirmation since 2017-03-31, 7 "
                "days; 60,000.00 USD is requested > purser commitment confirm SSR2-C2 --as carl",
                "approval: SSR2-E1 of 500.00 USD waits for approval, 7 days after it was recorded "
                "> purser expense approve SSR2-E1 --as carl"});
    // The only chair is paid by it: nobody may, and none is named.
    world.submit("travel", "500", "2017-04-07", {}, "carl");
    world.set("alert.approval", "0");
    CHECK(found(world).back().find("approve SSR2-E2") != std::string::npos);
    CHECK(found(world).back().find("--as") == std::string::npos);
}

TEST_CASE("A request and what is held for it alert until the money is there") {
    Watching world("request");
    world.set("alert.held", "14");
    world.fill();
    const Receipt asked = world.book.submit_request(world.by("carl"), world.key,
                                                    {"travel", world.money("40000"), "more", {}});
    OpenCommitment wide{"travel",
                        world.money("500000"),
                        "a long meeting",
                        CommitmentKind::meeting,
                        parse_date("2017-06-01"),
                        false,
                        {},
                        DocumentId::parse(asked.id)};
    world.book.open_commitment(world.by("olga"), world.key, wide);
    CHECK(found(world).empty());
    world.today = "2017-04-14";
    CHECK(found(world) ==
          Lines{"request: SSR2-R1 asks the Board for 40,000.00 USD since 2017-03-31, 14 days > "
                "purser request show SSR2-R1",
                "held: SSR2-C2, 500,000.00 USD, is held for SSR2-R1 since 2017-03-31, 14 days > "
                "purser request show SSR2-R1"});
    world.book.add_user(world.by("olga"), {"bea", {{Role::board, {}}}});
    world.book.refuse_request(world.by("bea"), DocumentId::parse(asked.id), {"no", {}});
    CHECK(found(world) ==
          Lines{"held: SSR2-C2, 500,000.00 USD, is held for SSR2-R1, which is refused since "
                "2017-03-31, 14 days > purser request submit SSR2 --category travel --amount "
                "500000.00 --why \"SSR2-C2 is held\" --as carl"});
}

TEST_CASE("A month that is over and not closed alerts, with the close that settles all of them") {
    Watching world("close");
    world.today = "2017-04-14";
    CHECK(found(world).empty());
    world.today = "2017-04-15";
    CHECK(found(world) ==
          Lines{"close: 2017-03 is not closed, 15 days after 2017-03-31 > purser period close SSR2 "
                "2017-03 --as olga"});
    world.today = "2017-06-20";
    CHECK(found(world) ==
          Lines{"close: 2017-03 and 2 later months are not closed, 81 days after 2017-03-31 > "
                "purser period close SSR2 2017-05 --as olga"});
    world.close("2017-05");
    CHECK(found(world).empty());
    world.book.change_state(world.by("olga"), world.key, ReviewState::finished, "done", {});
    world.today = "2018-06-20";  // months after its end need no close
    CHECK(found(world).size() == 1);
    world.close("2017-06");
    CHECK(found(world).empty());
}

TEST_CASE("A sheet that is due alerts with its next step, and by how much it is late") {
    Watching world("sheet");
    world.fill();
    world.today = "2017-04-25";
    CHECK(found(world).empty());
    world.today = "2017-04-27";
    CHECK(found(world) == Lines{"sheet: the fact sheet of 2017-03-31 is due in 13 days: to be "
                                "posted by 2017-05-10 > purser period close SSR2 2017-03 --as "
                                "olga"});
    world.close("2017-03");
    world.today = "2017-05-12";
    CHECK(found(world) == Lines{"sheet: the fact sheet of 2017-03-31 is 2 days late: to be posted "
                                "by 2017-05-10 > purser factsheet issue SSR2 --as-of 2017-03-31 "
                                "--as olga"});
}

TEST_CASE("A grant that ends soon alerts while some of it is not used") {
    Watching world("expiry");
    BudgetChange change{"travel", world.money("1000"),      "until May",
                        {},       parse_date("2017-03-15"), parse_date("2017-05-01")};
    world.book.grant(world.by("olga"), world.key, change);
    CHECK(found(world).empty());
    world.today = "2017-04-01";
    CHECK(found(world).size() == 1);
    world.open("travel", "400", "2017-05-15", "2017-04-01");
    CHECK(found(world).front().find("the grant SSR2#") == 8);
    CHECK(found(world).front().find("of 1,000.00 USD ends on 2017-05-01, in 30 days; 600.00 of it "
                                    "is not used > purser request submit SSR2 --category travel "
                                    "--amount 600.00") != std::string::npos);
    world.open("travel", "600", "2017-05-15", "2017-04-01");
    CHECK(found(world).empty());
}

TEST_CASE("The alerts of several reviews stand in one document, which may be empty") {
    const auto document = report::alerts({{"SSR2", "free", "little", "purser status SSR2"}},
                                         parse_date("2017-03-31"), report::Audience::finance);
    CHECK(rows_shown(table(document, "alerts")) ==
          Lines{"SSR2 | free | little | purser status SSR2"});
    CHECK(field(document.body, "count") == "1");
    CHECK(report::alerts({}, parse_date("2017-03-31"), report::Audience::finance)
              .body.tables[0]
              .empty_text == "Nothing to settle.");
}

}  // namespace purser::test
