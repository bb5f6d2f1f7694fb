#include "app/web/http.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <dlfcn.h>
#include <filesystem>

#include "values/error.hpp"

namespace purser::web {

std::string Request::header(const std::string& name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? "" : at->second;
}

std::string Request::field(const std::string& name) const {
    const auto at = fields.find(name);
    return at == fields.end() ? "" : at->second;
}

std::vector<std::string> Request::each(const std::string& name) const {
    std::vector<std::string> result;
    const auto [begin, end] = fields.equal_range(name);
    for (auto at = begin; at != end; ++at) result.push_back(at->second);
    return result;
}

std::string Request::cookie(std::string_view name) const {
    std::string_view rest =
        headers.contains("cookie") ? std::string_view(headers.at("cookie")) : "";
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        if (one.starts_with(name) && one.size() > name.size() && one[name.size()] == '=') {
            return std::string(one.substr(name.size() + 1));
        }
    }
    return {};
}

bool is_loopback_address(const std::string& address) {
    in_addr four{};
    in6_addr six{};
    if (inet_pton(AF_INET, address.c_str(), &four) == 1) return ntohl(four.s_addr) >> 24U == 127;
    return inet_pton(AF_INET6, address.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

std::string Listen::url(int bound) const {
    const bool is_six = host.find(':') != std::string::npos;
    return (has_tls() ? "https://" : "http://") + (is_six ? '[' + host + ']' : host) + ':' +
           std::to_string(bound);
}

Listen parse_listen(std::string_view text) {
    Listen listen;
    const auto colon = text.rfind(':');
    const std::string_view port = text.substr(
        std::min(colon == std::string_view::npos ? text.size() : colon + 1, text.size()));
    std::string_view host = text.substr(0, std::min(colon, text.size()));
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const auto* const end = port.data() + port.size();
    const auto [stop, error] = std::from_chars(port.data(), end, listen.port);
    if (error != std::errc{} || stop != end || host.empty() || listen.port < 0 ||
        listen.port > 65535) {
        throw BadInput("'" + std::string(text) + "' is not an address and a port",
                       "write 127.0.0.1:8417, or [::1]:8417");
    }
    listen.host = host;
    return listen;
}

// Beside the program where it is built, in a folder of its own where it is installed.
std::unique_ptr<Server> open_server(const Listen& listen, Answering& answering) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    for (const auto* const folder : {".", "../lib/purser"}) {
        const auto file = program / folder / "libpurser_http.so";
        if (!std::filesystem::exists(file)) continue;
        void* const library = dlopen(file.c_str(), RTLD_NOW);
        void* const open = library != nullptr ? dlsym(library, "purser_open_server") : nullptr;
        if (open == nullptr) throw Broken(dlerror(), "install Purser again, all of it");
        return std::unique_ptr<Server>(
            reinterpret_cast<decltype(&purser_open_server)>(open)(listen, answering));
    }
    throw Broken("libpurser_http.so, which carries the pages, is not where the program is",
                 "install Purser again, all of it");
}

}  // namespace purser::web
