// One cost shared by weights: an expense for each part in its own review, all or none, exact to the
// last minor unit (DOMAIN corner case 12: largest remainder, of equal ones the first).
#include <algorithm>

#include "model.hpp"

namespace plain {
namespace {

std::vector<Minor> divided(Minor amount, const std::vector<Share>& shares) {
    __extension__ using Wide = __int128;
    Wide all = 0;
    for (const auto& share : shares) all += share.weight;
    std::vector<Minor> parts;
    std::vector<Wide> rests;
    Minor left = amount;
    for (const auto& share : shares) {
        const Wide exact = Wide{amount} * share.weight;
        parts.push_back(static_cast<Minor>(exact / all));
        rests.push_back(exact % all);
        left -= parts.back();
    }
    for (; left > 0; --left) {
        const auto most = std::max_element(rests.begin(), rests.end());
        ++parts[static_cast<std::size_t>(most - rests.begin())];
        *most = -1;
    }
    return parts;
}

}  // namespace

Verdict Model::share(const Ask& ask) {
    Verdict verdict;
    Review& own = reviews.at(ask.review);
    for (const auto& share : ask.shares) {
        const auto at = reviews.find(share.review);
        require(verdict, ask, share.review, {"finance", "support"});
        verdict.forbid(at == reviews.end(), "unknown_review");
        verdict.forbid(at != reviews.end() && at->second.currency != own.currency,
                       "other_currency");
    }
    if (verdict.refused()) return verdict;
    const Minor total = ask.foreign ? converted(*ask.foreign, own.currency) : *ask.amount;
    if (total <= 0) {
        verdict.broken = {"bad_input"};
        return verdict;
    }
    const auto amounts = divided(total, ask.shares);
    std::vector<Minor> originals(ask.shares.size(), 1);
    if (ask.foreign) originals = divided(ask.foreign->amount, ask.shares);
    std::map<std::string, std::size_t> before;  // lines of one act are lines of one invoice
    std::vector<std::string> parts;
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < ask.shares.size(); ++i) {
        verdict.forbid(amounts[i] <= 0 || originals[i] <= 0, "bad_input");
        const std::string& key = ask.shares[i].review;
        const std::size_t known = reviews.at(key).expenses.size();
        before.try_emplace(key, known);
        const std::size_t number = numbers.try_emplace(key, known).first->second += 1;
        parts.push_back(key + "-E" + std::to_string(number) + '=' + std::to_string(amounts[i]));
    }
    if (verdict.refused()) return verdict;
    for (std::size_t i = 0; i < ask.shares.size(); ++i) {
        const Share& share = ask.shares[i];
        Review& review = reviews.at(share.review);
        Ask part = ask;
        part.review = share.review;
        part.category = share.category;
        if (!share.work_item.empty()) part.work_item = share.work_item;
        if (part.commitment_of.empty()) part.commitment_of = ask.review;
        if (part.commitment_of == share.review) part.commitment_of.clear();
        part.amount = amounts[i];
        part.foreign.reset();
        Verdict of_part;
        require(of_part, part, share.review, {"finance", "support"});
        const Draft drafted = draft(of_part, review, part, false, before.at(share.review));
        if (of_part.refused()) return of_part;
        if (ask.foreign) {
            part.foreign = ask.foreign;
            part.foreign->amount = originals[i];
        }
        record_expense(review, part, drafted, {}, false, parts);
        verdict.warnings.insert(verdict.warnings.end(), of_part.warnings.begin(),
                                of_part.warnings.end());
        if (!verdict.id.empty() || share.review != ask.review) continue;
        verdict.id = share.review + "-E" + std::to_string(review.expenses.size());
        verdict.posted = of_part.posted;
    }
    return verdict;
}

}  // namespace plain
