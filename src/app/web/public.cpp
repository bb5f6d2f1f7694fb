#include "app/web/public.hpp"

#include <algorithm>
#include <sstream>

#include "app/public_site.hpp"
#include "app/web/download.hpp"
#include "app/web/page.hpp"
#include "format/html.hpp"

namespace purser::web {
namespace {

Response not_here(const Visit& visit) {
    return problem_page(visit, {404, "unknown_page", "there is no page at this address", ""});
}

std::optional<ReviewKey> public_review(Visit& visit) {
    for (const Review& review : visit.place->book.reviews()) {
        const bool is_it = review.key().text() == visit.path.at(1);
        if (is_it && review.text("public-page") == "on") return review.key();
    }
    return {};
}

std::string bytes_of(Visit& visit, const PublicFile& file) {
    return visit.place->book.sheet_bytes(file.sheet, SheetState::posted, file.format).value();
}

// The latest sheet as it was posted, without the frame that it has as a file.
std::string latest_of(Visit& visit, const ReviewKey& key, const std::vector<PublicFile>& files) {
    const std::vector<Sheet> sheets = visit.place->book.sheets(key);
    const Sheet* const latest = current(sheets);
    for (const PublicFile& file : files) {
        const bool is_it = latest != nullptr && file.sheet.number == latest->number;
        if (is_it && file.format == "html") return body_of_kept(bytes_of(visit, file));
    }
    return {};
}

}  // namespace

Response show_public_page(Visit& visit) {
    const auto key = public_review(visit);
    if (!key) return not_here(visit);
    const auto files = public_files(visit.place->book, *key);
    const report::Document all = public_sheets(visit.place->book, *key, visit.today());
    format::Links links;
    links.text = [&](const std::string& text) -> std::string {
        for (const PublicFile& file : files) {
            if (text == file.name) return "/public/" + key->text() + '/' + text;
        }
        return {};
    };
    std::ostringstream list;
    format::write_html_body(all, links, list);
    Data data;
    data.set("key", key->text());
    data.set("name", all.subtitle);
    data.set("latest", latest_of(visit, *key, files));
    data.set("all", list.str());
    Page page{key->text() + " Fact Sheet", rendered("public", data)};
    page.wide = true;
    return framed(visit, page);
}

Response show_public_file(Visit& visit) {
    const auto key = public_review(visit);
    if (!key) return not_here(visit);
    for (const PublicFile& file : public_files(visit.place->book, *key)) {
        if (file.name != visit.path.at(2)) continue;
        Response response;
        response.type = type_of(file.format);
        response.body = bytes_of(visit, file);
        response.headers.emplace_back("Content-Disposition",
                                      "attachment; filename=\"" + file.name + '"');
        response.headers.emplace_back("Cache-Control", "no-cache");
        return response;
    }
    return not_here(visit);
}

}  // namespace purser::web
