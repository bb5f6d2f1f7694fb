// The talk with one client: a head, its admission, a body, an answer, and again.
//
//     co_await converse(stream, guest, host);   // a strand of its own; TLS or not is the same
//
// Every wait has an end: 10 seconds for a head, for a body and an answer as long as a slow line
// needs for so many bytes. After whatever is refused early the connection is closed, since nobody
// can say where the next request would begin.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <utility>

#include "app/web/framing.hpp"
#include "app/web/guests.hpp"
#include "app/web/http.hpp"

namespace purser::web {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<Plain>;

// What connections share.
struct Host {
    Answering& answering;
    Guests& guests;
};

template <typename Stream> class Talk {
public:
    Talk(Stream& stream, std::shared_ptr<Guest> guest, const Host& host)
        : stream_(stream), guest_(std::move(guest)), host_(host), buffer_(head_limit + 65'536) {}

    asio::awaitable<void> converse();

private:
    using Parser = beast::http::request_parser<beast::http::string_body>;
    enum class Next { request, close };

    asio::awaitable<std::size_t> head();  // its length; 0 when none came
    asio::awaitable<Next> exchange(std::size_t head_length);
    asio::awaitable<bool> body(Parser& parser);  // whether all of it came
    asio::awaitable<Next> send(const Response& response, const Parser& parser, bool is_last);
    asio::awaitable<bool> send_file(std::FILE* file);
    asio::awaitable<void> refuse(int status, const std::string& target);
    asio::awaitable<bool> more();  // bytes into the buffer
    asio::awaitable<void> linger();
    std::shared_ptr<Request> request_of(const Parser& parser) const;
    void allow(std::size_t bytes) {
        beast::get_lowest_layer(stream_).expires_after(grace +
                                                       std::chrono::seconds(bytes / slowest));
    }

    static constexpr std::chrono::seconds for_head{10}, grace{15}, for_rest{5};
    // Longer than proxies keep a connection, so that none sends into one that is being closed.
    static constexpr std::chrono::seconds idle{75};
    static constexpr std::size_t slowest = std::size_t{32} * 1024;  // bytes a second

    Stream& stream_;
    std::shared_ptr<Guest> guest_;
    const Host& host_;
    beast::flat_buffer buffer_;
    boost::system::error_code error_;
};

extern template class Talk<Plain>;
extern template class Talk<Secure>;

}  // namespace purser::web
