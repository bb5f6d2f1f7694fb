// Figures of many days in one pass: the balances' movements, summed by month.
#include <algorithm>

#include "store/as_known.hpp"
#include "store/engine.hpp"

namespace purser {
namespace {

// What each month brought, per category.
class Months {
public:
    explicit Months(const Review& review) : review_(review) {}

    void add(const std::string& category, Bucket bucket, Month month, const Money& amount) {
        const auto& known = review_.categories();
        const auto at = std::find_if(known.begin(), known.end(),
                                     [&](const Category& one) { return one.code == category; });
        if (at == known.end()) return;
        Use& use = uses(month)[static_cast<std::size_t>(at - known.begin())];
        switch (bucket) {
            // All accounts add up to zero, so the buckets of what is approved are these two's
            // negative.
            case Bucket::authority:
            case Bucket::outside: use.approved -= amount; break;
            case Bucket::spent: use.spent += amount; break;
            case Bucket::committed: use.committed += amount; break;
            case Bucket::unallotted:
            case Bucket::free:
            case Bucket::requested: break;
        }
    }

    void add(const Transfer& transfer, Date on) {
        add(transfer.from.category, transfer.from.bucket, Month::of(on), -transfer.amount);
        add(transfer.to.category, transfer.to.bucket, Month::of(on), transfer.amount);
    }

    std::vector<DayUse> up_to(Date as_of) const {
        std::vector<DayUse> days;
        if (moved_.empty() || moved_.begin()->first > Month::of(as_of)) return days;
        std::vector<Use> sum(review_.categories().size(), Use::zero(review_.currency()));
        const Month last = Month::of(as_of);
        for (Month month = moved_.begin()->first; month <= last; month = month.next()) {
            const auto moved = moved_.find(month);
            for (std::size_t i = 0; moved != moved_.end() && i < sum.size(); ++i) {
                sum[i] += moved->second[i];
            }
            days.push_back({std::min(month.last_day(), as_of), sum});
        }
        return days;
    }

private:
    std::vector<Use>& uses(Month month) {
        const std::vector<Use> none(review_.categories().size(), Use::zero(review_.currency()));
        return moved_.try_emplace(month, none).first->second;
    }

    const Review& review_;
    std::map<Month, std::vector<Use>> moved_;
};

}  // namespace

std::vector<DayUse> load_months(Database& database, const ReviewKey& key, Date as_of,
                                std::optional<Instant> known_at) {
    const ChainEnd end =
        known_at ? chain_end_at(database, key, *known_at) : chain_end(database, key);
    const Review now = require_review(database, key);
    const auto then = known_at ? load_review(database, key, end.seq) : now;
    const Review& review = then ? *then : now;
    Months months(review);
    for (const auto& [category, bucket, month, amount] : load_months_moved(database, now, as_of)) {
        months.add(category, bucket, month, amount);
    }
    if (known_at) {
        each_unknown(database, now, end, as_of,
                     [&](const Transfer& back, Date on) { months.add(back, on); });
    }
    for (const auto& ended : ended_grants(database, now, end, as_of)) {
        months.add(ended.back, ended.on);
    }
    return months.up_to(as_of);
}

}  // namespace purser
