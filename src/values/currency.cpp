#include "values/currency.hpp"

#include <algorithm>
#include <vector>

#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

struct Group {
    int decimals;
    std::string_view codes;  // three letters and a space each
};

// ISO 4217, active codes of money in use (no metals, no test codes).
constexpr std::array groups{
    Group{2,
          "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN "
          "BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB "
          "EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
          "KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
          "MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD "
          "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS "
          "UAH USD USN UYU UZS VED VES WST XCD YER ZAR ZMW ZWL "},
    Group{0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "},
    Group{3, "BHD IQD JOD KWD LYD OMR TND "},
    Group{4, "CLF UYW "},
};

}  // namespace

Currency::Currency(std::string_view code, int decimals)
    : code_{code[0], code[1], code[2]}, decimals_(static_cast<std::int8_t>(decimals)) {}

Currency Currency::parse(std::string_view code) {
    const bool shaped = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) {
                            return c >= 'A' && c <= 'Z';
                        });
    for (const auto& group : groups) {
        for (std::size_t at = 0; shaped && at < group.codes.size(); at += 4) {
            if (group.codes.substr(at, 3) == code) return Currency(code, group.decimals);
        }
    }
    std::vector<std::string> known;
    for (const auto& group : groups) {
        for (std::size_t at = 0; at < group.codes.size(); at += 4) {
            known.emplace_back(group.codes.substr(at, 3));
        }
    }
    throw BadInput("'" + std::string(code) + "' is not a currency code of ISO 4217",
                   did_you_mean(code, known));
}

std::int64_t Currency::minor_per_unit() const {
    std::int64_t result = 1;
    for (int i = 0; i < decimals_; ++i) result *= 10;
    return result;
}

}  // namespace purser
