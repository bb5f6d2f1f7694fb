#include "store/as_known.hpp"

#include "ledger/envelope.hpp"
#include "store/balance_rows.hpp"
#include "store/between.hpp"

namespace purser {
namespace {

const Date last_day = parse_date("9999-12-31");

}  // namespace

void each_unknown(Database& database, const Review& review, const ChainEnd& end, Date until,
                  const std::function<void(const Transfer&, Date)>& sink) {
    const Recorded since{end.seq, chain_end(database, review.key()).seq};
    each_dated_until(database, review, since, until, [&](const Event& later) {
        for (const auto& one : later.transfers) {
            sink({one.to, one.from, one.amount}, later.posted_on);
        }
    });
}

std::vector<EndedGrant> ended_grants(Database& database, const Review& review, const ChainEnd& end,
                                     Date as_of) {
    std::vector<ExpiringGrant> due;
    for (auto& grant : load_expiring(database, review)) {
        const bool ended = grant.ended_seq != 0 && grant.ended_seq <= end.seq;
        if (grant.seq <= end.seq && !ended && grant.expires < as_of) due.push_back(grant);
    }
    if (due.empty()) return {};
    Balances balances = load_balances(database, review);
    each_unknown(database, review, end, last_day,
                 [&](const Transfer& back, Date on) { balances.apply({back}, on); });
    std::vector<EndedGrant> result;
    for (const auto& grant : due) {
        const Money left = left_of(balances, grant);
        if (left.is_zero()) continue;
        const Date on = next_day(grant.expires);
        const Transfer back{{grant.category, {}, Bucket::unallotted},
                            {grant.category, {}, Bucket::authority},
                            left};
        balances.apply({back}, on);
        result.push_back({grant.seq, back, on});
    }
    return result;
}

}  // namespace purser
