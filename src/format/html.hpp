// One self-contained page: no script, no request, good on a phone, on paper and in the dark.
// Frame and style are the files of reports/; every text is escaped, rows are streamed.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "report/document.hpp"

namespace purser::format {

// Where things lead on a page that is part of a site: an address, or "" for nowhere. Either may be
// absent.
struct Links {
    std::function<std::string(const std::string& text)> text;  // a cell's or a field's
    std::function<std::string(const std::string& of)> figure;  // in a sentence or a field
    std::function<std::string(const report::Section&, const report::Table&, const report::Row&,
                              const report::Column&)>
        cell;  // of that row and column
    // Of a head of the list: where the rows stand by that column.
    std::function<std::string(const report::Column&)> head;
    std::string sorted_by;  // the key of the column by which they stand now, "-amount" for falling
};
// A page by itself.
void write_html(const report::Document& document, std::ostream& out, const Links& links = {});
// What stands between the page's own head and foot, for a frame of somebody else's.
void write_html_body(const report::Document& document, const Links& links, std::ostream& out);

// A sentence by itself, with its links.
std::string html_of(const report::Paragraph& paragraph, const Links& links);

}  // namespace purser::format
