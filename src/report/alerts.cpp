// What somebody should look at today: each alert by one threshold, with the command that settles
// it.
//
// A command names who may give it (--as), so it works as it is printed.
#include <algorithm>

#include "ledger/thresholds.hpp"
#include "report/audience.hpp"
#include "report/catalogue.hpp"
#include "report/parts.hpp"
#include "values/proportion.hpp"

namespace purser::report {
namespace {

std::string days_text(std::int64_t days) { return counted(days, "day"); }

// All that the alerts of one review are found from.
class Finder {
public:
    Finder(Book& book, const ReviewKey& key, Date today, Audience audience)
        : book_(book),
          today_(today),
          figures_(book.figures(key, today, {})),
          review_(figures_.review),
          users_(book.users()),
          prices_(book, key, audience),
          kept_(kept_from(audience, book, figures_)) {}

    std::vector<Alert> found() {
        if (review_.state() != ReviewState::finished) {
            low_free();
            stale();
            ending();
        }
        waiting();
        stated();
        requests();
        sheets();
        not_closed();
        return std::move(found_);
    }

private:
    const std::string& key() const { return review_.key().text(); }
    std::int64_t days_since(Date day) const { return (today_ - day).count(); }

    void add(const char* kind, Paragraph what, std::string settle) {
        found_.push_back({key(), kind, std::move(what), std::move(settle)});
    }
    static Paragraph linked(const std::string& id) { return figure(id, id); }

    // Whether something is as old as its threshold says, which may be off.
    bool is_due(const char* kind, std::int64_t days) const {
        const auto most = threshold(review_, kind);
        return most && days >= *most;
    }

    template <typename May> std::string as(const May& may) const {
        const auto one = std::find_if(users_.begin(), users_.end(), [&](const User& user) {
            return !user.disabled && may(user);
        });
        return one == users_.end() ? "" : " --as " + one->name;
    }
    std::string as(std::initializer_list<Role> roles, const std::string& but = {}) const {
        return as([&](const User& user) {
            return user.name != but && std::any_of(roles.begin(), roles.end(), [&](Role role) {
                       return user.has(role, review_.key());
                   });
        });
    }

    // So much is free of so much approved; where that is too little, how much more it takes, in
    // whole units.
    std::optional<Money> missing(const Amounts& amounts, std::int64_t percent) const {
        const Money needed =
            proportion(amounts.approved, percent, 100, Rounding::half_even) - amounts.free;
        if (!needed.is_positive()) return {};
        const Money more = proportion(needed, 100, 100 - percent, Rounding::half_even);
        const std::int64_t unit = review_.currency().minor_per_unit();
        return Money::of_minor((more.amount_minor() / unit + 1) * unit, review_.currency());
    }

    static std::string share_text(const Amounts& amounts) {
        if (!amounts.approved.is_positive()) return {};
        const auto whole =
            proportion(Money::of_minor(100, amounts.free.currency()), amounts.free.amount_minor(),
                       amounts.approved.amount_minor(), Rounding::half_even);
        return ", " + std::to_string(whole.amount_minor()) + " %";
    }

    std::string request_command(const std::string& category, const Money& amount,
                                const std::string& why) const {
        return "purser request submit " + key() + " --category " + category + " --amount " +
               amount.text() + " --why \"" + why + "\"" + as({Role::chair, Role::finance});
    }

    void low_free() {
        const auto percent = threshold(review_, "free");
        if (!percent) return;
        const auto least = std::min_element(
            figures_.categories.begin(), figures_.categories.end(),
            [](const auto& a, const auto& b) { return a.total.free < b.total.free; });
        if (least == figures_.categories.end()) return;
        const auto say = [&](const Amounts& amounts, const std::string& of) {
            return figure(amounts.free.with_code(), "free") + " of " + of + " is free, of " +
                   figure(amounts.approved.grouped(), "approved") + " approved" +
                   share_text(amounts) + "; the threshold is " + std::to_string(*percent) + " %";
        };
        const Amounts all = figures_.envelope();
        if (const auto more = missing(all, *percent)) {
            add("free", say(all, "the envelope"),
                request_command(least->category.code, *more, "Little of the envelope is free"));
            return;  // moving money between categories helps none
        }
        for (const CategoryFigures& one : figures_.categories) {
            const auto more = missing(one.total, *percent);
            if (!more) continue;
            if (kept_.hides(one.category.code)) {
                add("free",
                    "little of " + one.category.title + " is free: less than the threshold of " +
                        std::to_string(*percent) + " %",
                    "purser status " + key());
                continue;
            }
            add("free", say(one.total, one.category.title), move_command(one, *more));
        }
    }

    // From the category with most unallotted money, if it has so much; else the Board is asked.
    std::string move_command(const CategoryFigures& to, const Money& amount) const {
        const auto from = std::max_element(
            figures_.categories.begin(), figures_.categories.end(),
            [](const auto& a, const auto& b) { return a.unallotted < b.unallotted; });
        // By its code: a shell would read a title's quotes and dollar signs.
        const std::string why = "Little of " + to.category.code + " is free";
        if (from->category.code == to.category.code || from->unallotted < amount) {
            return request_command(to.category.code, amount, why);
        }
        return "purser budget move " + key() + " --from " + from->category.code + " --to " +
               to.category.code + " --amount " + amount.text() + " --why \"" + why + "\"" +
               as({Role::finance});
    }

    // An act on money of a year that is over waits for the close of that year.
    std::string on_money_of(FiscalYear year, std::string command) const {
        if (year >= review_.year_of(today_)) return command;
        return "purser year close " + key() + ' ' + year.text() + as({Role::finance});
    }

    void stale() {
        for (const Commitment& one : book_.commitments(review_.key())) {
            const std::string id =
                DocumentId{review_.key(), DocumentKind::commitment, one.number}.text();
            if (one.state == CommitmentState::proposed || one.reserved.is_positive()) {
                proposal(one, id);
                continue;
            }
            const std::int64_t days = days_since(one.expected);
            if (one.state != CommitmentState::open || days <= 0 || !is_due("stale", days)) continue;
            std::string command = "purser commitment close " + id + as({Role::finance});
            if (!one.claimed.is_zero()) {
                command = "purser expense list " + key() + " --state submitted";
            }
            add("stale",
                linked(id) + ", " + one.what + ", was expected on " + to_text(one.expected) + ", " +
                    days_text(days) + " ago; " +
                    (prices_.shows(one) ? figure(one.rest().with_code(), id) + " is still committed"
                                        : Paragraph("it is still open")),
                on_money_of(one.year, std::move(command)));
        }
    }

    void proposal(const Commitment& one, const std::string& id) {
        const std::int64_t days = days_since(one.posted_on);
        if (!is_due("approval", days)) return;
        add("approval",
            linked(id) + ", " + one.what + ", waits for its confirmation since " +
                to_text(one.posted_on) + ", " + days_text(days) + "; " +
                figure(one.reserved.with_code(), id) + " is requested",
            on_money_of(one.year,
                        "purser commitment confirm " + id + as({Role::chair}, one.asked_by)));
    }

    Date recorded_on(const DocumentId& id) {
        std::optional<Date> day;
        EventFilter filter;
        filter.subject = id.text();
        book_.each_event(review_.key(), filter, [&](const StoredEvent& stored) {
            if (!day) day = day_of(stored.event.recorded_at);
        });
        return *day;
    }

    // Whether the policy of its day says who must approve so much.
    static bool covers(const std::vector<PolicyTier>& policy, const Expense& of) {
        std::optional<Date> begun;
        for (const PolicyTier& tier : policy) {
            if (tier.from <= of.posted_on && (!begun || tier.from > *begun)) begun = tier.from;
        }
        return !begun || std::any_of(policy.begin(), policy.end(), [&](const PolicyTier& tier) {
            return tier.from == *begun && (!tier.up_to || of.amount <= *tier.up_to);
        });
    }

    std::string policy_command(const Expense& of) const {
        return "purser policy add " + key() + " --from " + to_text(of.posted_on) +
               " --role chair --count 1" + as({Role::admin});
    }

    std::string approve_command(const std::vector<PolicyTier>& policy, const Expense& of,
                                const DocumentId& id, const std::string& paid) const {
        const auto needed = approvals_needed(policy, of.amount, of.posted_on);
        return "purser expense approve " + id.text() + as([&](const User& user) {
                   return user.name != of.submitted_by && user.name != paid &&
                          !of.was_amended_by(user.name) &&
                          approving_role(needed, of.approvals, user, review_.key()).has_value();
               });
    }

    void waiting() {
        const auto policy = book_.policy(review_.key());
        const auto payees = book_.payee_users(review_.key());
        ExpenseFilter filter;
        filter.state = ExpenseState::submitted;
        book_.each_expense(review_.key(), filter, [&](const ExpenseView& view) {
            const Expense& one = view.expense;
            const DocumentId id{review_.key(), DocumentKind::expense, one.number};
            const std::int64_t days = days_since(view.recorded_on);
            if (!is_due("approval", days)) return;
            const auto payee = std::find_if(payees.begin(), payees.end(), [&](const PayeeUser& of) {
                return of.id.number == one.payee;
            });
            const std::string paid = payee == payees.end() ? "" : payee->user;
            add("approval",
                linked(id.text()) + " of " + figure(one.amount.with_code(), id.text()) +
                    " waits for approval, " + days_text(days) + " after it was recorded",
                covers(policy, one) ? approve_command(policy, one, id, paid) : policy_command(one));
        });
    }

    void stated() {
        if (!threshold(review_, "agreement")) return;
        for (const StatedApproval& one : book_.stated_approvals(review_.key())) {
            const std::int64_t days = days_since(recorded_on(one.first));
            if (!is_due("agreement", days)) continue;
            add("agreement", figure(one.text(), one.first.text()) + ", for " + days_text(days),
                "purser expense approve " + one.first.text() + " --as " + one.user);
        }
    }

    void requests() {
        for (const RequestView& view : book_.requests(review_.key())) {
            const Request& request = view.request;
            const std::string id =
                DocumentId{review_.key(), DocumentKind::request, request.number}.text();
            const bool open = request.state == RequestState::open;
            const std::int64_t days = days_since(request.posted_on);
            if (open && is_due("request", days)) {
                add("request",
                    linked(id) + " asks the Board for " + figure(request.amount.with_code(), id) +
                        " since " + to_text(request.posted_on) + ", " + days_text(days),
                    "purser request show " + id);
            }
            for (const Held& held : view.held) {
                if (held.ended_seq != 0 || !is_due("held", days_since(held.on))) continue;
                const std::string document = held.document.text();
                add("held",
                    linked(document) + ", " + figure(held.amount.with_code(), document) +
                        ", is held for " + linked(id) +
                        (open ? "" : ", which is " + std::string(name(request.state))) + " since " +
                        to_text(held.on) + ", " + days_text(days_since(held.on)),
                    open ? "purser request show " + id
                         : request_command(held.category, held.amount, document + " is held"));
            }
        }
    }

    // The next step of a sheet that is to be posted soon, or should have been.
    void sheets() {
        const auto most = threshold(review_, "sheet");
        if (!most) return;
        for (const DueSheet& due : book_.due_sheets(review_.key(), today_)) {
            const std::int64_t days = -days_since(due.target.day());
            if (due.is_settled() || due.financials >= today_ || days > *most) continue;
            const std::string id = DocumentId{review_.key(), DocumentKind::sheet, due.sheet}.text();
            std::string command = "purser factsheet issue " + key() + " --as-of " +
                                  to_text(due.financials) + as({Role::finance});
            if (!review_.is_closed(due.financials)) {
                command = "purser period close " + key() + ' ' + Month::of(due.financials).text() +
                          as({Role::finance});
            } else if (due.state == SheetState::issued) {
                command = "purser factsheet approve " + id + as({Role::chair});
            } else if (due.state == SheetState::approved) {
                command = "purser factsheet post " + id + as({Role::finance});
            }
            add("sheet",
                "the fact sheet of " + to_text(due.financials) + " is " +
                    (due.state ? std::string(name(*due.state)) + ", " + linked(id) + ", "
                               : Paragraph()) +
                    (days < 0 ? days_text(-days) + " late" : "due in " + days_text(days)) +
                    ": to be posted by " + to_text(due.target.day()),
                std::move(command));
        }
    }

    // The months from the first open one on that are over by so many days. Closing the last of
    // them closes all.
    void not_closed() {
        const Date open = std::max(review_.first_open_day(), review_.start());
        const bool finished = review_.state() == ReviewState::finished;
        const Date last_day = finished ? *review_.state_since() : today_;
        std::optional<Month> last;
        std::int64_t months = 0;
        for (Month month = Month::of(open); month.first_day() <= last_day; month = month.next()) {
            const std::int64_t days = days_since(month.last_day());
            if (days <= 0 || !is_due("close", days)) break;
            last = month;
            ++months;
        }
        if (!last) return;
        const Date end = Month::of(open).last_day();
        add("close",
            Month::of(open).text() +
                (months > 1 ? " and " + counted(months - 1, "later month") + " are" : " is") +
                " not closed, " + days_text(days_since(end)) + " after " + to_text(end),
            "purser period close " + key() + ' ' + last->text() + as({Role::finance}));
    }

    void ending() {
        const auto most = threshold(review_, "expiry");
        if (!most) return;
        for (const ExpiringGrant& grant : book_.expiring(review_.key())) {
            const std::int64_t days = -days_since(grant.expires);
            if (grant.ended_seq != 0 || days < 0 || days > *most) continue;
            const auto of =
                std::find_if(figures_.categories.begin(), figures_.categories.end(),
                             [&](const auto& one) { return one.category.code == grant.category; });
            const Money unused = std::min(grant.amount, of->total.free);
            if (!unused.is_positive()) continue;
            const bool kept = kept_.hides(grant.category);
            add("expiry",
                "the grant " + event_id(review_.key(), grant.seq) + " of " +
                    figure(grant.amount.with_code(), "approved") + " ends on " +
                    to_text(grant.expires) + ", in " + days_text(days) + "; " +
                    (kept ? Paragraph("some") : figure(unused.grouped(), "free")) +
                    " of it is not used",
                request_command(grant.category, kept ? grant.amount : unused,
                                "The grant " + event_id(review_.key(), grant.seq) + " ends"));
        }
    }

    Book& book_;
    Date today_;
    Figures figures_;
    const Review& review_;
    std::vector<User> users_;
    ContractPrices prices_;
    Merged kept_;  // of the figures
    std::vector<Alert> found_;
};

}  // namespace

std::vector<Alert> alerts(Book& book, const ReviewKey& key, Date today, Audience audience) {
    refuse_public(audience, "what is to settle is");
    return Finder(book, key, today, audience).found();
}

Document alerts(const std::vector<Alert>& found, Date today, Audience audience) {
    Document document(audience);
    document.title = "Alerts";
    document.subtitle = "On " + to_print(today);
    document.as_of = today;
    document.body.fields = {for_programs("as_of", today),
                            for_programs("count", static_cast<std::int64_t>(found.size()))};
    Table table;
    table.key = "alerts";
    table.primary = true;
    table.columns = {column("review", "Review"), column("kind", "Threshold"),
                     column("what", "What"), column("settle", "To settle it")};
    std::vector<Row> rows;
    for (const Alert& one : found)
        rows.push_back({one.review, one.kind, one.what.text(), one.settle});
    table.rows = rows_of(std::move(rows));
    table.empty_text = "Nothing to settle.";
    document.body.tables.push_back(std::move(table));
    return document;
}

}  // namespace purser::report
