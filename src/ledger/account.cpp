#include "ledger/account.hpp"

#include <array>

#include "ledger/reading.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 7> bucket_names{"authority", "unallotted", "outside", "free",
                                                       "requested", "committed",  "spent"};

}  // namespace

std::string_view name(Bucket bucket) { return bucket_names.at(static_cast<std::size_t>(bucket)); }

Bucket parse_bucket(std::string_view text) {
    for (std::size_t i = 0; i < bucket_names.size(); ++i) {
        if (bucket_names.at(i) == text) return static_cast<Bucket>(i);
    }
    throw Unreadable("there is no bucket '" + std::string(text) + "'");
}

bool has_year(Bucket bucket) { return bucket >= Bucket::free; }

bool is_approved(Bucket bucket) { return bucket != Bucket::authority && bucket != Bucket::outside; }

std::string Account::text() const {
    std::string result = category;
    if (year) result += ':' + year->text();
    result += ':';
    result += name(bucket);
    return result;
}

Account Account::parse(std::string_view text) {
    const auto first = text.find(':');
    const auto last = text.rfind(':');
    if (first == std::string_view::npos) {
        throw Unreadable("'" + std::string(text) + "' is not an account");
    }
    Account result{std::string(text.substr(0, first)), {}, parse_bucket(text.substr(last + 1))};
    if (first != last) result.year = FiscalYear::parse(text.substr(first + 1, last - first - 1));
    return result;
}

}  // namespace purser
