#include "app/web/machine.hpp"

#include "app/web/api.hpp"

namespace purser::web {
namespace {

void put(std::string& text, const std::string& name, const std::string& kind,
         const std::string& help) {
    text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + kind + '\n';
}

}  // namespace

Response show_health(Visit& visit) {
    const bool is_well = visit.site.pulse.is_well();
    Response response;
    response.status = is_well ? 200 : 503;
    response.type = "application/json";
    response.body =
        is_well ? "{\"status\":\"ok\"}\n" : "{\"status\":\"the book cannot be read\"}\n";
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Response show_metrics(Visit& visit) {
    const Site& site = visit.site;
    const bool is_here =
        !site.settings.listen.behind_proxy && is_loopback_address(visit.request.remote);
    if (!is_here) {
        const auto reader = visit.site.books.reader();
        visit.place = &*reader;
        recognize_program(visit);
        visit.place = nullptr;
        if (!visit.user) {
            return api_problem({401, "no_token", "the counts take a bearer token", ""});
        }
    }
    const Metrics& counts = site.metrics;
    std::string text;
    put(text, "purser_requests_total", "counter", "Requests answered, by class of status.");
    for (std::size_t i = 1; i < std::size(counts.answered); ++i) {
        text += "purser_requests_total{status=\"" + std::to_string(i) + "xx\"} " +
                std::to_string(counts.answered[i]) + '\n';
    }
    const auto one = [&](const std::string& name, const std::string& kind, const std::string& help,
                         std::int64_t value) {
        put(text, name, kind, help);
        text += name + ' ' + std::to_string(value) + '\n';
    };
    one("purser_request_microseconds_total", "counter", "Time spent on answers.",
        counts.microseconds);
    one("purser_requests_in_flight", "gauge", "Requests being answered now.", counts.in_flight);
    one("purser_sign_ins_total", "counter", "Sign-ins.", counts.sign_ins);
    one("purser_failed_sign_ins_total", "counter", "Wrong passwords.", counts.failed_sign_ins);
    Response response;
    response.type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = text;
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace purser::web
