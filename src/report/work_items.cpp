// How money relates to the work: workstreams and recommendations, and what was charged to each.
#include <algorithm>
#include <array>
#include <map>

#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "report/records.hpp"

namespace purser::report {
namespace {

struct Sum {
    Money spent, requested;
    void add(const Sum& other) {
        spent += other.spent;
        requested += other.requested;
    }
};

std::vector<Column> item_columns() {
    return {column("code", "Code"),
            column("title", "Work item"),
            column("kind", "Kind"),
            column("group", "Group"),
            column("topic", "Topic"),
            column("state", "State"),
            column("state_on", "State of", Type::date)};
}

Row item_row(const WorkItem& item) {
    return {item.code,
            item.title,
            std::string(name(item.kind)),
            text_or_absent(item.group),
            text_or_absent(item.topic),
            text_or_absent(item.state),
            value_of(item.state_on)};
}

void add_sum(Row& row, const Sum& sum) {
    row.emplace_back(sum.spent);
    row.emplace_back(sum.requested);
}

// The whole in four lines: how much went to each kind of work, and how much to none of it.
Table kinds_table(const std::array<Sum, 4>& by_kind, const Sum& total) {
    constexpr std::array<const char*, 4> titles{"Workstreams", "Recommendations",
                                                "Named, and not among the work items",
                                                "Not charged to any work item"};
    constexpr std::array<const char*, 4> keys{"workstream", "recommendation", "unknown", "none"};
    Table table;
    table.key = "kinds";
    table.columns = {hidden_column("kind"), column("title", "Charged to"),
                     sum_column("spent", "Spent"), sum_column("requested", "Requested")};
    std::vector<Row> rows;
    for (std::size_t i = 0; i < by_kind.size(); ++i) {
        const bool nothing = by_kind.at(i).spent.is_zero() && by_kind.at(i).requested.is_zero();
        if (i == 2 && nothing) continue;
        rows.push_back({std::string(keys.at(i)), std::string(titles.at(i))});
        add_sum(rows.back(), by_kind.at(i));
    }
    table.rows = rows_of(std::move(rows));
    table.total = Row{std::string("total"), std::string("Total")};
    add_sum(*table.total, total);
    return table;
}

// What was charged to each work item, to each kind of them, and in all.
struct Charges {
    std::map<std::string, Sum> items;  // by code; "" for none
    std::array<Sum, 4> kinds;          // as kinds_table has them
    Sum total;
};

// What the reader may not know of a single work item stands where none is named.
Charges charges_of(Book& book, const ReviewKey& key, const Records& records,
                   const ContractPrices& prices, const Sum& none) {
    Charges charges{{}, {none, none, none, none}, none};
    const auto charge = [&](const std::string& code, const Sum& sum) {
        charges.items.try_emplace(code, none).first->second.add(sum);
        charges.total.add(sum);
        const WorkItem* const item = records.work_item(code);
        const std::size_t kind = item != nullptr ? static_cast<std::size_t>(item->kind)
                                 : code.empty()  ? 3
                                                 : 2;
        charges.kinds.at(kind).add(sum);
    };
    for (const Charged& one : book.charged(key)) {
        charge(one.work_item, {one.spent, one.requested});
    }
    each_of_contracts(book, key, prices, [&](const ExpenseView& view) {
        charge(view.work_item, {-view.expense.spent(), none.spent});
        charge("", {view.expense.spent(), none.spent});
    });
    return charges;
}

}  // namespace

Document work_item_list(Book& book, const ReviewKey& key, std::optional<Instant> known_at,
                        Audience audience) {
    Document document(audience);
    document.title = key.text() + " Work items";
    document.as_of = book.review(key).start();
    document.body.fields = {for_programs("review", key.text())};
    Table table;
    table.key = "work_items";
    table.primary = true;
    table.columns = item_columns();
    std::vector<Row> rows;
    for (const WorkItem& item : book.records(key, known_at).work_items) {
        rows.push_back(item_row(item));
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No work item recorded yet.";
    document.body.tables.push_back(std::move(table));
    return document;
}

Document work_item(Book& book, const ReviewKey& key, const std::string& code, Audience audience) {
    const Records records = book.records(key, {});
    const WorkItem* const found = records.work_item(code);
    if (found == nullptr) {
        require_work_item(records, key, code);  // refuses unknown_work_item, did-you-mean
        throw Refused(Rule::unknown_work_item, key.text() + " has no work item '" + code + "'",
                      "see: purser work-item list " + key.text());
    }
    Document document(audience);
    document.title = key.text() + ' ' + code;
    document.subtitle = found->title;
    document.as_of = book.review(key).start();
    auto& fields = document.body.fields;
    fields = {for_programs("review", key.text())};
    const auto columns = item_columns();
    Row values = item_row(*found);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string label = i < 2 ? "" : columns[i].title;  // the heading says these
        fields.push_back(printed(columns[i].key, label, values[i], columns[i].type));
    }
    hide_absent(fields);
    return document;
}

Document work_items(Book& book, const ReviewKey& key, Date today, Audience audience) {
    refuse_public(audience, "what single work items cost is");
    const Figures figures = book.figures(key, today, {});
    const Currency currency = figures.review.currency();
    const Sum none{Money::zero(currency), Money::zero(currency)};
    const Records records = book.records(key, {});
    const ContractPrices prices(book, key, audience);
    const auto& [sums, by_kind, total] = charges_of(book, key, records, prices, none);
    Document document(audience);
    document.title = key.text() + " Work items and what they cost";
    document.subtitle = "As of " + to_print(today);
    document.as_of = today;
    document.body.fields = {for_programs("review", key.text()), for_programs("as_of", today),
                            for_programs("currency", std::string(currency.code()))};
    if (!prices.contracts().empty()) {
        document.body.paragraphs = {prices.are_kept() +
                                    ": they stand in the row of what names none."};
    }
    document.body.tables.push_back(kinds_table(by_kind, total));
    Table table;
    table.key = "work_items";
    table.primary = true;
    table.columns = item_columns();
    table.columns.push_back(sum_column("spent", "Spent"));
    table.columns.push_back(sum_column("requested", "Requested"));
    std::vector<Row> rows;
    for (const WorkItem& item : records.work_items) {
        const auto at = sums.find(item.code);
        rows.push_back(item_row(item));
        add_sum(rows.back(), at == sums.end() ? none : at->second);
    }
    for (const auto& [code, sum] : sums) {
        if (code.empty() || records.work_item(code) != nullptr) continue;
        rows.push_back({code, std::string("(not among the work items)"), {}, {}, {}, {}, {}});
        add_sum(rows.back(), sum);
    }
    rows.push_back({Value(), std::string("Not charged to any work item"), {}, {}, {}, {}, {}});
    const auto rest = sums.find("");
    add_sum(rows.back(), rest == sums.end() ? none : rest->second);
    table.rows = rows_of(std::move(rows));
    table.total = Row{{}, std::string("Total"), {}, {}, {}, {}, {}};
    add_sum(*table.total, total);
    document.body.tables.push_back(std::move(table));
    return document;
}

}  // namespace purser::report
