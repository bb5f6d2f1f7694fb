// Listens, and gives each client a connection of its own on two threads that only poll.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <sys/resource.h>
#include <thread>
#include <utility>

#include "app/web/connection.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using tcp = asio::ip::tcp;

constexpr int backlog = 512;
constexpr int threads = 2;
constexpr std::chrono::seconds handshake{10}, farewell{2};
constexpr std::chrono::seconds longest_end{15};  // for what was accepted before the end

// Connections are open files; the usual limit for a program is lower than ours.
void allow_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 2 * Guests::most);
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::shared_ptr<asio::ssl::context> context_of(const Listen& listen) {
    if (!listen.has_tls()) return nullptr;
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* const native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(
        native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");  // 1.3 has no others
    const bool good =
        SSL_CTX_use_certificate_chain_file(native, listen.certificate.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(native, listen.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_check_private_key(native) == 1;
    if (good) return context;
    throw BadInput("the certificate " + listen.certificate + " and the key " + listen.key +
                       " cannot be read, or do not belong together",
                   "both are PEM files; the certificate's comes with its chain");
}

std::string plain(const asio::ip::address& address) {
    const bool is_mapped = address.is_v6() && address.to_v6().is_v4_mapped();
    return is_mapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string()
                     : address.to_string();
}

class HttpServer : public Server {
public:
    HttpServer(Listen listen, Answering& answering)
        : listen_(std::move(listen)),
          context_(context_of(listen_)),
          io_(threads),
          busy_(asio::make_work_guard(io_)),
          acceptor_(asio::make_strand(io_)),
          patience_(acceptor_.get_executor()),
          host_{answering, guests_} {
        allow_open_files();
        bind();
    }

    int port() const override { return acceptor_.local_endpoint().port(); }

    void run() override {
        asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
        std::thread other([this] { io_.run(); });
        io_.run();
        other.join();
    }

    void stop() override {
        asio::post(acceptor_.get_executor(), [this] {
            stopping_ = true;
            boost::system::error_code ignored;
            acceptor_.close(ignored);
            guests_.close();
            end_when_empty(std::chrono::steady_clock::now() + longest_end);
        });
    }

    void reload() override {
        auto renewed = context_of(listen_);
        const std::lock_guard lock(mutex_);
        context_ = std::move(renewed);
    }

private:
    void bind() {
        boost::system::error_code error;
        tcp::resolver resolver(io_);
        const auto found = resolver.resolve(listen_.host, std::to_string(listen_.port),
                                            tcp::resolver::passive, error);
        const auto at = found.begin();
        if (!error) acceptor_.open(at->endpoint().protocol(), error);
        // One that ended a moment ago is no other program; one that runs is: no port is shared.
        if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor_.bind(at->endpoint(), error);
        if (!error) acceptor_.listen(backlog, error);
        if (!error) return;
        throw BadInput("cannot listen on " + listen_.host + ':' + std::to_string(listen_.port) +
                           ": " + error.message(),
                       "another program may use it: name another port with --listen");
    }

    asio::awaitable<void> accept() {
        while (!stopping_) {
            boost::system::error_code error;
            tcp::socket socket(asio::make_strand(io_));
            co_await acceptor_.async_accept(socket,
                                            asio::redirect_error(asio::use_awaitable, error));
            if (!error) {
                begin(std::move(socket));
            } else if (!stopping_) {  // no more open files: others end meanwhile
                asio::steady_timer pause(acceptor_.get_executor(), std::chrono::milliseconds(50));
                co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            }
        }
    }

    void begin(tcp::socket socket) {
        boost::system::error_code error;
        const auto peer = socket.remote_endpoint(error);
        if (error) return;
        socket.set_option(tcp::no_delay(true), error);
        auto guest = std::make_shared<Guest>();
        guest->address = plain(peer.address());
        guest->is_proxy = listen_.is_proxy(guest->address);
        const auto strand = socket.get_executor();
        const std::lock_guard lock(mutex_);
        if (context_ == nullptr) {
            asio::co_spawn(strand, serve(std::move(guest), Plain(std::move(socket))),
                           asio::detached);
        } else {
            asio::co_spawn(
                strand,
                serve(std::move(guest), Secure(Plain(std::move(socket)), *context_), context_),
                asio::detached);
        }
    }

    template <typename Stream>
    asio::awaitable<void> serve(std::shared_ptr<Guest> guest, Stream stream,
                                [[maybe_unused]] std::shared_ptr<asio::ssl::context> context = {}) {
        auto& lowest = beast::get_lowest_layer(stream);
        const auto alive = std::make_shared<bool>(true);
        guest->leave = [&lowest, alive, strand = lowest.get_executor()] {
            asio::post(strand, [&lowest, alive] {
                if (*alive) lowest.close();
            });
        };
        // However the talk ends, the place is free again.
        const auto go = [this, &lowest, &alive, &guest](void*) {
            *alive = false;
            lowest.close();
            guests_.leave(guest);
        };
        const std::unique_ptr<void, decltype(go)> present(this, go);
        if (!guests_.enter(guest)) co_return;
        boost::system::error_code error;
        if constexpr (std::is_same_v<Stream, Secure>) {
            lowest.expires_after(handshake);
            co_await stream.async_handshake(asio::ssl::stream_base::server,
                                            asio::redirect_error(asio::use_awaitable, error));
        }
        if (error) co_return;
        co_await Talk<Stream>(stream, guest, host_).converse();
        if constexpr (std::is_same_v<Stream, Secure>) {
            lowest.expires_after(farewell);
            co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
        }
    }

    void end_when_empty(std::chrono::steady_clock::time_point latest) {
        if (guests_.count() == 0) return busy_.reset();
        if (std::chrono::steady_clock::now() > latest) return io_.stop();
        patience_.expires_after(std::chrono::milliseconds(20));
        patience_.async_wait([this, latest](boost::system::error_code) { end_when_empty(latest); });
    }

    Listen listen_;
    std::mutex mutex_;
    std::shared_ptr<asio::ssl::context> context_;
    Guests guests_;  // outlives who is in it
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> busy_;
    tcp::acceptor acceptor_;  // and what follows, on its strand
    asio::steady_timer patience_;
    bool stopping_ = false;
    Host host_;
};

}  // namespace

Server* purser_open_server(const Listen& listen, Answering& answering) {
    return new HttpServer(listen, answering);
}

}  // namespace purser::web
