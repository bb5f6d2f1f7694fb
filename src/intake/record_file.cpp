#include "intake/record_file.hpp"

#include <algorithm>
#include <utility>

#include "intake/columns.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::intake {
namespace {

std::string listed(const std::vector<std::string>& names, std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + names[i];
    return list;
}

bool is_empty(const Record& record) {
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](std::string_view field) { return Columns::trim(field).empty(); });
}

bool has_code(RecordKind kind) {
    return kind == RecordKind::meeting || kind == RecordKind::work_item;
}

// The key first, then all values.
std::vector<std::string> columns_of(RecordKind kind) {
    std::vector<std::string> result{std::string(key_name(kind))};
    for (const auto& shape : value_shapes(kind)) {
        if (shape.name != key_name(kind)) result.emplace_back(shape.name);
    }
    return result;
}

}  // namespace

SmallFile::SmallFile(std::istream& in, std::string name, std::vector<std::string> known,
                     std::size_t needed)
    : reader_(in, std::move(name)), known_(std::move(known)), needed_(needed) {}

std::string_view SmallFile::cell(const Record& record, std::size_t at) {
    return Columns::trim(record.fields[at]);
}

void SmallFile::report(std::int64_t line, std::string column, std::string what, std::string hint) {
    problems_.push_back({line, std::move(column), std::move(what), std::move(hint)});
}

std::optional<Problem> SmallFile::take_problem() {
    if (problems_.empty()) return {};
    Problem first = std::move(problems_.front());
    problems_.erase(problems_.begin());
    return first;
}

void SmallFile::take_header(const Record& header) {
    for (std::size_t at = 0; at < header.fields.size(); ++at) {
        const auto text = cell(header, at);
        const std::string column = column_of(text);
        if (std::find(known_.begin(), known_.end(), column) == known_.end()) {
            std::string hint = did_you_mean(text, known_);
            if (!hint.starts_with("did")) hint = "known: " + listed(known_, known_.size());
            report(header.line, shown(text), "there is no column '" + shown(text) + "'", hint);
        } else if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
            report(header.line, column, "the column stands twice", "keep one of them");
        }
        columns_.push_back(column);
    }
    for (std::size_t i = 0; i < needed_; ++i) {
        if (std::find(columns_.begin(), columns_.end(), known_[i]) != columns_.end()) continue;
        report(header.line, known_[i], "the column is missing",
               "needed: " + listed(known_, needed_) + "; known: " + listed(known_, known_.size()));
    }
    ended_ = has_problems();  // without its header no row can be read
}

std::optional<std::variant<Record, Problem>> SmallFile::next_row() {
    while (true) {
        if (auto problem = take_problem()) return std::move(*problem);
        if (ended_) return std::nullopt;
        auto item = reader_.next();
        if (!item) {
            ended_ = true;
            if (columns_.empty())
                report(1, "", "the file is empty",
                       "begin it with: " + listed(known_, known_.size()));
            continue;
        }
        if (auto* const problem = std::get_if<Problem>(&*item)) {
            ended_ = columns_.empty();
            return std::move(*problem);
        }
        const auto& record = std::get<Record>(*item);
        if (is_empty(record)) continue;
        if (!record.is_utf8) {
            report(record.line, "", "the row is not valid UTF-8", "save the file as UTF-8");
            ended_ = columns_.empty();
        } else if (columns_.empty()) {
            take_header(record);
        } else if (record.fields.size() != columns_.size()) {
            report(record.line, "",
                   "the row has " + std::to_string(record.fields.size()) + " cells, the header " +
                       std::to_string(columns_.size()),
                   "a comma inside a cell needs quotes around the cell");
        } else if (++rows_ > most_rows) {
            ended_ = true;
            report(record.line, "", "the file has more than 5,000 rows", "import it in parts");
        } else {
            return record;
        }
    }
}

RecordFileReader::RecordFileReader(std::istream& in, std::string name, RecordKind kind)
    : SmallFile(in, std::move(name), columns_of(kind), 1), kind_(kind) {}

std::string RecordFileReader::column_of(std::string_view text) {
    constexpr std::string_view dated = "state_20";
    if (kind_ != RecordKind::work_item || !text.starts_with(dated)) return std::string(text);
    std::string day(text.substr(text.find('_') + 1));
    std::replace(day.begin(), day.end(), '_', '-');
    try {
        state_on_ = to_text(parse_date(day));
    } catch (const BadInput&) {
        return std::string(text);
    }
    return "state";
}

RecordAsk RecordFileReader::ask_of(const Record& record) {
    RecordAsk ask;
    for (std::size_t at = 0; at < columns().size(); ++at) {
        const std::string& column = columns()[at];
        const auto text = cell(record, at);
        const bool is_key = column == key_name(kind_);
        if (is_key && text.empty())
            report(record.line, column, "the cell is empty",
                   "it says which " + std::string(name(kind_)) + " the row is about");
        if (text.empty()) continue;
        try {
            if (is_key && has_code(kind_)) {
                ask.code = parse_record_code(text);
            } else {
                ask.said.emplace_back(column, canonical_value(kind_, column, text));
            }
            if (column == "state" && !state_on_.empty())
                ask.said.emplace_back("state_on", state_on_);
        } catch (const BadInput& bad) {
            report(record.line, column, bad.what(), bad.hint());
        }
    }
    return ask;
}

std::optional<std::variant<RecordRow, Problem>> RecordFileReader::next() {
    while (auto item = next_row()) {
        if (auto* const problem = std::get_if<Problem>(&*item)) return std::move(*problem);
        const auto& record = std::get<Record>(*item);
        RecordRow row{record.line, ask_of(record)};
        if (!has_problems()) return row;
    }
    return std::nullopt;
}

AttendanceFile::AttendanceFile(std::istream& in, std::string name)
    : SmallFile(in, std::move(name), {"meeting", "member", "attended"}, 2) {}

std::optional<std::variant<AttendanceRow, Problem>> AttendanceFile::next() {
    while (auto item = next_row()) {
        if (auto* const problem = std::get_if<Problem>(&*item)) return std::move(*problem);
        const auto& record = std::get<Record>(*item);
        AttendanceRow row{record.line, {}, {}, true};
        for (std::size_t at = 0; at < columns().size(); ++at) {
            const std::string& column = columns()[at];
            const std::string text(cell(record, at));
            if (column == "meeting") row.meeting = text;
            if (column == "member") row.member = text;
            if (column != "attended" && text.empty()) {
                report(record.line, column, "the cell is empty", "name the " + column);
            }
            if (column != "attended" || text.empty()) continue;
            row.attended = text == "yes";
            if (text != "yes" && text != "no") {
                report(record.line, column, "'" + shown(text) + "' is neither yes nor no", "");
            }
        }
        if (!has_problems()) return row;
    }
    return std::nullopt;
}

}  // namespace purser::intake
