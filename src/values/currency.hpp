// A currency of ISO 4217, with the number of decimals of its minor unit.
//
// Only codes of the standard exist: USD and EUR have two decimals, JPY none, KWD three.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace purser {

class Currency {
public:
    static Currency parse(std::string_view code);  // "USD"; BadInput for an unknown code

    std::string_view code() const { return {code_.data(), code_.size()}; }
    int decimals() const { return decimals_; }
    std::int64_t minor_per_unit() const;  // 100 for USD, 1 for JPY, 1000 for KWD

    friend bool operator==(const Currency&, const Currency&) = default;

private:
    Currency(std::string_view code, int decimals);
    std::array<char, 3> code_;
    std::int8_t decimals_;
};

}  // namespace purser
