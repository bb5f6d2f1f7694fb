// What every account of one review holds on every day.
//
// Only movements are kept, a figure per account and day; any day's balance follows. Also
// follows what a control asks: the smallest free money on any day from a day on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/account.hpp"
#include "values/date.hpp"

namespace purser {

// What transfers moved, in minor units. By day first: days compare faster than names, and events
// come in their order.
using Movements = std::map<std::pair<Date, Account>, std::int64_t>;
void add_to(Movements& movements, const std::vector<Transfer>& transfers, Date day);

// Cumulative amounts over days, ready for "on this day" and "the least from this day on".
class Series {
public:
    void add(Date day, std::int64_t amount_minor);
    std::int64_t at(Date day) const;
    std::pair<std::int64_t, Date> lowest_from(Date day) const;  // and the first day it is so
    // The first day from `from` on after which the balance never falls below `floor_minor`.
    Date first_day_above(Date from, std::int64_t floor_minor) const;

private:
    std::vector<Date> days_;
    std::vector<std::int64_t> cumulative_;
};

// The free money that one control looks at: all of the review, of a category, or of a year.
struct FreeScope {
    std::optional<std::string> category;
    std::optional<FiscalYear> year;
    friend auto operator<=>(const FreeScope&, const FreeScope&) = default;
};

// What each control finds free on every day, and nothing else: for who runs through a whole log.
class FreeMoney {
public:
    explicit FreeMoney(Currency currency) : currency_(currency) {}
    void apply(const std::vector<Transfer>& transfers, Date day);
    std::pair<Money, Date> lowest_free(const FreeScope& scope, Date from) const;

private:
    void add(const Account& account, Date day, std::int64_t minor);
    Currency currency_;
    // Few categories and years: looking through them is faster than sorting them.
    std::vector<std::pair<FreeScope, Series>> scopes_;
};

// How a free figure is made up, for the message of a refusal.
struct Breakdown {
    Money approved, spent, committed, requested;
};

class Balances {
public:
    explicit Balances(Currency currency) : currency_(currency) {}

    void add(const Account& account, Date day, const Money& amount);
    void apply(const std::vector<Transfer>& transfers, Date day);

    Money at(const Account& account, Date day) const;
    Money lowest_from(const Account& account, Date day) const;
    std::pair<Money, Date> lowest_free(const FreeScope& scope, Date from) const;
    Breakdown breakdown(const FreeScope& scope, Date day) const;
    Date first_day_above(const Account& account, Date from, const Money& floor) const;
    // Sum over all days of one account; zero when it never moved.
    Money last(const Account& account) const { return at(account, Date::max()); }

    // Movements applied since the last call, per account and day, for the store to keep.
    Movements take_pending();
    const std::map<Account, Series>& accounts() const { return accounts_; }
    Currency currency() const { return currency_; }

private:
    const Series* find(const Account& account) const;
    Currency currency_;
    Money turnover_ = Money::zero(currency_);  // bounds every partial sum: none can overflow
    std::map<Account, Series> accounts_;
    std::map<FreeScope, Series> free_;
    Movements pending_;
};

}  // namespace purser
