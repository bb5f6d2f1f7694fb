// Lays out what --help prints: paragraphs, and two columns of terms and meanings.
//
// Lines are at most 80 characters where the words allow it; help is plain ASCII.
#pragma once

#include <string>
#include <string_view>

namespace purser::cli {

class HelpText {
public:
    void paragraph(std::string_view text, std::string_view indent = "");
    void heading(std::string_view text);  // with an empty line above
    void row(std::string_view term, std::string_view meaning);
    void command(std::string_view text);  // broken with \ where it is long, ready to be typed
    const std::string& text() const { return text_; }

private:
    void wrapped(std::string_view text, std::size_t at, std::size_t indent);
    std::string text_;
};

}  // namespace purser::cli
