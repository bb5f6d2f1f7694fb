#include "store/event_text.hpp"

#include <simdjson.h>

#include "ledger/reading.hpp"

namespace purser {
namespace {

std::string_view text_of(simdjson::dom::element element) {
    return std::string_view(element.get_string());
}

void read_transfers(simdjson::dom::array array, Currency currency, Entry& entry) {
    for (const simdjson::dom::object transfer : array) {
        entry.transfers.push_back({Account::parse(text_of(transfer["from"])),
                                   Account::parse(text_of(transfer["to"])),
                                   Money::parse(text_of(transfer["amount"]), currency)});
    }
}

void read_warnings(simdjson::dom::array array, Entry& entry) {
    for (const simdjson::dom::object warning : array) {
        entry.warnings.push_back(
            {std::string(text_of(warning["rule"])), std::string(text_of(warning["message"]))});
    }
}

std::vector<std::string> read_list(simdjson::dom::array array) {
    std::vector<std::string> texts;
    for (const simdjson::dom::element element : array) texts.emplace_back(text_of(element));
    return texts;
}

}  // namespace

struct BodyReader::Parser {
    simdjson::dom::parser dom;
};

BodyReader::BodyReader() : parser_(std::make_unique<Parser>()) {}
BodyReader::~BodyReader() = default;

void BodyReader::read(std::string_view json, Currency currency, Entry& entry) {
    entry.body.clear();
    entry.transfers.clear();
    entry.warnings.clear();
    try {
        const simdjson::dom::object object = parser_->dom.parse(json.data(), json.size(), true);
        for (const auto& [key, value] : object) {
            const auto type = value.type();
            if (type == simdjson::dom::element_type::STRING) {
                entry.body.set(key, text_of(value));
            } else if (key == "transfers") {
                read_transfers(value, currency, entry);
            } else if (key == "warnings") {
                read_warnings(value, entry);
            } else if (type == simdjson::dom::element_type::ARRAY) {
                entry.body.set_list(key, read_list(value));
            } else {
                entry.body.set_number(key, std::int64_t(value));
            }
        }
    } catch (const simdjson::simdjson_error& error) {
        throw Unreadable("its body is not the JSON that was written: " + std::string(error.what()));
    }
}

}  // namespace purser
