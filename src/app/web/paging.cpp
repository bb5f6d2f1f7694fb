#include "app/web/paging.hpp"

#include <charconv>

#include "report/sorting.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::int64_t most_rows = 1000;

std::int64_t number_of(const std::string& name, const std::string& text, std::int64_t lowest,
                       std::int64_t highest) {
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc{} && stop == end && number >= lowest && number <= highest) return number;
    throw BadInput(name + " is a whole number from " + std::to_string(lowest) + " to " +
                   std::to_string(highest) + ", not '" + text + "'");
}

}  // namespace

Window parse_window(const std::string& offset, const std::string& limit) {
    Window window;
    if (!limit.empty()) window.count = number_of("limit", limit, 1, most_rows);
    if (!offset.empty()) window.first = number_of("offset", offset, 0, 1'000'000'000);
    if (window.count == 0 && window.first > 0) window.count = most_rows;
    return window;
}

report::Document windowed(report::Document document, const Window& window,
                          const std::shared_ptr<std::int64_t>& rows) {
    report::Table* const table = report::list_of(document.body);
    if (table == nullptr) return document;
    table->rows = [all = table->rows, window, rows](const report::RowSink& sink) {
        *rows = 0;
        all([&](const report::Row& row) {
            const std::int64_t at = (*rows)++;
            const bool is_in =
                window.count == 0 || (at >= window.first && at < window.first + window.count);
            if (is_in) sink(row);
            return window.count == 0 || !window.ahead || at < window.last_counted();
        });
    };
    return document;
}

}  // namespace purser::web
