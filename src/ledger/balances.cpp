#include "ledger/balances.hpp"

#include <algorithm>
#include <limits>

#include "ledger/reading.hpp"

namespace purser {
namespace {

// No sum that rules let pass is larger, so this one is made of damaged figures.
std::int64_t sum_of(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    throw Unreadable("its amounts add up to more than a book can hold");
}

}  // namespace

void add_to(Movements& movements, const std::vector<Transfer>& transfers, Date day) {
    for (const auto& transfer : transfers) {
        std::int64_t& from = movements[{day, transfer.from}];
        from = sum_of(from, -transfer.amount.amount_minor());
        std::int64_t& to = movements[{day, transfer.to}];
        to = sum_of(to, transfer.amount.amount_minor());
    }
}

void Series::add(Date day, std::int64_t amount_minor) {
    auto at = std::lower_bound(days_.begin(), days_.end(), day);
    auto index = at - days_.begin();
    if (at == days_.end() || *at != day) {
        const std::int64_t before =
            index == 0 ? 0 : cumulative_[static_cast<std::size_t>(index) - 1];
        days_.insert(at, day);
        cumulative_.insert(cumulative_.begin() + index, before);
    }
    for (auto i = static_cast<std::size_t>(index); i < cumulative_.size(); ++i) {
        cumulative_[i] = sum_of(cumulative_[i], amount_minor);
    }
}

std::int64_t Series::at(Date day) const {
    const auto after = std::upper_bound(days_.begin(), days_.end(), day) - days_.begin();
    return after == 0 ? 0 : cumulative_[static_cast<std::size_t>(after) - 1];
}

std::pair<std::int64_t, Date> Series::lowest_from(Date day) const {
    const auto after =
        static_cast<std::size_t>(std::upper_bound(days_.begin(), days_.end(), day) - days_.begin());
    const std::int64_t on_day = after == 0 ? 0 : cumulative_[after - 1];
    const auto least = std::min_element(cumulative_.begin() + static_cast<std::ptrdiff_t>(after),
                                        cumulative_.end());
    if (least == cumulative_.end() || *least >= on_day) return {on_day, day};
    return {*least, days_[static_cast<std::size_t>(least - cumulative_.begin())]};
}

Date Series::first_day_above(Date from, std::int64_t floor_minor) const {
    for (std::size_t i = cumulative_.size(); i-- > 0;) {
        if (cumulative_[i] < floor_minor) {
            // The balance is too low from days_[i] until the next movement.
            const bool last = i + 1 == cumulative_.size();
            return std::max(from, last ? Date::max() : days_[i + 1]);
        }
        if (days_[i] <= from) return from;
    }
    // Before its first movement an account holds nothing.
    const bool too_early = floor_minor > 0 && (days_.empty() || from < days_.front());
    if (!too_early) return from;
    return days_.empty() ? Date::max() : days_.front();
}

void FreeMoney::apply(const std::vector<Transfer>& transfers, Date day) {
    for (const auto& transfer : transfers) {
        add(transfer.from, day, -transfer.amount.amount_minor());
        add(transfer.to, day, transfer.amount.amount_minor());
    }
}

void FreeMoney::add(const Account& account, Date day, std::int64_t minor) {
    if (account.bucket != Bucket::unallotted && account.bucket != Bucket::free) return;
    bool all = false;
    bool category = false;
    bool year = !account.year;
    for (auto& [scope, series] : scopes_) {
        const bool whole = !scope.category && !scope.year;
        const bool of_category = scope.category && *scope.category == account.category;
        const bool of_year = scope.year && scope.year == account.year;
        if (!whole && !of_category && !of_year) continue;
        series.add(day, minor);
        all = all || whole;
        category = category || of_category;
        year = year || of_year;
    }
    const auto begin = [&](FreeScope scope) {
        scopes_.emplace_back(std::move(scope), Series()).second.add(day, minor);
    };
    if (!all) begin({});
    if (!category) begin({account.category, {}});
    if (!year) begin({{}, account.year});
}

std::pair<Money, Date> FreeMoney::lowest_free(const FreeScope& scope, Date from) const {
    for (const auto& [known, series] : scopes_) {
        if (known != scope) continue;
        const auto [minor, day] = series.lowest_from(from);
        return {Money::of_minor(minor, currency_), day};
    }
    return {Money::zero(currency_), from};
}

const Series* Balances::find(const Account& account) const {
    const auto at = accounts_.find(account);
    return at == accounts_.end() ? nullptr : &at->second;
}

void Balances::add(const Account& account, Date day, const Money& amount) {
    turnover_ += amount.is_negative() ? -amount : amount;
    const std::int64_t minor = amount.amount_minor();
    accounts_[account].add(day, minor);
    const bool unallotted = account.bucket == Bucket::unallotted;
    if (unallotted || account.bucket == Bucket::free) {
        free_[{}].add(day, minor);
        free_[{account.category, {}}].add(day, minor);
        if (account.year) free_[{{}, account.year}].add(day, minor);
    }
}

void Balances::apply(const std::vector<Transfer>& transfers, Date day) {
    for (const auto& transfer : transfers) {
        add(transfer.from, day, -transfer.amount);
        add(transfer.to, day, transfer.amount);
    }
    add_to(pending_, transfers, day);
}

Money Balances::at(const Account& account, Date day) const {
    const Series* series = find(account);
    return Money::of_minor(series == nullptr ? std::int64_t{0} : series->at(day), currency_);
}

Money Balances::lowest_from(const Account& account, Date day) const {
    const Series* series = find(account);
    return Money::of_minor(series == nullptr ? std::int64_t{0} : series->lowest_from(day).first,
                           currency_);
}

std::pair<Money, Date> Balances::lowest_free(const FreeScope& scope, Date from) const {
    const auto at = free_.find(scope);
    if (at == free_.end()) return {Money::zero(currency_), from};
    const auto [minor, day] = at->second.lowest_from(from);
    return {Money::of_minor(minor, currency_), day};
}

Breakdown Balances::breakdown(const FreeScope& scope, Date day) const {
    const Money zero = Money::zero(currency_);
    Breakdown result{zero, zero, zero, zero};
    for (const auto& [account, series] : accounts_) {
        if (!is_approved(account.bucket)) continue;
        if (scope.category && *scope.category != account.category) continue;
        if (scope.year && scope.year != account.year) continue;
        const Money amount = Money::of_minor(series.at(day), currency_);
        result.approved += amount;
        if (account.bucket == Bucket::spent) result.spent += amount;
        if (account.bucket == Bucket::committed) result.committed += amount;
        if (account.bucket == Bucket::requested) result.requested += amount;
    }
    return result;
}

Date Balances::first_day_above(const Account& account, Date from, const Money& floor) const {
    const Series* series = find(account);
    if (series == nullptr) return floor.is_positive() ? Date::max() : from;
    return series->first_day_above(from, floor.amount_minor());
}

Movements Balances::take_pending() { return std::exchange(pending_, {}); }

}  // namespace purser
