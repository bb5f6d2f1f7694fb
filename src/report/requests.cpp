// Requests to the Board: the list, and one with what a decision would do to the figures.
#include <array>

#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/history.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

std::string request_id(const ReviewKey& key, const Request& request) {
    return DocumentId{key, DocumentKind::request, request.number}.text();
}

Money waiting(const RequestView& view) {
    Money sum = Money::zero(view.request.amount.currency());
    for (const Held& held : view.held) {
        if (held.ended_seq == 0) sum += held.amount;
    }
    return sum;
}

// What is known of a request: printed on its page, and the first of it in the list.
struct Shape {
    const char* key;
    const char* label;
    Type type;
    bool in_list;
};
constexpr std::array<Shape, 13> shapes{{
    {"id", "ID", Type::text, true},
    {"category", "Category", Type::text, true},
    {"amount", "Asked for", Type::money, true},
    {"state", "State", Type::text, true},
    {"granted", "Granted", Type::money, true},
    {"held", "Waiting for it", Type::money, true},
    {"posted_on", "Submitted on", Type::date, true},
    {"decided_on", "Decided on", Type::date, true},
    {"resolution", "Resolution", Type::text, true},
    {"conditions", "Conditions", Type::text, false},
    {"expires", "Can be used until", Type::date, false},
    {"submitted_by", "Submitted by", Type::text, false},
    {"why", "Why", Type::text, false},
}};

Row request_row(const ReviewKey& key, const RequestView& view) {
    const Request& request = view.request;
    const bool granted = request.state == RequestState::granted;
    return {request_id(key, request),
            request.category,
            request.amount,
            std::string(name(request.state)),
            granted ? Value(request.granted) : Value(),
            waiting(view),
            request.posted_on,
            value_of(request.decided_on),
            text_or_absent(request.resolution),
            text_or_absent(request.conditions),
            value_of(request.expires),
            request.submitted_by,
            request.why};
}

// Whether a held document's amount may be told: while it waits, to who decides; of what was
// released since as of any other.
bool shows(Book& book, const ContractPrices& prices, const Held& held) {
    if (held.ended_seq == 0) return true;
    return held.document.kind == DocumentKind::commitment
               ? prices.shows(book.commitment(held.document))
               : prices.shows(book.expense(held.document).expense);
}

Table held_table(Book& book, const ReviewKey& key, const RequestView& view, Audience audience) {
    const ContractPrices prices(book, key, audience);
    Table table;
    table.key = "waiting";
    table.title = "What waits for it";
    table.columns = {column("id", "ID"), column("category", "Category"),
                     column("posted_on", "Dated", Type::date), sum_column("amount", "Amount"),
                     column("state", "State")};
    std::vector<Row> rows;
    for (const Held& held : view.held) {
        rows.push_back({held.document.text(), held.category, held.on,
                        shows(book, prices, held) ? Value(held.amount) : Value(),
                        held.ended_seq == 0 ? std::string("waits")
                                            : "ended by " + event_id(key, held.ended_seq)});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nothing waits for it.";
    return table;
}

// What could be decided: each a grant, and what the figures would be.
struct Outcome {
    std::string title;
    Money grant;
};

std::vector<Outcome> outcomes(const Request& request, const std::optional<Money>& part) {
    const Currency currency = request.amount.currency();
    const Money half = Money::of_minor(request.amount.amount_minor() / 2, currency);
    return {{"No grant", Money::zero(currency)},
            {part ? "This part" : "Half of it", part.value_or(half)},
            {"All of it", request.amount}};
}

Section preview(Book& book, const DocumentId& id, const Request& request,
                const std::optional<Money>& part, Instant now) {
    Section section;
    section.title = "If the Board decides today";
    section.paragraphs = {"The whole envelope, with what the grant would release of what waits."};
    Table table;
    table.key = "preview";
    table.columns = {column("decision", "Decision"), column("grant", "Grant", Type::money)};
    add_amount_columns(table.columns);
    table.columns.push_back(column("held", "Still held", Type::money));
    std::vector<Row> rows;
    for (const Outcome& outcome : outcomes(request, part)) {
        const Figures figures = book.after_decision(id, outcome.grant, now);
        Row row{outcome.title, outcome.grant};
        add_amounts(row, figures.envelope(), true);
        row.emplace_back(figures.held());
        rows.push_back(std::move(row));
    }
    table.rows = rows_of(std::move(rows));
    section.tables.push_back(std::move(table));
    return section;
}

}  // namespace

Value request_of(Book& book, const DocumentId& held) {
    for (const RequestView& view : book.requests(held.review)) {
        for (const Held& one : view.held) {
            if (one.document != held || one.ended_seq != 0) continue;
            return DocumentId{held.review, DocumentKind::request, view.request.number}.text();
        }
    }
    return {};
}

Document requests(Book& book, const ReviewKey& key, Audience audience) {
    const Review review = book.review(key);
    Document document(audience);
    document.title = key.text() + " Requests to the Board";
    document.as_of = review.start();
    document.body.fields = {for_programs("review", key.text()),
                            for_programs("currency", std::string(review.currency().code()))};
    Table table;
    table.key = "requests";
    table.primary = true;
    table.empty_text = "No request to the Board yet.";
    for (const Shape& shape : shapes) {
        table.columns.push_back(shape.in_list ? column(shape.key, shape.label, shape.type)
                                              : hidden_column(shape.key, shape.type));
    }
    std::vector<Row> rows;
    for (const RequestView& view : book.requests(key)) rows.push_back(request_row(key, view));
    table.rows = rows_of(std::move(rows));
    document.body.tables.push_back(std::move(table));
    return document;
}

Document request(Book& book, const DocumentId& id, std::optional<Money> part, Instant now,
                 Audience audience) {
    const RequestView view = book.request(id);
    Document document(audience);
    document.title = id.text();
    document.subtitle = "Request to the Board";
    document.as_of = view.request.posted_on;
    Row values = request_row(id.review, view);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const Shape& shape = shapes.at(i);
        document.body.fields.push_back(
            printed(shape.key, shape.label, std::move(values[i]), shape.type));
    }
    hide_absent(document.body.fields);
    document.body.tables.push_back(held_table(book, id.review, view, audience));
    if (view.request.state == RequestState::open) {
        document.body.sections.push_back(preview(book, id, view.request, part, now));
    }
    document.body.tables.push_back(event_table(book, id));
    return document;
}

}  // namespace purser::report
