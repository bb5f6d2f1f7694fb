// HTTP, bounded: what a request and an answer are to the pages, and the server that carries them.
//
// A connection has a budget of bytes and of time, so that slow, silent and endless clients stop
// nobody else. The library behind it is seen by server.cpp and connection.cpp only.
#pragma once

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purser::web {

struct Upload {
    std::string file_name, content;
};

struct Request {
    std::string method;                              // GET or POST; HEAD is answered as GET
    std::string path;                                // decoded
    std::string remote;                              // the peer's address
    std::multimap<std::string, std::string> fields;  // of the query and of a form
    std::multimap<std::string, Upload> uploads;
    std::string body;                            // of what is no form
    std::map<std::string, std::string> headers;  // by lower-case name

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
};

bool is_loopback_address(const std::string& address);

// Where to listen, and how.
struct Listen {
    std::string host = "127.0.0.1";
    int port = 8417;               // 0: any that is free
    std::string certificate, key;  // PEM files; "" without TLS
    bool behind_proxy = false;

    bool is_loopback() const { return host == "localhost" || is_loopback_address(host); }
    bool has_tls() const { return !certificate.empty(); }
    std::string url(int bound) const;  // "http://[::1]:8417"
};
Listen parse_listen(std::string_view text);  // "127.0.0.1:8417", "[::1]:8417"; BadInput

using Answering = std::function<Response(const Request&)>;

class Server {
public:
    virtual ~Server() = default;

    virtual int port() const = 0;
    virtual void run() = 0;   // until stop(); then what was accepted is finished
    virtual void stop() = 0;  // from any thread
};

// Listens from now on. BadInput when it cannot.
//
// The libraries that carry HTTP and TLS are loaded here: every other start is a quarter faster
// without them.
std::unique_ptr<Server> open_server(const Listen& listen, const Answering& answering);

// The one name that is looked for in them; who calls it owns the server.
extern "C" [[gnu::visibility("default")]] Server* purser_open_server(const Listen& listen,
                                                                     const Answering& answering);

}  // namespace purser::web
