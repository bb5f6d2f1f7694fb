// An expense as fields, of which its page shows all and a list some: both take them from here, so
// that they cannot tell it differently.
#pragma once

#include <string>
#include <vector>

#include "report/catalogue.hpp"

namespace purser::report {

std::string commitment_id(const ReviewKey& key, std::int64_t number);
std::string expense_id(const ReviewKey& key, std::int64_t number);

// Without amounts where they are the price of a single contract (DOMAIN rule 13).
std::vector<Field> expense_fields(const ReviewKey& key, const ExpenseView& view, Audience audience,
                                  bool with_amounts);
// The same as columns: some are printed, the rest is for programs.
std::vector<Column> expense_columns(const ReviewKey& key, Currency currency, Audience audience);

}  // namespace purser::report
