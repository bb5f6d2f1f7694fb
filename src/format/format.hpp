// Document -> bytes. One writer per format; none of them knows a report, none computes.
//
//     format::write(document, format::parse_format("html"), std::cout);
//
// The same Document gives the same bytes, in every format and at any time (a pdf: with the same
// WeasyPrint and fonts).
#pragma once

#include <iosfwd>
#include <string_view>
#include <vector>

#include "report/document.hpp"

namespace purser::format {

enum class Format { text, markdown, html, csv, json, xlsx, pdf };

Format parse_format(std::string_view text);  // "html"; BadInput, with the nearest, otherwise
std::string_view name(Format format);
bool is_binary(Format format);  // not for a terminal
std::vector<Format> all_formats();

// Broken when it cannot be written, or a pdf made (format/pdf.hpp). A workbook refuses
// (amount_too_large) an amount of more than 15 digits, which no spreadsheet keeps exactly.
void write(const report::Document& document, Format format, std::ostream& out);

}  // namespace purser::format
