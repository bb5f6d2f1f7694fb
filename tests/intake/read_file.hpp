// A file of expenses for SSR2 in dollars, read to its end: its rows, and its problems as lines
// "2 amount: what | hint".
#pragma once

#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "intake/expense_file.hpp"

namespace purser::test {

struct Outcome {
    std::vector<ImportRow> rows;
    std::vector<std::string> problems;
    std::int64_t count;
    std::string sum;
};

inline std::string rendered(const Problem& problem) {
    std::string text = std::to_string(problem.line);
    if (!problem.column.empty()) text += ' ' + problem.column;
    text += ": " + problem.what;
    if (!problem.hint.empty()) text += " | " + problem.hint;
    return text;
}

inline Outcome read_file(const std::string& bytes) {
    std::istringstream in(bytes);
    intake::ExpenseFile file(in, "a.csv", ReviewKey::parse("SSR2"), Currency::parse("USD"));
    Outcome outcome{};
    while (auto item = file.next()) {
        if (auto* const row = std::get_if<ImportRow>(&*item)) {
            outcome.rows.push_back(std::move(*row));
        } else {
            outcome.problems.push_back(rendered(std::get<Problem>(*item)));
        }
    }
    outcome.count = file.rows();
    outcome.sum = file.sum().text();
    return outcome;
}

using Lines = std::vector<std::string>;

inline Lines problems_of(const std::string& bytes) { return read_file(bytes).problems; }

}  // namespace purser::test
