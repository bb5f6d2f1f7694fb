#include "format/pdf.hpp"

#include <chrono>
#include <fstream>
#include <ostream>

#include "format/html.hpp"
#include "format/program.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

namespace fs = std::filesystem;

// A page takes about a second; a list of thousands of rows is not for paper.
constexpr std::chrono::seconds time_limit{120};
constexpr const char* missing = "apt-get install weasyprint fonts-noto-core";

// What a program would otherwise read off the clock: the day of the document.
std::string fixed_clock(Date day) {
    return "SOURCE_DATE_EPOCH=" +
           std::to_string(std::chrono::seconds(day.time_since_epoch()).count());
}

}  // namespace

PrintJob::PrintJob(const report::Document& document)
    : title_(document.title), day_(document.as_of) {
    std::ofstream page(folder_.path() / "page.html", std::ios::binary);
    write_html(document, page);
    page.close();
    if (!page) throw Broken("no room for the page of a pdf in " + folder_.path().string());
}

std::string PrintJob::page() const {
    std::ifstream file(folder_.path() / "page.html", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void PrintJob::print(std::ostream& out) const {
    const fs::path& folder = folder_.path();
    const fs::path pdf = folder / "page.pdf";
    const ProgramEnd end =
        run_program({"weasyprint", "--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/a-3b",
                     (folder / "page.html").string(), pdf.string()},
                    {fixed_clock(day_), "LC_ALL=C.UTF-8"}, folder / "log", time_limit, missing);
    std::ifstream made(pdf, std::ios::binary);
    if (end.code != 0 || !made) {
        throw Broken("weasyprint made no pdf of " + title_ + " (exit " + std::to_string(end.code) +
                         "): " + end.message,
                     "try another --format, like html");
    }
    out << made.rdbuf();
}

void write_pdf(const report::Document& document, std::ostream& out) {
    PrintJob(document).print(out);
}

}  // namespace purser::format
