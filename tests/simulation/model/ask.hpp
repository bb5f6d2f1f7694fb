// What somebody asks of the book: one plain record for every kind of act.
//
// Fields that an act does not know stay empty. `asked` is the request as a text, without who asks
// and under which key: two requests are the same when these texts are.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar.hpp"

namespace plain {

using Minor = std::int64_t;  // cents, yen, fils

struct Foreign {
    std::string currency;
    Minor amount = 0;
    std::int64_t digits = 0;  // the rate: digits / 10^scale
    int scale = 0;
    Day on = 0;

    std::string rate_text() const {
        std::string text = std::to_string(digits);
        const auto decimals = static_cast<std::size_t>(scale);
        if (decimals == 0) return text;
        if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
        return text.insert(text.size() - decimals, 1, '.');
    }
    std::string text() const {
        return currency + ' ' + std::to_string(amount) + " at " + rate_text() + " of " +
               day_text(on);
    }
    friend bool operator==(const Foreign&, const Foreign&) = default;
};

// A part of a cost that is shared by weights.
struct Share {
    std::string review, category, work_item;
    std::int64_t weight = 0;
};

struct Ask {
    std::string act;  // as the log names it: "expense.submit"
    std::string user;
    std::string key;     // of the request, or ""
    std::string review;  // its key
    std::string category;
    std::string other;  // a second category, a role, a setting's name
    std::string text;   // a reason, a title, a setting's value
    std::optional<Minor> amount;
    std::optional<Foreign> foreign;  // then `amount` is absent: it is converted
    std::optional<int> year;
    std::optional<Day> on, expected, document_on;
    int number = 0;             // the document that is decided on
    int commitment = 0;         // that an expense goes against
    std::string commitment_of;  // the review of that commitment, when it is another
    int after = 0;              // the closed commitment that an expense comes too late for
    bool direct = false;        // amended to be against no commitment
    int hold = 0;               // the request that waits for where a control stops it
    std::string hold_of;        // the review of that request, when it is another
    bool proposed = false;
    std::string payee, invoice, work_item;
    std::map<std::string, std::string> texts;  // amended: "text", "payee", "invoice", "work_item"
    std::vector<Share> shares;
    std::optional<Day> expires;  // the last day of a grant
    std::string resolution;
    int count = 0;                         // persons of a policy's tier
    Month month = 0;                       // to close
    std::vector<int> keep;                 // commitments that carry
    std::vector<Ask> rows;                 // of a file
    std::vector<std::string> approved_by;  // stated at import
    bool late_open = false;
    bool dry_run = false;

    std::string asked() const;
};

inline std::string Ask::asked() const {
    std::string all = act;
    const auto say = [&](const char* name, const std::string& value) {
        if (!value.empty()) all += std::string(" ") + name + "=" + value;
    };
    say("review", review);
    if (number != 0) say("document", std::to_string(number));
    say("category", category);
    say("other", other);
    if (amount) say("amount", std::to_string(*amount));
    if (foreign) say("foreign", foreign->text());
    if (year) say("year", std::to_string(*year));
    if (on) say("on", day_text(*on));
    if (expected) say("expected", day_text(*expected));
    if (document_on) say("document_on", day_text(*document_on));
    if (commitment != 0) say("commitment", commitment_of + 'C' + std::to_string(commitment));
    if (after != 0) say("after", commitment_of + 'C' + std::to_string(after));
    if (direct) say("direct", "yes");
    if (hold != 0) say("hold", hold_of + 'R' + std::to_string(hold));
    if (proposed) say("proposed", "yes");
    say("payee", payee);
    say("invoice", invoice);
    say("work_item", work_item);
    for (const auto& [name, value] : texts) all += ' ' + name + "='" + value + "'";
    for (const auto& share : shares) {
        say("share", share.review + '/' + share.category + '/' + share.work_item + '=' +
                         std::to_string(share.weight));
    }
    if (expires) say("expires", day_text(*expires));
    say("resolution", resolution);
    if (count != 0) say("count", std::to_string(count));
    if (month != 0) say("month", month_text(month));
    for (const int kept : keep) say("keep", std::to_string(kept));
    for (const auto& user_name : approved_by) say("approved_by", user_name);
    if (late_open) say("late", "open");
    say("text", text);
    for (const auto& row : rows)
        all += "\n    row " + row.asked() + (row.key.empty() ? "" : " key=" + row.key);
    return all;
}

}  // namespace plain
