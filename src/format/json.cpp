#include "format/json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "format/cells.hpp"
#include "format/outline.hpp"
#include "format/utf8.hpp"

namespace purser::format {
namespace {

using report::Note;
using report::Row;
using report::Section;
using report::Table;
using report::Value;

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string list_of(const std::vector<std::string>& texts) {
    std::string result = "[";
    for (const std::string& text : texts) {
        if (&text != &texts.front()) result += ", ";
        result += quoted(text);
    }
    return result + ']';
}

struct Scalar {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(const Money& money) const { return '"' + money.text() + '"'; }
    std::string operator()(Date day) const { return '"' + to_text(day) + '"'; }
    std::string operator()(std::int64_t count) const { return std::to_string(count); }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const std::vector<std::string>& texts) const { return list_of(texts); }
};

// Writes members and elements as they come, so that a table may be longer than memory.
class Emitter {
public:
    explicit Emitter(std::ostream& out) : out_(out) {}

    void open(char bracket) {
        out_ << bracket;
        ++depth_;
        first_ = true;
    }

    void close(char bracket) {
        --depth_;
        if (!first_) line();
        out_ << bracket;
        first_ = false;
    }

    void element() {
        if (!first_) out_ << ',';
        line();
        first_ = false;
    }

    void member(const std::string& key) {
        element();
        out_ << quoted(key) << ": ";
    }

    void text(const std::string& json) { out_ << json; }

private:
    void line() { out_ << '\n' << repeat("  ", depth_); }

    std::ostream& out_;
    std::size_t depth_ = 0;
    bool first_ = true;
};

void put_row(const Table& table, const Row& row, Emitter& json) {
    json.element();
    std::string line = "{";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key.empty()) continue;
        if (line.size() > 1) line += ", ";
        line += quoted(table.columns[i].key) + ": " + std::visit(Scalar{}, row.at(i));
    }
    json.text(line + '}');
}

void put_table(const Table& table, Emitter& json) {
    json.member(table.key);
    json.open('[');
    table.rows([&](const Row& row) { put_row(table, row, json); });
    if (table.total && table.total_is_data) put_row(table, *table.total, json);
    json.close(']');
}

struct Marked {
    std::size_t marker;
    const Note* note;
};

// A section without a key lends its members to the one around it, its notes too: an object has
// one array "notes".
void collect_notes(const Section& section, std::vector<Marked>& found) {
    for (std::size_t i = 0; i < section.notes.size(); ++i)
        found.push_back({i + 1, &section.notes[i]});
    for (const Section& inner : section.sections) {
        if (inner.key.empty()) collect_notes(inner, found);
    }
}

void put_notes(const Section& section, Emitter& json) {
    std::vector<Marked> notes;
    collect_notes(section, notes);
    if (notes.empty()) return;
    json.member("notes");
    json.open('[');
    for (const auto& [marker, note] : notes) {
        json.element();
        json.text("{\"marker\": " + std::to_string(marker) + ", \"text\": " + quoted(note->text) +
                  ", \"columns\": " + list_of(note->columns) + '}');
    }
    json.close(']');
}

// `own_object` is false for a section whose members go into the object around it.
void put_members(const Section& section, bool own_object, Emitter& json) {
    for (const report::Field& field : section.fields) {
        if (field.key.empty()) continue;
        json.member(field.key);
        json.text(std::visit(Scalar{}, field.value));
    }
    for (const Table& table : section.tables) {
        if (!table.key.empty() && is_printed(table)) put_table(table, json);
    }
    if (own_object) put_notes(section, json);
    for (const Section& inner : section.sections) {
        if (inner.key.empty()) {
            put_members(inner, false, json);
            continue;
        }
        json.member(inner.key);
        json.open('{');
        put_members(inner, true, json);
        json.close('}');
    }
}

}  // namespace

void write_json(const report::Document& document, std::ostream& out) {
    Emitter json(out);
    json.open('{');
    put_members(document.body, true, json);
    json.close('}');
    out << '\n';
}

}  // namespace purser::format
