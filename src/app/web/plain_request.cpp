#include "app/web/plain_request.hpp"

#include <algorithm>
#include <array>

#include "values/text.hpp"

namespace purser::web {
namespace {

constexpr std::string_view our_cookies = "purser-";

// Those of other programs on this machine are their own affair.
void require_plain_cookies(std::string_view cookies) {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        const std::string_view one = cookies.substr(0, end);
        const bool is_ours =
            one.substr(0, one.find('=')).find(our_cookies) != std::string_view::npos;
        if (is_ours) require_plain(one, "cookie");
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
    }
}

}  // namespace

void require_plain_request(const Request& request, const std::string& user_header) {
    require_plain(request.path, "address");
    for (const auto& [name, value] : request.fields) {
        require_plain(name, "name of a field");
        require_plain(value, "field " + name,
                      TextLines::several);  // which ones have lines is said later
    }
    for (const auto& [name, file] : request.uploads) {
        require_plain(name, "name of a field");
        require_plain(file.file_name, "name of the file");
    }
    const std::array<std::string, 4> headers{"idempotency-key", "authorization", "if-none-match",
                                             user_header};
    for (const auto& name : headers) require_plain(request.header(name), "header " + name);
    require_plain_cookies(request.header("cookie"));
}

}  // namespace purser::web
