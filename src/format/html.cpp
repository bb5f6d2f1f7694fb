#include "format/html.hpp"

#include <algorithm>
#include <functional>
#include <kainjow/mustache.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/reports.hpp"
#include "format/cells.hpp"
#include "format/chart.hpp"
#include "format/markup.hpp"
#include "format/outline.hpp"
#include "format/svg.hpp"
#include "format/utf8.hpp"

namespace purser::format {
namespace {

namespace mustache = kainjow::mustache;

using report::Note;
using report::Row;
using report::Section;
using report::Table;
using report::Value;

// Where something is streamed into a template. Texts are cleaned of control characters, so no
// text can contain it.
constexpr char here = '\x1F';
const std::string streamed(1, here);

std::string template_text(std::string_view path) {
    return std::string(embedded::reports::file(path));
}

using Part = std::function<void()>;

// Renders a template and runs one part at each streamed place, in order.
void render(std::string_view path, const mustache::data& data, const std::vector<Part>& parts,
            std::ostream& out) {
    mustache::mustache page{template_text(path)};
    const std::string text = page.render(data);
    std::size_t begin = 0;
    for (const Part& part : parts) {
        const std::size_t end = text.find(here, begin);
        out << std::string_view(text).substr(begin, end - begin);
        part();
        begin = end + 1;
    }
    out << std::string_view(text).substr(begin);
}

bool is_address(std::string_view text) {
    const bool scheme = text.starts_with("https://") || text.starts_with("http://");
    return scheme && text.find_first_of(" \t\n\"<>") == std::string_view::npos;
}

std::string linked(const std::string& target, const std::string& text) {
    return target.empty() ? text : "<a href=\"" + escaped(target) + "\">" + text + "</a>";
}

// A value as markup: what is a web address alone becomes a link, and what the site knows.
std::string markup(const Value& value, report::Type type, const Links& links) {
    const std::string text = escaped(print(value, type));
    const auto* const known = std::get_if<std::string>(&value);
    if (known != nullptr && links.text) {
        const std::string target = links.text(*known);
        if (!target.empty()) return linked(target, text);
    }
    if (const auto* day = std::get_if<Date>(&value)) {
        return "<time datetime=\"" + to_text(*day) + "\">" + text + "</time>";
    }
    if (std::holds_alternative<std::string>(value) && is_address(text)) {
        return "<a href=\"" + text + "\" rel=\"noopener noreferrer\">" + text + "</a>";
    }
    return text;
}

std::string target_of(const Links& links, const std::string& of) {
    return links.figure && !of.empty() ? links.figure(of) : std::string();
}

std::string markup(const report::Field& field, const Links& links) {
    const bool is_figure = std::holds_alternative<Money>(field.value);
    const std::string target =
        is_figure ? target_of(links, field.of.empty() ? field.key : field.of) : std::string();
    return linked(target, markup(field.value, field.type, links));
}

// For the running head of a printed page: CSS reads no letter but plain ones as they are.
std::string css_string(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == ' ' || c == '-' ||
                           static_cast<unsigned char>(c) > 127;
        result += plain ? c : ' ';
    }
    return result;
}

// What the cells of one column share.
struct ColumnMarkup {
    std::size_t place;
    report::Type type;
    std::string classes;     // "n" for a number, "d" for a date
    std::string attributes;  // label and group, for the cards of a narrow screen
    const report::Column* column;
};

// A table of so many columns asks for a wider page.
constexpr std::size_t wide_table = 8;
// One of so many does not fit a phone as it is, even in small print.
constexpr std::size_t compact_table = 7;
// Texts of so many bytes keep their column from becoming a ribbon there.
constexpr std::size_t mid_text = 12;
constexpr std::size_t long_text = 32;

bool has_wide_table(const Section& section) {
    const auto wide = [](const Table& table) {
        return is_printed(table) && printed_columns(table).size() >= wide_table;
    };
    return std::any_of(section.tables.begin(), section.tables.end(), wide) ||
           std::any_of(section.sections.begin(), section.sections.end(), has_wide_table);
}

std::vector<ColumnMarkup> columns_of(const Table& table, const std::vector<Note>& notes) {
    const std::vector<std::size_t> places = printed_columns(table);
    std::vector<ColumnMarkup> columns;
    for (const std::size_t place : places) {
        const report::Column& column = table.columns[place];
        const std::string label = escaped(clean(marked(column.title, notes, column.key)));
        const char* classes = stands_right(column.type)           ? "n"
                              : column.type == report::Type::date ? "d"
                                                                  : "";
        columns.push_back({place, column.type, classes, " data-label=\"" + label + '"', &column});
    }
    for (const Group& group : groups_of(table, places)) {
        if (group.title.empty()) continue;
        columns[group.first].attributes += " data-group=\"" + escaped(clean(group.title)) + '"';
    }
    return columns;
}

bool is_below_zero(const Value& value, const std::string& text) {
    return std::holds_alternative<Money>(value) && text.ends_with(')');
}

// Of what is read, whatever stands around it.
std::size_t length_of(const Value& value, const std::string& text) {
    const auto* const own = std::get_if<std::string>(&value);
    return own != nullptr ? own->size() : text.size();
}

void put_cell(const ColumnMarkup& column, const Value& value, bool heads_row, const Links& links,
              const std::string& target, std::ostream& out) {
    const std::string text = markup(value, column.type, target.empty() ? links : Links{});
    std::string classes = column.classes;
    if (is_below_zero(value, text)) classes += " below";
    if (is_absent(value)) classes += " absent";
    const std::size_t length = length_of(value, text);
    if (column.type == report::Type::text && length > mid_text) {
        classes += length > long_text ? " long" : " mid";
    }
    out << (heads_row ? "<th scope=\"row\" role=\"rowheader\"" : "<td role=\"cell\"");
    if (!classes.empty()) {
        classes.erase(0, classes.find_first_not_of(' '));
        out << " class=\"" << classes << '"';
    }
    out << (heads_row ? "" : column.attributes) << '>';
    // A card of a narrow screen lays out label and value: the value must be one piece.
    out << (heads_row ? "" : "<span>") << linked(target, text)
        << (heads_row ? "</th>" : "</span></td>");
}

using Target = std::function<std::string(const report::Column&)>;

void put_row(const std::vector<ColumnMarkup>& columns, const Row& row, bool total,
             const Links& links, const Target& target, std::ostream& out) {
    out << (total ? "<tr role=\"row\" class=\"total\">" : "<tr role=\"row\">");
    for (const ColumnMarkup& column : columns) {
        const Value& value = row.at(column.place);
        if (is_blank(value, *column.column, total)) {
            out << "<td role=\"cell\" class=\"empty\"></td>";
        } else {
            put_cell(column, value, &column == &columns.front(), links,
                     links.cell && !is_absent(value) ? target(*column.column) : std::string(), out);
        }
    }
    out << "</tr>\n";
}

// How the list stands by that column, for those who cannot see it; "" when it does not.
const char* standing(const report::Column& column, const std::string& sorted_by) {
    if (sorted_by == column.key) return "ascending";
    return sorted_by == '-' + column.key ? "descending" : "";
}

mustache::data head_of(const Table& table, const std::vector<Note>& notes,
                       const std::string& caption, bool shows_caption, const Links& links) {
    mustache::data data;
    data.set("caption", clean(caption));
    data.set("hidden", !shows_caption);
    const std::vector<std::size_t> places = printed_columns(table);
    const std::vector<Group> groups = groups_of(table, places);
    mustache::data group_list{mustache::data::type::list};
    for (const Group& group : groups) {
        mustache::data one;
        one.set("title", clean(group.title));
        one.set("named", !group.title.empty());
        one.set("count", std::to_string(group.count));
        group_list.push_back(one);
    }
    data.set("grouped", has_groups(groups));
    data.set("groups", group_list);
    mustache::data column_list{mustache::data::type::list};
    for (const std::size_t place : places) {
        const report::Column& column = table.columns[place];
        mustache::data one;
        one.set("title", clean(column.title));
        one.set("marks", markers(notes, column.key));
        one.set("number", stands_right(column.type));
        const bool sorts = links.head && table.primary && !column.key.empty();
        const std::string standing_now = sorts ? standing(column, links.sorted_by) : "";
        one.set("sorts", sorts);
        one.set("target", sorts ? links.head(column) : "");
        one.set("is_sorted", !standing_now.empty());
        one.set("standing", standing_now);
        column_list.push_back(one);
    }
    data.set("columns", column_list);
    data.set("rows", streamed);
    return data;
}

// Beside a picture a table of few columns stays one on a phone: its rows are short and many.
void put_table(const Table& table, const Section& section, bool compact, const Links& links,
               std::ostream& out) {
    const std::string title = table_title(table, section.notes);
    mustache::data head =
        head_of(table, section.notes, title.empty() ? section.title : title, !title.empty(), links);
    head.set("compact", compact && printed_columns(table).size() < compact_table);
    const std::vector<ColumnMarkup> columns = columns_of(table, section.notes);
    // The frame's beginning waits for the first row: a table without rows is its empty text.
    std::string frame;
    {
        mustache::mustache page{template_text("table.html")};
        frame = page.render(head);
    }
    const std::size_t split = frame.find(here);
    const auto begin = [&] { out << std::string_view(frame).substr(0, split); };
    bool begun = false;
    const auto put = [&](const Row& row, bool total) {
        const auto target = [&](const report::Column& column) {
            return links.cell(section, table, row, column);
        };
        put_row(columns, row, total, links, target, out);
    };
    table.rows([&](const Row& row) {
        if (!begun) begin();
        begun = true;
        put(row, false);
    });
    if (!begun && !table.empty_text.empty()) {
        if (!title.empty()) out << "<h3>" << escaped(clean(title)) << "</h3>\n";
        out << "<p class=\"none\">" << escaped(clean(table.empty_text)) << "</p>\n";
        return;
    }
    if (!begun) begin();
    if (table.total) put(*table.total, true);
    out << std::string_view(frame).substr(split + 1);
}

// Its pictures, and the table that holds their figures as text: beside them where it is narrow.
void put_pictured(const Table& table, const Section& section, const Links& links,
                  std::ostream& out) {
    bool beside = false;
    for (const report::Chart& chart : section.charts) {
        if (chart.table != table.key) continue;
        if (!beside && chart.kind != report::ChartKind::timeline) {
            out << "<div class=\"pictured\">\n";
            beside = true;
        }
        const std::string picture = svg(chart, table);
        mustache::data data;
        data.set("sentence", html_of(chart.sentence, links));
        data.set("drawn", !picture.empty());
        data.set("empty_text", clean(chart.empty_text));
        data.set("picture", picture);
        render("chart.html", data, {}, out);
    }
    put_table(table, section, beside, links, out);
    if (beside) out << "</div>\n";
}

void put_section(const Section& section, std::size_t level, const Links& links, std::ostream& out) {
    if (prints_nothing(section)) return;
    mustache::data data;
    data.set("titled", level > 1 && !section.title.empty());
    data.set("title", clean(section.title));
    data.set("marks", section_marks(section));
    data.set("level", std::to_string(std::min<std::size_t>(level, 6)));
    mustache::data paragraphs{mustache::data::type::list};
    for (const auto& paragraph : section.paragraphs)
        paragraphs.push_back(html_of(paragraph, links));
    data.set("paragraphs", paragraphs);
    mustache::data fields{mustache::data::type::list};
    for (const report::Field& field : section.fields) {
        if (field.label.empty()) continue;
        mustache::data one;
        one.set("label", clean(field.label));
        one.set("value", markup(field, links));
        fields.push_back(one);
    }
    data.set("has_fields", !fields.is_empty_list());
    data.set("fields", fields);
    mustache::data notes{mustache::data::type::list};
    for (std::size_t i = 0; i < section.notes.size(); ++i) {
        mustache::data one;
        one.set("marker", '(' + std::to_string(i + 1) + ')');
        one.set("text", clean(section.notes[i].text));
        notes.push_back(one);
    }
    data.set("has_notes", !section.notes.empty());
    data.set("notes", notes);
    data.set("tables", streamed);
    data.set("sections", streamed);
    const auto tables = [&] {
        for (const Table& table : section.tables) {
            if (is_printed(table)) put_pictured(table, section, links, out);
        }
    };
    const auto sections = [&] {
        for (const Section& inner : section.sections) put_section(inner, level + 1, links, out);
    };
    render("section.html", data, {tables, sections}, out);
}

}  // namespace

void write_html(const report::Document& document, std::ostream& out, const Links& links) {
    mustache::data data;
    data.set("title", clean(document.title));
    data.set("subtitle", clean(document.subtitle));
    data.set("has_subtitle", !document.subtitle.empty());
    data.set("banner", clean(document.banner));
    data.set("has_banner", !document.banner.empty());
    data.set("wide", has_wide_table(document.body));
    data.set("running_head", css_string(clean(document.title)));
    data.set("style", template_text("sheet.css"));
    data.set("body", streamed);
    render("page.html", data, {[&] { put_section(document.body, 1, links, out); }}, out);
}

void write_html_body(const report::Document& document, const Links& links, std::ostream& out) {
    put_section(document.body, 1, links, out);
}

std::string html_of(const report::Paragraph& paragraph, const Links& links) {
    std::string result;
    for (const report::Phrase& phrase : paragraph.phrases()) {
        result += linked(target_of(links, phrase.of), escaped(clean(phrase.text)));
    }
    return result;
}

}  // namespace purser::format
