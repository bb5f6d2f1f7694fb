#include "app/web/links.hpp"

#include <variant>

#include "app/web/address.hpp"

namespace purser::web {
namespace {

using report::Row;
using report::Section;
using report::Table;

// A row of figures begins with its category's code, which is for programs alone.
std::string register_of(const std::string& review, Date as_of, const Section& section,
                        const Table& table, const Row& row) {
    const std::string& first = table.columns.front().key;
    const auto* const code = std::get_if<std::string>(&row.front());
    if (review.empty() || code == nullptr || (first != "code" && first != "category")) return {};
    const bool is_year = section.key == "fiscal_year";
    std::string year;
    for (const auto& field : section.fields) {
        const auto* const text = std::get_if<std::string>(&field.value);
        if (is_year && field.key == "name" && text != nullptr) year = *text;
    }
    return "/register/" + review +
           query_of({{"category", *code == "total" ? "" : *code},
                     {"fiscal-year", year},
                     {"as-of", to_text(as_of)}});
}

}  // namespace

format::Links links_of(const std::string& review, Date as_of) {
    format::Links links;
    links.text = [](const std::string& text) { return address_of(text); };
    links.figure = [=](const Section& section, const Table& table, const Row& row) {
        return register_of(review, as_of, section, table, row);
    };
    return links;
}

}  // namespace purser::web
