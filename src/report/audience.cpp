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

ContractPrices::ContractPrices(Book& book, const ReviewKey& key, Audience audience)
    : all_(audience == Audience::finance) {
    if (all_) return;
    for (const Commitment& one : book.commitments(key)) {
        if (one.kind == CommitmentKind::contract) contracts_.push_back(one.number);
    }
    guards_ = !contracts_.empty() && merges(book, key);
}

bool ContractPrices::shows(const Commitment& commitment) const {
    if (all_ || commitment.state == CommitmentState::proposed) return true;
    return commitment.kind != CommitmentKind::contract && !guards_;
}

bool ContractPrices::shows(const Expense& expense) const {
    if (all_ || expense.state == ExpenseState::submitted) return true;
    const std::int64_t of = expense.commitment == 0 ? expense.closed : expense.commitment;
    return !std::binary_search(contracts_.begin(), contracts_.end(), of);
}

bool ContractPrices::shows(const Decision& decision) const {
    return !guards_ || !decision.year || decision.act != name(Act::year_close);
}

// A year's close carries commitments: it moves what one of them is, also where it moves others.
bool ContractPrices::shows(const Event& event, bool of_contract, bool moves_committed) const {
    if (all_) return true;
    const bool of_commitments = moves_committed || event.act == Act::year_close;
    return !of_contract && !(guards_ && of_commitments);
}

std::string ContractPrices::are_kept() const {
    return std::string("Amounts of single ") + (guards_ ? "commitments" : "contracts") +
           " are for finance and support";
}

void each_of_contracts(Book& book, const ReviewKey& key, const ContractPrices& prices,
                       const std::function<void(const ExpenseView&)>& sink) {
    for (const std::int64_t contract : prices.contracts()) {
        ExpenseFilter against;
        against.commitment = contract;
        ExpenseFilter after;
        after.after = contract;
        for (const ExpenseFilter& filter : {against, after}) {
            book.each_expense(key, filter, [&](const ExpenseView& view) {
                if (!prices.shows(view.expense)) sink(view);
            });
        }
    }
}

std::vector<FreeOf> free_after(Book& book, const DocumentId& expense, Date today,
                               Audience audience) {
    std::vector<FreeOf> all = book.free_after(expense);
    const Figures figures = book.figures(expense.review, today, {});
    const Merged kept = kept_from(audience, book, figures);
    const std::string category = book.expense(expense).expense.category;
    std::erase_if(all, [&](const FreeOf& one) {
        return (one.limit == Limit::category && kept.hides(category)) ||
               (one.limit == Limit::fiscal_year && !kept.tells_year());
    });
    return all;
}

}  // namespace purser::report
