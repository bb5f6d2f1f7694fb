#include "app/web/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cctype>

namespace purser::web {
namespace {

namespace http = beast::http;

template <typename Error> auto quietly(Error& error) {
    return asio::redirect_error(asio::use_awaitable, error);
}

// Waits for what is called back from another thread.
template <typename Result, typename Start> asio::awaitable<Result> called_back(Start start) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Result)>(
        [](auto handler, Start begin) {
            const auto held = std::make_shared<decltype(handler)>(std::move(handler));
            begin([held](Result result) {
                asio::post(
                    asio::get_associated_executor(*held),
                    [held, result = std::move(result)]() mutable { (*held)(std::move(result)); });
            });
        },
        asio::use_awaitable, std::move(start));
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// Who a proxy says it passes a request on for: the last that it wrote itself.
std::string last_of(const std::string& forwarded) {
    std::string text = forwarded.substr(forwarded.rfind(',') + 1);
    std::erase(text, ' ');
    boost::system::error_code error;
    const auto address = asio::ip::make_address(text, error);
    return error ? "" : address.to_string();
}

}  // namespace

template <typename Stream> asio::awaitable<bool> Talk<Stream>::more() {
    const std::size_t room = std::min<std::size_t>(16'384, buffer_.max_size() - buffer_.size());
    const std::size_t got =
        co_await stream_.async_read_some(buffer_.prepare(room), quietly(error_));
    buffer_.commit(got);
    co_return !error_;
}

template <typename Stream> asio::awaitable<std::size_t> Talk<Stream>::head() {
    host_.guests.waits(*guest_, true);
    beast::get_lowest_layer(stream_).expires_after(idle);
    if (buffer_.size() == 0 && !co_await more()) co_return 0;
    beast::get_lowest_layer(stream_).expires_after(for_head);
    for (;;) {
        const auto* const bytes = static_cast<const char*>(buffer_.data().data());
        const std::string_view came(bytes, buffer_.size());
        const auto end = came.find("\r\n\r\n");
        const std::string_view of_head =
            came.substr(0, end == std::string_view::npos ? end : end + 4);
        const bool is_broken = is_broken_head(of_head);
        if (is_broken || of_head.size() > head_limit) {
            co_await refuse(is_broken ? 400 : 431, "");
            co_return 0;
        }
        if (end != std::string_view::npos) co_return of_head.size();
        if (!co_await more()) {
            if (error_ == beast::error::timeout) co_await refuse(408, "");
            co_return 0;
        }
    }
}

template <typename Stream>
std::shared_ptr<Request> Talk<Stream>::request_of(const Parser& parser) const {
    const auto& from = parser.get();
    auto request = std::make_shared<Request>();
    request->method = from.method() == http::verb::head ? "GET" : std::string(from.method_string());
    request->target = std::string(from.target());
    // One that comes twice is one with both values: a name that a proxy adds to what a client sent
    // is nobody's.
    for (const auto& field : from) {
        const std::string value(field.value());
        const auto [at, is_first] =
            request->headers.try_emplace(lower(std::string(field.name_string())), value);
        if (!is_first) at->second += ", " + value;
    }
    request->remote = request->client = guest_->address;
    const std::string told = guest_->is_proxy ? last_of(request->header("x-forwarded-for")) : "";
    if (!told.empty()) request->client = told;
    return request;
}

template <typename Stream> asio::awaitable<bool> Talk<Stream>::body(Parser& parser) {
    if (parser.is_done()) co_return true;
    if (parser.get()[http::field::expect] == "100-continue") {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(go_on), quietly(error_));
        if (error_) co_return false;
    }
    const std::string target(parser.get().target());
    co_await http::async_read(stream_, buffer_, parser, quietly(error_));
    if (!error_) co_return true;
    const bool is_long = error_ == http::error::body_limit;
    const bool is_ours = error_.category() == make_error_code(http::error::bad_chunk).category();
    const bool is_cut =
        error_ == http::error::end_of_stream || error_ == http::error::partial_message;
    if (error_ == beast::error::timeout) {
        co_await refuse(408, target);
    } else if (is_long || (is_ours && !is_cut)) {
        co_await refuse(is_long ? 413 : 400, target);
    }
    co_return false;
}

template <typename Stream>
asio::awaitable<typename Talk<Stream>::Next> Talk<Stream>::exchange(std::size_t head_length) {
    const std::string_view bytes(static_cast<const char*>(buffer_.data().data()), head_length);
    if (const int status = refused_framing(bytes)) {
        co_await refuse(status, "");
        co_return Next::close;
    }
    Parser parser;
    parser.header_limit(head_limit);
    parser.body_limit(INT64_MAX);  // the right one is known after the admission
    const std::size_t used = parser.put(asio::buffer(bytes), error_);
    if (error_ || !parser.is_header_done()) {
        co_await refuse(400, "");
        co_return Next::close;
    }
    buffer_.consume(used);
    host_.guests.waits(*guest_, false);
    const auto method = parser.get().method();
    const bool sends = method == http::verb::post;
    if (!sends && method != http::verb::get && method != http::verb::head) {
        co_await refuse(405, std::string(parser.get().target()));
        co_return Next::close;
    }
    const std::string expects(parser.get()[http::field::expect]);
    if (!expects.empty() && lower(expects) != "100-continue") {
        co_await refuse(417, std::string(parser.get().target()));
        co_return Next::close;
    }
    const std::shared_ptr<Request> request = request_of(parser);
    const auto admission = co_await called_back<Admission>(
        [&](auto then) { host_.answering.admit(request, std::move(then)); });
    // A body that is not asked for is not read: where it ends would be taken on trust.
    const bool is_followed = !parser.is_done();
    if (admission.answer) co_return co_await send(*admission.answer, parser, is_followed);
    if (is_followed && !sends) {
        const auto response = co_await called_back<Response>(
            [&](auto then) { host_.answering.answer(request, admission, std::move(then)); });
        co_return co_await send(response, parser, true);
    }
    const auto length = parser.content_length();
    if (length && *length > admission.body_limit) {
        co_await refuse(413, request->target);
        co_return Next::close;
    }
    parser.body_limit(admission.body_limit);
    host_.guests.waits(*guest_, true);
    allow(length ? static_cast<std::size_t>(*length) : admission.body_limit);
    if (!co_await body(parser)) co_return Next::close;
    host_.guests.waits(*guest_, false);
    request->body = std::move(parser.get().body());
    const auto response = co_await called_back<Response>(
        [&](auto then) { host_.answering.answer(request, admission, std::move(then)); });
    co_return co_await send(response, parser, false);
}

template <typename Stream> asio::awaitable<bool> Talk<Stream>::send_file(std::FILE* file) {
    std::array<char, 65'536> bytes;
    for (;;) {
        const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), file);
        if (got == 0) co_return std::ferror(file) == 0;
        allow(got);
        co_await asio::async_write(stream_, asio::buffer(bytes.data(), got), quietly(error_));
        if (error_) co_return false;
    }
}

template <typename Stream>
asio::awaitable<typename Talk<Stream>::Next> Talk<Stream>::send(const Response& response,
                                                                const Parser& parser,
                                                                bool is_last) {
    const bool keeps = !is_last && parser.get().keep_alive();
    http::response<http::string_body> head(static_cast<http::status>(response.status), 11);
    for (const auto& [name, value] : response.headers) head.insert(name, value);
    head.keep_alive(keeps);
    if (keeps && parser.get().version() == 10) head.set(http::field::connection, "keep-alive");
    const bool is_empty = response.status == 304 || response.status == 204;
    const bool only_head = parser.get().method() == http::verb::head;
    std::size_t length = response.body.size();
    if (response.file != nullptr) {
        std::fseek(response.file.get(), 0, SEEK_END);
        length = static_cast<std::size_t>(std::ftell(response.file.get()));
        std::rewind(response.file.get());
    }
    if (!is_empty) {
        head.set(http::field::content_type, response.type);
        head.content_length(length);
    }
    if (!is_empty && !only_head && response.file == nullptr) head.body() = response.body;
    allow(head.body().size());
    http::response_serializer<http::string_body> writer(head);
    co_await http::async_write_header(stream_, writer, quietly(error_));
    if (error_) co_return Next::close;
    if (!head.body().empty()) {
        co_await asio::async_write(stream_, asio::buffer(head.body()), quietly(error_));
    } else if (response.file != nullptr && !only_head) {
        if (!co_await send_file(response.file.get())) co_return Next::close;
    }
    if (error_) co_return Next::close;
    if (is_last) co_await linger();
    co_return keeps ? Next::request : Next::close;
}

template <typename Stream>
asio::awaitable<void> Talk<Stream>::refuse(int status, const std::string& target) {
    http::request_parser<http::string_body> nothing;
    nothing.get().version(11);
    nothing.get().method(http::verb::get);
    co_await send(host_.answering.refusal(status, target), nothing, true);
}

// Lets an answer arrive before the connection goes: bytes that nobody read would take it along.
template <typename Stream> asio::awaitable<void> Talk<Stream>::linger() {
    auto& lowest = beast::get_lowest_layer(stream_);
    boost::system::error_code ignored;
    if constexpr (std::is_same_v<Stream, Plain>) {
        lowest.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }
    lowest.expires_after(for_rest);
    host_.guests.waits(*guest_, true);
    do buffer_.consume(buffer_.size());
    while (co_await more());
}

template <typename Stream> asio::awaitable<void> Talk<Stream>::converse() {
    for (;;) {
        const std::size_t length = co_await head();
        if (length == 0 || co_await exchange(length) == Next::close) co_return;
    }
}

template class Talk<Plain>;
template class Talk<Secure>;

}  // namespace purser::web
