// How one value prints: the only place that decides it, for every format.
//
// In print whole money is "$ 95,000", zero "$ -", below zero "$ (1,250)"; other currencies put
// their code: "EUR 95,000". Rounding is half away from zero, as spreadsheets show it, and what
// rounds to zero prints as zero. Money with decimals is "1,234.50" and "(1,234.50)".
#pragma once

#include <string>

#include "report/document.hpp"

namespace purser::format {

std::string currency_sign(Currency currency);  // "$" or the code

// For people. An absent figure is "n/a", an absent text nothing, a date "14-Mar-2017", a list
// "a, b"; text is cleaned.
std::string print(const report::Value& value, report::Type type);

// For programs: exact amounts, ISO dates, "true", lists "a; b", absent "".
std::string machine_text(const report::Value& value);

// Numbers stand at the right of their column.
bool stands_right(report::Type type);

bool is_absent(const report::Value& value);

// Nothing is absent where nothing is expected: in a sparse column, and in the total row where
// nothing is summed.
bool is_blank(const report::Value& value, const report::Column& column, bool total);

}  // namespace purser::format
