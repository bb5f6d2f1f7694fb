// Reads comma separated values (RFC 4180) from a stream, one record at a time.
//
// Lines may end in LF, CRLF or CR; a leading BOM is taken off; lines without text are
// passed over. What is not CSV at all, or a quote out of place, comes back as a Problem
// that names its line. Memory stays bounded whatever the stream holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/draft.hpp"

namespace purser::intake {

// The fields of one record; the views end with the next call of the reader.
struct Record {
    std::int64_t line;  // where it starts, counted from 1
    std::span<const std::string_view> fields;
    bool is_utf8;  // false: some field holds bytes that are not text
};

class CsvReader {
public:
    static constexpr std::size_t longest_record = 1 << 20;  // bytes, about

    // `name` is what messages call the stream, "expenses.csv". The stream outlives the reader.
    CsvReader(std::istream& in, std::string name);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // The next record or problem, or nothing at the end. After a quote out of place reading
    // goes on with the next line; any other problem is the last. Broken when reading fails.
    std::optional<std::variant<Record, Problem>> next();

    std::int64_t bytes_read() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace purser::intake
