// How receipts and failures look, in text for people and in JSON for programs.
//
// An error has three parts: what is wrong, further lines that show the numbers, and what to
// try: `error: …`, two spaces before what follows, `  try: …`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "ledger/draft.hpp"
#include "store/book.hpp"

namespace purser::cli {

struct Failure {
    std::string rule;  // a Rule's name, "bad_input" or "broken"
    std::string what;
    std::string hint;  // may be ""
};

nlohmann::ordered_json json_of(const Receipt& receipt);
nlohmann::ordered_json json_of(const Warning& warning);
nlohmann::ordered_json json_of(const Failure& failure);  // the inner object
nlohmann::ordered_json json_of(const Problem& problem);

// One line, with what is no UTF-8 replaced.
std::string dumped(const nlohmann::ordered_json& json);

// "SSR2-E1, posted on 2017-03-20, event SSR2#14"
std::string where_text(const Receipt& receipt);
// The whole message, with its line feed.
std::string message(const Failure& failure);
std::string message(const Problem& problem, const std::string& file);
// "  try: …", or the hint's own word: "see: …", "did you mean …"; "" for no hint.
std::string hint_line(const std::string& hint);

}  // namespace purser::cli
