// An expense as somebody asks for it, before any rule was tried; and a file of them.
//
// Every field is a proper value already; whether the category or the commitment exists,
// and whether the money is there, is for the rules.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "values/date.hpp"
#include "values/error.hpp"
#include "values/id.hpp"
#include "values/money.hpp"
#include "values/rate.hpp"

namespace purser {

// What an invoice in another currency said; kept beside the converted amount (DOMAIN rule 11).
struct Original {
    Money amount;
    Rate rate;
    Date rate_on;
    std::string source;
};

struct ExpenseDraft {
    std::string category;
    Money amount;  // in the review's currency
    std::string why;
    std::optional<Date> posted_on;  // absent: today
    std::optional<Date> document_on;
    std::optional<Original> original;
    std::optional<DocumentId> commitment;
    std::string payee;  // texts: "" when not given
    std::string invoice;
    std::string type;
    std::string meeting;
    std::string work_item;
    std::optional<DocumentId> after = {};  // the closed commitment that it comes too late for
    std::optional<DocumentId> hold = {};   // the request it waits for where a control stops it
};

// One part of a cost that is shared by weights.
struct SharedPart {
    ReviewKey review;
    std::string category;
    std::string work_item;  // "" for that of the draft
    std::int64_t weight;    // above zero, of whatever the weights are counted in
};

// One line of a file of expenses.
struct ImportRow {
    std::int64_t line;  // where it starts, counted from 1, the header included
    ExpenseDraft draft;
    std::string key;                           // the row's own request key, or ""
    std::optional<DocumentId> refund_of = {};  // money that came back of this expense
};

// What is wrong with a file: where, what, what to try. A column of "" means the whole line.
struct Problem {
    std::int64_t line;
    std::string column;
    std::string what;
    std::string hint;
    std::optional<Rule> refused = {};  // by this rule; absent: the file itself cannot be read
};

// The next row or the next problem of a file, or nothing at its end.
using ImportSource = std::function<std::optional<std::variant<ImportRow, Problem>>()>;

}  // namespace purser
