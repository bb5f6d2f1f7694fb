#include "app/web/amount.hpp"

#include <nlohmann/json.hpp>

#include "app/web/address.hpp"
#include "app/web/deed.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

// Of an expense in its invoice's own, as its refunds are; else as it is asked, or the review's.
Currency currency_of(Visit& visit) {
    const std::string& word = visit.path.at(1);
    const auto id = document_of(word);
    const ReviewKey key = id ? id->review : ReviewKey::parse(word);
    require_sight(visit, key.text());
    if (const std::string asked = visit.request.field("currency"); !asked.empty()) {
        return Currency::parse(asked);
    }
    if (id && id->kind == DocumentKind::expense) {
        const auto original = visit.place->book.expense(*id).original;
        if (original) return original->amount.currency();
    }
    return visit.place->book.review(key).currency();
}

}  // namespace

Response show_amount(Visit& visit) {
    nlohmann::ordered_json json;
    try {
        const Money amount = Money::parse(visit.request.field("amount"), currency_of(visit));
        json = {{"amount", amount.with_code()}};
    } catch (const BadInput& bad) {
        json = {{"problem", bad.what()}, {"hint", bad.hint()}};
    }
    Response response;
    response.type = "application/json";
    response.body = json.dump(-1, ' ', false, decltype(json)::error_handler_t::replace) + '\n';
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace purser::web
