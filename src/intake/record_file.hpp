// CSV files of members, meetings, milestones and work items, and of who came to meetings.
//
//     title,planned,revised,actual,status
//     First plenary,2017-03-02,,2017-03-02,complete
//
// Columns are the values that may be said of such a record (ledger/records.hpp), in any order; the
// one that a record is known by is needed. A work item's state may carry its day in the column's
// name: state_2017_03_15. Whatever is wrong becomes a Problem with its line and column.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "intake/csv.hpp"
#include "ledger/recording.hpp"
#include "store/book.hpp"

namespace purser::intake {

// The columns of a small file and its rows, cell by cell.
class SmallFile {
public:
    static constexpr std::int64_t most_rows = 5000;

    // `known` are the columns that may stand there, of which the first `needed` must.
    SmallFile(std::istream& in, std::string name, std::vector<std::string> known,
              std::size_t needed);
    virtual ~SmallFile() = default;
    SmallFile(const SmallFile&) = delete;
    SmallFile& operator=(const SmallFile&) = delete;

protected:
    // The next row that has the shape of the header, or problem, or nothing at the end.
    std::optional<std::variant<Record, Problem>> next_row();
    // What a column's name says, for names that carry more than themselves.
    virtual std::string column_of(std::string_view text) { return std::string(text); }

    const std::vector<std::string>& columns() const { return columns_; }  // of each cell
    static std::string_view cell(const Record& record, std::size_t at);
    void report(std::int64_t line, std::string column, std::string what, std::string hint);
    std::optional<Problem> take_problem();
    bool has_problems() const { return !problems_.empty(); }

private:
    void take_header(const Record& header);
    CsvReader reader_;
    std::vector<std::string> known_;
    std::size_t needed_;
    std::vector<std::string> columns_;
    std::vector<Problem> problems_;  // in order; the first is told next
    std::int64_t rows_ = 0;
    bool ended_ = false;
};

class RecordFileReader : public SmallFile {
public:
    RecordFileReader(std::istream& in, std::string name, RecordKind kind);
    std::optional<std::variant<RecordRow, Problem>> next();  // a RecordSource

private:
    std::string column_of(std::string_view text) override;
    RecordAsk ask_of(const Record& record);
    RecordKind kind_;
    std::string state_on_;  // the day in the name of the column of states, or ""
};

// Columns meeting, member and, where somebody did not come, attended: yes or no.
class AttendanceFile : public SmallFile {
public:
    AttendanceFile(std::istream& in, std::string name);
    std::optional<std::variant<AttendanceRow, Problem>> next();  // an AttendanceSource
};

}  // namespace purser::intake
