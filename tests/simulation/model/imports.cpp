// A file of expenses: all rows or none, nothing doubled (CONTRACTS, DOMAIN rule 14).
#include "model.hpp"

namespace plain {

// The n-th equal row of a file is the n-th equal row ever imported; a row with a key of its own is
// known by that key. Lines of one file are lines of one invoice.
Verdict Model::import(const Ask& ask) {
    Verdict verdict;
    require(verdict, ask, ask.review, {"finance"});
    for (const auto& name : ask.approved_by) verdict.forbid(!users.contains(name), "unknown_user");
    if (verdict.refused()) return verdict;
    Review& kept = reviews.at(ask.review);
    Review review = kept;  // a copy, which takes the place of the review when all rows are right
    const std::size_t before = review.expenses.size();
    const bool settled = !ask.approved_by.empty();
    std::map<std::pair<std::string, std::string>, Answer> answers;
    std::map<std::string, int> seen;
    std::map<std::string, int> fresh;
    Rules warned;
    for (std::size_t line = 0; line < ask.rows.size(); ++line) {
        Ask row = ask.rows[line];
        row.user = ask.user;
        row.review = ask.review;
        row.act = "expense.submit";
        Verdict of_row;
        const std::string says = row.asked();
        if (!row.key.empty()) {
            const std::pair<std::string, std::string> by{ask.user, row.key};
            const auto& known = answers.contains(by) ? answers : answers_;
            if (const auto at = known.find(by); at != known.end()) {
                if (at->second.asked == says) {
                    ++verdict.known;
                } else {
                    verdict.problems[static_cast<int>(line)] = {"key_reused"};
                }
                continue;
            }
        } else if (const auto at = kept.rows.find(says); at != kept.rows.end()) {
            if (++seen[says] <= at->second) {
                ++verdict.known;
                continue;
            }
        }
        if (ask.late_open && review.is_closed(*row.on)) {
            if (!row.document_on) row.document_on = row.on;
            row.on = review.first_open();
        }
        Draft drafted = draft(of_row, review, row, settled, before);
        std::vector<Approval> approvals;
        if (settled && !of_row.refused()) {
            settle(of_row, review, row, drafted, ask.approved_by, approvals);
        }
        if (of_row.refused()) {
            verdict.problems[static_cast<int>(line)] = of_row.broken;
            continue;
        }
        warned.insert(of_row.warnings.begin(), of_row.warnings.end());
        record_expense(review, row, drafted, approvals, settled);
        of_row.id = review.key + "-E" + std::to_string(review.expenses.size());
        of_row.warnings.clear();  // they are told once for the file
        if (row.key.empty()) {
            ++fresh[says];
        } else {
            answers[{ask.user, row.key}] = {says, of_row};
        }
        ++verdict.recorded;
    }
    if (!verdict.problems.empty()) {
        verdict.recorded = 0;
        return verdict;
    }
    verdict.warnings.assign(warned.begin(), warned.end());
    verdict.posted = today;
    if (verdict.recorded == 0 || ask.dry_run) return verdict;
    for (const auto& [row, count] : fresh) review.rows[row] += count;
    record(review, ask, "", today, {});
    kept = std::move(review);
    for (auto& [by, answer] : answers) answers_[by] = std::move(answer);
    return verdict;
}

}  // namespace plain
