#include "app/cli/answer.hpp"

#include <algorithm>
#include <array>

namespace purser::cli {
namespace {

using Json = nlohmann::ordered_json;

// A hint that begins in one of these ways says by itself what to do with it.
constexpr std::array<std::string_view, 4> own_words{"try: ", "see: ", "did you mean ", "known: "};

std::string bare(const std::string& hint) {
    return hint.starts_with("try: ") ? hint.substr(5) : hint;
}

// What a terminal would take for a command is shown as a question mark.
std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return (byte < 0x20 && c != '\n') || byte == 0x7F;
        },
        '?');
    return text;
}

}  // namespace

Json json_of(const Warning& warning) {
    return {{"rule", warning.rule}, {"message", warning.message}};
}

Json json_of(const Receipt& receipt) {
    Json warnings = Json::array();
    for (const Warning& warning : receipt.warnings) warnings.push_back(json_of(warning));
    return {{"id", receipt.id},
            {"event", receipt.event},
            {"posted_on", to_text(receipt.posted_on)},
            {"warnings", warnings}};
}

Json json_of(const Failure& failure) {
    return {{"rule", failure.rule}, {"message", failure.what}, {"hint", bare(failure.hint)}};
}

Json json_of(const Problem& problem) {
    return {{"line", problem.line},
            {"column", problem.column},
            {"rule", problem.refused ? name(*problem.refused) : "bad_input"},
            {"message", problem.what},
            {"hint", bare(problem.hint)}};
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string where_text(const Receipt& receipt) {
    const std::string id = receipt.id == receipt.event ? "" : receipt.id + ", ";
    return id + "posted on " + to_text(receipt.posted_on) + ", event " + receipt.event;
}

std::string hint_line(const std::string& hint) {
    if (hint.empty()) return {};
    const bool own = std::any_of(own_words.begin(), own_words.end(),
                                 [&](std::string_view word) { return hint.starts_with(word); });
    return (own ? "  " : "  try: ") + printable(hint) + '\n';
}

std::string message(const Failure& failure) {
    return "error: " + printable(failure.what) + '\n' + hint_line(failure.hint);
}

std::string message(const Problem& problem, const std::string& file) {
    const std::string column = problem.column.empty() ? "" : problem.column + ": ";
    return file + ':' + std::to_string(problem.line) + ": " + column + printable(problem.what) +
           '\n' + hint_line(problem.hint);
}

}  // namespace purser::cli
