// What a report is before it has a format: headings, fields, tables with typed columns, charts,
// notes.
//
// A report fills a Document and never formats; a writer in format/ prints any Document and
// never computes. Rows are streamed, so a table may be longer than memory; a writer may run through
// them more than once.
// As JSON a Section is an object: fields are its members, each table an array under its key,
// notes an array "notes", sub-sections objects under their keys. The root's members come first. A
// section with key "" lends its members to the one around it; a field or table with key "" is left
// out.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "values/date.hpp"
#include "values/money.hpp"
#include "values/sink.hpp"

namespace purser::report {

// Absent, text, money, day, count, truth or a list of texts. Absent is null in JSON; in print an
// absent figure is "n/a", an absent text or date is nothing.
using Value = std::variant<std::monostate, std::string, Money, Date, std::int64_t, bool,
                           std::vector<std::string>>;

enum class Type {
    text,
    money,        // with its decimals: 1,234.50
    whole_money,  // rounded to whole units in print, zero as "$ -"; exact in JSON, CSV, workbook
    date,
    count,
};

struct Field {
    std::string key;    // in JSON; "" leaves it out there
    std::string label;  // in print; "" leaves it out there
    Value value;
    Type type = Type::text;
    std::string of{};  // what its figure is of, where the key does not say it
};

// Words, and figures among them that say what they are of ("spent"), so that a page can lead from
// each to what makes it.
struct Phrase {
    std::string text;
    std::string of{};  // "" for words
};
class Paragraph {
public:
    Paragraph() = default;
    Paragraph(std::string words);  // NOLINT(google-explicit-constructor): most are words alone
    Paragraph(const char* words);  // NOLINT(google-explicit-constructor)
    Paragraph& operator+=(const Paragraph& more);
    const std::vector<Phrase>& phrases() const { return phrases_; }
    std::string text() const;

private:
    friend Paragraph figure(std::string text, std::string of);
    std::vector<Phrase> phrases_;
};
Paragraph figure(std::string text, std::string of);
Paragraph operator+(Paragraph one, const Paragraph& more);

// A column that is computed from others of its row, so that a workbook can hold the formula.
struct Term {
    std::string column;
    int sign;  // +1 or -1
};

struct Column {
    std::string key;
    std::string title;
    Type type = Type::text;
    std::string group{};          // a heading over neighbouring columns of the same group, or ""
    std::vector<Term> formula{};  // empty: a value of its own
    bool machine_only = false;    // in JSON and CSV only (and in xlsx where a Check looks at it)
    bool total = false;           // summed in the total row
    bool sparse = false;          // an absent figure is not there yet, and prints as nothing
};

using Row = std::vector<Value>;  // one value per column
using RowSink = Sink<Row>;
// Calls the sink for each row, in order, and may stop when it wants no more; called again, for the
// same rows.
using Rows = std::function<void(const RowSink&)>;

Rows rows_of(std::vector<Row> rows);

struct Table {
    std::string key;    // of the array in JSON, where the total row is its last element
    std::string title;  // may be ""
    // The first column names the row, also when machines alone see it: in a workbook "travel" and
    // "fy_spent" make the defined name travel_fy_spent.
    std::vector<Column> columns;
    Rows rows;
    std::optional<Row> total;    // the last row; its values are the ledger's, not sums of print
    bool total_is_data = true;   // JSON and CSV hold it too; a list that is read as data does not
    bool primary = false;        // the one that CSV writes
    std::string empty_text;      // printed in place of a table without rows
    std::string worksheet;       // a name: the table stands on a worksheet of its own in xlsx
    bool worksheet_only = true;  // and the other formats leave it out
};

// A picture of figures that stand as text, too: in a table of the same section. It names columns of
// that table and holds no value of its own, so the two cannot part; the first printed column gives
// the labels. Writers draw what they can (SVG in html, native in a workbook); text, Markdown, CSV
// and JSON have the table.
enum class ChartKind {
    stacked_bars,  // a bar per row, its parts the series: money; `approved` is a mark on the bar
    lines,         // over the days in the label column: money, absent where there is none
    timeline,      // a line per row with the days in its columns, and its status
};

// What a series stands for. A writer gives it the same colour, pattern, dash or shape everywhere,
// so that colour alone never tells two apart.
enum class ChartRole {
    approved,
    spent,
    committed,
    requested,
    free,
    remaining,  // requested and free
    plan,
    forecast,
    planned,  // from here on of a timeline: days
    revised,
    actual,
    status,  // a text, one of the chart's `states`
};

struct ChartSeries {
    std::string column;  // key; its title names the series
    ChartRole role;
};

enum class ChartMark { done, open, late, moved };
struct ChartState {
    std::string text;
    ChartMark mark;
};

struct Chart {
    std::string key;    // unique in the document
    std::string title;  // "The envelope over time"
    ChartKind kind;
    std::string table;                // key of the table, in the same section
    std::vector<ChartSeries> series;  // in order of drawing; parts of a bar from the zero line on
    Paragraph sentence;               // what it shows, in words: its caption, and read aloud for it
    std::string empty_text;           // in its place when no figure differs from zero
    std::vector<ChartState> states{};  // of a timeline: how each status is drawn
    std::optional<Date> today{};       // of a timeline: the day that it is shown as of
};

// A numbered remark. The marker is printed at the title of each column it names; numbers follow
// from the order in the section, so a note and its markers cannot part.
struct Note {
    std::string text;
    std::vector<std::string> columns;  // column keys; empty: belongs to the whole table
};

// What a workbook proves with live formulas: a cell of a table is the ledger's figure, and is
// the sum of a column of another table over the rows that match.
struct Match {
    std::string column;
    std::string text;
};
struct Check {
    std::string label;
    std::string table, row, column;  // the cell; row is the text in the table's first column
    Money ledger;
    std::string sum_table, sum_column;  // both "" when there is nothing to add up
    std::vector<Match> where;
};

struct Section {
    std::string key;
    std::string title;
    std::vector<Paragraph> paragraphs;
    std::vector<Field> fields;
    std::vector<Chart> charts;  // above the tables
    std::vector<Table> tables;
    std::vector<Note> notes;
    std::vector<Check> checks;
    std::vector<Section> sections;
};

// Who will read it (DOMAIN rule 13). Finance, which includes support, sees payees and prices; a
// chair does not; the public sees the sheet and nothing behind it.
// `public` is a keyword: NOLINTNEXTLINE(readability-identifier-naming)
enum class Audience { finance, chair, public_ };

// There is none that is for nobody in particular: who makes one says whom it is for.
struct Document {
    explicit Document(Audience for_whom) : audience(for_whom) {}

    Audience audience;
    std::string title;        // "SSR2 Fact Sheet"
    std::string subtitle;     // "Fact sheet as of: 14-Mar-2017"
    std::string banner;       // "DRAFT, month open", or ""
    Date as_of{};             // also the creation date that a workbook carries
    Section body;             // the root: its title is not printed
    std::string worksheet{};  // what the first worksheet of a workbook is called; "": as the title
};

}  // namespace purser::report
