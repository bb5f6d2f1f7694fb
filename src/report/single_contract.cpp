#include "report/single_contract.hpp"

#include <algorithm>
#include <map>

#include "ledger/commitment_history.hpp"
#include "report/events_of.hpp"

namespace purser::report {
namespace {

// What makes up a committed figure: how many commitments, and whether one of them is a contract.
struct MadeOf {
    int commitments = 0;
    bool contract = false;

    void add(const Commitment& document) {
        ++commitments;
        contract = contract || document.kind == CommitmentKind::contract;
    }
    bool is_single_contract() const { return commitments == 1 && contract; }
};

bool has_contracts(Book& book, const Figures& figures) {
    const auto all = book.commitments(figures.review.key());
    return std::any_of(all.begin(), all.end(), [&](const Commitment& one) {
        return one.kind == CommitmentKind::contract && one.posted_on <= figures.as_of;
    });
}

// The rows in which a figure of the sheet, of the review or of its fiscal year, is one contract.
std::vector<std::string> single_contracts(Book& book, const Figures& figures) {
    CommitmentHistory history(figures.review);
    each_event_of(book, figures, [&](const Event& event) { history.apply(event); });
    const bool by_year = layout_of(figures.review) == Layout::fiscal_year;
    std::map<std::string, MadeOf> of_review;
    std::map<std::string, MadeOf> of_year;
    for (const auto& [number, at] : history.commitments()) {
        if (at.committed.is_zero()) continue;
        of_review[at.document.category].add(at.document);
        if (by_year && at.document.year == figures.fiscal_year()) {
            of_year[at.document.category].add(at.document);
        }
    }
    std::vector<std::string> result;
    for (const auto& one : figures.categories) {
        const std::string& code = one.category.code;
        if (of_review[code].is_single_contract() || of_year[code].is_single_contract()) {
            result.push_back(code);
        }
    }
    return result;
}

// The other row with the smallest committed figure. One with nothing hides nothing: it comes last.
const CategoryFigures* next_smallest(const Figures& figures, const std::string& but) {
    const CategoryFigures* found = nullptr;
    const auto before = [](const CategoryFigures& a, const CategoryFigures& b) {
        if (a.total.committed.is_zero() != b.total.committed.is_zero()) {
            return b.total.committed.is_zero();
        }
        return a.total.committed < b.total.committed;
    };
    for (const auto& one : figures.categories) {
        if (one.category.code == but) continue;
        if (found == nullptr || before(one, *found)) found = &one;
    }
    return found;
}

}  // namespace

bool Merged::hides(const std::string& row) const {
    return std::find(rows.begin(), rows.end(), row) != rows.end();
}

bool Merged::hides(const std::string& row, const SheetColumn& column) const {
    return column.committed != 0 && hides(row);
}

Merged merged_rows(Book& book, const Figures& figures) {
    if (figures.review.text("single-contract") != "merge") return {};
    if (!has_contracts(book, figures)) return {};
    std::vector<std::string> chosen = single_contracts(book, figures);
    if (chosen.size() == 1) {
        const CategoryFigures* const other = next_smallest(figures, chosen.front());
        if (other == nullptr) return {};  // its only row is the total
        chosen.push_back(other->category.code);
    }
    Merged merged;
    for (const auto& one : figures.categories) {
        const std::string& code = one.category.code;
        if (std::find(chosen.begin(), chosen.end(), code) != chosen.end()) {
            merged.rows.push_back(code);
        }
    }
    return merged;
}

std::string titles(const Merged& merged, const Figures& figures) {
    std::string result;
    std::size_t left = merged.rows.size();
    for (const auto& one : figures.categories) {
        if (!merged.hides(one.category.code)) continue;
        if (!result.empty()) result += left == 1 ? " and " : ", ";
        result += one.category.title;
        --left;
    }
    return result;
}

std::string code(const Merged& merged) {
    std::string result;
    for (const std::string& row : merged.rows) result += (result.empty() ? "" : "+") + row;
    return result;
}

Amounts together(const Merged& merged, const Figures& figures, std::optional<FiscalYear> year) {
    Amounts sum = Amounts::zero(figures.review.currency());
    for (const auto& one : figures.categories) {
        if (merged.hides(one.category.code)) sum += year ? one.in(*year) : one.total;
    }
    return sum;
}

std::string merged_note(const Merged& merged, const Figures& figures) {
    return "Committed, remaining and committed to date of " + titles(merged, figures) +
           " are given only as their sum: one of them alone would be the price of a single "
           "contract.";
}

}  // namespace purser::report
