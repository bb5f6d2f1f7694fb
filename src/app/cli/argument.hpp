// One argument of a verb, as it was typed; what it means is parsed when the verb runs.
//
//     const Argument amount = verb.needed("--amount", "A", "how much");
//     …amount.as(money_in(currency))…
//
// While an argument is parsed its name stands in the shared `place`: when parsing fails it is
// still there, and the message says which argument it was.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "store/book.hpp"
#include "values/currency.hpp"
#include "values/id.hpp"
#include "values/money.hpp"

namespace purser::cli {

using Place = std::shared_ptr<std::string>;

class Argument {
public:
    Argument(std::string name, Place place)
        : name_(std::move(name)),
          place_(std::move(place)),
          texts_(std::make_shared<std::vector<std::string>>()) {}

    const std::string& name() const { return name_; }  // "--amount", or "KEY" for a word
    bool given() const { return !texts_->empty(); }
    const std::vector<std::string>& texts() const { return *texts_; }
    std::string text() const { return given() ? texts_->front() : std::string(); }
    void take(std::vector<std::string> texts) const { *texts_ = std::move(texts); }

    // What `parse` makes of the text; of "" when the argument was not given.
    template <class Parse> auto as(const Parse& parse) const { return parsed(text(), parse); }
    // The same, or nothing when the argument was not given.
    template <class Parse>
    auto maybe(const Parse& parse) const
        -> std::optional<std::decay_t<decltype(parse(std::string_view{}))>> {
        if (!given()) return std::nullopt;
        return parsed(text(), parse);
    }
    // The same for each text of an argument that may be repeated.
    template <class Parse> auto each(const Parse& parse) const {
        std::vector<std::decay_t<decltype(parse(std::string_view{}))>> result;
        for (const auto& one : *texts_) result.push_back(parsed(one, parse));
        return result;
    }

private:
    template <class Parse> auto parsed(const std::string& text, const Parse& parse) const {
        *place_ = name_;
        auto value = parse(std::string_view(text));
        place_->clear();
        return value;
    }

    std::string name_;
    Place place_;
    std::shared_ptr<std::vector<std::string>> texts_;
};

// An argument that is there or not, without a value: --overhead.
class Flag {
public:
    explicit Flag(Argument argument) : argument_(std::move(argument)) {}
    bool given() const { return argument_.given(); }

private:
    Argument argument_;
};

// What arguments are parsed with, where a plain function does not do.
inline auto money_in(Currency currency) {
    return [currency](std::string_view text) { return Money::parse(text, currency); };
}
inline auto id_of(DocumentKind kind) {
    return [kind](std::string_view text) { return DocumentId::parse(text, kind); };
}
std::string parse_line(std::string_view text, std::string_view what);  // BadInput: several lines
// Text of many lines or of one, for people; "" stays "". `what` names it: "reason".
inline auto text_of(std::string_view what) {
    return [what](std::string_view text) { return parse_text(text, what); };
}
inline auto line_of(std::string_view what) {
    return [what](std::string_view text) { return parse_line(text, what); };
}

int parse_count(std::string_view text);  // 1 to 9,999
Head parse_head(std::string_view text);  // "57:9f86d0…", number and hash
// "https://books.example.org", where the pages are: no path but a slash, which is taken off.
std::string parse_site_address(std::string_view text);
bool parse_on_off(std::string_view text);  // "on" or "off"
std::string plural(std::int64_t count, std::string_view one, std::string_view many);  // "1 row"
std::string grouped(std::int64_t count);                                              // "1,234"

}  // namespace purser::cli
