// The rows of expenses: the table that may hold a million.
#include "store/database_rows.hpp"
#include "store/day_column.hpp"
#include "store/each_row.hpp"

namespace purser {
namespace {

Money money(long long minor, Currency currency) {
    return Money::of_minor(static_cast<std::int64_t>(minor), currency);
}

struct ExpenseColumns {
    std::string review, state, category, posted_on, document_on, invoice, row_print, submitted_by,
        approvals, own_currency, spent_on, amended_by, meeting, work_item;
    long long number = 0, seq = 0, fiscal_year = 0, amount = 0, claimed = 0, reserved = 0,
              commitment = 0, payee = 0, own = 0, refunded = 0, own_refunded = 0, closed = 0,
              told = 0;

    void set(const ReviewKey& key, const Expense& row) {
        review = key.text();
        number = row.number;
        seq = row.seq;
        state = name(row.state);
        category = row.category;
        fiscal_year = row.year.number();
        amount = row.amount.amount_minor();
        claimed = row.claimed.amount_minor();
        reserved = row.reserved.amount_minor();
        posted_on = to_text(row.posted_on);
        document_on = day_text(row.document_on);
        commitment = row.commitment;
        payee = row.payee;
        invoice = row.invoice;
        row_print = row.row_print;
        submitted_by = row.submitted_by;
        approvals = approvals_text(row.approvals);
        own_currency = row.own_amount.currency().code();
        own = row.own_amount.amount_minor();
        refunded = row.refunded.amount_minor();
        own_refunded = row.own_refunded.amount_minor();
        closed = row.closed;
        told = row.told;
        spent_on = day_text(row.spent_on);
        amended_by = row.amended_by;
        meeting = row.meeting;
        work_item = row.work_item;
    }
};

// Of the few that are submitted or held there is an index. Without statistics a planner takes the
// key of the table for the best, unless the review is not told apart by it.
std::string chosen(std::optional<ExpenseState> state) {
    if (!state) return "review = :review ";
    const bool few = *state == ExpenseState::submitted || *state == ExpenseState::held;
    return (few ? "review || '' = :review AND state = '" : "review = :review AND state = '") +
           std::string(name(*state)) + "' ";
}

// In the order in which expense(), shows() and insert() take them.
const std::vector<std::string> expense_columns{
    "own_currency",      "number",       "seq",           "state",          "category",
    "fiscal_year",       "amount_minor", "claimed_minor", "reserved_minor", "posted_on",
    "document_on",       "commitment",   "payee",         "invoice",        "row_print",
    "submitted_by",      "approvals",    "own_minor",     "refunded_minor", "own_refunded_minor",
    "closed_commitment", "told_seq",     "spent_on",      "amended_by",     "meeting",
    "work_item"};

}  // namespace

ExpenseReader::ExpenseReader(Database& database, const Review& review, const std::string& condition,
                             std::optional<ExpenseState> state)
    : review_(review.key()),
      currency_(review.currency()),
      rows_(read_rows(database, expense_columns, "FROM expense WHERE " + chosen(state) + condition,
                      {{{"review", review.key().text()}}})) {}

bool ExpenseReader::step() { return rows_->next(); }

Expense ExpenseReader::expense() const {
    return reading(
        [&] {
            const std::int64_t number = rows_->number(1);
            return row_of(DocumentId{review_, DocumentKind::expense, number}.text());
        },
        [&] { return made(); });
}

Expense ExpenseReader::made() const {
    std::size_t at = 0;
    const auto text = [&] { return rows_->text(at++); };
    const auto number = [&] { return rows_->number(at++); };
    const std::string_view own = text();
    const Currency of_invoice = own == currency_.code() ? currency_ : Currency::parse(own);
    return {number(),
            number(),
            parse_expense_state(text()),
            std::string(text()),
            year_in(number()),
            money(number(), currency_),
            money(number(), currency_),
            money(number(), currency_),
            parse_date(text()),
            read_day(text()),
            number(),
            number(),
            std::string(text()),
            std::string(text()),
            std::string(text()),
            parse_approvals(text()),
            money(number(), of_invoice),
            money(number(), currency_),
            money(number(), of_invoice),
            number(),
            number(),
            read_day(text()),
            std::string(text()),
            std::string(text()),
            std::string(text())};
}

bool ExpenseReader::shows(const Expense& document) const {
    std::size_t at = 0;
    const auto text = [&](std::string_view value) { return rows_->text(at++) == value; };
    const auto number = [&](std::int64_t value) { return rows_->number(at++) == value; };
    const auto minor = [&](const Money& value) {
        return number(value.amount_minor()) && value.currency() == currency_;
    };
    const auto own = [&](const Money& value) {
        return number(value.amount_minor()) && value.currency() == document.own_amount.currency();
    };
    const auto day = [&](const std::optional<Date>& value) { return text(day_text(value)); };
    const Expense& e = document;
    return text(e.own_amount.currency().code()) && number(e.number) && number(e.seq) &&
           text(name(e.state)) && text(e.category) && number(e.year.number()) && minor(e.amount) &&
           minor(e.claimed) && minor(e.reserved) && day(e.posted_on) && day(e.document_on) &&
           number(e.commitment) && number(e.payee) && text(e.invoice) && text(e.row_print) &&
           text(e.submitted_by) && text(approvals_text(e.approvals)) && own(e.own_amount) &&
           minor(e.refunded) && own(e.own_refunded) && number(e.closed) && number(e.told) &&
           day(e.spent_on) && text(e.amended_by) && text(e.meeting) && text(e.work_item);
}

std::optional<Expense> DatabaseRows::find_expense(const Review& review, std::int64_t number) {
    return ExpenseReader(database_, review, "AND number = " + std::to_string(number)).next();
}

Expense DatabaseRows::expense(const Review& review, std::int64_t number) {
    auto found = find_expense(review, number);
    if (!found) {
        throw Broken("the log names an expense " + std::to_string(number) + " of " +
                     review.key().text() + " that it never submitted");
    }
    return *found;
}

std::vector<Expense> DatabaseRows::undecided(const Review& review, FiscalYear year) {
    std::vector<Expense> result;
    ExpenseReader reader(database_, review,
                         "AND fiscal_year = " + std::to_string(year.number()) + " ORDER BY number",
                         ExpenseState::submitted);
    while (auto row = reader.next()) result.push_back(*row);
    return result;
}

void DatabaseRows::insert(const ReviewKey& review, const Expense& row) {
    if (!expenses_) {
        std::vector<std::string> columns{"review"};
        columns.insert(columns.end(), expense_columns.begin(), expense_columns.end());
        expenses_ = write_rows(database_, "expense", columns);
    }
    ExpenseColumns c;
    c.set(review, row);
    RowWriter& to = *expenses_;
    to.text(c.review);
    to.text(c.own_currency);
    to.number(c.number);
    to.number(c.seq);
    to.text(c.state);
    to.text(c.category);
    for (const auto value : {c.fiscal_year, c.amount, c.claimed, c.reserved}) to.number(value);
    to.text(c.posted_on);
    to.text(c.document_on);
    to.number(c.commitment);
    to.number(c.payee);
    for (const auto* value : {&c.invoice, &c.row_print, &c.submitted_by, &c.approvals}) {
        to.text(*value);
    }
    for (const auto value : {c.own, c.refunded, c.own_refunded, c.closed, c.told}) to.number(value);
    for (const auto* value : {&c.spent_on, &c.amended_by, &c.meeting, &c.work_item}) {
        to.text(*value);
    }
    to.write();
}

void DatabaseRows::update(const ReviewKey& review, const Expense& row) {
    ExpenseColumns c;
    c.set(review, row);
    database_.sql()
        << "UPDATE expense SET state = :state, category = :category, fiscal_year = :fiscal_year, "
           "posted_on = :posted_on, "
           "amount_minor = :amount, claimed_minor = :claimed, reserved_minor = :reserved, "
           "document_on = :document_on, commitment = :commitment, payee = :payee, invoice = "
           ":invoice, approvals = :approvals, own_currency = :own_currency, own_minor = :own, "
           "refunded_minor = :refunded, own_refunded_minor = :own_refunded, closed_commitment = "
           ":closed, told_seq = :told, spent_on = :spent_on, amended_by = :amended_by, "
           "meeting = :meeting, work_item = :work_item WHERE review = :review AND number = :number",
        soci::use(c.state), soci::use(c.category), soci::use(c.fiscal_year), soci::use(c.posted_on),
        soci::use(c.amount), soci::use(c.claimed), soci::use(c.reserved), soci::use(c.document_on),
        soci::use(c.commitment), soci::use(c.payee), soci::use(c.invoice), soci::use(c.approvals),
        soci::use(c.own_currency), soci::use(c.own), soci::use(c.refunded),
        soci::use(c.own_refunded), soci::use(c.closed), soci::use(c.told), soci::use(c.spent_on),
        soci::use(c.amended_by), soci::use(c.meeting), soci::use(c.work_item), soci::use(c.review),
        soci::use(c.number);
}

}  // namespace purser
