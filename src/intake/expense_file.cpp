#include "intake/expense_file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <simdjson.h>
#include <utility>

#include "values/decimal.hpp"
#include "values/error.hpp"

namespace purser::intake {
namespace {

// Every cell but the reason is one line of this many bytes at most.
constexpr std::size_t longest_cell = 200;

constexpr std::string_view like_a_date = "write it like 2017-03-14";

std::string text_of(std::string_view text) { return std::string(text); }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_total(std::string_view cell) {
    constexpr std::string_view word = "total";
    return cell.size() == word.size() &&
           std::equal(cell.begin(), cell.end(), word.begin(),
                      [](char c, char lower) { return (c | 0x20) == lower; });
}

bool is_empty(const Record& record) {
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](std::string_view field) { return Columns::trim(field).empty(); });
}

std::string with_difference(const Money& said, const Money& ours) {
    std::string text = "difference ";
    try {
        return text + (said - ours).with_code();
    } catch (const Refused&) {  // two numbers at the two ends of what can be counted
        return text + "too large to count";
    }
}

}  // namespace

ExpenseFile::ExpenseFile(std::istream& in, std::string name, ReviewKey review, Currency currency)
    : reader_(in, name),
      name_(std::move(name)),
      review_(std::move(review)),
      currency_(currency),
      sum_(Money::zero(currency)) {}

std::optional<std::variant<ImportRow, Problem>> ExpenseFile::next() {
    for (;;) {
        if (told_ < problems_.size()) return std::move(problems_[told_++]);
        if (ended_) return std::nullopt;
        problems_.clear();
        told_ = 0;
        auto item = reader_.next();
        if (!item) {
            take_end();
        } else if (auto* const problem = std::get_if<Problem>(&*item)) {
            flawless_ = false;
            adds_up_ = false;
            ended_ = !columns_;  // without its header no row can be read
            return std::move(*problem);
        } else if (auto row = take(std::get<Record>(*item))) {
            return std::move(*row);
        }
    }
}

std::optional<ImportRow> ExpenseFile::take(const Record& record) {
    if (is_empty(record)) return std::nullopt;
    line_ = record.line;
    if (!columns_) {
        take_header(record);
        return std::nullopt;
    }
    if (after_total_) {
        ended_ = true;
        report("", "a row stands after the total", "the row with the sums is the last one");
        return std::nullopt;
    }
    if (!is_shaped(record)) {
        ++rows_;
        adds_up_ = false;
        return std::nullopt;
    }
    if (is_total(cell(record, Column::posted_on))) {
        after_total_ = true;
        check_sums(record);
        return std::nullopt;
    }
    ++rows_;
    return row(record);
}

void ExpenseFile::take_header(const Record& record) {
    if (!record.is_utf8) {
        report("", "the header is not UTF-8", "save it as CSV UTF-8");
    } else {
        auto columns = Columns::parse(record);
        if (auto* const problems = std::get_if<std::vector<Problem>>(&columns)) {
            problems_ = std::move(*problems);
            flawless_ = false;
        } else {
            columns_ = std::get<Columns>(std::move(columns));
        }
    }
    ended_ = !columns_;
}

void ExpenseFile::take_end() {
    ended_ = true;
    if (!flawless_ || rows_ > 0) return;
    if (columns_) {
        report("", name_ + " has a header and no expenses", "one row for each expense");
    } else {
        line_ = 1;
        report("", name_ + " is empty", "begin the file with: posted_on,category,amount,why");
    }
}

// Whether each cell can be given its column, and is text.
bool ExpenseFile::is_shaped(const Record& record) {
    if (record.fields.size() != columns_->count()) {
        report("",
               fmt::format("the row has {} field{}, the header has {}", record.fields.size(),
                           record.fields.size() == 1 ? "" : "s", columns_->count()),
               R"(put what holds a comma in quotes: "1,480.50")");
        return false;
    }
    if (record.is_utf8) return true;
    for (std::size_t at = 0; at < record.fields.size(); ++at) {
        const auto field = record.fields[at];
        if (simdjson::validate_utf8(field.data(), field.size())) continue;
        report(columns_->name_at(at), "the text is not UTF-8", "save the file as CSV UTF-8");
    }
    return false;
}

std::optional<ImportRow> ExpenseFile::row(const Record& record) {
    ImportRow row{.line = record.line,
                  .draft = {.category = {},
                            .amount = Money::zero(currency_),
                            .why = {},
                            .posted_on = {},
                            .document_on = {},
                            .original = {},
                            .commitment = {},
                            .payee = {},
                            .invoice = {},
                            .type = {},
                            .meeting = {},
                            .work_item = {}},
                  .key = {}};
    ExpenseDraft& draft = row.draft;
    draft.posted_on =
        require(Column::posted_on, cell(record, Column::posted_on), like_a_date, &parse_date);
    if (auto category = require(Column::category, cell(record, Column::category),
                                "write its code, like travel", &parse_category)) {
        draft.category = *std::move(category);
    }
    if (read_amount(record, draft)) {
        add(draft, is_refund(record));
        check_own_total(record, draft);
    } else {
        adds_up_ = false;
    }
    if (const auto day = cell(record, Column::document_date); !day.empty()) {
        draft.document_on = read(Column::document_date, day, &parse_date);
    }
    draft.commitment = read_id(record, Column::commitment, DocumentKind::commitment);
    read_texts(record, row);
    row.refund_of = read_id(record, Column::refund_of, DocumentKind::expense);
    if (!problems_.empty()) return std::nullopt;
    return row;
}

// The row's currency, or nothing when its code is not one.
std::optional<Currency> ExpenseFile::currency_of(const Record& record) {
    const auto code = cell(record, Column::currency);
    if (code.empty() || code == currency_.code()) return currency_;
    return read(Column::currency, code, &Currency::parse);
}

// Whether the row has an amount in the review's money; `draft` then holds it.
bool ExpenseFile::read_amount(const Record& record, ExpenseDraft& draft) {
    const auto text = cell(record, Column::amount);
    const auto currency = currency_of(record);
    if (!currency) {  // how many decimals it may have is not known: its shape is
        require(Column::amount, text, "", &Decimal::parse);
        return false;
    }
    const auto amount =
        require(Column::amount, text, "write it like 1234.50",
                [&](std::string_view cell) { return Money::parse(cell, *currency); });
    if (amount && !amount->is_positive()) {
        const bool refund = is_refund(record);
        report(Column::amount,
               (refund ? "a refund is above zero, not " : "an expense is above zero, not ") +
                   amount->with_code(),
               !amount->is_negative() ? "take the row out"
               : refund               ? "leave the sign out: the row is a refund already"
                        : "if it came back, name its expense in refund_of and leave the sign out");
    }
    if (*currency != currency_) {
        draft.original = read_original(record, *currency, amount);
        return draft.original && convert(*draft.original, draft);
    }
    refuse_rate(record);
    if (!amount) return false;
    draft.amount = *amount;
    return true;
}

// An amount of another currency is nothing without a rate, the day it is of and who said so
// (DOMAIN rule 11). These cells are judged even when the amount could not be read.
std::optional<Original> ExpenseFile::read_original(const Record& record, Currency currency,
                                                   const std::optional<Money>& amount) {
    const auto need = [&](Column column, std::string_view what, std::string_view hint,
                          auto parse) -> std::optional<decltype(parse(std::string_view{}))> {
        const auto text = cell(record, column);
        if (!text.empty()) return read(column, text, parse);
        report(column, fmt::format("an amount in {} needs {}", currency.code(), what), hint);
        return std::nullopt;
    };
    const std::string like_a_rate =
        fmt::format("how many {} one {} is, like 1.0725", currency_.code(), currency.code());
    const auto rate = need(Column::rate, "a rate", like_a_rate, &Rate::parse);
    const auto rate_on = need(Column::rate_date, "the day of its rate", like_a_date, &parse_date);
    auto source = need(Column::rate_source, "the source of its rate",
                       "name who published it, like ECB", &text_of);
    if (!amount || !rate || !rate_on || !source) return std::nullopt;
    return Original{*amount, *rate, *rate_on, *std::move(source)};
}

bool ExpenseFile::convert(const Original& original, ExpenseDraft& draft) {
    try {
        draft.amount = original.rate.convert(original.amount, currency_);
    } catch (const Refused& refused) {
        report(Column::amount, refused.what(), refused.hint());
        return false;
    }
    if (draft.amount.is_zero() && original.amount.is_positive()) {
        report(Column::amount,
               fmt::format("{} at {} is {}", original.amount.with_code(), original.rate.text(),
                           draft.amount.with_code()),
               "an expense is above zero");
    }
    return true;
}

void ExpenseFile::refuse_rate(const Record& record) {
    for (const auto column : {Column::rate, Column::rate_date, Column::rate_source}) {
        if (cell(record, column).empty()) continue;
        report(column, fmt::format("the amount is in {}, so there is no rate", currency_.code()),
               columns_->has(Column::currency) ? "name the other currency in the column currency"
                                               : "add the column currency");
    }
}

void ExpenseFile::read_texts(const Record& record, ImportRow& row) {
    const auto why = cell(record, Column::why);
    if (why.empty()) {
        report(Column::why, "each expenditure is explained", "say what the money was for");
    } else {
        try {
            row.draft.why = parse_text(why, "reason");
        } catch (const BadInput& bad) {
            report(Column::why, bad.what(), bad.hint());
        }
    }
    using Text = std::pair<Column, std::string*>;
    for (const auto& [column, text] :
         {Text{Column::payee, &row.draft.payee}, Text{Column::invoice, &row.draft.invoice},
          Text{Column::type, &row.draft.type}, Text{Column::meeting, &row.draft.meeting},
          Text{Column::work_item, &row.draft.work_item}, Text{Column::key, &row.key}}) {
        const auto found = cell(record, column);
        if (found.empty()) continue;
        if (auto line = read(column, found, &text_of)) *text = *std::move(line);
    }
}

// The document that a cell names, if it names one of this review.
std::optional<DocumentId> ExpenseFile::read_id(const Record& record, Column column,
                                               DocumentKind kind) {
    const auto text = cell(record, column);
    if (text.empty()) return {};
    auto id =
        read(column, text, [&](std::string_view cell) { return DocumentId::parse(cell, kind); });
    if (!id || id->review == review_) return id;
    report(column,
           fmt::format("{} belongs to {}, the file is for {}", text, id->review.text(),
                       review_.text()),
           "import it into the review that it belongs to");
    return {};
}

void ExpenseFile::check_own_total(const Record& record, const ExpenseDraft& draft) {
    const auto text = cell(record, Column::total);
    if (text.empty()) return;
    const auto said = read(Column::total, text,
                           [&](std::string_view cell) { return Money::parse(cell, currency_); });
    const bool refund = is_refund(record);
    const Money counted = refund ? -draft.amount : draft.amount;
    if (!said || *said == counted) return;
    std::string ours = "the amount is " + counted.with_code();
    if (draft.original) {
        ours = fmt::format("{} at {} is {}", draft.original->amount.with_code(),
                           draft.original->rate.text(), draft.amount.with_code());
    }
    if (refund) ours = "the refund counts as " + counted.with_code();
    report(Column::total,
           fmt::format("the file says {}, {}, {}", said->with_code(), ours,
                       with_difference(*said, counted)),
           "it must be the same to the cent");
}

void ExpenseFile::add(const ExpenseDraft& draft, bool refund) {
    Money own = draft.original ? draft.original->amount : draft.amount;
    if (refund) own = -own;
    try {
        sum_ += refund ? -draft.amount : draft.amount;
        if (!own_sum_) {
            own_sum_ = own;
        } else if (own_sum_->currency() == own.currency()) {
            *own_sum_ += own;
        } else {
            mixed_ = true;
        }
    } catch (const Refused& refused) {
        adds_up_ = false;
        report(Column::amount, "with this row the sum is too large", refused.hint());
    }
}

void ExpenseFile::check_sums(const Record& record) {
    const auto amount = cell(record, Column::amount);
    const auto total = cell(record, Column::total);
    if (amount.empty() && total.empty()) {
        report("", "the total row holds no sum", "fill in amount or total, or take the row out");
    }
    if (!adds_up_) return;
    const Money own_sum = own_sum_.value_or(Money::zero(currency_));
    const auto code = cell(record, Column::currency);
    if (!amount.empty() && mixed_) {
        report(Column::amount, "the rows are of several currencies, so their amounts have no sum",
               "leave it empty and give the sum in the column total");
    } else if (!amount.empty() && !code.empty() && code != own_sum.currency().code()) {
        report(Column::currency,
               fmt::format("the sum is in {}, the rows are in {}", shown(code),
                           own_sum.currency().code()),
               "");
    } else if (!amount.empty()) {
        compare(Column::amount, amount, own_sum);
    }
    if (!total.empty()) compare(Column::total, total, sum_);
}

void ExpenseFile::compare(Column column, std::string_view cell, const Money& expected) {
    const auto said = read(column, cell, [&](std::string_view text) {
        return Money::parse(text, expected.currency());
    });
    if (!said || *said == expected) return;
    report(column,
           fmt::format("the file says {}, its rows add up to {}, {}", said->with_code(),
                       expected.with_code(), with_difference(*said, expected)),
           "is a row missing, or there twice?");
}

// What `parse` makes of a cell, or nothing and its problem. Values refuse by exception, so a
// good row pays nothing for it; the texts that they quote are short and of one line here.
template <class Parse>
auto ExpenseFile::read(Column column, std::string_view text, Parse parse)
    -> std::optional<decltype(parse(text))> {
    if (text.size() > longest_cell) {
        report(column, fmt::format("the cell has {} bytes, {} at most", text.size(), longest_cell),
               "a long explanation goes into why");
    } else if (std::any_of(text.begin(), text.end(), is_control)) {
        report(column, "the cell holds a line break or a control character", "keep it on one line");
    } else {
        try {
            return parse(text);
        } catch (const BadInput& bad) {
            report(column, bad.what(), bad.hint());
        } catch (const Refused& refused) {
            report(column, refused.what(), refused.hint());
        }
    }
    return std::nullopt;
}

template <class Parse>
auto ExpenseFile::require(Column column, std::string_view text, std::string_view hint, Parse parse)
    -> std::optional<decltype(parse(text))> {
    if (!text.empty()) return read(column, text, parse);
    report(column, "the cell is empty", hint);
    return std::nullopt;
}

void ExpenseFile::report(std::string_view column, std::string what, std::string_view hint) {
    flawless_ = false;
    problems_.push_back({line_, std::string(column), std::move(what), std::string(hint)});
}

void ExpenseFile::report(Column column, std::string what, std::string_view hint) {
    report(Columns::name(column), std::move(what), hint);
}

}  // namespace purser::intake
