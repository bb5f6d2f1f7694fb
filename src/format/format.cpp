#include "format/format.hpp"

#include <array>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "format/csv.hpp"
#include "format/html.hpp"
#include "format/json.hpp"
#include "format/markdown.hpp"
#include "format/pdf.hpp"
#include "format/text.hpp"
#include "format/xlsx.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 7> names{{
    {Format::text, "text"},
    {Format::markdown, "markdown"},
    {Format::html, "html"},
    {Format::csv, "csv"},
    {Format::json, "json"},
    {Format::xlsx, "xlsx"},
    {Format::pdf, "pdf"},
}};

void write_as(const report::Document& document, Format format, std::ostream& out) {
    switch (format) {
        case Format::text: return write_text(document, out);
        case Format::markdown: return write_markdown(document, out);
        case Format::html: return write_html(document, out);
        case Format::csv: return write_csv(document, out);
        case Format::json: return write_json(document, out);
        case Format::xlsx: return write_xlsx(document, out);
        case Format::pdf: return write_pdf(document, out);
    }
}

}  // namespace

Format parse_format(std::string_view text) {
    std::vector<std::string> known;
    for (const auto& [format, word] : names) {
        if (word == text) return format;
        known.emplace_back(word);
    }
    throw BadInput("'" + std::string(text) + "' is not a format", did_you_mean(text, known));
}

std::string_view name(Format format) {
    for (const auto& [known, word] : names) {
        if (known == format) return word;
    }
    return {};
}

bool is_binary(Format format) { return format == Format::xlsx || format == Format::pdf; }

std::vector<Format> all_formats() {
    std::vector<Format> result;
    for (const auto& [format, word] : names) result.push_back(format);
    return result;
}

void write(const report::Document& document, Format format, std::ostream& out) {
    write_as(document, format, out);
    out.flush();
    if (!out) throw Broken("the " + std::string(name(format)) + " could not be written to its end");
}

}  // namespace purser::format
