#include "format/pdf.hpp"

#include <chrono>
#include <fstream>
#include <ostream>

#include "format/html.hpp"
#include "format/program.hpp"
#include "format/temporary_folder.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

namespace fs = std::filesystem;

// A page takes about a second; a list of thousands of rows is not for paper.
constexpr std::chrono::seconds time_limit{120};
constexpr const char* missing = "apt-get install weasyprint fonts-noto-core";

void write_page(const report::Document& document, const fs::path& file) {
    std::ofstream page(file, std::ios::binary);
    write_html(document, page);
    page.close();
    if (!page) throw Broken("no room for the page of a pdf in " + file.parent_path().string());
}

// What a program would otherwise read off the clock: the day of the document.
std::string fixed_clock(Date day) {
    return "SOURCE_DATE_EPOCH=" +
           std::to_string(std::chrono::seconds(day.time_since_epoch()).count());
}

}  // namespace

void write_pdf(const report::Document& document, std::ostream& out) {
    const TemporaryFolder folder;
    const fs::path page = folder.path() / "page.html";
    const fs::path pdf = folder.path() / "page.pdf";
    write_page(document, page);
    const ProgramEnd end = run_program({"weasyprint", "--quiet", "--encoding", "utf-8",
                                        "--pdf-variant", "pdf/a-3b", page.string(), pdf.string()},
                                       {fixed_clock(document.as_of), "LC_ALL=C.UTF-8"},
                                       folder.path() / "log", time_limit, missing);
    std::ifstream made(pdf, std::ios::binary);
    if (end.code != 0 || !made) {
        throw Broken("weasyprint made no pdf of " + document.title + " (exit " +
                         std::to_string(end.code) + "): " + end.message,
                     "try another --format, like html");
    }
    out << made.rdbuf();
}

}  // namespace purser::format
