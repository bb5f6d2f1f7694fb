#include "format/cells.hpp"

#include "format/utf8.hpp"

namespace purser::format {
namespace {

using report::Type;
using report::Value;

std::string grouped(std::int64_t value) {
    std::string digits = std::to_string(value);
    const std::ptrdiff_t first = value < 0 ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > first; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

// "-1,250" becomes "(1,250)": a minus would be lost beside the dash that stands for zero.
std::string in_parentheses(const std::string& number) {
    return number.front() == '-' ? '(' + number.substr(1) + ')' : number;
}

std::string print_whole(const Money& money) {
    const std::int64_t units = money.whole_units(Rounding::half_away);
    const std::string number = units == 0 ? "-" : in_parentheses(grouped(units));
    return currency_sign(money.currency()) + ' ' + number;
}

std::string joined(const std::vector<std::string>& texts, const char* separator) {
    std::string result;
    for (const std::string& text : texts) {
        if (&text != &texts.front()) result += separator;
        result += text;
    }
    return result;
}

struct Printer {
    Type type;
    std::string operator()(std::monostate) const { return stands_right(type) ? "n/a" : ""; }
    std::string operator()(const std::string& text) const { return clean(text); }
    std::string operator()(const Money& money) const {
        return type == Type::whole_money ? print_whole(money) : in_parentheses(money.grouped());
    }
    std::string operator()(Date day) const { return to_print(day); }
    std::string operator()(std::int64_t count) const { return in_parentheses(grouped(count)); }
    std::string operator()(bool truth) const { return truth ? "yes" : "no"; }
    std::string operator()(const std::vector<std::string>& texts) const {
        return clean(joined(texts, ", "));
    }
};

struct MachinePrinter {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Money& money) const { return money.text(); }
    std::string operator()(Date day) const { return to_text(day); }
    std::string operator()(std::int64_t count) const { return std::to_string(count); }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const std::vector<std::string>& texts) const {
        return joined(texts, "; ");
    }
};

}  // namespace

std::string currency_sign(Currency currency) {
    return currency.code() == "USD" ? "$" : std::string(currency.code());
}

std::string print(const Value& value, Type type) { return std::visit(Printer{type}, value); }

std::string machine_text(const Value& value) { return std::visit(MachinePrinter{}, value); }

bool stands_right(Type type) {
    return type == Type::money || type == Type::whole_money || type == Type::count;
}

bool is_absent(const Value& value) { return std::holds_alternative<std::monostate>(value); }

bool is_blank(const Value& value, const report::Column& column, bool total) {
    return is_absent(value) && (total || column.sparse);
}

}  // namespace purser::format
