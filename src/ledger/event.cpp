#include "ledger/event.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "ledger/acts.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 73> act_names{
    "book.init",          "user.add",          "user.disable",     "user.password",
    "user.invite",        "user.sign-out",     "policy.add",       "delegate.add",
    "delegate.end",       "review.open",       "review.set",       "review.pause",
    "review.resume",      "review.finish",     "category.add",     "forecast.set",
    "forecast.withdraw",  "envelope.grant",    "envelope.lower",   "envelope.expire",
    "budget.allot",       "budget.unallot",    "budget.move",      "commitment.open",
    "commitment.confirm", "commitment.reject", "commitment.amend", "commitment.close",
    "commitment.release", "payee.add",         "payee.user",       "payee.erase",
    "member.add",         "member.set",        "member.remove",    "member.import",
    "member.erase",       "meeting.add",       "meeting.set",      "meeting.remove",
    "meeting.import",     "meeting.attend",    "milestone.add",    "milestone.set",
    "milestone.remove",   "milestone.import",  "work-item.add",    "work-item.set",
    "work-item.remove",   "work-item.import",  "expense.submit",   "expense.approve",
    "expense.reject",     "expense.withdraw",  "expense.settle",   "expense.release",
    "expense.import",     "request.submit",    "request.decide",   "request.refuse",
    "request.withdraw",   "sheet.issue",       "sheet.approve",    "sheet.withhold",
    "sheet.post",         "sheet.withdraw",    "sheet.due",        "expense.amend",
    "expense.refund",     "expense.reverse",   "period.close",     "period.reopen",
    "year.close",
};

// By byte: one look at a table, for every byte of every text of a log.
constexpr auto plain = [] {
    std::array<bool, 256> result{};
    for (std::size_t byte = 0x20; byte < result.size(); ++byte) {
        result.at(byte) = byte != '"' && byte != '\\';
    }
    return result;
}();
constexpr auto is_plain = [](char c) { return plain[static_cast<unsigned char>(c)]; };

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

void put_text(std::string& out, std::string_view text) {
    while (!text.empty()) {  // in runs: most texts need no escape at all
        const auto special = std::find_if_not(text.begin(), text.end(), is_plain);
        const auto run = static_cast<std::size_t>(special - text.begin());
        out.append(text.substr(0, run));
        if (special == text.end()) break;
        put_escaped(out, *special);
        text.remove_prefix(run + 1);
    }
}

void put_string(std::string& out, std::string_view text) {
    out += '"';
    put_text(out, text);
    out += '"';
}

// Keys are this program's own words: none needs an escape.
void put_key(std::string& out, std::string_view key) {
    out += out.back() == '{' ? "\"" : ",\"";
    out += key;
    out += "\":";
}

void put_item(std::string& out, std::string_view text) { put_string(out, text); }

void put_item(std::string& out, std::int64_t number) { out += std::to_string(number); }

void put_item(std::string& out, const Body::List& texts) {
    out += '[';
    for (const auto& text : texts) {
        if (&text != &texts.front()) out += ',';
        put_string(out, text);
    }
    out += ']';
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
    entry.body.each([&](std::string_view key, const auto& item) {
        special_before(key);
        put_key(out, key);
        put_item(out, item);
    });
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

void put_canonical_line(std::string& out, const LogView& row) {
    out += R"({"actor":")";
    put_text(out, row.actor);
    out += R"(","body":)";
    out += row.body;
    out += R"(,"document_on":)";
    if (row.document_on.empty()) {
        out += "null";
    } else {
        put_string(out, row.document_on);
    }
    out += R"(,"kind":")";
    put_text(out, row.kind);
    out += R"(","posted_on":")";
    put_text(out, row.posted_on);
    out += R"(","reason":")";
    put_text(out, row.reason);
    out += R"(","recorded_at":")";
    put_text(out, row.recorded_at);
    out += R"(","review":")";
    put_text(out, row.review);
    out += R"(","seq":)";
    out += std::to_string(row.seq);
    out += R"(,"subject":")";
    put_text(out, row.subject);
    out += R"("})";
}

std::string canonical_line(const LogView& row) {
    std::string out;
    out.reserve(row.body.size() + row.reason.size() + 256);
    put_canonical_line(out, row);
    return out;
}

}  // namespace purser
