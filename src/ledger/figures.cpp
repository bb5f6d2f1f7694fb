#include "ledger/figures.hpp"

namespace purser {

Amounts Amounts::zero(Currency currency) {
    const Money none = Money::zero(currency);
    return {none, none, none, none, none};
}

Amounts& Amounts::operator+=(const Amounts& other) {
    approved += other.approved;
    spent += other.spent;
    committed += other.committed;
    requested += other.requested;
    free += other.free;
    return *this;
}

Amounts CategoryFigures::in(FiscalYear year) const {
    const auto at = years.find(year);
    return at == years.end() ? Amounts::zero(unallotted.currency()) : at->second;
}

Amounts Figures::envelope() const {
    Amounts sum = Amounts::zero(review.currency());
    for (const auto& category : categories) sum += category.total;
    return sum;
}

Amounts Figures::in(FiscalYear year) const {
    Amounts sum = Amounts::zero(review.currency());
    for (const auto& category : categories) sum += category.in(year);
    return sum;
}

Money Figures::unallotted() const {
    Money sum = Money::zero(review.currency());
    for (const auto& category : categories) sum += category.unallotted;
    return sum;
}

Money Figures::held() const {
    Money sum = Money::zero(review.currency());
    for (const auto& category : categories) sum += category.held;
    return sum;
}

Use Use::zero(Currency currency) {
    const Money none = Money::zero(currency);
    return {none, none, none};
}

Use& Use::operator+=(const Use& other) {
    approved += other.approved;
    spent += other.spent;
    committed += other.committed;
    return *this;
}

Use DayUse::envelope() const {
    Use sum = Use::zero(categories.front().approved.currency());
    for (const auto& category : categories) sum += category;
    return sum;
}

}  // namespace purser
