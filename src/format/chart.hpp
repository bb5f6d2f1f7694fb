// A chart made ready for drawing: its figures from its table, scales with round ticks, short
// labels.
//
// Everything is reckoned in whole numbers: amounts are shrunk by a power of ten to at most twelve
// digits, which no picture can tell from the exact figure, and places come as millionths of the
// way. The exact figures stand in the table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.hpp"

namespace purser::format {

struct ChartLine {
    report::ChartRole role;
    std::string name;
    std::vector<report::Value> values;  // one per label
};

struct ChartData {
    std::vector<report::Value> labels;
    std::vector<ChartLine> series;

    const ChartLine* find(report::ChartRole role) const;
    bool empty() const;  // no figure differs from zero, and there is no day
};

// The table that a chart of this section draws; null when the section has none of that key.
const report::Table* table_of(const report::Chart& chart, const report::Section& section);

// The figures of a chart. Series whose column the table lacks are left out.
ChartData chart_data(const report::Chart& chart, const report::Table& table);

// How a role looks, in every format: colours of Okabe and Ito, told apart without colour, too.
enum class Fill : char { solid, stripes, dots, hollow };
enum class Marker : char { none, circle, square, triangle, diamond };
struct RoleLook {
    std::string_view name;  // "spent": the class in SVG
    std::uint32_t colour;   // on white paper
    Fill fill;              // of a bar
    std::string_view dash;  // of a line, in pixels; "" when it is drawn through
    int width;              // of a line, in tenths of a pixel
    Marker marker;
};
RoleLook look_of(report::ChartRole role);
// Of lines of one role, the later ones differ in dash and marker, too.
RoleLook look_of(report::ChartRole role, std::size_t earlier);

constexpr std::int64_t whole_way = 1'000'000;

// An axis of money, zero on it, its ends on ticks of 1, 2 or 5 times a power of ten.
class MoneyScale {
public:
    // An amount in the numbers of this scale.
    std::int64_t of(const Money& amount) const { return amount.amount_minor() / divisor_; }
    std::int64_t place(std::int64_t number) const;  // in millionths from low to high
    std::int64_t zero() const { return place(0); }

    struct Tick {
        std::int64_t place;
        std::string label;  // "100k"
    };
    std::vector<Tick> ticks() const;

    // For bars: room for the sums of their parts; for lines: for each figure.
    static MoneyScale of_sums(const ChartData& data);
    static MoneyScale of_figures(const ChartData& data);

private:
    MoneyScale(std::int64_t divisor, Currency currency);
    void stretch(std::int64_t low, std::int64_t high);
    std::string label(std::int64_t number) const;

    std::int64_t divisor_;
    Currency currency_;
    std::int64_t low_ = 0, high_ = 1, step_ = 1;
};

// An axis of days, with ticks at the beginnings of months or years.
class DayScale {
public:
    DayScale(Date first, Date last);
    std::int64_t place(Date day) const;

    struct Tick {
        std::int64_t place;
        std::string label;  // "Mar 2017"
    };
    std::vector<Tick> ticks(std::size_t most) const;

private:
    Date first_, last_;
};

// Three digits are enough beside a bar: "36.7k", "254k", "1.23M", "(1.3k)".
std::string short_amount(const Money& amount);

}  // namespace purser::format
