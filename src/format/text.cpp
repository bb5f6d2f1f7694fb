#include "format/text.hpp"

#include <algorithm>
#include <ostream>
#include <string>

#include "format/cells.hpp"
#include "format/outline.hpp"
#include "format/text_table.hpp"
#include "format/utf8.hpp"

namespace purser::format {
namespace {

using report::Document;
using report::Field;
using report::Note;
using report::Section;

constexpr std::size_t page = 110;  // a table's width
constexpr std::size_t prose = 88;  // a line of prose is easier to read when shorter
constexpr std::size_t widest_label = 40;

// Prose under a first line of its own: "(1) figures …" and the rest under "figures".
void put_hanging(const std::string& first, std::size_t indent, const std::string& text,
                 std::ostream& out) {
    bool begun = false;
    for (const std::string& line : wrap(text, prose - std::min(indent, prose / 2))) {
        const std::string start = begun ? repeat(" ", indent) : pad(first, indent, Align::left);
        std::string whole = start + line;
        whole.erase(whole.find_last_not_of(' ') + 1);
        out << whole << '\n';
        begun = true;
    }
}

void put_heading(const std::string& title, const char* underline, std::ostream& out) {
    const std::string text = clean(title);
    std::size_t columns = 0;
    for (const std::string& line : wrap(text, page)) {
        out << line << '\n';
        columns = std::max(columns, width(line));
    }
    out << repeat(underline, columns) << '\n';
}

bool put_fields(const std::vector<Field>& fields, std::ostream& out) {
    std::size_t labels = 0;
    for (const Field& field : fields) labels = std::max(labels, width(field.label));
    labels = std::min(labels, widest_label) + 3;
    bool any = false;
    for (const Field& field : fields) {
        if (field.label.empty()) continue;
        const std::string label = clean(field.label);
        const bool long_label = width(label) + 1 > labels;
        if (long_label) out << label << '\n';
        put_hanging(long_label ? "" : label, labels, print(field.value, field.type), out);
        any = true;
    }
    return any;
}

void put_notes(const std::vector<Note>& notes, std::ostream& out) {
    const std::size_t indent = notes.size() > 9 ? 5 : 4;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        put_hanging('(' + std::to_string(i + 1) + ')', indent, clean(notes[i].text), out);
    }
}

// Blocks are parted by one empty line; `begun` says that something stands above.
class Page {
public:
    explicit Page(std::ostream& out) : out_(out) {}

    void part() {
        if (begun_) out_ << '\n';
        begun_ = true;
    }

    void section(const Section& section, bool root) {
        if (prints_nothing(section)) return;
        if (!root && !section.title.empty()) {
            part();
            put_heading(section_title(section), "─", out_);
            begun_ = false;  // the content follows its heading at once
        }
        for (const report::Paragraph& paragraph : section.paragraphs) {
            part();
            put_hanging("", 0, clean(paragraph.text()), out_);
        }
        fields(section);
        for (const report::Table& table : section.tables) {
            if (!is_printed(table)) continue;
            part();
            write_text_table(table, section.notes, page, out_);
        }
        if (!section.notes.empty()) {
            part();
            put_notes(section.notes, out_);
        }
        begun_ = true;
        for (const Section& inner : section.sections) this->section(inner, false);
    }

private:
    void fields(const Section& section) {
        const bool any = std::any_of(section.fields.begin(), section.fields.end(),
                                     [](const Field& field) { return !field.label.empty(); });
        if (!any) return;
        part();
        put_fields(section.fields, out_);
    }

    std::ostream& out_;
    bool begun_ = false;
};

}  // namespace

void write_text(const Document& document, std::ostream& out) {
    Page page_of_document(out);
    if (!document.title.empty()) {
        page_of_document.part();
        put_heading(document.title, "═", out);
    }
    if (!document.subtitle.empty()) put_hanging("", 0, clean(document.subtitle), out);
    if (!document.banner.empty()) {
        page_of_document.part();
        put_hanging("***", 4, clean(document.banner) + " ***", out);
    }
    page_of_document.section(document.body, true);
}

}  // namespace purser::format
