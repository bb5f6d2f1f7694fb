#include "ledger/event.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "ledger/acts.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 71> act_names{
    "book.init",        "user.add",         "user.disable",       "user.password",
    "policy.add",       "delegate.add",     "delegate.end",       "review.open",
    "review.set",       "review.pause",     "review.resume",      "review.finish",
    "category.add",     "forecast.set",     "forecast.withdraw",  "envelope.grant",
    "envelope.lower",   "envelope.expire",  "budget.allot",       "budget.unallot",
    "budget.move",      "commitment.open",  "commitment.confirm", "commitment.reject",
    "commitment.amend", "commitment.close", "commitment.release", "payee.add",
    "payee.user",       "payee.erase",      "member.add",         "member.set",
    "member.remove",    "member.import",    "member.erase",       "meeting.add",
    "meeting.set",      "meeting.remove",   "meeting.import",     "meeting.attend",
    "milestone.add",    "milestone.set",    "milestone.remove",   "milestone.import",
    "work-item.add",    "work-item.set",    "work-item.remove",   "work-item.import",
    "expense.submit",   "expense.approve",  "expense.reject",     "expense.withdraw",
    "expense.settle",   "expense.release",  "expense.import",     "request.submit",
    "request.decide",   "request.refuse",   "request.withdraw",   "sheet.issue",
    "sheet.approve",    "sheet.withhold",   "sheet.post",         "sheet.withdraw",
    "sheet.due",        "expense.amend",    "expense.refund",     "expense.reverse",
    "period.close",     "period.reopen",    "year.close",
};

constexpr auto is_plain = [](char c) {
    return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
};

void put_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (c == '\n') {
        out += "\\n";
    } else if (c == '\t') {
        out += "\\t";
    } else {
        out += "\\u00";
        out += hex[byte >> 4U];
        out += hex[byte & 15U];
    }
}

void put_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {  // in runs: most texts need no escape at all
        const auto special = std::find_if_not(text.begin(), text.end(), is_plain);
        const auto run = static_cast<std::size_t>(special - text.begin());
        out.append(text.substr(0, run));
        if (special == text.end()) break;
        put_escaped(out, *special);
        text.remove_prefix(run + 1);
    }
    out += '"';
}

// Keys are this program's own words: none needs an escape.
void put_key(std::string& out, std::string_view key) {
    out += out.back() == '{' ? "\"" : ",\"";
    out += key;
    out += "\":";
}

void put_list(std::string& out, const std::vector<std::string>& texts) {
    out += '[';
    for (const auto& text : texts) {
        if (&text != &texts.front()) out += ',';
        put_string(out, text);
    }
    out += ']';
}

void put_item(std::string& out, const Body::Item& item) {
    if (const auto* text = std::get_if<std::string>(&item)) {
        put_string(out, *text);
    } else if (const auto* number = std::get_if<std::int64_t>(&item)) {
        out += std::to_string(*number);
    } else {
        put_list(out, std::get<std::vector<std::string>>(item));
    }
}

void put_transfers(std::string& out, const std::vector<Transfer>& transfers) {
    out += '[';
    for (const auto& transfer : transfers) {
        if (&transfer != &transfers.front()) out += ',';
        out += R"({"amount":")" + transfer.amount.text() + R"(","from":")" + transfer.from.text() +
               R"(","to":")" + transfer.to.text() + R"("})";
    }
    out += ']';
}

void put_warnings(std::string& out, const std::vector<Warning>& warnings) {
    out += '[';
    for (const auto& warning : warnings) {
        if (&warning != &warnings.front()) out += ',';
        out += R"({"message":)";
        put_string(out, warning.message);
        out += R"(,"rule":)";
        put_string(out, warning.rule);
        out += '}';
    }
    out += ']';
}

}  // namespace

std::string_view name(Act act) { return act_names.at(static_cast<std::size_t>(act)); }

std::vector<std::string> known_acts() { return {act_names.begin(), act_names.end()}; }

std::optional<Act> find_act(std::string_view text) {
    static const auto acts = [] {
        std::unordered_map<std::string_view, Act> known;
        for (std::size_t i = 0; i < act_names.size(); ++i) {
            known.emplace(act_names.at(i), static_cast<Act>(i));
        }
        return known;
    }();
    const auto found = acts.find(text);
    if (found == acts.end()) return {};
    return found->second;
}

Act parse_act(std::string_view text) {
    if (const auto act = find_act(text)) return *act;
    throw Broken("the log names an act '" + std::string(text) + "' that this version does not know",
                 "use a newer purser");
}

template <class Kind, class Value> void Body::put(std::string_view key, Value&& value) {
    if (items_.empty()) items_.reserve(12);  // most bodies need no more
    if (items_.empty() || std::string_view(items_.back().first) < key) {  // as they are read back
        items_.emplace_back(
            std::piecewise_construct, std::forward_as_tuple(key),
            std::forward_as_tuple(std::in_place_type<Kind>, std::forward<Value>(value)));
        return;
    }
    const auto at = std::lower_bound(items_.begin(), items_.end(), key,
                                     [](const auto& a, std::string_view k) { return a.first < k; });
    Item item(std::in_place_type<Kind>, std::forward<Value>(value));
    if (at != items_.end() && at->first == key) {
        at->second = std::move(item);
    } else {
        items_.emplace(at, key, std::move(item));
    }
}

// Few members, and most keys differ in length: looking at each is faster than halving.
const Body::Item* Body::find(std::string_view key) const {
    for (const auto& [known, item] : items_) {
        // Most differ in length or in their first letter, which asks for no call.
        if (known.size() == key.size() && known.front() == key.front() && known == key) {
            return &item;
        }
    }
    return nullptr;
}

void Body::set(std::string_view key, std::string_view text) {
    if (!text.empty()) put<std::string>(key, text);
}

void Body::set_number(std::string_view key, std::int64_t number) { put<std::int64_t>(key, number); }

void Body::set_list(std::string_view key, std::vector<std::string> texts) {
    if (!texts.empty()) put<std::vector<std::string>>(key, std::move(texts));
}

std::string_view Body::text(std::string_view key) const {
    const Item* item = find(key);
    return item == nullptr ? std::string_view{} : std::get<std::string>(*item);
}

std::int64_t Body::number(std::string_view key) const {
    const Item* item = find(key);
    return item == nullptr ? 0 : std::get<std::int64_t>(*item);
}

const std::vector<std::string>& Body::list(std::string_view key) const {
    static const std::vector<std::string> none;
    const Item* item = find(key);
    return item == nullptr ? none : std::get<std::vector<std::string>>(*item);
}

Money Body::money(std::string_view key, Currency currency) const {
    const Item* item = find(key);
    return item == nullptr ? Money::zero(currency)
                           : Money::parse(std::get<std::string>(*item), currency);
}

std::optional<Date> Body::day(std::string_view key) const {
    const Item* item = find(key);
    if (item == nullptr) return {};
    return parse_date(std::get<std::string>(*item));
}

// "transfers" and "warnings" take their sorted places among the members, so that the text is
// canonical without building a tree first.
std::string canonical_body(const Entry& entry) {
    std::string out;
    out.reserve(256);
    out += '{';
    bool transfers = entry.transfers.empty();
    bool warnings = entry.warnings.empty();
    const auto special_before = [&](std::string_view key) {
        if (!transfers && key > "transfers") {
            transfers = true;
            put_key(out, "transfers");
            put_transfers(out, entry.transfers);
        }
        if (!warnings && key > "warnings") {
            warnings = true;
            put_key(out, "warnings");
            put_warnings(out, entry.warnings);
        }
    };
    for (const auto& [key, item] : entry.body.items()) {
        special_before(key);
        put_key(out, key);
        put_item(out, item);
    }
    special_before("~");
    out += '}';
    return out;
}

LogColumns log_columns(const Event& event) {
    return {event.actor,
            canonical_body(event),
            event.document_on ? to_text(*event.document_on) : "",
            std::string(name(event.act)),
            to_text(event.posted_on),
            event.reason,
            to_text(event.recorded_at),
            event.review.text(),
            event.subject,
            event.seq};
}

void put_canonical_line(std::string& out, const LogColumns& columns) {
    const auto put = [&](std::string_view key, std::string_view text) {
        put_key(out, key);
        put_string(out, text);
    };
    out += '{';
    put("actor", columns.actor);
    put_key(out, "body");
    out += columns.body;
    put_key(out, "document_on");
    if (columns.document_on.empty()) {
        out += "null";
    } else {
        put_string(out, columns.document_on);
    }
    put("kind", columns.kind);
    put("posted_on", columns.posted_on);
    put("reason", columns.reason);
    put("recorded_at", columns.recorded_at);
    put("review", columns.review);
    put_key(out, "seq");
    out += std::to_string(columns.seq);
    put("subject", columns.subject);
    out += '}';
}

std::string canonical_line(const LogColumns& columns) {
    std::string out;
    out.reserve(columns.body.size() + columns.reason.size() + 256);
    put_canonical_line(out, columns);
    return out;
}

}  // namespace purser
