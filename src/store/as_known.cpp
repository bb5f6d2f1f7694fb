#include "store/as_known.hpp"

#include "ledger/envelope.hpp"
#include "store/balance_rows.hpp"

namespace purser {

void each_later(Database& database, const Review& review, const ChainEnd& end,
                const std::function<void(const Transfer&, Date)>& sink) {
    JournalReader reader(database, "WHERE review = :review AND seq > :seq",
                         {{"review", review.key().text()}}, {{"seq", end.seq}});
    while (reader.next()) {
        const Event event = reader.event(review.currency());
        for (const auto& transfer : event.transfers) sink(transfer, event.posted_on);
    }
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
    each_later(database, review, end, [&](const Transfer& later, Date on) {
        balances.apply({{later.to, later.from, later.amount}}, on);
    });
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
