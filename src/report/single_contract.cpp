#include "report/single_contract.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "ledger/commitment_history.hpp"
#include "report/events_of.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

// What makes up a committed figure: how many commitments, and whether one of them is a contract.
struct MadeOf {
    int commitments = 0;
    bool contract = false;
    Money sum;

    void add(const Commitment& document, const Money& amount) {
        ++commitments;
        contract = contract || document.kind == CommitmentKind::contract;
        sum += amount;
    }
    void add(const MadeOf& other) {
        commitments += other.commitments;
        contract = contract || other.contract;
        sum += other.sum;
    }
    bool is_single_contract() const { return commitments == 1 && contract; }
};

// One kind of figure, by category.
class Cells {
public:
    explicit Cells(Currency currency) : none_{0, false, Money::zero(currency)} {}

    void add(const Commitment& document, const Money& amount) {
        cells_.try_emplace(document.category, none_).first->second.add(document, amount);
    }
    const MadeOf& of(const std::string& category) const {
        const auto at = cells_.find(category);
        return at == cells_.end() ? none_ : at->second;
    }
    MadeOf of(const std::vector<std::string>& categories) const {
        MadeOf sum = none_;
        for (const std::string& one : categories) sum.add(of(one));
        return sum;
    }
    MadeOf all() const {
        MadeOf sum = none_;
        for (const auto& [category, of] : cells_) sum.add(of);
        return sum;
    }

private:
    MadeOf none_;
    std::map<std::string, MadeOf> cells_;
};

// The figures that contracts make up, told or to be worked out from two that are.
struct Made {
    Cells whole, year, other_years, carried_in;
    std::vector<Money> requested, held;  // prices that wait

    explicit Made(Currency currency)
        : whole(currency), year(currency), other_years(currency), carried_in(currency) {}
};

bool is_alive_in(const Commitment& document, const std::string& year) {
    const bool alive =
        document.state == CommitmentState::open || document.state == CommitmentState::proposed;
    return alive && document.year.text() == year;
}

Made made_of(Book& book, const Figures& figures) {
    Made made(figures.review.currency());
    CommitmentHistory history(figures.review);
    const FiscalYear year = figures.fiscal_year();
    each_event_of(book, figures, [&](const Event& event) {
        std::vector<std::int64_t> carried;
        if (event.act == Act::year_close && FiscalYear::parse(event.subject).next() == year) {
            for (const auto& [number, at] : history.commitments()) {
                if (is_alive_in(at.document, event.subject)) carried.push_back(number);
            }
        }
        history.apply(event);
        for (const std::int64_t number : carried) {
            const CommitmentAt& at = history.commitments().at(number);
            if (!at.committed.is_zero()) made.carried_in.add(at.document, at.committed);
        }
    });
    for (const auto& [number, at] : history.commitments()) {
        if (at.document.kind == CommitmentKind::contract) {
            if (at.document.reserved.is_positive()) made.requested.push_back(at.document.reserved);
            if (at.document.state == CommitmentState::held) made.held.push_back(at.document.amount);
        }
        if (at.committed.is_zero()) continue;
        made.whole.add(at.document, at.committed);
        (at.document.year == year ? made.year : made.other_years).add(at.document, at.committed);
    }
    return made;
}

// The row beside these with the smallest figure; of those with nothing none.
std::optional<std::string> next_smallest(const Figures& figures, const Cells& cells,
                                         const std::vector<std::string>& chosen) {
    std::optional<std::string> found;
    for (const auto& one : figures.categories) {
        const std::string& code = one.category.code;
        const bool taken = std::find(chosen.begin(), chosen.end(), code) != chosen.end();
        if (taken || cells.of(code).sum.is_zero()) continue;
        if (!found || cells.of(code).sum < cells.of(*found).sum) found = code;
    }
    return found;
}

// Any other row, where none has anything: what hides nothing comes last.
std::optional<std::string> any_other(const Figures& figures, const std::string& but) {
    for (const auto& one : figures.categories) {
        if (one.category.code != but) return one.category.code;
    }
    return {};
}

// The rows in which a figure is one contract, with as many of the next smallest as it takes for no
// sum of them to be one.
std::vector<std::string> chosen_rows(const Figures& figures,
                                     const std::vector<const Cells*>& kinds) {
    std::vector<std::string> chosen;
    for (const auto& one : figures.categories) {
        const std::string& code = one.category.code;
        const bool single = std::any_of(kinds.begin(), kinds.end(), [&](const Cells* cells) {
            return cells->of(code).is_single_contract();
        });
        if (single) chosen.push_back(code);
    }
    for (const Cells* cells : kinds) {
        while (cells->of(chosen).is_single_contract()) {
            const auto next = next_smallest(figures, *cells, chosen);
            if (!next) break;
            chosen.push_back(*next);
        }
    }
    if (chosen.size() != 1) return chosen;
    const auto other = any_other(figures, chosen.front());
    if (!other) return {};  // its only row is the total
    return {chosen.front(), *other};
}

bool has_contracts(Book& book, const Figures& figures) {
    const auto all = book.commitments(figures.review.key());
    return std::any_of(all.begin(), all.end(), [&](const Commitment& one) {
        return one.kind == CommitmentKind::contract && one.posted_on <= figures.as_of;
    });
}

Merged merged_of(Book& book, const Figures& figures, bool by_year) {
    if (!has_contracts(book, figures)) return {};
    const Made made = made_of(book, figures);
    Merged merged;
    const auto is_one_of = [](const std::vector<Money>& prices, const Money& sum) {
        return std::find(prices.begin(), prices.end(), sum) != prices.end();
    };
    merged.no_requested = is_one_of(made.requested, figures.envelope().requested) ||
                          is_one_of(made.requested, figures.in(figures.fiscal_year()).requested);
    merged.no_held = is_one_of(made.held, figures.held());
    std::vector<const Cells*> kinds{&made.whole};
    if (by_year) {
        merged.no_committed_of_year =
            made.year.all().is_single_contract() || made.other_years.all().is_single_contract();
        merged.no_approved_of_year = made.carried_in.all().is_single_contract();
        if (!merged.no_committed_of_year) {
            kinds.push_back(&made.year);
            kinds.push_back(&made.other_years);
        }
        if (!merged.no_approved_of_year) kinds.push_back(&made.carried_in);
    }
    const std::vector<std::string> chosen = chosen_rows(figures, kinds);
    for (const auto& one : figures.categories) {
        const std::string& code = one.category.code;
        if (std::find(chosen.begin(), chosen.end(), code) == chosen.end()) continue;
        merged.rows.push_back(code);
        merged.carried = merged.carried || (by_year && made.carried_in.of(code).contract);
    }
    return merged;
}

bool says_merge(const Review& review) { return review.text("single-contract") == "merge"; }

}  // namespace

bool Merged::hides(const std::string& row) const {
    return std::find(rows.begin(), rows.end(), row) != rows.end();
}

bool Merged::hides(const std::string& row, const SheetColumn& column) const {
    const bool approved_of_year = column.year && column.approved != 0;
    if (column.year && column.committed != 0 && no_committed_of_year) return true;
    if (approved_of_year && no_approved_of_year) return true;
    return (column.committed != 0 || (approved_of_year && carried)) && hides(row);
}

bool Merged::gives_together(const SheetColumn& column) const {
    return !rows.empty() && hides(rows.front(), column) && !hides(total_row, column);
}

bool merges(Book& book, const ReviewKey& key) { return says_merge(book.review(key)); }

bool merged_at_issue(Book& book, const ReviewKey& key, const Sheet& sheet) {
    return says_merge(book.figures(key, day_of(sheet.known_at), sheet.known_at).review);
}

Merged merged_rows(Book& book, const Figures& figures, bool merges) {
    if (!merges) return {};
    return merged_of(book, figures, layout_of(figures.review) == Layout::fiscal_year);
}

Merged merged_rows(Book& book, const Figures& figures) {
    return merged_rows(book, figures, merges(book, figures.review.key()));
}

Merged kept_from(Audience audience, Book& book, const Figures& figures) {
    if (audience == Audience::finance || !merges(book, figures.review.key())) return {};
    return merged_of(book, figures, true);
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
    std::string text;
    if (!merged.rows.empty()) {
        text = "Committed, remaining and committed to date of " + titles(merged, figures) +
               (merged.carried ? ", and what is approved for the year," : "") +
               " are given only as their sum: one of them alone would be the price of a single "
               "contract.";
    }
    if (!merged.tells_year()) {
        text += text.empty() ? "" : " ";
        text += "What is ";
        text += !merged.no_approved_of_year    ? "committed"
                : !merged.no_committed_of_year ? "approved"
                                               : "approved and committed";
        text += " in " + figures.fiscal_year().text() +
                " is left out: beside the whole review it would tell the price of a single "
                "contract.";
    }
    return text;
}

namespace {

using Committed = std::map<std::int64_t, CommitmentAt>;

Committed commitments_of(Book& book, const Figures& figures) {
    CommitmentHistory history(figures.review);
    each_event_of(book, figures, [&](const Event& event) { history.apply(event); });
    return history.commitments();
}

// How much of it stands in a column: of a year only what lies in it.
Money amount_in(const Committed& all, std::int64_t number, const SheetColumn& column,
                Currency currency) {
    const auto at = all.find(number);
    const bool counts =
        at != all.end() && (!column.year || at->second.document.year == *column.year);
    return counts ? at->second.committed : Money::zero(currency);
}

// What moved in a column from one point to the other.
Cells moved(const Committed& then, const Committed& now, const SheetColumn& column,
            Currency currency) {
    Cells cells(currency);
    for (const Committed* side : {&now, &then}) {
        for (const auto& [number, at] : *side) {
            if (side == &then && now.contains(number)) continue;  // told already
            const Money by = amount_in(now, number, column, currency) -
                             amount_in(then, number, column, currency);
            if (!by.is_zero()) cells.add(at.document, by);
        }
    }
    return cells;
}

}  // namespace

KeptBetween::KeptBetween(Book& book, const Figures& then, const Figures& now,
                         const std::vector<SheetColumn>& columns) {
    if (!has_contracts(book, now) && !has_contracts(book, then)) return;
    const Currency currency = now.review.currency();
    const Merged kept_then = merged_of(book, then, true);
    const Merged kept_now = merged_of(book, now, true);
    const Committed before = commitments_of(book, then);
    const Committed after = commitments_of(book, now);
    for (const SheetColumn& column : columns) {
        const Cells cells =
            column.committed != 0 ? moved(before, after, column, currency) : Cells(currency);
        std::vector<std::string> hidden;
        for (const auto& one : now.categories) {
            const std::string& code = one.category.code;
            const bool kept = kept_then.hides(code, column) || kept_now.hides(code, column);
            if (kept || cells.of(code).is_single_contract()) hidden.push_back(code);
        }
        for (const std::string& row : hidden) cells_.emplace(row, column.key);
        const bool total = kept_then.hides(total_row, column) ||
                           kept_now.hides(total_row, column) ||
                           cells.of(hidden).is_single_contract();
        if (total) cells_.emplace(total_row, column.key);
    }
}

}  // namespace purser::report
