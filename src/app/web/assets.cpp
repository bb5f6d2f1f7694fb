#include "app/web/assets.hpp"

#include <map>

#include "app/web/page.hpp"
#include "embedded/bootstrap.hpp"
#include "embedded/sheet.hpp"
#include "embedded/web.hpp"
#include "store/digest.hpp"

namespace purser::web {
namespace {

struct Asset {
    std::string_view bytes;
    std::string type, digest;
};

Asset asset(std::string_view bytes, const std::string& type) {
    return {bytes, type, sha256(bytes).substr(0, 16)};
}

const std::map<std::string, Asset>& assets() {
    static const std::string css = "text/css; charset=utf-8";
    static const std::map<std::string, Asset> all{
        {"bootstrap.css", asset(embedded::bootstrap::file("bootstrap.min.css"), css)},
        {"sheet.css", asset(embedded::sheet::file("sheet.css"), css)},
        {"purser.css", asset(embedded::web::file("purser.css"), css)},
        {"purser.js", asset(embedded::web::file("purser.js"), "text/javascript; charset=utf-8")},
        {"icon.svg", asset(embedded::web::file("icon.svg"), "image/svg+xml")},
    };
    return all;
}

}  // namespace

std::string asset_path(const std::string& name) {
    return "/assets/" + assets().at(name).digest + '/' + name;
}

Response show_asset(Visit& visit) {
    const auto at = assets().find(visit.path.at(2));
    if (at == assets().end() || at->second.digest != visit.path.at(1)) {
        return problem_page(visit, no_page());
    }
    Response response;
    response.type = at->second.type;
    response.body = at->second.bytes;
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}

}  // namespace purser::web
