#include "report/sheet_notes.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "report/parts.hpp"
#include "report/single_contract.hpp"

namespace purser::report {
namespace {

// The organization behind the reviews, as the sheet names it.
constexpr const char* organization = "ICANN Organization";

// Money that was added to what was there: to each category after its first.
struct Increments {
    Money added;
    Money taken_back;
    int count = 0;
};

bool raises(const Decision& decision, Layout layout) {
    return decision.amount.is_positive() &&
           (decision.act == "envelope.grant" || decision.act == "request.decide" ||
            (layout == Layout::fiscal_year && decision.act == "budget.allot"));
}

bool lowers(const Decision& decision, Layout layout) {
    return decision.amount.is_negative() &&
           (decision.act == "envelope.lower" || decision.act == "envelope.expire" ||
            (layout == Layout::fiscal_year && decision.act == "budget.unallot"));
}

// Layout 2017 counts what was given to the year, the other what was granted (DOMAIN 3). The first
// is the earliest by accounting date: the order of recording says nothing (DOMAIN case 15).
Increments increments(const Figures& figures, Layout layout) {
    const FiscalYear year = figures.fiscal_year();
    std::vector<Decision> decisions;
    for (const auto& decision : figures.decisions) {
        const bool meant =
            layout == Layout::fiscal_year ? decision.year == year : !decision.year.has_value();
        if (meant) decisions.push_back(decision);
    }
    std::stable_sort(decisions.begin(), decisions.end(),
                     [](const Decision& a, const Decision& b) { return a.on < b.on; });
    const Money zero = Money::zero(figures.review.currency());
    Increments result{zero, zero};
    std::map<std::string, int> seen;
    for (const auto& decision : decisions) {
        if (lowers(decision, layout)) result.taken_back -= decision.amount;
        if (!raises(decision, layout) || seen[decision.category]++ == 0) continue;
        result.added += decision.amount;
        ++result.count;
    }
    return result;
}

bool has_fraction(const Money& amount) {
    return amount.amount_minor() % amount.currency().minor_per_unit() != 0;
}

bool has_fraction(const Amounts& amounts) {
    return has_fraction(amounts.approved) || has_fraction(amounts.spent) ||
           has_fraction(amounts.committed) || has_fraction(amounts.remaining());
}

class SheetNotes {
public:
    SheetNotes(const Figures& figures, Layout layout, const std::vector<Column>& columns,
               const Merged& merged)
        : figures_(figures),
          merged_(merged),
          layout_(layout),
          columns_(columns),
          by_year_(layout == Layout::fiscal_year),
          has_budget_(!by_year_ || figures.review.fiscal_budget()),
          year_(figures.fiscal_year()),
          shown_(by_year_ ? figures.in(year_) : figures.envelope()) {}

    std::vector<Note> all() {
        day();
        whole_units();
        held();
        overhead();
        if (has_budget_) {
            incremental();
            if (by_year_) carried();
        }
        if (by_year_) envelope();
        if (by_year_) refunds();
        committed();
        if (has_budget_) identity();
        if (has_budget_) requested();
        inception();
        std::stable_sort(notes_.begin(), notes_.end(), [this](const Note& a, const Note& b) {
            return first_place(a) < first_place(b);
        });
        return std::move(notes_);
    }

private:
    void note(std::vector<std::string> columns, std::string text) {
        const bool whole_table = columns.empty();
        std::erase_if(columns, [this](const std::string& key) { return !has_column(key); });
        if (whole_table || !columns.empty()) notes_.push_back({std::move(text), columns});
    }
    bool has_column(const std::string& key) const {
        return std::any_of(columns_.begin(), columns_.end(),
                           [&](const Column& column) { return column.key == key; });
    }
    // A note on the whole table is marked at its title, before every column.
    std::size_t first_place(const Note& note) const {
        if (note.columns.empty()) return 0;
        std::size_t first = 1;
        for (const Column& column : columns_) {
            const auto& keys = note.columns;
            if (std::find(keys.begin(), keys.end(), column.key) != keys.end()) break;
            ++first;
        }
        return first;
    }

    const char* approved_key() const { return by_year_ ? "fy_approved" : "approved"; }
    const char* committed_key() const { return by_year_ ? "fy_committed" : "committed"; }
    const char* remaining_key() const { return by_year_ ? "fy_remaining" : "remaining"; }
    std::string approved_name() const {
        return by_year_ ? "The " + year_.text() + " approved budget" : "The approved budget";
    }

    void day() {
        std::string text = "All figures are as of " + to_print(figures_.as_of);
        text += figures_.review.is_closed(figures_.as_of)
                    ? ", from the most recent month-end close, and may not include recent spending."
                    : ". The month is open: this is a draft, its figures may miss recent spending "
                      "and can still change.";
        note({}, text);
    }
    void whole_units() {
        bool rounded = false;
        for (const auto& category : figures_.categories) {
            rounded = rounded || has_fraction(category.total) || has_fraction(category.in(year_));
        }
        if (!rounded) return;
        const auto& currency = figures_.review.currency();
        const std::string unit =
            currency.code() == "USD" ? "dollars" : "units of " + std::string(currency.code());
        note({}, "Printed in whole " + unit +
                     ": each cell is rounded by itself, totals are the exact totals rounded and "
                     "may not add.");
    }
    void held() {
        const Money waits = figures_.held();
        if (waits.is_zero()) return;
        const std::string much = merged_.no_held ? "Some" : waits.with_code();
        note({}, much + " of invoices and commitments waits for the Board and is in no column.");
    }
    void overhead() {
        std::string titles;
        std::size_t count = 0;
        for (const auto& category : figures_.categories) {
            if (!category.category.overhead) continue;
            ++count;
            titles += (titles.empty() ? "" : ", ") + category.category.title;
        }
        if (count == 0) return;
        const std::string which = count == figures_.categories.size()
                                      ? "Direct review costs"
                                      : "Direct review costs of " + titles;
        note({"title"}, which + " include an " + organization + " and overhead allocation.");
    }
    void incremental() {
        const Increments more = increments(figures_, layout_);
        if (more.count == 0) return;
        std::string text = approved_name() + " includes ";
        text += more.count == 1 ? "an incremental grant of "
                                : std::to_string(more.count) + " incremental grants of together ";
        text += more.added.with_code() + "; it is inside the figure, not in addition to it";
        if (!more.taken_back.is_zero()) {
            text += ". " + more.taken_back.with_code() + " was taken back";
        }
        note({approved_key()}, text + ".");
    }
    void carried() {
        const auto& [commitments, undecided, refunds] = figures_.from_earlier;
        const Money amount = commitments + undecided;
        if (amount.is_zero()) return;
        const std::string with = undecided.is_zero()     ? "open commitments"
                                 : commitments.is_zero() ? "what is requested"
                                                         : "open commitments and what is requested";
        const std::string much = merged_.no_approved_of_year ? "what was" : amount.with_code();
        note({approved_key()}, approved_name() + " includes " + much + " carried forward from " +
                                   FiscalYear(year_.number() - 1).text() + " with " + with + ".");
    }
    void refunds() {
        const Money& back = figures_.from_earlier.refunds;
        if (back.is_zero()) return;
        note({"fy_spent"},
             year_.text() + " spent is less refunds of earlier years of " + back.with_code() + ".");
    }
    void envelope() {
        const Amounts all = figures_.envelope();
        if (all.approved.is_zero()) return;
        std::string text = "The envelope of the whole review is " + all.approved.with_code();
        if (has_budget_) {
            text += ", of which " + figures_.unallotted().with_code() +
                    " is not yet given to a fiscal year.";
        } else {
            text +=
                "; it is not divided into fiscal years, so a year has no approved and no "
                "remaining budget.";
        }
        note({approved_key()}, text);
    }
    void committed() {
        note({committed_key()},
             "Committed: services from signed contracts to be provided, and approved upcoming "
             "meetings.");
    }
    void identity() {
        std::string text = "approved - spent - committed = remaining";
        const bool kept = by_year_ && !merged_.tells_year();
        if (!kept && (!shown_.approved.is_zero() || !shown_.remaining().is_zero())) {
            text += ": " + shown_.approved.grouped() + " - " + shown_.spent.grouped() + " - " +
                    shown_.committed.grouped() + " = " + shown_.remaining().with_code();
        }
        note({remaining_key()}, text + ".");
    }
    void requested() {
        if (shown_.requested.is_zero()) return;
        const std::string much = merged_.no_requested ? "Some of it" : shown_.requested.with_code();
        note({remaining_key()}, much +
                                    " is requested and not yet decided; it is still inside "
                                    "remaining.");
    }
    void inception() {
        const std::string since =
            "Actual expenses to date are since inception of the review, "
            "over all fiscal years";
        if (by_year_) {
            note({"spent_to_date", "spent_and_committed_to_date"},
                 since + "; the last column adds all open commitments of the review.");
        } else {
            note({"spent_to_date"}, since + ".");
        }
    }

    const Figures& figures_;
    const Merged& merged_;
    Layout layout_;
    const std::vector<Column>& columns_;
    bool by_year_;
    bool has_budget_;
    FiscalYear year_;
    Amounts shown_;
    std::vector<Note> notes_;
};

}  // namespace

Layout layout_of(const Review& review) {
    return review.text("layout") == "envelope" ? Layout::envelope : Layout::fiscal_year;
}

std::vector<Note> sheet_notes(const Figures& figures, Layout layout,
                              const std::vector<Column>& columns, const Merged& merged) {
    return SheetNotes(figures, layout, columns, merged).all();
}

}  // namespace purser::report
