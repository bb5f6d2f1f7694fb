#include "app/web/copy.hpp"

#include "app/web/address.hpp"

namespace purser::web {
namespace {

Copy copy_of(Book& book, const Deed& deed, const ReviewKey& key, const ExpenseView& view) {
    const Expense& expense = view.expense;
    const auto document = [&](DocumentKind kind, std::int64_t number) {
        return DocumentId{key, kind, number};
    };
    std::vector<std::pair<std::string, std::string>> fields{{"category", expense.category},
                                                            {"why", view.why},
                                                            {"type", view.type},
                                                            {"meeting", view.meeting},
                                                            {"work-item", view.work_item}};
    const auto add = [&](const char* field, const std::string& text) {
        fields.emplace_back(field, text);
    };
    add("amount", view.original ? view.original->amount.text() : expense.amount.text());
    if (view.original) add("currency", std::string(view.original->amount.currency().code()));
    if (view.payee != "(erased)") add("payee", view.payee);
    if (expense.commitment != 0) {
        const DocumentId id = document(DocumentKind::commitment, expense.commitment);
        if (book.commitment(id).state == CommitmentState::open) add("commitment", id.text());
    }
    return {document(DocumentKind::expense, expense.number).text(), deed.path() + query_of(fields)};
}

}  // namespace

std::optional<Copy> copy_of_last(Visit& visit, const Deed& deed) {
    if (deed.verb->path() != "purser expense submit" || deed.review().empty()) return {};
    const ReviewKey key = ReviewKey::parse(deed.review());
    Book& book = visit.place->book;
    ExpenseFilter filter;
    filter.submitted_by = visit.user->name;
    filter.latest = true;
    std::optional<Copy> copy;
    book.each_expense(key, filter,
                      [&](const ExpenseView& view) { copy = copy_of(book, deed, key, view); });
    return copy;
}

}  // namespace purser::web
