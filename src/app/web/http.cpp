#include "app/web/http.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <charconv>
#include <chrono>
#include <httplib.h>
#include <openssl/ssl.h>
#include <thread>

#include "app/web/connection.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t connections = 128;              // at a time; more of them wait
constexpr std::size_t body_limit = 11 * 1024 * 1024;  // a receipt of 10 MB, and its form
constexpr std::size_t path_limit = 1024;
constexpr std::size_t requests_per_connection = 100;
constexpr std::chrono::milliseconds idle{5'000};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Request request_of(const httplib::Request& from) {
    Request request;
    request.method = from.method == "HEAD" ? "GET" : from.method;
    request.path = from.path;
    request.remote = from.remote_addr;
    request.fields.insert(from.params.begin(), from.params.end());
    for (const auto& [name, part] : from.files) {
        if (part.filename.empty()) {
            if (part.content_type.empty()) request.fields.emplace(name, part.content);
        } else {
            request.uploads.emplace(name, Upload{part.filename, part.content});
        }
    }
    request.body = from.body;
    for (const auto& [name, value] : from.headers) request.headers.try_emplace(lower(name), value);
    return request;
}

void put(const Response& from, httplib::Response& to) {
    to.status = from.status;
    to.set_content(from.body, from.type);
    for (const auto& [name, value] : from.headers) to.set_header(name, value);
}

SSL_CTX* context_of(const Listen& listen) {
    if (!listen.has_tls()) return nullptr;
    SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    const bool good =
        SSL_CTX_use_certificate_chain_file(context, listen.certificate.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(context, listen.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_check_private_key(context) == 1;
    if (good) return context;
    SSL_CTX_free(context);
    throw BadInput("the certificate " + listen.certificate + " and the key " + listen.key +
                       " cannot be read, or do not belong together",
                   "both are PEM files; the certificate's comes with its chain");
}

}  // namespace

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

bool Listen::is_loopback() const {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Listen parse_listen(std::string_view text) {
    Listen listen;
    const auto colon = text.rfind(':');
    const std::string_view port =
        text.substr(std::min(colon == text.npos ? text.size() : colon + 1, text.size()));
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

class Server::Guarded : public httplib::Server {
public:
    Guarded(const Listen& listen, Answering answering)
        : answering_(std::move(answering)), context_(context_of(listen), &SSL_CTX_free) {
        new_task_queue = [] { return new httplib::ThreadPool(connections); };
        set_payload_max_length(body_limit);
        set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& answer) {
            return before(request, answer);
        });
        Post(R"([^\n]*)", [this](const httplib::Request& request, httplib::Response& answer) {
            put(answering_(request_of(request)), answer);
        });
        // What the library itself refuses has no page yet.
        set_error_handler([this](const httplib::Request& request, httplib::Response& answer) {
            if (!answer.body.empty() || answer.has_header("Content-Type")) return;
            Request what;
            what.method = "ERROR";
            what.path = request.path;
            what.body = std::to_string(answer.status);
            put(answering_(what), answer);
        });
        const int bound = listen.port == 0                         ? bind_to_any_port(listen.host)
                          : bind_to_port(listen.host, listen.port) ? listen.port
                                                                   : -1;
        if (bound < 0) {
            throw BadInput("cannot listen on " + listen.host + ':' + std::to_string(listen.port),
                           "another program may use it: name another port with --listen");
        }
        port_ = bound;
    }

    int port() const { return port_; }
    void run() {
        listen_after_bind();
        ended_ = true;
    }
    // The library forgets a stop that comes before it has begun to accept.
    void stop_once_running() {
        while (!is_running() && !ended_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        stop();
    }

private:
    using httplib::Server::listen;

    // Reading needs no body, so it is answered before one is looked for.
    HandlerResponse before(const httplib::Request& request, httplib::Response& answer) {
        const bool reads = request.method == "GET" || request.method == "HEAD";
        if (request.target.size() > path_limit * 7 || request.path.size() > path_limit) {
            answer.status = 414;
            return HandlerResponse::Handled;
        }
        if (request.method == "POST") return HandlerResponse::Unhandled;
        if (reads) {
            put(answering_(request_of(request)), answer);
        } else {
            answer.status = 405;
            answer.set_header("Allow", "GET, HEAD, POST");
        }
        return HandlerResponse::Handled;
    }

    bool process_and_close_socket(socket_t socket) override {
        Connection connection(socket, context_.get());
        if (!connection.handshake()) return false;
        const auto stopping = [this] { return svr_sock_ == INVALID_SOCKET; };
        for (std::size_t left = requests_per_connection; left > 0; --left) {
            if (!connection.waits_for_request(idle, stopping)) break;
            connection.begin_request();
            bool closed = false;
            const bool last = left == 1 || stopping();
            if (!process_request(connection, last, closed, {}) || closed || last) break;
        }
        return true;
    }

    Answering answering_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::atomic<bool> ended_ = false;
    int port_ = 0;
};

Server::Server(const Listen& listen, Answering answering)
    : guarded_(std::make_unique<Guarded>(listen, std::move(answering))) {}
Server::~Server() = default;
int Server::port() const { return guarded_->port(); }
void Server::run() { guarded_->run(); }
void Server::stop() { guarded_->stop_once_running(); }

}  // namespace purser::web
