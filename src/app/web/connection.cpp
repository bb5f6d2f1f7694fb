#include "app/web/connection.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>

namespace purser::web {
namespace {

constexpr std::string_view too_large =
    "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

void address_of(const sockaddr_storage& address, socklen_t length, std::string& ip, int& port) {
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> service{};
    const auto* const plain = reinterpret_cast<const sockaddr*>(&address);
    if (getnameinfo(plain, length, host.data(), host.size(), service.data(), service.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        return;
    }
    ip = host.data();
    port = std::atoi(service.data());
}

}  // namespace

Connection::Connection(socket_t socket, SSL_CTX* context) : socket_(socket) {
    fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
    if (context != nullptr) {
        tls_ = SSL_new(context);
        SSL_set_fd(tls_, socket_);
    }
    begin_request();
}

Connection::~Connection() {
    if (tls_ != nullptr) {
        SSL_shutdown(tls_);
        SSL_free(tls_);
    }
    shutdown(socket_, SHUT_RDWR);
    close(socket_);
}

bool Connection::wait(Wish wish, Clock::time_point until) const {
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) return false;
        pollfd one{socket_, static_cast<short>(wish == Wish::read ? POLLIN : POLLOUT), 0};
        const int ready = poll(&one, 1, static_cast<int>(std::min<long>(left, 60'000)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

bool Connection::handshake() {
    if (tls_ == nullptr) return true;
    const auto until = Clock::now() + grace;
    for (;;) {
        const int done = SSL_accept(tls_);
        if (done == 1) return true;
        const int error = SSL_get_error(tls_, done);
        const bool more = (error == SSL_ERROR_WANT_READ && wait(Wish::read, until)) ||
                          (error == SSL_ERROR_WANT_WRITE && wait(Wish::write, until));
        if (!more) return false;
    }
}

bool Connection::waits_for_request(std::chrono::milliseconds idle,
                                   const std::function<bool()>& stopping) {
    if (at_ < end_ || (tls_ != nullptr && SSL_pending(tls_) > 0)) return true;
    const auto until = Clock::now() + idle;
    while (Clock::now() < until && !stopping()) {
        const auto slice = std::min(until, Clock::now() + std::chrono::milliseconds(200));
        if (wait(Wish::read, slice)) return true;
    }
    return false;
}

void Connection::begin_request() {
    begun_ = answer_begun_ = Clock::now();
    received_ = sent_ = head_ = 0;
    line_feeds_ = 0;
    in_head_ = true;
}

Connection::Clock::time_point Connection::deadline(Clock::time_point begun,
                                                   std::size_t bytes) const {
    return begun + grace + std::chrono::seconds(bytes / slowest_rate);
}

bool Connection::is_readable() const { return at_ < end_ || wait(Wish::read, Clock::now()); }
bool Connection::is_writable() const {
    return wait(Wish::write, Clock::now() + std::chrono::seconds(1));
}

bool Connection::fill() {
    const auto until = deadline(begun_, received_);
    for (;;) {
        ssize_t got = -1;
        Wish wish = Wish::read;
        if (tls_ == nullptr) {
            got = recv(socket_, buffer_.data(), buffer_.size(), 0);
            if (got < 0 && errno != EAGAIN && errno != EINTR) return false;
        } else {
            got = SSL_read(tls_, buffer_.data(), static_cast<int>(buffer_.size()));
            const int error = got > 0 ? 0 : SSL_get_error(tls_, static_cast<int>(got));
            if (got <= 0 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
                return false;
            }
            if (error == SSL_ERROR_WANT_WRITE) wish = Wish::write;
            if (got == 0) got = -1;
        }
        if (got == 0) return false;
        if (got > 0) {
            at_ = 0;
            end_ = static_cast<std::size_t>(got);
            received_ += end_;
            return true;
        }
        if (!wait(wish, until)) return false;
    }
}

void Connection::count_head(char c) {
    ++head_;
    line_feeds_ = c == '\n' ? line_feeds_ + 1 : c == '\r' ? line_feeds_ : 0;
    if (line_feeds_ == 2) in_head_ = false;
}

ssize_t Connection::read(char* to, std::size_t size) {
    if (at_ == end_ && !fill()) return -1;
    const std::size_t count = std::min(size, end_ - at_);
    for (std::size_t i = 0; i < count && in_head_; ++i) {
        count_head(buffer_[at_ + i]);
        if (head_ <= head_limit) continue;
        write(too_large.data(), too_large.size());
        return -1;
    }
    std::copy_n(buffer_.data() + at_, count, to);
    at_ += count;
    return static_cast<ssize_t>(count);
}

// Writes all of it: who calls does not ask how much went.
ssize_t Connection::write(const char* from, std::size_t size) {
    if (sent_ == 0) answer_begun_ = Clock::now();
    for (std::size_t done = 0; done < size;) {
        ssize_t put = -1;
        Wish wish = Wish::write;
        if (tls_ == nullptr) {
            put = send(socket_, from + done, size - done, MSG_NOSIGNAL);
            if (put < 0 && errno != EAGAIN && errno != EINTR) return -1;
        } else {
            put = SSL_write(tls_, from + done,
                            static_cast<int>(std::min<std::size_t>(size - done, 1 << 20)));
            const int error = put > 0 ? 0 : SSL_get_error(tls_, static_cast<int>(put));
            if (put <= 0 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
                return -1;
            }
            if (error == SSL_ERROR_WANT_READ) wish = Wish::read;
        }
        if (put > 0) {
            sent_ += static_cast<std::size_t>(put);
            done += static_cast<std::size_t>(put);
        } else if (!wait(wish, deadline(answer_begun_, sent_))) {
            return -1;
        }
    }
    return static_cast<ssize_t>(size);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    if (getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0) {
        address_of(address, length, ip, port);
    }
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    if (getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0) {
        address_of(address, length, ip, port);
    }
}

}  // namespace purser::web
