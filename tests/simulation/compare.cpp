#include "compare.hpp"

#include <algorithm>

namespace simulation {

using namespace purser;

namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const auto& text : texts) result += (result.empty() ? "" : ", ") + text;
    return result.empty() ? "nothing" : result;
}
std::string joined(const plain::Rules& rules) {
    return joined(std::vector<std::string>(rules.begin(), rules.end()));
}

plain::Account plain_account(const Account& account) {
    static const std::map<Bucket, plain::Bucket> buckets{
        {Bucket::authority, plain::Bucket::authority},
        {Bucket::unallotted, plain::Bucket::unallotted},
        {Bucket::outside, plain::Bucket::outside},
        {Bucket::free, plain::Bucket::free},
        {Bucket::requested, plain::Bucket::requested},
        {Bucket::committed, plain::Bucket::committed},
        {Bucket::spent, plain::Bucket::spent}};
    return {account.category, account.year ? account.year->number() : 0,
            buckets.at(account.bucket)};
}

// Collects what differs.
class Differences {
public:
    explicit Differences(std::string where) : where_(std::move(where)) {}
    template <typename Value>
    void compare(const std::string& what, const Value& model, const Value& book) {
        if (model == book || !found_.empty()) return;
        found_ = where_ + ": " + what + " is " + text(book) + ", the model says " + text(model);
    }
    void compare(const std::string& what, plain::Minor model, const Money& book) {
        compare(what, model, plain::Minor{book.amount_minor()});
    }
    const std::string& found() const { return found_; }

private:
    static std::string text(bool value) { return value ? "yes" : "no"; }
    static std::string text(const std::string& value) { return "'" + value + "'"; }
    static std::string text(std::int64_t value) { return std::to_string(value); }
    static std::string text(int value) { return std::to_string(value); }
    static std::string text(std::size_t value) { return std::to_string(value); }
    std::string where_;
    std::string found_;
};

// A grant whose last day is over is gone though the book records it only with the next act.
void end_grants(
    const plain::Review& review, plain::Day day, plain::Accounts& accounts,
    std::map<std::pair<std::string, int>, std::map<plain::Day, plain::Minor>>& decided) {
    for (const std::size_t i : review.due(day)) {
        const plain::Expiring& grant = review.expiring[i];
        const plain::Minor left = plain::left_of(grant, accounts);
        plain::Moves moves;
        plain::transfer(moves, {grant.category, 0, plain::Bucket::unallotted},
                        {grant.category, 0, plain::Bucket::authority}, left);
        accounts.post(grant.expires + 1, moves);
        decided[{grant.category, 0}][grant.expires + 1] -= left;
    }
}

plain::Minor waiting(const plain::Review& review, const std::string& category, plain::Day day) {
    plain::Minor sum = 0;
    for (const auto& one : review.waiting) {
        const bool waits = one.on <= day && (!one.ended || one.ended_on > day);
        if (waits && one.category == category) sum += one.amount;
    }
    return sum;
}

std::string day_or_none(std::optional<plain::Day> day) { return day ? plain::day_text(*day) : ""; }
std::string day_or_none(std::optional<Date> day) { return day ? to_text(*day) : ""; }

}  // namespace

std::string difference(const plain::Verdict& model, const Answer& book, const plain::Ask& ask) {
    if (model.refused() != !book.rule.empty() ||
        (model.refused() && !model.broken.contains(book.rule))) {
        return "the book refuses by " + (book.rule.empty() ? "nothing" : book.rule) +
               ", the model by " + joined(model.broken) +
               (book.message.empty() ? "" : "\n  " + book.message);
    }
    if (model.refused()) return {};
    Differences found("the answer");
    if (ask.act == "expense.import") {
        found.compare("count of problems", model.problems.size(), book.problems.size());
        for (const auto& [row, rules] : model.problems) {
            const auto at = book.problems.find(row);
            const std::string rule = at == book.problems.end() ? "" : at->second;
            if (!rules.contains(rule)) {
                return "row " + std::to_string(row) + " is refused by '" + rule +
                       "', the model says " + joined(rules);
            }
        }
        if (!model.problems.empty()) return found.found();
        found.compare("count of rows recorded", std::int64_t{model.recorded}, book.recorded);
        found.compare("count of rows known", std::int64_t{model.known}, book.known);
        if (model.repeated) return book.has_receipt ? found.found() : "not answered again";
        found.compare("warnings", joined(model.warnings), joined(book.warnings));
        if (model.recorded == 0 || ask.dry_run) return found.found();
    }
    found.compare("posted_on", plain::day_text(model.posted), plain::day_text(book.posted));
    found.compare("warnings", joined(model.warnings), joined(book.warnings));
    if (!model.id.empty()) found.compare("id", model.id, book.id);
    return found.found();
}

std::string difference(const plain::Review& review, const Figures& figures) {
    const plain::Day day = day_of(figures.as_of);
    Differences found(review.key + " on " + plain::day_text(day));
    found.compare("count of categories", review.categories.size(), figures.categories.size());
    if (!found.found().empty()) return found.found();
    plain::Accounts accounts = review.accounts;
    auto decisions = review.decided;
    end_grants(review, day, accounts, decisions);
    std::map<plain::Account, plain::Minor> sums;
    for (const auto& [account, moved] : accounts.movements()) {
        for (const auto& [moved_on, amount] : moved) {
            if (moved_on <= day) sums[account] += amount;
        }
    }
    using plain::Bucket;
    const auto compare = [&](const std::string& what, const plain::Scope& scope,
                             const Amounts& amounts) {
        std::map<Bucket, plain::Minor> of;
        for (const auto& [account, sum] : sums) {
            if (scope(account)) of[account.bucket] += sum;
        }
        const plain::Minor free = of[Bucket::free] + of[Bucket::unallotted];
        found.compare(what + " spent", of[Bucket::spent], amounts.spent);
        found.compare(what + " committed", of[Bucket::committed], amounts.committed);
        found.compare(what + " requested", of[Bucket::requested], amounts.requested);
        found.compare(what + " free", free, amounts.free);
        found.compare(what + " approved",
                      of[Bucket::spent] + of[Bucket::committed] + of[Bucket::requested] + free,
                      amounts.approved);
        found.compare(what + " remaining", of[Bucket::requested] + free, amounts.remaining());
    };
    compare(
        "the envelope", [](const plain::Account&) { return true; }, figures.envelope());
    for (std::size_t i = 0; i < review.categories.size(); ++i) {
        const CategoryFigures& of = figures.categories[i];
        const std::string& code = review.categories[i];
        found.compare("category", code, of.category.code);
        compare(
            code, [&](const plain::Account& one) { return one.category == code; }, of.total);
        found.compare(code + " unallotted", sums[{code, 0, Bucket::unallotted}], of.unallotted);
        found.compare(code + " held", waiting(review, code, day), of.held);
        std::set<int> years;
        for (const auto& [account, sum] : sums) {
            if (account.category == code && account.year != 0) years.insert(account.year);
        }
        for (const auto& [year, amounts] : of.years) years.insert(year.number());
        for (const int year : years) {
            compare(
                code + " FY" + std::to_string(year),
                [&](const plain::Account& one) { return one.category == code && one.year == year; },
                of.in(FiscalYear(year)));
        }
    }
    // What was decided: approved as authority knows it, as of the day.
    std::map<std::pair<std::string, int>, plain::Minor> decided;
    for (const auto& decision : figures.decisions) {
        decided[{decision.category, decision.year ? decision.year->number() : 0}] +=
            decision.amount.amount_minor();
    }
    for (const auto& [place, days] : decisions) {
        plain::Minor sum = 0;
        for (const auto& [decided_on, amount] : days) {
            if (decided_on <= day) sum += amount;
        }
        found.compare("decided of " + place.first + " FY" + std::to_string(place.second), sum,
                      decided[place]);
    }
    return found.found();
}

std::string difference(const plain::Commitment& model, const Commitment& book) {
    Differences found("C" + std::to_string(book.number));
    found.compare("state", model.state, std::string(name(book.state)));
    found.compare("category", model.category, book.category);
    found.compare("year", model.year, book.year.number());
    found.compare("amount", model.amount, book.amount);
    found.compare("used", model.used, book.used);
    found.compare("claimed", model.claimed, book.claimed);
    found.compare("reserved", model.reserved, book.reserved);
    found.compare("rest", model.rest(), book.rest());
    found.compare("posted_on", model.posted, day_of(book.posted_on));
    found.compare("expected", model.expected, day_of(book.expected));
    found.compare("asked by", model.asked_by, book.asked_by);
    return found.found();
}

std::string difference(const plain::Expense& model, const ExpenseView& view) {
    const Expense& book = view.expense;
    Differences found("E" + std::to_string(book.number));
    found.compare("state", model.state, std::string(name(book.state)));
    found.compare("category", model.category, book.category);
    found.compare("year", model.year, book.year.number());
    found.compare("amount", model.amount, book.amount);
    found.compare("claimed", model.claimed, book.claimed);
    found.compare("reserved", model.reserved, book.reserved);
    found.compare("refunded", model.refunded, book.refunded);
    found.compare("own amount", model.own_amount(), book.own_amount);
    found.compare("refunded of it", model.own_refunded, book.own_refunded);
    found.compare("posted_on", model.posted, day_of(book.posted_on));
    found.compare("document date", day_or_none(model.document_on), day_or_none(book.document_on));
    found.compare("spent on", day_or_none(model.spent_on), day_or_none(book.spent_on));
    found.compare("commitment", std::int64_t{model.commitment}, book.commitment);
    found.compare("closed commitment", std::int64_t{model.after}, book.closed);
    found.compare("payee", std::int64_t{model.payee}, book.payee);
    found.compare("payee's name", model.payee_name, view.payee);
    found.compare("why", model.why, view.why);
    found.compare("invoice", model.invoice, book.invoice);
    found.compare("work item", model.work_item, view.work_item);
    found.compare("submitted by", model.submitted_by, book.submitted_by);
    for (const auto& user : model.amended_by) {
        found.compare("amended by " + user, true, book.was_amended_by(user));
    }
    std::string approvals;
    for (const auto& one : model.approvals) {
        approvals += (approvals.empty() ? "" : ",") + one.user +
                     (one.on_behalf_of.empty() ? "" : '/' + one.on_behalf_of) + '=' + one.role +
                     (one.stated ? "?" : "");
    }
    found.compare("approvals", approvals, approvals_text(book.approvals));
    std::vector<std::string> parts;
    for (const auto& part : view.parts) {
        const auto equals = part.find('=') + 1;
        const Money amount = Money::parse(part.substr(equals), book.amount.currency());
        parts.push_back(part.substr(0, equals) + std::to_string(amount.amount_minor()));
    }
    found.compare("parts", joined(model.parts), joined(parts));
    const std::string request =
        view.hold.empty() ? "0" : view.hold.substr(view.hold.rfind('R') + 1);
    found.compare("request", std::to_string(model.hold), request);
    return found.found();
}

std::string difference(const plain::Request& model, const Request& book) {
    Differences found("R" + std::to_string(book.number));
    found.compare("state", model.state, std::string(name(book.state)));
    found.compare("category", model.category, book.category);
    found.compare("amount", model.amount, book.amount);
    found.compare("granted", model.granted, book.granted);
    found.compare("posted_on", model.posted, day_of(book.posted_on));
    found.compare("why", model.why, book.why);
    found.compare("submitted by", model.submitted_by, book.submitted_by);
    found.compare("decided on", day_or_none(model.decided_on), day_or_none(book.decided_on));
    found.compare("resolution", model.resolution, book.resolution);
    found.compare("conditions", model.conditions, book.conditions);
    found.compare("last day", day_or_none(model.expires), day_or_none(book.expires));
    return found.found();
}

std::string log_difference(const std::string& chain, const std::vector<plain::Event>& events,
                           Book& book) {
    std::size_t at = 0;
    std::string result;
    const bool of_book = chain == "BOOK";
    book.each_event(
        of_book ? ReviewKey::book() : ReviewKey::parse(chain), {}, [&](const StoredEvent& stored) {
            if (!result.empty()) return;
            const Event& event = stored.event;
            Differences found(chain + "#" + std::to_string(event.seq));
            if (at == events.size()) {
                result = found.found() + chain + " has more events than the model";
                return;
            }
            const plain::Event& model = events[at++];
            found.compare("kind", model.kind, std::string(name(event.act)));
            found.compare("actor", model.actor, event.actor);
            found.compare("subject", model.subject, event.subject);
            found.compare("posted_on", model.posted, day_of(event.posted_on));
            found.compare("recorded at", to_text(instant_of(model.recorded)),
                          to_text(event.recorded_at));
            plain::Moves moves;
            for (const auto& transfer : event.transfers) {
                plain::transfer(moves, plain_account(transfer.from), plain_account(transfer.to),
                                transfer.amount.amount_minor());
            }
            std::erase_if(moves, [](const auto& moved) { return moved.second == 0; });
            for (const auto& [account, amount] : moves) {
                const auto same = model.moves.find(account);
                found.compare("move of " + text(account),
                              same == model.moves.end() ? 0 : same->second, amount);
            }
            found.compare("count of moves", model.moves.size(), moves.size());
            result = found.found();
        });
    if (result.empty() && at != events.size()) {
        result = chain + " has " + std::to_string(at) + " events, the model " +
                 std::to_string(events.size());
    }
    return result;
}

std::string documents_difference(const plain::Review& review, Book& book) {
    const ReviewKey key = ReviewKey::parse(review.key);
    const auto commitments = book.commitments(key);
    Differences found(review.key);
    found.compare("count of commitments", review.commitments.size(), commitments.size());
    if (!found.found().empty()) return found.found();
    for (std::size_t i = 0; i < commitments.size(); ++i) {
        const auto differs = difference(review.commitments[i], commitments[i]);
        if (!differs.empty()) return review.key + '-' + differs;
    }
    std::size_t at = 0;
    std::string result;
    book.each_expense(key, {}, [&](const ExpenseView& view) {
        if (result.empty() && at < review.expenses.size()) {
            result = difference(review.expenses[at], view);
        }
        ++at;
    });
    if (result.empty()) found.compare("count of expenses", review.expenses.size(), at);
    const auto requests = book.requests(key);
    found.compare("count of requests", review.requests.size(), requests.size());
    std::map<std::string, std::string> there;
    for (std::size_t i = 0; i < std::min(requests.size(), review.requests.size()); ++i) {
        if (result.empty()) result = difference(review.requests[i], requests[i].request);
        for (const auto& held : requests[i].held) {
            there[held.document.text()] =
                "R" + std::to_string(held.request) + (held.ended_seq == 0 ? " waits" : "");
        }
    }
    found.compare("count of what waits or waited", review.waiting.size(), there.size());
    for (const auto& one : review.waiting) {
        found.compare(one.document + " waits for",
                      "R" + std::to_string(one.request) + (one.ended ? "" : " waits"),
                      there[one.document]);
    }
    return result.empty() ? found.found() : review.key + '-' + result;
}

std::string people_difference(const plain::Model& model, Book& book) {
    Differences found("BOOK");
    std::vector<std::string> expected;
    for (const auto& one : model.delegations) {
        expected.push_back(one.delegator + '>' + one.delegate + ' ' + plain::day_text(one.from) +
                           ' ' + plain::day_text(one.until) + (one.ended ? " ended" : ""));
    }
    std::vector<std::string> there;
    for (const auto& one : book.delegations()) {
        there.push_back(one.delegator + '>' + one.delegate + ' ' + to_text(one.from) + ' ' +
                        to_text(one.until) + (one.ended ? " ended" : ""));
    }
    found.compare("delegations", joined(expected), joined(there));
    for (const auto& [key, review] : model.reviews) {
        std::map<std::string, std::string> users;
        for (const auto& [name, number] : review.payees) {
            const std::string user = model.payee_user(review, name);
            if (!user.empty()) users[name] = user;
        }
        for (const auto& one : book.payee_users(ReviewKey::parse(key))) {
            found.compare(one.id.text(), users[one.name], one.user);
            users.erase(one.name);
        }
        found.compare(key + " payees that are no users", std::size_t{0}, users.size());
    }
    return found.found();
}

std::string published(const Figures& figures) {
    std::string text;
    const auto add = [&](const std::string& what, const Amounts& of) {
        text += what + ' ' + of.approved.text() + ' ' + of.spent.text() + ' ' +
                of.committed.text() + ' ' + of.requested.text() + ' ' + of.free.text() + '\n';
    };
    add("envelope", figures.envelope());
    for (const auto& category : figures.categories) {
        add(category.category.code, category.total);
        text += category.unallotted.text() + " held " + category.held.text() + '\n';
        for (const auto& [year, amounts] : category.years) {
            const bool empty = amounts.approved.is_zero() && amounts.spent.is_zero() &&
                               amounts.committed.is_zero() && amounts.requested.is_zero() &&
                               amounts.free.is_zero();
            if (!empty) add(year.text(), amounts);
        }
    }
    for (const auto& decision : figures.decisions) {
        text += std::to_string(decision.seq) + ' ' + decision.amount.text() + '\n';
    }
    return text + figures.head + ' ' + std::to_string(figures.events) + '\n';
}

}  // namespace simulation
