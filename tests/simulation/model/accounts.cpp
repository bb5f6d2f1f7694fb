#include "accounts.hpp"

#include <algorithm>

namespace plain {

std::string text(const Account& account) {
    static const char* const names[] = {"authority", "unallotted", "outside", "free",
                                        "requested", "committed",  "spent"};
    return account.category + ':' + (account.year == 0 ? "" : std::to_string(account.year) + ':') +
           names[static_cast<int>(account.bucket)];
}

void Accounts::post(Day day, const Moves& moves) {
    for (const auto& [account, amount] : moves) {
        if (amount != 0) movements_[account][day] += amount;
    }
}

Minor Accounts::on(const Account& account, Day day) const {
    const auto at = movements_.find(account);
    if (at == movements_.end()) return 0;
    Minor sum = 0;
    for (const auto& [moved_on, amount] : at->second) {
        if (moved_on <= day) sum += amount;
    }
    return sum;
}

Minor Accounts::last(const Account& account) const {
    const auto at = movements_.find(account);
    if (at == movements_.end()) return 0;
    Minor sum = 0;
    for (const auto& [moved_on, amount] : at->second) sum += amount;
    return sum;
}

std::map<Day, Minor> Accounts::course(const Scope& scope) const {
    std::map<Day, Minor> days;
    for (const auto& [account, moved] : movements_) {
        if (!scope(account)) continue;
        for (const auto& [day, amount] : moved) days[day] += amount;
    }
    Minor sum = 0;
    for (auto& [day, amount] : days) amount = sum += amount;
    return days;
}

Minor Accounts::sum(const Scope& scope, Day day) const {
    Minor sum = 0;
    for (const auto& [after, amount] : course(scope)) {
        if (after <= day) sum = amount;
    }
    return sum;
}

Minor Accounts::lowest(const Scope& scope, Day from) const {
    Minor on_day = 0;
    std::optional<Minor> later;
    for (const auto& [day, sum] : course(scope)) {
        if (day <= from) {
            on_day = sum;
        } else {
            later = later ? std::min(*later, sum) : sum;
        }
    }
    return later ? std::min(on_day, *later) : on_day;
}

Minor Accounts::lowest(const Account& account, Day from) const {
    return lowest([&](const Account& one) { return one == account; }, from);
}

namespace {
bool is_free(const Account& account) {
    return account.bucket == Bucket::free || account.bucket == Bucket::unallotted;
}
}  // namespace

Scope free_of_envelope() { return is_free; }
Scope free_of_category(const std::string& category) {
    return [category](const Account& one) { return is_free(one) && one.category == category; };
}
Scope free_of_year(int year) {
    return [year](const Account& one) { return one.bucket == Bucket::free && one.year == year; };
}

}  // namespace plain
