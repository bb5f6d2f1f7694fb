#include "intake/csv.hpp"

#include <algorithm>
#include <cstring>
#include <csv.h>
#include <new>
#include <simdjson.h>
#include <utility>
#include <vector>

#include "values/error.hpp"

namespace purser::intake {
namespace {

constexpr std::size_t chunk_bytes = 64 << 10;
constexpr std::string_view save_as = "save it as CSV UTF-8";

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool is_blank(std::string_view piece) {
    return piece.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// What the first bytes say the file is, if it is not UTF-8 text; or "".
std::string_view foreign_format(std::string_view start) {
    using namespace std::string_view_literals;
    const bool halves = start.size() > 1 && (start[0] == '\0') != (start[1] == '\0');
    if (start.starts_with("\xFF\xFE"sv) || start.starts_with("\xFE\xFF"sv) || halves) {
        return "UTF-16";
    }
    if (start.starts_with("PK\x03\x04"sv)) return "a spreadsheet, not CSV";
    if (start.starts_with("\xD0\xCF\x11\xE0"sv)) return "an old spreadsheet, not CSV";
    if (start.starts_with("%PDF-"sv)) return "a PDF, not CSV";
    return {};
}

}  // namespace

// libcsv takes bytes and calls back for fields and rows. It is fed one physical line at a
// time: that gives one row at most per call, and the line number of everything it says.
class CsvReader::State {
public:
    State(std::istream& in, std::string name)
        : in_(in), name_(std::move(name)), chunk_(chunk_bytes) {
        open_parser();
    }
    ~State() { csv_free(&parser_); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    std::optional<std::variant<Record, Problem>> next();
    std::int64_t bytes_read() const { return bytes_read_; }

private:
    void open_parser();
    std::optional<Problem> fill();
    std::string_view take_piece();
    std::optional<Problem> parse(std::string_view piece);
    std::optional<std::variant<Record, Problem>> finish();
    Record record();
    Problem stop(std::int64_t line, const std::string& what, std::string_view hint);

    static void on_field(void* text, std::size_t size, void* self) noexcept;
    static void on_row(int end, void* self) noexcept;

    std::istream& in_;
    std::string name_;
    csv_parser parser_{};
    std::vector<char> chunk_;
    std::string_view rest_;  // of the chunk, not yet taken
    bool cut_ = false;       // the chunk holds a NUL byte behind `rest_`
    bool ended_ = false;
    std::int64_t bytes_read_ = 0;  // from the stream

    std::int64_t line_ = 1;  // of the next byte
    bool after_return_ = false;
    bool skips_line_ = false;  // up to its end, after a quote out of place
    bool in_record_ = false;
    bool row_ended_ = false;
    std::int64_t record_line_ = 1;  // where the record started
    std::int64_t field_line_ = 1;   // where its last field started
    std::size_t record_bytes_ = 0;

    std::string text_;               // the record's fields, a NUL behind each
    std::vector<std::size_t> ends_;  // of the fields in `text_`
    std::vector<std::string_view> fields_;
};

void CsvReader::State::open_parser() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_blk_size(&parser_, 4096);  // by default its buffer grows by 128 bytes
}

// Exceptions do not pass through C: running out of memory here ends the program.
void CsvReader::State::on_field(void* text, std::size_t size, void* self) noexcept {
    auto& state = *static_cast<State*>(self);
    state.text_.append(static_cast<const char*>(text), size);
    state.ends_.push_back(state.text_.size());
    state.text_.push_back('\0');
    state.field_line_ = state.line_;
}

void CsvReader::State::on_row(int /*end*/, void* self) noexcept {
    static_cast<State*>(self)->row_ended_ = true;
}

Problem CsvReader::State::stop(std::int64_t line, const std::string& what, std::string_view hint) {
    ended_ = true;
    return {line, "", what, std::string(hint)};
}

std::optional<Problem> CsvReader::State::fill() {
    const bool first = bytes_read_ == 0;
    in_.read(chunk_.data(), static_cast<std::streamsize>(chunk_.size()));
    if (in_.bad()) throw Broken(name_ + " cannot be read", "is it a file?");
    rest_ = {chunk_.data(), static_cast<std::size_t>(in_.gcount())};
    bytes_read_ += in_.gcount();
    if (first) {
        const auto format = foreign_format(rest_);
        if (!format.empty()) return stop(1, name_ + " is " + std::string(format), save_as);
        if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    }
    const auto nul = rest_.find('\0');
    cut_ = nul != std::string_view::npos;
    if (cut_) rest_ = rest_.substr(0, nul);
    return std::nullopt;
}

// The rest of the chunk up to and with the first line end.
std::string_view CsvReader::State::take_piece() {
    std::size_t size = rest_.size();
    const bool other_half = after_return_ && rest_.front() == '\n';
    if (other_half) {
        size = 1;
    } else {
        if (const auto* const at = std::memchr(rest_.data(), '\n', size)) {
            size = static_cast<std::size_t>(static_cast<const char*>(at) - rest_.data()) + 1;
        }
        if (const auto* const at = std::memchr(rest_.data(), '\r', size)) {
            const auto before =
                static_cast<std::size_t>(static_cast<const char*>(at) - rest_.data());
            size = before + (before + 1 < size && rest_[before + 1] == '\n' ? 2 : 1);
        }
    }
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return piece;
}

std::optional<Problem> CsvReader::State::parse(std::string_view piece) {
    const auto done =
        csv_parse(&parser_, piece.data(), piece.size(), &State::on_field, &State::on_row, this);
    if (done < piece.size()) {
        if (csv_error(&parser_) != CSV_EPARSE) throw std::bad_alloc();
        csv_free(&parser_);
        open_parser();
        in_record_ = false;
        skips_line_ = !is_line_end(piece.back());
        std::string what = "a quote stands in the middle of a text";
        if (field_line_ != line_) {
            what = "the quoted text that opens here meets a quote in the middle of line " +
                   std::to_string(line_);
        }
        return Problem{field_line_, "", what,
                       R"(put the whole text in quotes and double those inside: "5"" pipe")"};
    }
    record_bytes_ += piece.size();
    if (record_bytes_ > longest_record && !row_ended_) {
        return stop(field_line_, "the row passes 1,048,576 bytes", "is a quote here not closed?");
    }
    return std::nullopt;
}

Record CsvReader::State::record() {
    fields_.clear();
    std::size_t begin = 0;
    for (const auto end : ends_) {
        fields_.emplace_back(text_.data() + begin, end - begin);
        begin = end + 1;
    }
    return {record_line_, fields_, simdjson::validate_utf8(text_.data(), text_.size())};
}

std::optional<std::variant<Record, Problem>> CsvReader::State::finish() {
    ended_ = true;
    if (cut_) return stop(line_, name_ + " holds a NUL byte here, so it is not text", save_as);
    if (csv_fini(&parser_, &State::on_field, &State::on_row, this) != 0) {
        return stop(field_line_, "the quote that opens on this line is never closed",
                    "close it, or double it if it is part of the text");
    }
    if (row_ended_) return record();
    return std::nullopt;
}

std::optional<std::variant<Record, Problem>> CsvReader::State::next() {
    if (ended_) return std::nullopt;
    text_.clear();
    ends_.clear();
    in_record_ = false;
    row_ended_ = false;
    while (!row_ended_) {
        if (rest_.empty()) {
            if (cut_) return finish();
            if (auto problem = fill()) return *std::move(problem);
            if (rest_.empty()) return finish();
        }
        const bool was_return = after_return_;
        const std::string_view piece = take_piece();
        after_return_ = piece.back() == '\r';
        const bool ends_line = is_line_end(piece.back()) && !(was_return && piece == "\n");
        if (skips_line_) {
            skips_line_ = !ends_line;
        } else if (in_record_ || !is_blank(piece)) {
            if (!in_record_) {
                in_record_ = true;
                record_line_ = field_line_ = line_;
                record_bytes_ = 0;
            }
            if (auto problem = parse(piece)) {
                line_ += ends_line ? 1 : 0;
                return *std::move(problem);
            }
        }
        line_ += ends_line ? 1 : 0;
    }
    return record();
}

CsvReader::CsvReader(std::istream& in, std::string name)
    : state_(std::make_unique<State>(in, std::move(name))) {}
CsvReader::~CsvReader() = default;

std::optional<std::variant<Record, Problem>> CsvReader::next() { return state_->next(); }
std::int64_t CsvReader::bytes_read() const { return state_->bytes_read(); }

}  // namespace purser::intake
