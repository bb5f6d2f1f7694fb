#include <csignal>
#include <iostream>
#include <pthread.h>
#include <thread>

#include "app/cli/nouns.hpp"
#include "app/cli/terminal_session.hpp"
#include "app/web/http.hpp"
#include "app/web/site.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

struct ServeOptions {
    Argument listen, address, certificate, key, header, proxy;
    Flag behind_proxy;
};

web::Listen listen_of(const ServeOptions& options) {
    web::Listen listen = options.listen.maybe(&web::parse_listen).value_or(web::Listen{});
    listen.certificate = options.certificate.text();
    listen.key = options.key.text();
    listen.behind_proxy = options.behind_proxy.given();
    listen.proxy = options.proxy.text();
    if (listen.certificate.empty() != listen.key.empty()) {
        throw BadInput("TLS needs both --tls-cert and --tls-key");
    }
    if (!listen.is_loopback() && !listen.has_tls() && !listen.behind_proxy) {
        throw BadInput(listen.host +
                           " can be reached from other machines, and without TLS anybody "
                           "between could read and change what is sent",
                       "add --tls-cert and --tls-key, or --behind-proxy where one does TLS");
    }
    if (options.header.given() && !listen.behind_proxy) {
        throw BadInput("--user-header believes whoever sends it",
                       "add --behind-proxy where a proxy sets it and lets nobody else");
    }
    if (options.proxy.given() && !options.header.given()) {
        throw BadInput("--proxy says whose --user-header is believed", "name that header, too");
    }
    return listen;
}

// Until somebody has a password, the first admin chooses one by a link that only the terminal
// shows.
std::string first_link(web::Site& site, Instant now) {
    const auto writer = site.books.writer();
    if (writer->access.has_any_password() || !site.settings.user_header.empty()) return {};
    for (const User& user : writer->book.users()) {
        if (user.disabled || !user.has(Role::admin, ReviewKey::book())) continue;
        return "/welcome/" + writer->access.invite({user.name, {}, now}, user.name).link;
    }
    return {};
}

// From now on only the thread that waits for them hears these.
sigset_t heard_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

// Until the end: SIGHUP says that there is a new certificate.
void obey(const sigset_t& signals, web::Server& server) {
    for (int signal = 0; sigwait(&signals, &signal) == 0;) {
        if (signal != SIGHUP) return server.stop();
        try {
            server.reload();
        } catch (const BadInput& bad) {
            std::cerr << "the old certificate stays: " + std::string(bad.what()) + '\n';
        }
    }
}

void serve(Session& session, const ServeOptions& options, const Globals& globals) {
    web::Settings settings{session.location(),
                           listen_of(options),
                           {},
                           options.address.maybe(&parse_site_address).value_or(""),
                           {}};
    for (const char c : options.header.text()) {
        settings.user_header += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    settings.clock = clock_of(globals.clock);
    const sigset_t signals = heard_signals();
    std::signal(SIGPIPE, SIG_IGN);
    web::Site site(settings);
    const auto server = web::open_server(settings.listen, site);
    const std::string at = settings.listen.url(server->port());
    site.address = settings.address.empty() ? at : settings.address;
    session.print_line("Purser listens at " + at);
    const std::string link = first_link(site, session.now());
    if (!link.empty()) {
        session.print_line("Nobody has a password yet. The first admin chooses one, once, at\n  " +
                           site.address + link);
    }
    session.out().flush();
    std::thread listening([&] { obey(signals, *server); });
    server->run();
    site.finish();                                    // it calls back to the server
    pthread_kill(listening.native_handle(), SIGINT);  // it waits; the end may have other reasons
    listening.join();
}

}  // namespace

void add_serve(Commands& commands) {
    Verb& verb = commands.noun("serve", "the pages of the book, for browsers and programs")
                     .itself("purser serve --listen 127.0.0.1:8417");
    const ServeOptions options{
        verb.option("--listen", "ADDRESS", "address and port (127.0.0.1:8417)"),
        verb.option("--address", "URL",
                    "where people find the pages, for links in invitations (where it listens)"),
        verb.option("--tls-cert", "FILE", "the certificate with its chain, for https"),
        verb.option("--tls-key", "FILE", "its key"),
        verb.option("--user-header", "NAME", "the header by which a trusted proxy says who it is"),
        verb.option("--proxy", "ADDRESS", "the address that it has (any of this machine)"),
        verb.flag("--behind-proxy", "a proxy on the way does TLS and lets nobody around it"),
    };
    verb.note(
        "It ends with SIGTERM or Ctrl-C, after it has answered what it had accepted; at SIGHUP it "
        "reads certificate and key again. Other machines reach it only with TLS, its own or a "
        "proxy's. With --address only forms of that site are taken; without it a proxy passes Host "
        "on as it came. A proxy sets --user-header itself, whatever was sent, and adds the "
        "visitor's address to X-Forwarded-For.");
    verb.terminal_only();
    const Globals globals = verb.globals();
    verb.runs([=](Session& session) { serve(session, options, globals); });
}

}  // namespace purser::cli
