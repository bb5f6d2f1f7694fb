// A CSV file of expenses as drafts for `purser expense import`, or as all its problems.
//
//     posted_on,category,amount,why
//     2017-03-20,travel,"1,480.50",Hotel in Copenhagen
//     total,,1480.50,
//
// Rows come one by one, so a file of any length needs little memory. Nothing is guessed:
// what is not clear becomes a Problem with its line, its column and what to try.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "intake/columns.hpp"
#include "intake/csv.hpp"
#include "ledger/draft.hpp"

namespace purser::intake {

class ExpenseFile {
public:
    // Columns and rows are as CONTRACTS say; `currency` is the review's. A row with a refund_of is
    // money that came back of that expense: its amount is above zero, too, and it counts as less
    // than zero in totals. The last row may hold sums: its posted_on is "total", its amount is the
    // sum of the amounts (only where all rows are of one currency), its total the sum in the
    // review's currency. Its other cells may say anything. Lines of empty cells are passed over.
    ExpenseFile(std::istream& in, std::string name, ReviewKey review, Currency currency);

    // The next row or problem, or nothing at the end: an ImportSource. A row with problems
    // gives each of them and no ImportRow. Broken when the stream cannot be read.
    std::optional<std::variant<ImportRow, Problem>> next();

    std::int64_t rows() const { return rows_; }  // read so far, those with problems too
    const Money& sum() const { return sum_; }  // of them, refunds taken off, in the review's money
    std::int64_t bytes_read() const { return reader_.bytes_read(); }

private:
    std::optional<ImportRow> take(const Record& record);
    void take_header(const Record& record);
    void take_end();
    bool is_shaped(const Record& record);
    std::optional<ImportRow> row(const Record& record);
    bool read_amount(const Record& record, ExpenseDraft& draft);
    std::optional<Original> read_original(const Record& record, Currency currency,
                                          const std::optional<Money>& amount);
    bool convert(const Original& original, ExpenseDraft& draft);
    void refuse_rate(const Record& record);
    void read_texts(const Record& record, ImportRow& row);
    std::optional<DocumentId> read_id(const Record& record, Column column, DocumentKind kind);
    void check_own_total(const Record& record, const ExpenseDraft& draft);
    void add(const ExpenseDraft& draft, bool refund);
    bool is_refund(const Record& record) const { return !cell(record, Column::refund_of).empty(); }
    void check_sums(const Record& record);
    void compare(Column column, std::string_view cell, const Money& expected);

    std::optional<Currency> currency_of(const Record& record);
    std::string_view cell(const Record& record, Column column) const {
        return columns_->cell(record, column);
    }
    template <class Parse>
    auto read(Column column, std::string_view text, Parse parse)
        -> std::optional<decltype(parse(text))>;
    template <class Parse>
    auto require(Column column, std::string_view text, std::string_view hint, Parse parse)
        -> std::optional<decltype(parse(text))>;
    void report(std::string_view column, std::string what, std::string_view hint);
    void report(Column column, std::string what, std::string_view hint);

    CsvReader reader_;
    std::string name_;
    ReviewKey review_;
    Currency currency_;
    std::optional<Columns> columns_;  // once the header is read
    bool after_total_ = false;
    bool ended_ = false;

    std::int64_t line_ = 1;          // of the record at hand
    std::vector<Problem> problems_;  // of it
    std::size_t told_ = 0;           // how many of them next() has given
    bool flawless_ = true;           // no problem so far

    std::int64_t rows_ = 0;
    Money sum_;
    std::optional<Money> own_sum_;  // of the amounts as they stand, while of one currency
    bool mixed_ = false;            // they are of several
    bool adds_up_ = true;           // false: an amount could not be read, the sums say nothing
};

}  // namespace purser::intake
