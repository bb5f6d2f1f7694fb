#include "app/publish.hpp"

#include <sstream>

#include "format/format.hpp"
#include "report/catalogue.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr int attempts = 5;

std::vector<Rendered> rendered(const report::Document& document) {
    std::vector<Rendered> files;
    for (const format::Format format : format::all_formats()) {
        std::ostringstream out;
        format::write(document, format, out);
        files.push_back({std::string(format::name(format)), out.str()});
    }
    return files;
}

}  // namespace

Receipt publish(Book& book, const Caller& caller, const SheetAct& ask) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto preview = book.preview_sheet(caller, ask);
        if (const auto* earlier = std::get_if<Receipt>(&preview)) return *earlier;
        const Sheet& sheet = std::get<Sheet>(preview);
        const auto files = rendered(report::fact_sheet(book, ask.review, sheet));
        if (const auto done = book.record_sheet(caller, ask, sheet, files)) return *done;
    }
    throw Broken("others write to " + ask.review.text() + " all the time; nothing was recorded",
                 "the same again when they are done");
}

}  // namespace purser
