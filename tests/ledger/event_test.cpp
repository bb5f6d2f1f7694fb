#include "ledger/event.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

Money usd(std::int64_t cents) { return Money::of_minor(cents, Currency::parse("USD")); }

Entry plain_entry() {
    return {Act::expense_submit, "SSR2-E1", parse_date("2017-06-10"), {}, "air fare", {}, {}, {}};
}

Event event_of(const Entry& entry) {
    return {entry, ReviewKey::parse("SSR2"), 12, parse_instant("2017-06-11T09:30:00.007Z"), "olga"};
}

// What another program makes of it: keys sorted, no spaces, UTF-8 as it is.
std::string again(const std::string& json) {
    return nlohmann::json::parse(json).dump(-1, ' ', false);
}

// The same entry, built by the other program.
nlohmann::json rebuilt(const Entry& entry) {
    nlohmann::json json = nlohmann::json::object();
    entry.body.each(
        [&](std::string_view key, const auto& value) { json[std::string(key)] = value; });
    for (const auto& transfer : entry.transfers) {
        json["transfers"].push_back({{"amount", transfer.amount.text()},
                                     {"from", transfer.from.text()},
                                     {"to", transfer.to.text()}});
    }
    for (const auto& warning : entry.warnings) {
        json["warnings"].push_back({{"message", warning.message}, {"rule", warning.rule}});
    }
    return json;
}

}  // namespace

TEST_CASE("An empty body is an empty object") { CHECK(canonical_body(plain_entry()) == "{}"); }

TEST_CASE("Texts are escaped as JSON asks and no further") {
    struct Row {
        std::string text, json;
    };
    const auto row = GENERATE(values<Row>({
        {"air fare", R"("air fare")"},
        {R"(a "b" c)", R"("a \"b\" c")"},
        {R"(a\b)", R"("a\\b")"},
        {"a\nb\tc", R"("a\nb\tc")"},
        {"a/b", R"("a/b")"},
        {"Žarko Kecić €", R"("Žarko Kecić €")"},
        {"\xF0\x9F\x9A\x82", "\"\xF0\x9F\x9A\x82\""},
        {"\x01", R"("\u0001")"},
        {"\x1F", R"("\u001f")"},
        {"=1+1", R"("=1+1")"},
    }));
    CAPTURE(row.text);
    Entry entry = plain_entry();
    entry.body.set("t", row.text);
    CHECK(canonical_body(entry) == R"({"t":)" + row.json + "}");
    CHECK(again(canonical_body(entry)) == canonical_body(entry));
}

TEST_CASE("Transfers and warnings stand in their sorted places among the members") {
    const auto keys = GENERATE(values<std::vector<std::string>>({
        {},
        {"amount"},
        {"transferred", "transfers_"},
        {"vat"},
        {"warning", "warnings_"},
        {"zone"},
        {"amount", "transfer", "transferred", "u", "warning", "warningz", "z"},
    }));
    const auto which = GENERATE(range(0, 4));
    Entry entry = plain_entry();
    for (const auto& key : keys) entry.body.set(key, "x");
    const Account free{"travel", FiscalYear(2017), Bucket::free};
    const Account spent{"travel", FiscalYear(2017), Bucket::spent};
    if ((which & 1) != 0) entry.transfers = {{free, spent, usd(100)}, {spent, free, usd(1)}};
    if ((which & 2) != 0) entry.warnings = {{"over_category", "a\nb"}, {"over_envelope", "c"}};
    const std::string body = canonical_body(entry);
    CAPTURE(body);
    CHECK(body == rebuilt(entry).dump(-1, ' ', false));
}

TEST_CASE("A transfer reads as amount, from, to") {
    Entry entry = plain_entry();
    entry.transfers = {{{"travel", {}, Bucket::unallotted},
                        {"travel", FiscalYear(2017), Bucket::free},
                        usd(123450)}};
    CHECK(canonical_body(entry) ==
          R"({"transfers":[{"amount":"1234.50","from":"travel:unallotted",)"
          R"("to":"travel:FY17:free"}]})");
}

TEST_CASE("Any body is what another program would write") {
    CHECK(rc::check([] {
        const auto key = rc::gen::nonEmpty(
            rc::gen::container<std::string>(rc::gen::elementOf(std::string("abrstw_"))));
        const auto letters = rc::gen::elementOf(std::vector<std::string>{
            "a", "\"", "\\", "\n", "\t", "/", "é", "€", "\xF0\x9F\x9A\x82", "{", "\x02"});
        const auto text = rc::gen::map(rc::gen::container<std::vector<std::string>>(letters),
                                       [](const auto& parts) {
                                           std::string joined;
                                           for (const auto& part : parts) joined += part;
                                           return joined;
                                       });
        Entry entry = plain_entry();
        for (const auto& [name, value] :
             *rc::gen::container<std::map<std::string, std::string>>(key, text)) {
            entry.body.set(name, value);
        }
        entry.body.set_number("number", *rc::gen::arbitrary<std::int64_t>());
        entry.body.set_list("list", *rc::gen::container<std::vector<std::string>>(text));
        if (*rc::gen::arbitrary<bool>()) {
            entry.transfers = {{{"travel", {}, Bucket::authority},
                                {"travel", {}, Bucket::unallotted},
                                usd(*rc::gen::inRange<std::int64_t>(1, 1'000'000))}};
        }
        if (*rc::gen::arbitrary<bool>()) entry.warnings = {{"over_category", *text}};
        RC_ASSERT(canonical_body(entry) == rebuilt(entry).dump(-1, ' ', false));
    }));
}

TEST_CASE("A line of the log holds all columns but the hash, sorted") {
    Entry entry = plain_entry();
    entry.reason = "a \"b\"";
    entry.body.set("amount", usd(5));
    CHECK(canonical_line(log_columns(event_of(entry))) ==
          R"({"actor":"olga","body":{"amount":"0.05"},"document_on":null,)"
          R"("kind":"expense.submit","posted_on":"2017-06-10","reason":"a \"b\"",)"
          R"("recorded_at":"2017-06-11T09:30:00.007Z","review":"SSR2","seq":12,)"
          R"("subject":"SSR2-E1"})");
    entry.document_on = parse_date("2017-05-31");
    const std::string line = canonical_line(log_columns(event_of(entry)));
    CHECK(line.find(R"("document_on":"2017-05-31")") != std::string::npos);
    CHECK(again(line) == line);
}

TEST_CASE("An event is known by its document, or by its number") {
    CHECK(event_of(plain_entry()).id() == "SSR2-E1");
    Entry grant = plain_entry();
    grant.subject.clear();
    CHECK(event_of(grant).id() == "SSR2#12");
    for (const Act act : {Act::period_close, Act::year_close}) {
        Entry close = plain_entry();
        close.act = act;
        close.subject = "FY17";
        CHECK(event_of(close).id() == "SSR2#12");
    }
}

TEST_CASE("Every line of a history is what another program would write") {
    World world(with({{"year-end.free", "lapse"}}));
    world.grant("travel", "1000.00", "FY17", "2017-03-01");
    const auto against = world.open("travel", "100.00", "2017-06-30");
    world.submit("travel", "950.00", against);
    world.settle("experts", "10.00");
    world.today = parse_date("2017-07-10");
    world.close_month("2017-06");
    for (const auto& event : world.log()) {
        const std::string line = canonical_line(log_columns(event));
        CHECK(again(line) == line);
    }
}

TEST_CASE("The names of acts are read back; a name of the future is told apart") {
    for (int i = 0; i <= static_cast<int>(Act::year_close); ++i) {
        const Act act = static_cast<Act>(i);
        CAPTURE(name(act));
        CHECK(parse_act(name(act)) == act);
    }
    CHECK(name(Act::book_init) == "book.init");
    CHECK(name(Act::commitment_close) == "commitment.close");
    CHECK(name(Act::expense_settle) == "expense.settle");
    CHECK(name(Act::year_close) == "year.close");
    CHECK_THROWS_AS(parse_act("expense.forget"), Broken);
    CHECK_THROWS_AS(parse_act(""), Broken);
}

TEST_CASE("An account is read back from its text") {
    struct Row {
        std::string text;
        Account account;
    };
    const auto row = GENERATE(values<Row>({
        {"travel:unallotted", {"travel", {}, Bucket::unallotted}},
        {"travel:authority", {"travel", {}, Bucket::authority}},
        {"travel:outside", {"travel", {}, Bucket::outside}},
        {"travel:FY17:free", {"travel", FiscalYear(2017), Bucket::free}},
        {"a.b-c_d:FY1999:requested", {"a.b-c_d", FiscalYear(1999), Bucket::requested}},
        {"travel:FY17:committed", {"travel", FiscalYear(2017), Bucket::committed}},
        {"travel:FY17:spent", {"travel", FiscalYear(2017), Bucket::spent}},
    }));
    CHECK(row.account.text() == row.text);
    CHECK(Account::parse(row.text) == row.account);
    CHECK(has_year(row.account.bucket) == row.account.year.has_value());
}

TEST_CASE("What is no account is broken, not guessed") {
    const auto text = GENERATE(as<std::string>{}, "", "travel", "travel:", "travel:Free");
    CHECK_THROWS_AS(Account::parse(text), Broken);
}
