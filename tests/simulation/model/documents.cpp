#include "documents.hpp"

#include <algorithm>

namespace plain {

Minor Commitment::rest() const {
    return state == "open" ? std::max({amount - used, claimed, Minor{0}}) : 0;
}

Minor Expense::not_refunded() const { return std::max(amount - refunded, Minor{0}); }

Minor Expense::used() const {
    if (state == "approved") return amount;
    return state == "reversed" ? amount - not_refunded() : 0;
}

Minor Expense::spent() const {
    if (state == "approved") return amount - refunded;
    return state == "reversed" ? amount - refunded - not_refunded() : 0;
}

}  // namespace plain
