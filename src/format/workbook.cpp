#include "format/workbook.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "format/cells.hpp"
#include "format/utf8.hpp"
#include "values/error.hpp"

namespace purser::format {
namespace {

using report::Type;
using report::Value;

constexpr std::int64_t most_digits = 999'999'999'999'999;  // a spreadsheet keeps 15
constexpr std::size_t longest_cell = 32'000;               // Excel takes 32,767
constexpr std::size_t longest_sheet_name = 31;
constexpr std::size_t longest_name = 200;  // Excel takes 255
constexpr double line_points = 15.0;

constexpr lxw_color_t accent_colour = 0x1C4568;
constexpr lxw_color_t soft_colour = 0x565C64;
constexpr lxw_color_t alert_colour = 0x9C2A10;
constexpr lxw_color_t band_colour = 0xEEF2F5;

void check(lxw_error error) {
    if (error == LXW_NO_ERROR) return;
    throw Broken(std::string("the workbook could not be written: ") + lxw_strerror(error),
                 "is there room left on the disk for temporary files?");
}

double exact(const Money& money) {
    const std::int64_t minor = money.amount_minor();
    if (minor > most_digits || minor < -most_digits) {
        throw Refused(Rule::amount_too_large,
                      money.with_code() + " has more than 15 digits, which no spreadsheet keeps",
                      "ask for csv or json, which are exact");
    }
    return static_cast<double>(minor) / static_cast<double>(money.currency().minor_per_unit());
}

double exact(std::int64_t count) {
    if (count > most_digits || count < -most_digits) {
        throw Refused(
            Rule::amount_too_large,
            std::to_string(count) + " has more than 15 digits, which no spreadsheet keeps",
            "ask for csv or json, which are exact");
    }
    return static_cast<double>(count);
}

// A spreadsheet would show 0.40 as "$ 0" and -0.40 as "$ (0)".
void look_like(const Money& money, Type type, Look& look) {
    const bool whole = type == Type::whole_money;
    const bool dash = whole && !money.is_zero() && money.whole_units(Rounding::half_away) == 0;
    look.number = dash ? Number::dash : whole ? Number::whole_money : Number::money;
    const Currency currency = money.currency();
    const std::string_view code = currency.code();
    std::copy(code.begin(), code.end(), look.currency.begin());
}

std::string money_format(const Look& look) {
    const Currency currency = Currency::parse({look.currency.data(), look.currency.size()});
    const std::string sign = '"' + currency_sign(currency) + " \"";
    const std::string dash = '"' + currency_sign(currency) + " -\"_)";
    if (look.number == Number::dash) return dash + ';' + dash + ';' + dash;
    if (look.number == Number::whole_money) return sign + "#,##0_);" + sign + "(#,##0);" + dash;
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    const std::string digits = decimals == 0 ? "#,##0" : "#,##0." + std::string(decimals, '0');
    return digits + "_);(" + digits + ')';
}

std::string number_format(const Look& look) {
    switch (look.number) {
        case Number::general: return {};
        // English months, whatever the language of the reader's spreadsheet.
        case Number::date: return "[$-409]d\\-mmm\\-yyyy";
        case Number::count: return "#,##0_);(#,##0)";
        case Number::money:
        case Number::whole_money:
        case Number::dash: return money_format(look);
    }
    return {};
}

// Excel counts days from the last one of 1899, and has a 29 February 1900 that never was.
bool has_serial(Date day) { return day >= Date{date::year{1900} / 3 / 1}; }

double serial(Date day) {
    return static_cast<double>((day - Date{date::year{1899} / 12 / 30}).count());
}

// Cut to bytes that are whole characters, and to what one cell takes.
std::string cell_text(std::string_view text) {
    std::string result = clean(text);
    if (result.size() <= longest_cell) return result;
    std::size_t end = longest_cell;
    while ((static_cast<unsigned char>(result[end]) & 0xC0U) == 0x80U) --end;
    return result.substr(0, end) + " … (cut)";
}

std::string sheet_name(std::string_view wanted, std::size_t most) {
    std::string result;
    std::size_t letters = 0;
    for (const char c : clean(wanted)) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        // Beyond the basic plane a letter counts twice in Excel; four bytes, so twice here too.
        letters += begins ? (static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1) : 0;
        if (letters > most) break;
        const bool forbidden = std::string_view("[]:*?/\\\n\t").find(c) != std::string_view::npos;
        result += forbidden ? ' ' : c;
    }
    const std::size_t first = result.find_first_not_of(" '");
    if (first == std::string::npos) return "Sheet";
    return result.substr(first, result.find_last_not_of(" '") - first + 1);
}

std::string quoted(const std::string& sheet) {
    std::string result = "'";
    for (const char c : sheet) result += c == '\'' ? "''" : std::string(1, c);
    return result + "'!";
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::string column_letters(ColumnNumber column) {
    std::string letters;
    for (unsigned rest = column + 1U; rest > 0; rest = (rest - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return letters;
}

std::string fixed_cell(RowNumber row, ColumnNumber column) {
    return '$' + column_letters(column) + '$' + std::to_string(row + 1);
}

void set_font(lxw_format* format, const Look& look) {
    if (look.size != Look{}.size) format_set_font_size(format, look.size);
    if (look.bold) format_set_bold(format);
    if (look.italic) format_set_italic(format);
    if (look.soft) format_set_font_color(format, soft_colour);
    if (look.accent) format_set_font_color(format, accent_colour);
    if (look.alert) format_set_font_color(format, alert_colour);
}

void set_box(lxw_format* format, const Look& look) {
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look.wrap) format_set_text_wrap(format);
    if (look.right) format_set_align(format, LXW_ALIGN_RIGHT);
    if (look.left) format_set_align(format, LXW_ALIGN_LEFT);
    if (look.indent) format_set_indent(format, 1);
    if (look.centre) format_set_align(format, LXW_ALIGN_CENTER);
    if (look.band) format_set_bg_color(format, band_colour);
    if (look.below) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
    }
    if (look.total) {
        format_set_top(format, LXW_BORDER_THIN);
        format_set_bottom(format, LXW_BORDER_DOUBLE);
    }
}

}  // namespace

std::string cell_name(RowNumber row, ColumnNumber column) {
    return column_letters(column) + std::to_string(row + 1);
}

std::string name_part(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool plain = letter || (c >= '0' && c <= '9');
        if (result.empty() && !letter && plain) result += '_';
        if (plain) result += c;
        if (!plain && !result.empty() && result.back() != '_') result += '_';
    }
    while (!result.empty() && result.back() == '_') result.pop_back();
    return result.empty() ? "x" : result.substr(0, longest_name / 2);
}

// --- Sheet -------------------------------------------------------------------------------------

Sheet::Sheet(Workbook& book, lxw_worksheet* sheet, std::string name)
    : book_(book), sheet_(sheet), name_(std::move(name)) {}

void Sheet::text(RowNumber row, ColumnNumber column, std::string_view text, const Look& look) {
    check(worksheet_write_string(sheet_, row, column, cell_text(text).c_str(), book_.format(look)));
}

void Sheet::blank(RowNumber row, ColumnNumber column, const Look& look) {
    check(worksheet_write_blank(sheet_, row, column, book_.format(look)));
}

void Sheet::value(RowNumber row, ColumnNumber column, const Value& value, Type type,
                  const Look& look) {
    Look typed = look;
    if (const auto* money = std::get_if<Money>(&value)) {
        look_like(*money, type, typed);
        number(row, column, exact(*money), typed);
    } else if (const auto* count = std::get_if<std::int64_t>(&value)) {
        typed.number = Number::count;
        number(row, column, exact(*count), typed);
    } else if (const auto* day = std::get_if<Date>(&value); day != nullptr && has_serial(*day)) {
        typed.indent = !typed.left;  // apart from a number before it
        typed.left = true;
        typed.number = Number::date;
        number(row, column, serial(*day), typed);
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        text(row, column, *words, typed);
    } else {
        typed.soft = typed.soft || is_absent(value);
        typed.right = typed.right || (is_absent(value) && stands_right(type) && !typed.left);
        text(row, column, print(value, type), typed);
    }
}

void Sheet::number(RowNumber row, ColumnNumber column, double figure, const Look& look) {
    check(worksheet_write_number(sheet_, row, column, figure, book_.format(look)));
}

void Sheet::formula(RowNumber row, ColumnNumber column, const std::string& formula,
                    const Value& cached, Type type, const Look& look) {
    Look typed = look;
    const auto* money = std::get_if<Money>(&cached);
    const auto* count = std::get_if<std::int64_t>(&cached);
    if (money == nullptr && count == nullptr) {
        check(worksheet_write_formula_str(sheet_, row, column, formula.c_str(), book_.format(typed),
                                          print(cached, type).c_str()));
        return;
    }
    if (money != nullptr) look_like(*money, type, typed);
    if (count != nullptr) typed.number = Number::count;
    const double figure = money != nullptr ? exact(*money) : exact(*count);
    check(worksheet_write_formula_num(sheet_, row, column, formula.c_str(), book_.format(typed),
                                      figure));
}

void Sheet::across(RowNumber row, ColumnNumber first, ColumnNumber last, std::string_view text,
                   const Look& look) {
    if (first == last) return this->text(row, first, text, look);
    check(worksheet_merge_range(sheet_, row, first, row, last, cell_text(text).c_str(),
                                book_.format(look)));
}

void Sheet::height(RowNumber row, std::size_t lines, int size) {
    const double points = line_points * static_cast<double>(lines) * size / Look{}.size;
    check(worksheet_set_row(sheet_, row, points + 1, nullptr));
}

void Sheet::widths(const std::vector<std::size_t>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<ColumnNumber>(i);
        check(
            worksheet_set_column(sheet_, column, column, static_cast<double>(columns[i]), nullptr));
    }
}

void Sheet::alert_unless(RowNumber row, ColumnNumber column, const std::string& text) {
    Look look;
    look.bold = true;
    look.alert = true;
    std::string wanted = text;
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_TEXT;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_TEXT_NOT_CONTAINING;
    rule.value_string = wanted.data();
    rule.format = book_.format(look);
    check(worksheet_conditional_format_cell(sheet_, row, column, &rule));
}

void Sheet::freeze(RowNumber rows, ColumnNumber columns) {
    worksheet_freeze_panes(sheet_, rows, columns);
}

void Sheet::filter(RowNumber first, RowNumber last, ColumnNumber last_column) {
    check(worksheet_autofilter(sheet_, first, 0, last, last_column));
}

void Sheet::page(const std::string& title) {
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(sheet_, a4);
    worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_margins(sheet_, 0.5, 0.5, 0.6, 0.7);
    std::string left;
    for (const char c : title.substr(0, 80)) left += c == '&' ? "&&" : std::string(1, c);
    check(worksheet_set_footer(sheet_, ("&L&8" + clean(left) + "&R&8&P / &N").c_str()));
}

void Sheet::repeat_rows(RowNumber first, RowNumber last) {
    check(worksheet_repeat_rows(sheet_, first, last));
}

void Sheet::hide_gridlines() { worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES); }

std::string Sheet::cell(RowNumber row, ColumnNumber column) const {
    return quoted(name_) + fixed_cell(row, column);
}

std::string Sheet::range(RowNumber first, RowNumber last, ColumnNumber column) const {
    return cell(first, column) + ':' + fixed_cell(last, column);
}

// --- Workbook ----------------------------------------------------------------------------------

Workbook::Workbook(const std::filesystem::path& path, const std::string& title, Date created)
    : path_(path.string()), folder_(path.parent_path().string()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(path_.c_str(), &options);
    if (book_ == nullptr) throw Broken("the workbook could not be begun in " + folder_);
    std::string named = cell_text(title).substr(0, 255);
    lxw_doc_properties properties{};
    properties.title = named.data();
    // At noon: the library takes the first second of 1970 for "now".
    properties.created = std::chrono::duration_cast<std::chrono::seconds>(
                             (created + std::chrono::hours{12}).time_since_epoch())
                             .count();
    check(workbook_set_properties(book_, &properties));
}

Workbook::~Workbook() {
    if (book_ != nullptr) lxw_workbook_free(book_);
}

Sheet& Workbook::add_sheet(std::string_view wanted) {
    std::string name = sheet_name(wanted, longest_sheet_name);
    for (int number = 2; workbook_validate_sheet_name(book_, name.c_str()) != LXW_NO_ERROR;
         ++number) {
        if (number > 1000) throw Broken("no worksheet can be named " + clean(wanted));
        const std::string suffix = ' ' + std::to_string(number);
        name = sheet_name(wanted, longest_sheet_name - suffix.size()) + suffix;
    }
    lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
    if (sheet == nullptr) throw Broken("the workbook could not be written: no worksheet " + name);
    sheets_.push_back(std::unique_ptr<Sheet>(new Sheet(*this, sheet, name)));
    return *sheets_.back();
}

void Workbook::define(const std::string& wanted, const std::string& reference) {
    std::string name = wanted;
    for (int number = 2; !taken_names_.insert(lower(name)).second; ++number) {
        name = wanted + '_' + std::to_string(number);
    }
    check(workbook_define_name(book_, name.c_str(), ('=' + reference).c_str()));
}

void Workbook::close() {
    // The library does not look whether its temporary files could be written.
    for (const auto& sheet : sheets_) {
        FILE* rows = sheet->sheet_->optimize_tmpfile;
        if (rows != nullptr && (std::fflush(rows) != 0 || std::ferror(rows) != 0)) {
            check(LXW_ERROR_CREATING_TMPFILE);
        }
    }
    lxw_workbook* book = book_;
    book_ = nullptr;  // closing frees it, also when it fails
    check(workbook_close(book));
}

lxw_format* Workbook::format(const Look& look) {
    const auto found = formats_.find(look);
    if (found != formats_.end()) return found->second;
    lxw_format* format = workbook_add_format(book_);
    if (format == nullptr) check(LXW_ERROR_MEMORY_MALLOC_FAILED);
    set_font(format, look);
    set_box(format, look);
    const std::string number = number_format(look);
    if (!number.empty()) format_set_num_format(format, number.c_str());
    return formats_.emplace(look, format).first->second;
}

}  // namespace purser::format
