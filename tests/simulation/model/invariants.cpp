#include "invariants.hpp"

#include <algorithm>

namespace plain {
namespace {

using Places = std::map<std::pair<std::string, int>, std::map<Day, Minor>>;

std::string said(const Review& review, const std::string& what, Day day, Minor is, Minor must) {
    return review.key + ": " + what + " on " + day_text(day) + " is " + std::to_string(is) +
           ", must be " + std::to_string(must);
}

bool is_approved(const Account& account) {
    return account.bucket != Bucket::authority && account.bucket != Bucket::outside;
}

std::string broken_approved(const Review& review) {
    Places buckets;
    for (const auto& [account, moved] : review.accounts.movements()) {
        if (!is_approved(account)) continue;
        for (const auto& [day, amount] : moved) {
            buckets[{account.category, 0}][day] += amount;
            const bool of_year = account.year != 0 && review.budget;
            if (of_year) buckets[{account.category, account.year}][day] += amount;
        }
    }
    Places authority = review.decided;
    for (auto* places : {&buckets, &authority}) {
        for (auto& [place, days] : *places) {
            std::erase_if(days, [](const auto& moved) { return moved.second == 0; });
        }
        std::erase_if(*places, [](const auto& place) { return place.second.empty(); });
    }
    if (buckets == authority) return {};
    return review.key + ": approved by buckets is not approved by authority";
}

std::string broken_holdings(const Review& review) {
    std::map<Account, Minor> held;
    for (const auto& one : review.commitments) {
        held[{one.category, one.year, Bucket::committed}] += one.rest();
        held[{one.category, one.year, Bucket::requested}] += one.reserved;
    }
    for (const auto& one : review.expenses) {
        held[{one.category, one.year, Bucket::requested}] += one.reserved;
    }
    for (const auto& [account, moved] : review.accounts.movements()) {
        if (account.bucket != Bucket::requested && account.bucket != Bucket::committed) continue;
        Minor sum = 0;
        for (const auto& [day, amount] : moved) {
            sum += amount;
            if (sum < 0) return said(review, text(account), day, sum, 0);
        }
        if (sum != held[account]) {
            return review.key + ": " + text(account) + " holds " + std::to_string(sum) +
                   ", its documents " + std::to_string(held[account]);
        }
        held.erase(account);
    }
    for (const auto& [account, amount] : held) {
        if (amount != 0) return review.key + ": documents hold " + text(account) + ", it does not";
    }
    return {};
}

// What is spent of a category is what its expenses spent, less what came back.
std::string broken_spent(const Review& review) {
    std::map<std::string, Minor> spent;
    for (const auto& one : review.expenses) spent[one.category] += one.spent();
    for (const auto& [account, moved] : review.accounts.movements()) {
        if (account.bucket == Bucket::spent) {
            spent[account.category] -= review.accounts.last(account);
        }
    }
    for (const auto& [category, difference] : spent) {
        if (difference == 0) continue;
        return review.key + ": expenses of " + category + " spent " + std::to_string(difference) +
               " more than stands in spent";
    }
    return {};
}

// What waits for the Board holds no money, and nothing else waits; a cost that is shared is whole.
std::string broken_waiting(const Review& review) {
    std::set<std::string> waits;
    for (const auto& one : review.waiting) {
        if (!one.ended) waits.insert(one.document);
    }
    const auto is_broken = [&](const std::string& state, Minor held, const std::string& id) {
        return state == "held" ? held != 0 || waits.erase(id) == 0 : waits.contains(id);
    };
    for (std::size_t i = 0; i < review.commitments.size(); ++i) {
        const Commitment& one = review.commitments[i];
        const std::string id = review.key + "-C" + std::to_string(i + 1);
        if (is_broken(one.state, one.rest() + one.reserved, id)) return id + " waits wrongly";
    }
    for (std::size_t i = 0; i < review.expenses.size(); ++i) {
        const Expense& one = review.expenses[i];
        const std::string id = review.key + "-E" + std::to_string(i + 1);
        if (is_broken(one.state, one.claimed + one.reserved, id)) return id + " waits wrongly";
        if (one.state == "submitted" && one.claimed + one.reserved != one.amount) {
            return id + " does not hold its amount";
        }
        if (one.own_refunded > one.own_amount()) return id + " is refunded beyond what was paid";
    }
    return waits.empty() ? "" : *waits.begin() + " waits, but is not held";
}

std::string broken_years(const Review& review) {
    for (const auto& [account, moved] : review.accounts.movements()) {
        if (account.year == 0 || account.bucket == Bucket::spent) continue;
        const Day end = review.year_end(account.year);
        if (!review.is_closed(end)) continue;
        Minor sum = 0;
        for (const auto& [day, amount] : moved) {
            if (day > end + 1 && sum != 0) break;
            sum += amount;
        }
        if (sum != 0) return said(review, text(account) + " of a closed year", end + 1, sum, 0);
    }
    return {};
}

}  // namespace

std::string broken_invariant(const Review& review) {
    for (const auto& [day, sum] : review.accounts.course([](const Account&) { return true; })) {
        if (sum != 0) return said(review, "the sum of all accounts", day, sum, 0);
    }
    for (const auto& check :
         {broken_approved, broken_holdings, broken_spent, broken_waiting, broken_years}) {
        const std::string broken = check(review);
        if (!broken.empty()) return broken;
    }
    return {};
}

Controlled controlled_by_stop(const Review& review, const Accounts& accounts) {
    Controlled result;
    const auto stops = [&](const char* name) {
        return review.setting(std::string("control.") + name) == "stop";
    };
    if (stops("envelope")) result["the envelope"] = accounts.course(free_of_envelope());
    for (const auto& category : review.categories) {
        if (!stops("category")) break;
        result[category] = accounts.course(free_of_category(category));
    }
    std::set<int> years;
    for (const auto& [account, moved] : accounts.movements()) {
        if (stops("fiscal-year") && account.bucket == Bucket::free) years.insert(account.year);
    }
    for (const int year : years) {
        result["FY" + std::to_string(year)] = accounts.course(free_of_year(year));
    }
    return result;
}

std::string broken_stop(const Controlled& before, const Controlled& after) {
    for (const auto& [scope, course] : after) {
        const auto at = before.find(scope);
        const std::map<Day, Minor> none;
        const auto& earlier = at == before.end() ? none : at->second;
        for (const auto& [day, sum] : course) {
            const auto next = earlier.upper_bound(day);
            const Minor was = next == earlier.begin() ? 0 : std::prev(next)->second;
            if (sum < std::min(was, Minor{0})) {
                return "under stop, " + scope + " has " + std::to_string(sum) + " free on " +
                       day_text(day) + ", it had " + std::to_string(was);
            }
        }
    }
    return {};
}

}  // namespace plain
