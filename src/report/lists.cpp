// The small lists: reviews, one review, categories, users, policies, a month's check-list.
#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "store/access.hpp"

namespace purser::report {
namespace {

Document list(std::string title, Table table, Audience audience) {
    Document document(audience);
    document.title = std::move(title);
    document.as_of = Date{};  // settings are of no day; a workbook's bytes need one all the same
    table.primary = true;
    document.body.tables.push_back(std::move(table));
    return document;
}

std::vector<std::string> roles_of(const User& user) {
    std::vector<std::string> roles;
    for (const auto& grant : user.grants) roles.push_back(grant_text(grant));
    return roles;
}

Table category_list(const Review& review) {
    Table table;
    table.key = "categories";
    table.columns = {column("code", "Code"), column("title", "Title"),
                     column("overhead", "Includes overhead")};
    std::vector<Row> rows;
    for (const auto& category : review.categories()) {
        rows.push_back({category.code, category.title, category.overhead});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No category yet.";
    return table;
}

Section settings(const Review& review) {
    Section section;
    section.key = "settings";
    section.title = "Settings";
    const auto add = [&](const std::string& name) {
        section.fields.push_back(printed(name, name, text_or_absent(review.text(name))));
        if (review.text(name).empty()) section.fields.back().label.clear();
    };
    add("fiscal-year-start");
    for (const auto& choice : setting_choices()) {
        const std::string name(choice.name);
        if (name != "name" && name != "start" && name != "expected") add(name);
    }
    return section;
}

}  // namespace

Document reviews(Book& book, const std::optional<User>& reader, Audience audience) {
    Table table;
    table.key = "reviews";
    table.columns = {column("key", "Review"),
                     column("name", "Name"),
                     column("state", "State"),
                     column("start", "Start", Type::date),
                     column("expected", "Expected", Type::date),
                     column("currency", "Currency"),
                     column("closed_through", "Closed through", Type::date)};
    std::vector<Row> rows;
    for (const Review& review : book.reviews()) {
        if (reader && !reader->sees(review.key())) continue;
        rows.push_back({review.key().text(), review.name(), std::string(name(review.state())),
                        review.start(), review.expected(), std::string(review.currency().code()),
                        value_of(review.closed_through())});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No review yet.";
    return list("Reviews", std::move(table), audience);
}

Document review(Book& book, const ReviewKey& key, Audience audience) {
    const Review review = book.review(key);
    Document document(audience);
    document.title = key.text();
    document.subtitle = review.name();
    document.as_of = review.start();
    auto& fields = document.body.fields;
    fields = {for_programs("key", key.text()), for_programs("name", review.name())};
    const std::string state(name(review.state()));
    const auto since = review.state_since();
    fields.push_back(for_programs("state", state));
    fields.push_back(for_programs("state_since", value_of(since)));
    fields.push_back(
        printed("", "State", state + (since ? " since " + to_print(*since) : std::string())));
    fields.push_back(printed("start", "Start", review.start(), Type::date));
    fields.push_back(printed("expected", "Expected completion", review.expected(), Type::date));
    fields.push_back(printed("currency", "Currency", std::string(review.currency().code())));
    const auto closed = review.closed_through();
    fields.push_back(
        printed("closed_through", closed ? "Closed through" : "", value_of(closed), Type::date));
    Table table = category_list(review);
    table.title = "Categories";
    table.primary = true;
    document.body.tables.push_back(std::move(table));
    document.body.sections.push_back(settings(review));
    return document;
}

Document categories(Book& book, const ReviewKey& key, Audience audience) {
    return list(key.text() + " Categories", category_list(book.review(key)), audience);
}

Document users(Book& book, const std::optional<User>& reader, Audience audience) {
    Table table;
    table.key = "users";
    table.columns = {column("name", "User"), column("roles", "Roles"),
                     column("disabled", "Disabled")};
    std::vector<Row> rows;
    for (const User& user : book.users()) {
        const auto seen = reader ? as_seen_by(*reader, user) : user;
        if (seen) rows.push_back({seen->name, roles_of(*seen), seen->disabled});
    }
    table.rows = rows_of(std::move(rows));
    return list("Users", std::move(table), audience);
}

Document tickets(Book& book, const std::string& user, Instant now, Audience audience) {
    Table table;
    table.key = "sessions";
    table.columns = {
        column("id", "ID"),       column("user", "User"),      column("kind", "Kind"),
        column("label", "Label"), column("rights", "May"),     column("made", "Made"),
        column("by", "By"),       column("used", "Last used"), column("until", "Until")};
    const auto second = [](Instant at) { return to_text(at).substr(0, 19) + 'Z'; };
    const auto rights = [](const Ticket& ticket) {
        switch (ticket.kind) {
            case TicketKind::session:
            case TicketKind::program: return ticket.writes ? "read and write" : "read";
            case TicketKind::link: return "choose a password";
            case TicketKind::browser: return "try passwords";
        }
        return "";
    };
    std::vector<Row> rows;
    for (const Ticket& one : Access(book).tickets(user, now)) {
        const std::string kind(one.kind == TicketKind::program ? "token" : name(one.kind));
        rows.push_back({one.id(), one.user, kind, text_or_absent(one.label),
                        std::string(rights(one)), second(one.issued), text_or_absent(one.by),
                        second(one.used), second(one.expires)});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "None.";
    return list(user.empty() ? "Sessions" : "Sessions of " + user, std::move(table), audience);
}

Document delegations(Book& book, Date today, Audience audience) {
    Table table;
    table.key = "delegations";
    table.columns = {column("delegator", "For"), column("delegate", "Acts"),
                     column("from", "From", Type::date), column("until", "Until", Type::date),
                     column("state", "State")};
    std::vector<Row> rows;
    for (const Delegation& one : book.delegations()) {
        const char* state = one.ended             ? "ended"
                            : one.holds_on(today) ? "in force"
                            : today < one.from    ? "to come"
                                                  : "over";
        rows.push_back({one.delegator, one.delegate, one.from, one.until, std::string(state)});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nobody acts for somebody else.";
    return list("Delegations", std::move(table), audience);
}

Document payees(Book& book, const ReviewKey& key, Audience audience, bool all) {
    const bool with_name = audience == Audience::finance;
    Table table;
    table.key = "payees";
    table.columns = {column("id", "ID"), column("user", "User")};
    if (with_name) table.columns.push_back(column("payee", "Payee"));
    std::vector<Row> rows;
    for (const PayeeUser& one : book.payee_users(key, all)) {
        rows.push_back({one.id.text(), text_or_absent(one.user)});
        if (with_name) rows.back().emplace_back(one.name.empty() ? "(erased)" : one.name);
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = all ? "No payee yet." : "No payee is a user of the book.";
    return list(key.text() + " Payees", std::move(table), audience);
}

Document policies(Book& book, const ReviewKey& key, Audience audience) {
    book.review(key);  // refuses an unknown one
    Table table;
    table.key = "policies";
    table.columns = {column("from", "From", Type::date), column("up_to", "Up to", Type::money),
                     column("role", "Role"), column("count", "Persons", Type::count),
                     column("", "In words")};
    std::vector<Row> rows;
    for (const PolicyTier& tier : book.policy(key)) {
        const std::string amount =
            tier.up_to ? "up to " + tier.up_to->with_code() : std::string("any amount");
        rows.push_back({tier.from, tier.up_to ? Value(*tier.up_to) : Value(),
                        std::string(name(tier.role)), std::int64_t{tier.count},
                        amount + ": " + counted(tier.count, "approval") + " of role " +
                            std::string(name(tier.role))});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "No policy: one chair approves each expense.";
    return list(key.text() + " Policies", std::move(table), audience);
}

Document check_list(Book& book, const ReviewKey& key, Month month, Audience audience) {
    refuse_public(audience, "what is to settle is");
    Table table;
    table.key = "check_list";
    table.columns = {column("what", "Open in this month"), column("settle", "To settle it")};
    std::vector<Row> rows;
    const ContractPrices prices(book, key, audience);
    for (const CheckItem& item : book.check_list(key, month)) {
        const bool priced =
            item.commitment == 0 ||
            prices.shows(book.commitment({key, DocumentKind::commitment, item.commitment}));
        rows.push_back({priced ? item.what : item.without_price, item.settle});
    }
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nothing is open: the month can be closed.";
    Document document =
        list(key.text() + " Check-list " + month.text(), std::move(table), audience);
    document.as_of = month.last_day();
    document.body.fields = {for_programs("review", key.text()),
                            for_programs("month", month.text())};
    return document;
}

}  // namespace purser::report
