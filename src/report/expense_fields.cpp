#include "report/expense_fields.hpp"

#include "report/expense_history.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

std::vector<std::string> approvals(const Expense& expense) {
    std::vector<std::string> texts;
    for (const Approval& approval : expense.approvals) {
        texts.push_back(approval_text(approval));
    }
    return texts;
}

// What corrections made of an expense, and the commitment whose close it came after. What the rates
// made is what refunds brought above (below: under) their cost at the expense's own rate.
void add_corrections(std::vector<Field>& fields, const ReviewKey& key, const ExpenseView& view) {
    const Expense& expense = view.expense;
    const bool back = expense.refunded.is_positive();
    const bool stays = back || expense.state == ExpenseState::reversed;
    const bool rates = view.original && back;
    fields.push_back(
        printed("after", "After the close of",
                expense.closed == 0 ? Value() : Value(commitment_id(key, expense.closed))));
    fields.push_back(printed("refunded", back ? "Refunded" : "", expense.refunded, Type::money));
    fields.push_back(printed("spent", stays ? "Stays spent" : "", expense.spent(), Type::money));
    fields.push_back(printed("refunded_original", "Original amount refunded",
                             view.original ? Value(expense.own_refunded) : Value(), Type::money));
    if (!rates) fields.back().label.clear();
    Value made;
    if (rates) {
        const Money cost =
            view.original->rate.convert(expense.own_refunded, expense.amount.currency());
        made = expense.refunded - cost;
    }
    fields.push_back(printed("rate_difference", "Made by the rates", made, Type::money));
}

// Leaves out what an amount could be read from.
void hide_amounts(std::vector<Field>& fields) {
    for (Field& field : fields) {
        if (std::holds_alternative<Money>(field.value) || field.key == "parts") field.value = {};
    }
}

// What a list prints of an expense; the rest of it is for programs.
bool is_listed(const std::string& key) {
    for (const char* one : {"id", "posted_on", "category", "amount", "state", "payee", "why"}) {
        if (key == one) return true;
    }
    return false;
}

// An expense that says nothing, so that an empty list has its columns too.
ExpenseView blank(Currency currency) {
    const Money zero = Money::zero(currency);
    const Expense expense{0,
                          0,
                          ExpenseState::submitted,
                          {},
                          FiscalYear(2017),
                          zero,
                          zero,
                          zero,
                          {},
                          {},
                          0,
                          0,
                          {},
                          {},
                          {},
                          {},
                          zero,
                          zero,
                          zero,
                          0,
                          0,
                          {},
                          {}};
    return {expense, {}, {}, {}, {}, {}, {}};
}

}  // namespace

std::string commitment_id(const ReviewKey& key, std::int64_t number) {
    return DocumentId{key, DocumentKind::commitment, number}.text();
}

std::string expense_id(const ReviewKey& key, std::int64_t number) {
    return DocumentId{key, DocumentKind::expense, number}.text();
}

std::vector<Field> expense_fields(const ReviewKey& key, const ExpenseView& view, Audience audience,
                                  bool with_amounts) {
    const Expense& expense = view.expense;
    std::vector<Field> fields;
    fields.push_back(printed("id", "ID", expense_id(key, expense.number)));
    fields.push_back(printed("posted_on", "Posted on", expense.posted_on, Type::date));
    fields.push_back(printed("category", "Category", expense.category));
    fields.push_back(printed("amount", "Amount", expense.amount, Type::money));
    fields.push_back(printed("state", "State", std::string(name(expense.state))));
    if (audience == Audience::finance) {
        fields.push_back(printed("payee", "Payee", text_or_absent(view.payee)));
    }
    fields.push_back(printed("why", "Why", view.why));
    fields.push_back(printed("fiscal_year", "Fiscal year", expense.year.text()));
    fields.push_back(
        printed("commitment", "Against",
                expense.commitment == 0 ? Value() : Value(commitment_id(key, expense.commitment))));
    fields.push_back(
        printed("document_date", "Document date", value_of(expense.document_on), Type::date));
    fields.push_back(printed("invoice", "Invoice", text_or_absent(expense.invoice)));
    fields.push_back(printed("type", "Type", text_or_absent(view.type)));
    fields.push_back(printed("meeting", "Meeting", text_or_absent(view.meeting)));
    fields.push_back(printed("work_item", "Work item", text_or_absent(view.work_item)));
    fields.push_back(printed("parts", "Shared as", view.parts));
    fields.push_back(
        printed("held_for", "Waits for",
                expense.state == ExpenseState::held ? text_or_absent(view.hold) : Value()));
    const auto& original = view.original;
    fields.push_back(printed("original_amount", "Original amount",
                             original ? Value(original->amount) : Value(), Type::money));
    fields.push_back(
        printed("original_currency", "Original currency",
                original ? Value(std::string(original->amount.currency().code())) : Value()));
    fields.push_back(printed("rate", "Rate", original ? Value(original->rate.text()) : Value()));
    fields.push_back(
        printed("rate_date", "Rate of", original ? Value(original->rate_on) : Value(), Type::date));
    fields.push_back(
        printed("rate_source", "Rate from", original ? text_or_absent(original->source) : Value()));
    fields.push_back(printed("submitted_by", "Submitted by", expense.submitted_by));
    fields.push_back(printed("approvals", "Approvals", approvals(expense)));
    add_corrections(fields, key, view);
    if (!with_amounts) hide_amounts(fields);
    return fields;
}

std::vector<Column> expense_columns(const ReviewKey& key, Currency currency, Audience audience) {
    std::vector<Column> columns;
    for (const Field& field : expense_fields(key, blank(currency), audience, true)) {
        columns.push_back(is_listed(field.key) ? column(field.key, field.label, field.type)
                                               : hidden_column(field.key, field.type));
    }
    return columns;
}

}  // namespace purser::report
