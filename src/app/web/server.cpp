#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <chrono>
#include <httplib.h>
#include <openssl/ssl.h>
#include <thread>

#include "app/web/connection.hpp"
#include "app/web/http.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t connections = 128;  // at a time; more of them wait
constexpr std::size_t body_limit =
    std::size_t{11} * 1024 * 1024;  // a receipt of 10 MB, and its form
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
    if (request.remote.starts_with("::ffff:")) request.remote.erase(0, 7);  // IPv4 through IPv6
    request.fields.insert(from.params.begin(), from.params.end());
    for (const auto& [name, part] : from.files) {
        if (part.filename.empty()) {
            if (part.content_type.empty()) request.fields.emplace(name, part.content);
        } else {
            request.uploads.emplace(name, Upload{part.filename, part.content});
        }
    }
    request.body = from.body;
    // One that comes twice is one with both values: a name that a proxy adds to what a client sent
    // is nobody's.
    for (const auto& [name, value] : from.headers) {
        const auto [at, is_first] = request.headers.try_emplace(lower(name), value);
        if (!is_first) at->second += ", " + value;
    }
    return request;
}

// A file a piece at a time, so that its length costs no memory.
void put_file(const std::shared_ptr<std::FILE>& file, const std::string& type,
              httplib::Response& to) {
    std::fseek(file.get(), 0, SEEK_END);
    const auto size = static_cast<std::size_t>(std::ftell(file.get()));
    if (size == 0) return to.set_content("", type);
    to.set_content_provider(
        size, type, [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            std::array<char, 1 << 16> bytes;
            std::fseek(file.get(), static_cast<long>(offset), SEEK_SET);
            const std::size_t got =
                std::fread(bytes.data(), 1, std::min(length, bytes.size()), file.get());
            return got > 0 && sink.write(bytes.data(), got);
        });
}

void put(const Response& from, httplib::Response& to) {
    to.status = from.status;
    if (from.file != nullptr) {
        put_file(from.file, from.type, to);
    } else {
        to.set_content(from.body, from.type);
    }
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

class HttpServer : public Server, private httplib::Server {
public:
    HttpServer(const Listen& listen, Answering answering)
        : answering_(std::move(answering)), context_(context_of(listen), &SSL_CTX_free) {
        new_task_queue = [] { return new httplib::ThreadPool(connections); };
        set_payload_max_length(body_limit);
        set_tcp_nodelay(true);  // an answer goes in several writes, none waits for the other side
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

    int port() const override { return port_; }
    void run() override {
        listen_after_bind();
        ended_ = true;
    }
    // The library forgets a stop that comes before it has begun to accept.
    void stop() override {
        while (!is_running() && !ended_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        httplib::Server::stop();
    }

private:
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

}  // namespace

Server* purser_open_server(const Listen& listen, const Answering& answering) {
    return new HttpServer(listen, answering);
}

}  // namespace purser::web
