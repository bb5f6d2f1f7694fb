// One connection of a client, with a budget: so many bytes of head, and of time for what it sends
// and takes.
//
// A client must keep up a slowest rate; whoever sends a byte now and then is cut off. TLS or not is
// the same to who reads.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <httplib.h>
#include <string>

namespace purser::web {

class Connection : public httplib::Stream {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t head_limit = std::size_t{32} * 1024;
    static constexpr std::chrono::seconds grace{15};  // for a request, and for an answer
    static constexpr std::size_t slowest_rate =
        std::size_t{32} * 1024;  // bytes a second beyond that

    // Owns the socket; `context` is null without TLS.
    Connection(socket_t socket, SSL_CTX* context);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool handshake();
    // Whether a request begins before `idle` is over; gives up when `stopping` says so.
    bool waits_for_request(std::chrono::milliseconds idle, const std::function<bool()>& stopping);
    void begin_request();

    bool is_readable() const override;
    bool is_writable() const override;
    ssize_t read(char* to, std::size_t size) override;
    ssize_t write(const char* from, std::size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return socket_; }

private:
    enum class Wish { read, write };
    bool wait(Wish wish, Clock::time_point until) const;
    bool fill();              // reads more into the buffer; false at the end or past the deadline
    void count_head(char c);  // whether the head's limit is passed
    Clock::time_point deadline(Clock::time_point begun, std::size_t bytes) const;

    socket_t socket_;
    SSL* tls_ = nullptr;
    std::array<char, std::size_t{16} * 1024> buffer_{};
    std::size_t at_ = 0, end_ = 0;
    Clock::time_point begun_, answer_begun_;
    std::size_t received_ = 0, sent_ = 0;
    std::size_t head_ = 0;
    int line_feeds_ = 0;  // in a row: two end the head
    bool in_head_ = true;
};

}  // namespace purser::web
