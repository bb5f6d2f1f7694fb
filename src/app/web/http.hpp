// HTTP, bounded: what a request and an answer are to the pages, and the server that carries them.
//
// A request is judged twice: by its head, before a byte of its body is read, and then as a whole.
// A connection has a budget of bytes and of time, so that slow, silent and endless clients stop
// nobody else. The library behind it is seen by server.cpp and connection.hpp only.
#pragma once

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purser::web {

class Lane;

struct Upload {
    std::string file_name, content;
};

struct Request {
    std::string method;  // GET or POST; HEAD is answered as GET
    std::string target;  // path and query, as they came
    std::string path;    // decoded
    std::string remote;  // the peer's address
    std::string client;  // the address of who asks, which a trusted proxy tells; else the peer's
    std::multimap<std::string, std::string> fields;  // of the query and of a form
    std::multimap<std::string, Upload> uploads;
    std::string body;                            // as it came
    std::map<std::string, std::string> headers;  // by lower-case name
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
    std::shared_ptr<void> flight{};  // counted as long as somebody has it

    std::string header(const std::string& name) const;
    std::string field(const std::string& name) const;  // the first, or ""
    std::string cookie(std::string_view name) const;   // "" when absent
    std::vector<std::string> each(const std::string& name) const;
    bool has(const std::string& name) const { return fields.contains(name); }
};

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<std::FILE> file{};  // in place of the body, where that may be long
    std::function<Response()> paper{};  // makes the answer, where that is work for the few
};

// What a head alone leads to.
struct Admission {
    std::optional<Response> answer{};  // at once, whatever follows
    std::size_t body_limit = 0;        // bytes that may follow
    std::string who{};                 // in whose turn the rest is answered,
    Lane* lane = nullptr;              // and by which threads
    std::shared_ptr<void> seat{};      // held until then, by who sends much
};

bool is_loopback_address(const std::string& address);

// Where to listen, and how.
struct Listen {
    std::string host = "127.0.0.1";
    int port = 8417;               // 0: any that is free
    std::string certificate, key;  // PEM files; "" without TLS
    bool behind_proxy = false;
    std::string proxy;  // the address that it has; "" for any of this machine

    bool is_loopback() const { return host == "localhost" || is_loopback_address(host); }
    bool has_tls() const { return !certificate.empty(); }
    // Whether what comes from there is passed on by the proxy in front.
    bool is_proxy(const std::string& address) const {
        return behind_proxy && (proxy.empty() ? is_loopback_address(address) : address == proxy);
    }
    std::string url(int bound) const;  // "http://[::1]:8417"
};
Listen parse_listen(std::string_view text);  // "127.0.0.1:8417", "[::1]:8417"; BadInput

// What stands behind a server. None of it waits: an answer is called back with, from any thread,
// once.
class Answering {
public:
    virtual ~Answering() = default;

    // The head of a request, which may follow the way to its body or not.
    virtual void admit(std::shared_ptr<Request> head, std::function<void(Admission)> then) = 0;
    // The request with its body.
    virtual void answer(std::shared_ptr<Request> request, const Admission& admission,
                        std::function<void(Response)> then) = 0;
    // The page of what the server itself refuses.
    virtual Response refusal(int status, const std::string& target) = 0;
};

class Server {
public:
    virtual ~Server() = default;

    virtual int port() const = 0;
    virtual void run() = 0;   // until stop(); then what was accepted is finished
    virtual void stop() = 0;  // from any thread
    // Reads certificate and key again, for who comes from now on. BadInput leaves the old ones.
    virtual void reload() = 0;
};

// Listens from now on. BadInput when it cannot.
//
// The libraries that carry HTTP and TLS are loaded here: every other start is a quarter faster
// without them.
std::unique_ptr<Server> open_server(const Listen& listen, Answering& answering);

// The one name that is looked for in them; who calls it owns the server.
extern "C" [[gnu::visibility("default")]] Server* purser_open_server(const Listen& listen,
                                                                     Answering& answering);

}  // namespace purser::web
