#include "app/cli/help_text.hpp"

#include <algorithm>

namespace purser::cli {
namespace {

constexpr std::size_t page = 80;
constexpr std::size_t terms = 26;  // where the meanings begin

}  // namespace

// Puts words on lines; the first line goes on at column `at`, the others begin at `indent`.
void HelpText::wrapped(std::string_view text, std::size_t at, std::size_t indent) {
    bool first = true;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!first && at + 1 + word.size() > page) {
            text_ += '\n';
            text_.append(indent, ' ');
            at = indent;
        } else if (!first) {
            text_ += ' ';
            ++at;
        }
        text_ += word;
        at += word.size();
        first = false;
    }
    text_ += '\n';
}

void HelpText::paragraph(std::string_view text, std::string_view indent) {
    if (!text_.empty()) text_ += '\n';
    wrapped(text, 0, indent.size());
}

void HelpText::heading(std::string_view text) {
    text_ += '\n';
    text_ += text;
    text_ += '\n';
}

void HelpText::row(std::string_view term, std::string_view meaning) {
    text_ += "  ";
    text_ += term;
    std::size_t at = 2 + term.size();
    if (at + 2 > terms) {
        text_ += '\n';
        at = 0;
    }
    text_.append(terms - at, ' ');
    wrapped(meaning, terms, terms);
}

void HelpText::command(std::string_view text) {
    text_ += "  ";
    std::size_t at = 2;
    while (!text.empty()) {
        bool quoted = false;  // a text in quotes stays together
        std::size_t end = 0;
        while (end < text.size() && (quoted || text[end] != ' ')) {
            if (text[end++] == '"') quoted = !quoted;
        }
        if (at > 2 && at + end + 2 > page) {
            text_ += "\\\n      ";
            at = 6;
        }
        text_ += text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        text_ += text.empty() ? "\n" : " ";
        at += end + 1;
    }
}

}  // namespace purser::cli
