#include "report/audience.hpp"

#include <algorithm>

#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::report {

std::string_view name(Audience audience) {
    switch (audience) {
        case Audience::finance: return "finance";
        case Audience::chair: return "chair";
        case Audience::public_: return "public";
    }
    return {};
}

Audience parse_audience(std::string_view text) {
    std::vector<std::string> names;
    for (const Audience audience : {Audience::finance, Audience::chair, Audience::public_}) {
        if (name(audience) == text) return audience;
        names.emplace_back(name(audience));
    }
    throw BadInput("'" + std::string(text) + "' is no audience", did_you_mean(text, names));
}

void refuse_public(Audience audience, const std::string& what) {
    if (audience != Audience::public_) return;
    throw Refused(Rule::not_permitted, what + " not public",
                  "the public sees the sheet: purser factsheet show");
}

Merged merged_now(Book& book, const ReviewKey& key) {
    return merged_rows(book, book.figures(key, parse_date("9999-01-01"), {}));
}

ContractPrices::ContractPrices(Book& book, const ReviewKey& key, Audience audience)
    : all_(audience == Audience::finance) {
    if (all_) return;
    merged_ = merged_now(book, key);
    for (const Commitment& one : book.commitments(key)) {
        if (one.kind == CommitmentKind::contract) contracts_.push_back(one.number);
    }
}

bool ContractPrices::shows(const Commitment& commitment) const {
    if (all_ || commitment.state == CommitmentState::proposed) return true;
    return commitment.kind != CommitmentKind::contract && !merged_.hides(commitment.category);
}

bool ContractPrices::shows(const Expense& expense) const {
    if (all_ || expense.state == ExpenseState::submitted) return true;
    const std::int64_t of = expense.commitment == 0 ? expense.closed : expense.commitment;
    if (of != 0 && merged_.hides(expense.category)) return false;
    return !std::binary_search(contracts_.begin(), contracts_.end(), of);
}

}  // namespace purser::report
