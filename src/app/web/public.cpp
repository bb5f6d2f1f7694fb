#include "app/web/public.hpp"

#include <algorithm>
#include <sodium.h>
#include <sstream>

#include "app/public_site.hpp"
#include "app/web/download.hpp"
#include "app/web/page.hpp"
#include "app/web/upload.hpp"
#include "format/html.hpp"
#include "store/digest.hpp"

namespace purser::web {
namespace {

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

// Anybody may keep it for a while; then it is asked for by its digest.
Response kept_by_anybody(const Visit& visit, Response response) {
    const std::string tag = '"' + sha256(response.body).substr(0, 32) + '"';
    std::erase_if(response.headers, [](const auto& one) { return one.first == "Cache-Control"; });
    response.headers.emplace_back("Cache-Control", "public, max-age=300");
    response.headers.emplace_back("ETag", tag);
    if (visit.request.header("if-none-match") == tag) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

// A page as it was posted has its style within: that very text is let in, and nothing else.
std::string policy_of(const std::string& page) {
    const auto begin = page.find("<style>") + 7;
    const std::string style = page.substr(begin, page.find("</style>") - begin);
    std::string digest(crypto_hash_sha256_BYTES, 0);
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(style.data()), style.size());
    return "default-src 'none'; style-src 'sha256-" + to_base64(digest) +
           "'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
}

Response posted(Visit& visit, const PublicFile& file) {
    if (file.format != "html") {
        return attached(file.name, type_of(file.format), bytes_of(visit, file));
    }
    Response response;
    response.body = bytes_of(visit, file);
    response.headers.emplace_back("Content-Security-Policy", policy_of(response.body));
    return response;
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
    if (!key) return problem_page(visit, no_page());
    const auto files = public_files(visit.place->book, *key);
    const report::Document index = public_index(visit.place->book, *key, visit.today());
    format::Links links;
    links.text = [&](const std::string& text) -> std::string {
        const bool is_file = text.starts_with("data/") ||
                             std::any_of(files.begin(), files.end(),
                                         [&](const PublicFile& file) { return file.name == text; });
        return is_file ? "/public/" + key->text() + '/' + text : "";
    };
    std::ostringstream list;
    format::write_html_body(index, links, list);
    Data data;
    data.set("key", key->text());
    data.set("name", index.subtitle);
    data.set("latest", latest_of(visit, *key, files));
    data.set("all", list.str());
    Page page{key->text() + " Fact Sheet", rendered("public", data)};
    page.wide = true;
    visit.user.reset();  // the page is the same for everybody
    return kept_by_anybody(visit, framed(visit, page));
}

Response show_public_file(Visit& visit) {
    const auto key = public_review(visit);
    if (!key) return problem_page(visit, no_page());
    const std::string& name = visit.path.back();
    if (visit.path.size() == 3) {
        for (const PublicFile& file : public_files(visit.place->book, *key)) {
            if (file.name == name) return kept_by_anybody(visit, posted(visit, file));
        }
        return problem_page(visit, no_page());
    }
    for (const auto& file : public_data(visit.place->book, *key)) {
        if (file.name != "data/" + name) continue;
        const std::string type = type_of(name.substr(name.rfind('.') + 1));
        return kept_by_anybody(visit, attached(name, type, file.content));
    }
    return problem_page(visit, no_page());
}

}  // namespace purser::web
