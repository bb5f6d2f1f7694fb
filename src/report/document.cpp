#include "report/document.hpp"

namespace purser::report {

Paragraph::Paragraph(std::string words) : phrases_{{std::move(words)}} {}

Paragraph::Paragraph(const char* words) : Paragraph(std::string(words)) {}

Paragraph& Paragraph::operator+=(const Paragraph& more) {
    phrases_.insert(phrases_.end(), more.phrases_.begin(), more.phrases_.end());
    return *this;
}

std::string Paragraph::text() const {
    std::string result;
    for (const Phrase& phrase : phrases_) result += phrase.text;
    return result;
}

Paragraph figure(std::string text, std::string of) {
    Paragraph result;
    result.phrases_.push_back({std::move(text), std::move(of)});
    return result;
}

Paragraph operator+(Paragraph one, const Paragraph& more) { return one += more; }

Rows rows_of(std::vector<Row> rows) {
    return [rows = std::move(rows)](const RowSink& sink) {
        for (const Row& row : rows) {
            if (!sink(row)) return;
        }
    };
}

}  // namespace purser::report
