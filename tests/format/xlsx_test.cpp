#include "format/xlsx.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <thread>

#include "format/archive.hpp"
#include "samples.hpp"
#include "values/error.hpp"

namespace purser::format::test {
namespace {

namespace fs = std::filesystem;

// A folder of the test's own, which is also the one for temporary files.
class Place {
public:
    Place() {
        std::string pattern = (fs::temp_directory_path() / "workbooks-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
        fs::create_directory(temporary());
        const char* before = std::getenv("TMPDIR");
        before_ = before == nullptr ? "" : before;
        setenv("TMPDIR", temporary().c_str(), 1);
    }
    ~Place() {
        before_.empty() ? unsetenv("TMPDIR") : setenv("TMPDIR", before_.c_str(), 1);
        fs::remove_all(path_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    fs::path temporary() const { return path_ / "temporary"; }
    fs::path file(const std::string& name) const { return path_ / name; }

    fs::path put(const std::string& name, const std::string& bytes) const {
        std::ofstream(file(name), std::ios::binary) << bytes;
        return file(name);
    }

    // What a command prints.
    std::string answer(const std::string& command) const {
        const fs::path output = file("answer");
        const int status = std::system((command + " >" + output.string() + " 2>&1").c_str());
        std::ifstream in(output);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        CAPTURE(text);
        CHECK(status == 0);
        return text;
    }

    // Each cell that has a value, as openpyxl reads it: "Sheet!A1 s text".
    std::string cells(const fs::path& workbook) const {
        const fs::path script = put("cells.py", R"(
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                print(f"{sheet.title}!{cell.coordinate} {cell.data_type} {cell.value!r} {cell.number_format}")
)");
        return answer("/usr/bin/python3 -B " + script.string() + ' ' + workbook.string());
    }

    std::string judged(const Document& document, const std::string& workbook) const {
        const fs::path xlsx = put("sheet.xlsx", workbook);
        const fs::path json = put("sheet.json", written(document, Format::json));
        return answer("/usr/bin/python3 -B " PURSER_SOURCE "/tests/workbook/check.py " +
                      xlsx.string() + ' ' + json.string());
    }

private:
    fs::path path_;
    std::string before_;
};

std::string workbook_of(const Document& document, std::uint32_t rows = rows_of_a_sheet) {
    std::ostringstream out;
    write_xlsx(document, out, rows);
    return out.str();
}

TEST_CASE("LibreOffice recalculates each formula to the ledger's figure, and so does the check") {
    const Place place;
    CHECK(contains(place.judged(usual_sheet(), workbook_of(usual_sheet())), "0 differences"));
    CHECK(contains(place.judged(empty_sheet(), workbook_of(empty_sheet())), "0 differences"));
}

TEST_CASE("A register that is longer than a sheet goes on on the next one") {
    Sheet sheet{.rows = {{"services", {"100.00", "0.00", "0.00", "100.00"}},
                         {"travel", {"900.00", "70.70", "0.00", "829.30"}}},
                .total = {"1000.00", "70.70", "0.00", "929.30"},
                .register_rows = {}};
    for (int i = 0; i < 101; ++i) sheet.register_rows.emplace_back("travel", "0.70");
    Document document = fact_sheet(sheet);
    Table& entries = document.body.sections[0].tables[1];
    entries.total = Row{Value{std::string("Total")}, Value{}, Value{}, money("70.70")};
    const Place place;
    const std::string bytes = workbook_of(document, 40);
    CHECK(contains(place.judged(document, bytes), "0 differences"));
    const std::string cells = place.cells(place.file("sheet.xlsx"));
    CHECK(contains(cells, "Register!D39 n 0.7 "));
    CHECK_FALSE(contains(cells, "Register!D40 "));
    CHECK(contains(cells, "Register 2!A1 s 'Why' "));
    CHECK(contains(cells,
                   "Register 3!D27 f \"=ROUND(SUM('Register'!$D$2:$D$39,"
                   "'Register 2'!$D$2:$D$39,D2:D26),2)\" "));
}

TEST_CASE("A check that does not hold says so") {
    Document document = usual_sheet();
    SECTION("the ledger has another figure") {
        document.body.sections[0].checks[0].ledger = usd("1234.49");
    }
    SECTION("the entries have another sum") {
        document.body.sections[0].checks[1].where[0].text = "services";
    }
    SECTION("there is no such row") { document.body.sections[0].checks[0].row = "meals"; }
    SECTION("there is no such table to add up") {
        document.body.sections[0].checks[0].sum_table = "entries";
    }
    const Place place;
    const std::string script =
        "/usr/bin/python3 -B -c 'import sys, openpyxl\n"
        "book = openpyxl.load_workbook(sys.argv[1], data_only=True)\n"
        "print(book.worksheets[0][\"B3\"].value)' ";
    const fs::path xlsx = place.put("sheet.xlsx", workbook_of(document));
    CHECK(place.answer(script + xlsx.string()) == "DIFFERS FROM THE LEDGER\n");
}

TEST_CASE("Cells are typed and no text is a formula", "[DOMAIN 6.13]") {
    Document document = document_of_texts(hostile_texts);
    document.body.fields = {{"", "Start", Value{parse_date("2017-03-14")}, Type::date},
                            {"", "Long ago", Value{parse_date("1899-12-31")}, Type::date},
                            {"", "Months", Value{std::int64_t{12}}, Type::count},
                            {"", "=Label", Value{std::string("=1")}}};
    const Place place;
    const std::string cells = place.cells(place.put("sheet.xlsx", workbook_of(document)));
    CHECK_FALSE(contains(cells, " f "));
    CHECK(contains(cells, " s '=HYPERLINK(\"http://x\",\"hotel\")' "));
    CHECK(contains(cells, " s '<script>alert(1)</script>' "));
    CHECK(contains(cells, " s '=Label' "));
    CHECK(contains(cells, " s 'two\\nlines' "));
    CHECK(contains(cells, " d datetime.datetime(2017, 3, 14, 0, 0) "));
    CHECK(contains(cells, " s '31-Dec-1899' "));
    CHECK(contains(cells, " n 12 #,##0"));
}

TEST_CASE("What rounds to zero shows a dash and keeps its cents") {
    const Place place;
    const std::string cells = place.cells(place.put("sheet.xlsx", workbook_of(usual_sheet())));
    CHECK(contains(cells, "!C9 n 351250.4 \"$ \"#,##0_);\"$ \"(#,##0);\"$ -\"_)\n"));
    CHECK(contains(cells, "!D9 n -0.4 \"$ -\"_);\"$ -\"_);\"$ -\"_)\n"));
    CHECK(contains(cells, "!E9 f '=ROUND(B9-C9-D9,2)' "));
    CHECK(contains(cells, "!E10 f '=ROUND(SUM(E8:E9),2)' "));
}

TEST_CASE("A formula that would not give the ledger's figure is left out") {
    const Document document = fact_sheet({
        .rows = {{"services", {"10.00", "1.00", "1.00", "7.99"}}},
        .total = {"10.01", "1.00", "1.00", "7.99"},
        .register_rows = {{"services", "1.00"}},
    });
    const Place place;
    const std::string cells = place.cells(place.put("sheet.xlsx", workbook_of(document)));
    CHECK(contains(cells, "!E8 n 7.99 "));
    CHECK(contains(cells, "!B9 n 10.01 "));
    CHECK(contains(cells, "!C9 f '=ROUND(SUM(C8:C8),2)' "));
}

TEST_CASE("The same document gives the same bytes, a second later too") {
    const std::string first = workbook_of(usual_sheet());
    std::this_thread::sleep_for(
        std::chrono::milliseconds(2100));  // an archive counts in two seconds
    CHECK((workbook_of(usual_sheet()) == first));
    Document at_the_epoch = usual_sheet();
    at_the_epoch.as_of = parse_date("1970-01-01");
    const std::string epoch = workbook_of(at_the_epoch);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    CHECK((workbook_of(at_the_epoch) == epoch));
}

TEST_CASE("An amount that no spreadsheet keeps is refused and leaves nothing behind") {
    const Place place;
    const auto with = [](const char* amount) {
        return document_of({{.key = "a", .title = "A", .type = Type::money}}, {{money(amount)}});
    };
    const std::string cells =
        place.cells(place.put("sheet.xlsx", workbook_of(with("-9999999999999.99"))));
    CHECK(contains(cells, "!A4 n -9999999999999.99 "));
    try {
        workbook_of(with("10000000000000.00"));
        FAIL("it has 16 digits");
    } catch (const Refused& refused) {
        CHECK(refused.rule() == Rule::amount_too_large);
        CHECK(contains(refused.what(), "10,000,000,000,000.00 USD"));
    }
    CHECK(fs::is_empty(place.temporary()));
}

TEST_CASE("A full disk is Broken at any moment, and leaves nothing behind") {
    Sheet sheet{.rows = {{"travel", {"900.00", "500.00", "0.00", "400.00"}}},
                .total = {"900.00", "500.00", "0.00", "400.00"},
                .register_rows = {}};
    for (int i = 0; i < 500; ++i) sheet.register_rows.emplace_back("travel", "1.00");
    const Document document = fact_sheet(sheet);
    const Place place;
    // Files that may not grow fail as they do on a full disk, each at its own size.
    auto* const before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &usual) == 0);
    const auto limit = static_cast<rlim_t>(
        GENERATE(0, 100, 1000, 4096, 5000, 8000, 12000, 20000, 40000, 60000, 70000));
    rlimit small = usual;
    small.rlim_cur = limit;
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    std::string message;
    try {
        workbook_of(document);
        message = "written";
    } catch (const Broken& broken) {
        message = broken.what();
    }
    REQUIRE(setrlimit(RLIMIT_FSIZE, &usual) == 0);
    std::signal(SIGXFSZ, before);
    CAPTURE(limit);
    CHECK(contains(message, "workbook"));
    CHECK(fs::is_empty(place.temporary()));
}

TEST_CASE("A workbook that was cut is noticed") {
    const Place place;
    const std::string whole = workbook_of(usual_sheet());
    CHECK_NOTHROW(check_parts(place.put("whole.xlsx", whole)));
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        CHECK_THROWS_AS(check_parts(place.put("cut.xlsx", whole.substr(0, size))), Broken);
    }
}

TEST_CASE("A stream that takes no more is Broken") {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    CHECK_THROWS_AS(write(usual_sheet(), Format::xlsx, out), Broken);
    CHECK_THROWS_AS(write(usual_sheet(), Format::csv, out), Broken);
}

TEST_CASE("Worksheet names and cell names are made valid and unique") {
    Document document = usual_sheet();
    document.title = "'SSR2: [draft] / sheet * of ? everything \\ 王小明王小明王小明王小明";
    Section& section = document.body.sections[0];
    section.tables[1].worksheet = document.title;
    section.tables[1].key = "entries";
    section.checks.clear();
    Table twin = section.tables[0];
    twin.key = "twin";
    section.tables.push_back(twin);
    const Place place;
    const fs::path xlsx = place.put("sheet.xlsx", workbook_of(document));
    const std::string names = place.answer(
        "/usr/bin/python3 -B -c 'import sys, openpyxl\n"
        "book = openpyxl.load_workbook(sys.argv[1])\n"
        "print(len(set(book.sheetnames)), max(map(len, book.sheetnames)) <= 31)\n"
        "print([n.name for n in book.defined_names.definedName if n.name.startswith(\"travel_s\")])' " +
        xlsx.string());
    CHECK(contains(names, "2 True\n"));
    CHECK(contains(names, "['travel_spent', 'travel_spent_2']"));
}

}  // namespace
}  // namespace purser::format::test
