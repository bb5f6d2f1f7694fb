#include "format/chart.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "format/cells.hpp"
#include "format/outline.hpp"

namespace purser::format {
namespace {

using report::ChartRole;
using report::Row;
using report::Table;
using report::Value;

std::size_t place_of(const Table& table, const std::string& key) {
    std::size_t i = 0;
    while (i < table.columns.size() && table.columns[i].key != key) ++i;
    return i;
}

const Money* money_in(const Value& value) { return std::get_if<Money>(&value); }

template <typename Visit> void each_amount(const ChartData& data, const Visit& visit) {
    for (const ChartLine& line : data.series) {
        for (const Value& value : line.values) {
            if (const Money* money = money_in(value)) visit(*money);
        }
    }
}

// Of what has no amount at all: any will do, no label is printed.
Currency currency_of(const ChartData& data) {
    std::optional<Currency> found;
    each_amount(data, [&](const Money& money) { found = found.value_or(money.currency()); });
    return found.value_or(Currency::parse("USD"));
}

// A power of ten that leaves at most twelve digits: sums and products of them cannot overflow.
std::int64_t divisor_for(const ChartData& data) {
    constexpr std::int64_t most = 1'000'000'000'000;
    std::int64_t divisor = 1;
    each_amount(data, [&](const Money& money) {
        while (money.amount_minor() / divisor >= most || money.amount_minor() / divisor <= -most) {
            divisor *= 10;
        }
    });
    return divisor;
}

// "2" and 3 are "2,000", "1234" and -2 "12.34", "40" and -2 "0.4".
std::string decimal(std::int64_t digits, int exponent) {
    const bool negative = digits < 0;
    std::string text = std::to_string(negative ? -digits : digits);
    std::string fraction;
    if (exponent > 0 && digits != 0) text.append(static_cast<std::size_t>(exponent), '0');
    if (exponent < 0) {
        const auto decimals = static_cast<std::size_t>(-exponent);
        if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
        fraction = text.substr(text.size() - decimals);
        text.resize(text.size() - decimals);
        fraction.erase(fraction.find_last_not_of('0') + 1);
    }
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    if (!fraction.empty()) text += '.' + fraction;
    return negative ? '(' + text + ')' : text;
}

// How many digits stand before the point of `digits` times ten to the `exponent`.
int places(std::int64_t digits, int exponent) {
    return static_cast<int>(std::to_string(digits < 0 ? -digits : digits).size()) + exponent;
}

struct Unit {
    int exponent;
    const char* suffix;
};
constexpr Unit million{6, "M"};
constexpr Unit thousand{3, "k"};
constexpr Unit one{0, ""};

std::string in_unit(std::int64_t digits, int exponent, const Unit& unit) {
    const std::string number = decimal(digits, exponent - unit.exponent);
    const bool bracket = number.ends_with(')');
    if (!bracket) return number + unit.suffix;
    return number.substr(0, number.size() - 1) + unit.suffix + ')';
}

std::int64_t round_step(std::int64_t range, std::int64_t intervals) {
    std::int64_t step = 1;
    while (true) {
        for (const std::int64_t nice : {1, 2, 5}) {
            if (step * nice * intervals >= range) return step * nice;
        }
        step *= 10;
    }
}

int months_since_year_0(Date day) {
    const date::year_month_day ymd{day};
    return static_cast<int>(ymd.year()) * 12 + static_cast<int>(unsigned{ymd.month()}) - 1;
}

Date first_of(int months) {
    const int year = months / 12;
    const auto month = static_cast<unsigned>(months % 12) + 1;
    return Date{date::year{year} / date::month{month} / 1};
}

}  // namespace

const ChartLine* ChartData::find(ChartRole role) const {
    const auto at = std::find_if(series.begin(), series.end(),
                                 [&](const ChartLine& line) { return line.role == role; });
    return at == series.end() ? nullptr : &*at;
}

bool ChartData::empty() const {
    const auto shows = [](const Value& value) {
        const Money* money = money_in(value);
        return money != nullptr ? !money->is_zero() : std::holds_alternative<Date>(value);
    };
    return std::none_of(series.begin(), series.end(), [&](const ChartLine& line) {
        return std::any_of(line.values.begin(), line.values.end(), shows);
    });
}

const Table* table_of(const report::Chart& chart, const report::Section& section) {
    const auto at = std::find_if(section.tables.begin(), section.tables.end(),
                                 [&](const Table& table) { return table.key == chart.table; });
    return at == section.tables.end() ? nullptr : &*at;
}

ChartData chart_data(const report::Chart& chart, const Table& table) {
    ChartData data;
    const std::vector<std::size_t> printed = printed_columns(table);
    std::vector<std::size_t> places;
    for (const report::ChartSeries& series : chart.series) {
        const std::size_t at = place_of(table, series.column);
        if (at == table.columns.size()) continue;
        places.push_back(at);
        data.series.push_back({series.role, table.columns[at].title, {}});
    }
    if (printed.empty()) return data;
    table.rows([&](const Row& row) {
        data.labels.push_back(row.at(printed.front()));
        for (std::size_t i = 0; i < places.size(); ++i) {
            data.series[i].values.push_back(row.at(places[i]));
        }
    });
    return data;
}

RoleLook look_of(ChartRole role) {
    switch (role) {
        case ChartRole::approved: return {"approved", 0x1B1D20, Fill::hollow, "", 15, Marker::none};
        case ChartRole::spent: return {"spent", 0x0072B2, Fill::solid, "", 22, Marker::square};
        case ChartRole::committed:
            return {"committed", 0xD55E00, Fill::stripes, "7 3", 22, Marker::triangle};
        case ChartRole::requested:
            return {"requested", 0xAA4499, Fill::dots, "2 3", 22, Marker::diamond};
        case ChartRole::free: return {"free", 0x1B1D20, Fill::hollow, "", 26, Marker::circle};
        case ChartRole::remaining:
            return {"remaining", 0x1B1D20, Fill::hollow, "", 26, Marker::circle};
        case ChartRole::plan: return {"plan", 0x565C64, Fill::hollow, "2 4", 15, Marker::none};
        case ChartRole::forecast:
            return {"forecast", 0x007A5A, Fill::dots, "10 3 2 3", 20, Marker::diamond};
        case ChartRole::planned:
            return {"planned", 0x565C64, Fill::hollow, "", 15, Marker::diamond};
        case ChartRole::revised:
            return {"revised", 0xD55E00, Fill::stripes, "4 3", 15, Marker::triangle};
        case ChartRole::actual: return {"actual", 0x0072B2, Fill::solid, "", 22, Marker::circle};
        case ChartRole::status: return {"status", 0x1B1D20, Fill::solid, "", 15, Marker::none};
    }
    return {};
}

RoleLook look_of(ChartRole role, std::size_t earlier) {
    RoleLook look = look_of(role);
    if (earlier == 0) return look;
    constexpr std::array<std::string_view, 3> dashes{"3 3", "12 4", "6 2 1 2 1 2"};
    constexpr std::array<Marker, 3> markers{Marker::triangle, Marker::square, Marker::circle};
    look.dash = dashes.at((earlier - 1) % dashes.size());
    look.marker = markers.at((earlier - 1) % markers.size());
    return look;
}

// --- Money -------------------------------------------------------------------------------------

MoneyScale::MoneyScale(std::int64_t divisor, Currency currency)
    : divisor_(divisor), currency_(currency) {}

void MoneyScale::stretch(std::int64_t low, std::int64_t high) {
    constexpr std::int64_t intervals = 5;
    low = std::min<std::int64_t>(low, 0);
    high = std::max<std::int64_t>(high, low == 0 ? 1 : 0);
    step_ = round_step(high - low, intervals);
    low_ = -((-low + step_ - 1) / step_ * step_);
    high_ = (high + step_ - 1) / step_ * step_;
}

std::int64_t MoneyScale::place(std::int64_t number) const {
    return (number - low_) * whole_way / (high_ - low_);
}

std::vector<MoneyScale::Tick> MoneyScale::ticks() const {
    std::vector<Tick> ticks;
    for (std::int64_t at = low_; at <= high_; at += step_) ticks.push_back({place(at), label(at)});
    return ticks;
}

std::string MoneyScale::label(std::int64_t number) const {
    int exponent = -currency_.decimals();
    for (std::int64_t rest = divisor_; rest > 1; rest /= 10) ++exponent;
    // The unit follows the axis' longest label: 0.5M up to 1.5M, but 500k.
    const int longest = places(std::max(high_, -low_), exponent);
    const Unit unit = longest > 6 ? million : longest > 4 ? thousand : one;
    return number == 0 ? "0" : in_unit(number, exponent, unit);
}

MoneyScale MoneyScale::of_sums(const ChartData& data) {
    MoneyScale scale(divisor_for(data), currency_of(data));
    std::int64_t low = 0;
    std::int64_t high = 0;
    for (std::size_t i = 0; i < data.labels.size(); ++i) {
        std::int64_t below = 0;
        std::int64_t above = 0;
        for (const ChartLine& line : data.series) {
            const Money* money = money_in(line.values[i]);
            const std::int64_t number = money != nullptr ? scale.of(*money) : 0;
            if (line.role == ChartRole::approved) {
                low = std::min(low, number);
                high = std::max(high, number);
            } else {
                (number < 0 ? below : above) += number;
            }
        }
        low = std::min(low, below);
        high = std::max(high, above);
    }
    scale.stretch(low, high);
    return scale;
}

MoneyScale MoneyScale::of_figures(const ChartData& data) {
    MoneyScale scale(divisor_for(data), currency_of(data));
    std::int64_t low = 0;
    std::int64_t high = 0;
    each_amount(data, [&](const Money& money) {
        low = std::min(low, scale.of(money));
        high = std::max(high, scale.of(money));
    });
    scale.stretch(low, high);
    return scale;
}

std::string short_amount(const Money& amount) {
    std::int64_t digits = amount.amount_minor();
    int exponent = -amount.currency().decimals();
    int dropped = 0;
    std::int64_t power = 1;
    while (digits / power >= 1'000 || digits / power <= -1'000) {
        power *= 10;
        ++dropped;
    }
    const std::int64_t half = digits % power / (power > 1 ? power / 2 : 1);
    digits = digits / power + (power > 1 ? half : 0);
    exponent += dropped;
    const int size = places(digits, exponent);
    return in_unit(digits, exponent, size > 6 ? million : size > 3 ? thousand : one);
}

// --- Days --------------------------------------------------------------------------------------

DayScale::DayScale(Date first, Date last) : first_(first), last_(last) {
    constexpr date::days room{10};  // one day alone stands in the middle
    if (first_ < last_) return;
    first_ -= room;
    last_ += room;
}

std::int64_t DayScale::place(Date day) const {
    return (day - first_).count() * whole_way / (last_ - first_).count();
}

std::vector<DayScale::Tick> DayScale::ticks(std::size_t most) const {
    constexpr std::array<int, 8> steps{1, 2, 3, 6, 12, 24, 60, 120};
    const int begin = months_since_year_0(previous_day(first_)) + 1;
    const int end = months_since_year_0(last_) + 1;
    std::size_t at = 0;
    while (at + 1 < steps.size() &&
           static_cast<std::size_t>((end - begin) / steps.at(at)) >= most) {
        ++at;
    }
    std::vector<Tick> ticks;
    for (int month = begin; month < end; ++month) {
        if (month % steps.at(at) != 0) continue;
        const Date day = first_of(month);
        const std::string text = to_print(day);  // 1-Mar-2017
        const std::string year = text.substr(text.size() - 4);
        ticks.push_back({place(day), steps.at(at) < 12 ? text.substr(2, 3) + ' ' + year : year});
    }
    if (ticks.empty()) ticks.push_back({place(first_), to_print(first_)});
    return ticks;
}

}  // namespace purser::format
