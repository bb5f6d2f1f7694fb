// The same page as html, on paper: WeasyPrint makes it, as a program, from the print style.
//
// PDF/A-3b with embedded fonts; the same Document gives the same bytes as long as WeasyPrint and
// the fonts are the same. Broken, naming the Debian package, where WeasyPrint is missing.
#pragma once

#include <iosfwd>
#include <string>

#include "format/temporary_folder.hpp"
#include "report/document.hpp"

namespace purser::format {

// A page that waits to be printed. It has all that the document has to say, so that what the
// document is made from need not be held while the program works.
class PrintJob {
public:
    explicit PrintJob(const report::Document& document);

    // Equal jobs give equal pdfs.
    std::string page() const;
    void print(std::ostream& out) const;

private:
    TemporaryFolder folder_;
    std::string title_;
    Date day_;
};

void write_pdf(const report::Document& document, std::ostream& out);

}  // namespace purser::format
