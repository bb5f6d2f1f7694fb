#include "ledger/envelope.hpp"

#include <algorithm>

#include "ledger/duties.hpp"
#include "ledger/reading.hpp"

namespace purser {

Body BudgetChange::asked() const {
    Body body;
    body.set("category", category);
    body.set("amount", amount);
    if (year) body.set("fiscal_year", year->text());
    if (expires) body.set("expires", *expires);
    return body;
}

Body BudgetMove::asked() const {
    Body body;
    body.set("from", from);
    body.set("to", to);
    body.set("amount", amount);
    if (year) body.set("fiscal_year", year->text());
    return body;
}

namespace envelope {
namespace {

Account unallotted(const std::string& category) { return {category, {}, Bucket::unallotted}; }
Account authority(const std::string& category) { return {category, {}, Bucket::authority}; }

// Where a change of authority meets the books: the year's free money, or unallotted money.
Account place(const std::string& category, const std::optional<FiscalYear>& year) {
    return year ? bucket(category, *year, Bucket::free) : unallotted(category);
}

void require_year_budget(const Facts& facts, const std::optional<FiscalYear>& year) {
    if (!year || facts.review.fiscal_budget()) return;
    throw Refused(Rule::fiscal_budget_off,
                  facts.review.key().text() + " keeps no fiscal-year budgets, " + year->text() +
                      " holds no money of its own",
                  "leave --fiscal-year out");
}

void require_there(const Facts& facts, const Account& account, const Money& amount, Date day,
                   const std::string& what) {
    const Money there = facts.balances.lowest_from(account, day);
    if (amount <= there) return;
    throw Refused(Rule::more_than_there,
                  amount.with_code() + " is more than the " + there.grouped() + " " + what +
                      " from " + to_text(day) + " on",
                  "name a smaller amount, or grant more first");
}

// The day of a change of authority. A year's budget is changed until the year is over, and never
// once it is closed; a Board decision may take effect in a closed month.
Date budget_day(const Facts& facts, const std::optional<FiscalYear>& year,
                std::optional<Date> asked, bool is_decision) {
    if (year) {
        const Date last = facts.review.calendar().last_day(*year);
        if (facts.review.is_closed(last)) {
            throw Refused(Rule::year_over,
                          year->text() + " is closed, its budget is not changed any more",
                          "leave --fiscal-year out, or name a later one");
        }
        const Date day = asked.value_or(facts.today);
        if (last < day && last < facts.today) {
            throw Refused(Rule::year_over,
                          year->text() + " was over on " + to_text(last) +
                              ", its budget is not changed on " + to_text(day),
                          "try: --on " + to_text(last) + ", or a later --fiscal-year");
        }
    }
    return is_decision ? decision_day(facts, asked) : posting_day(facts, asked, facts.today);
}

// Under `stop` an act that takes from a free total never takes more than that total has, though
// the account it takes from may hold more (MODEL.md 6).
void require_free(const Facts& facts, Limit limit, const FreeScope& scope, const Money& amount,
                  Date day, const std::string& of) {
    if (facts.review.control(limit) != Control::stop) return;
    const Money free = facts.balances.lowest_free(scope, day).first;
    if (amount <= free) return;
    throw Refused(Rule::more_than_there,
                  amount.with_code() + " is more than the " + free.grouped() + " free of " + of +
                      " from " + to_text(day) + " on",
                  "name a smaller amount, or grant more first");
}

Entry entry(Act act, Date day, const std::string& why, Body body) {
    return {act, {}, day, {}, parse_text(why, "reason"), std::move(body), {}, {}};
}

std::string money_of(const Facts& facts, const std::string& category,
                     const std::optional<FiscalYear>& year) {
    const std::string& title = facts.review.category(category).title;
    return year ? "free of " + title + " in " + year->text() : "unallotted of " + title;
}

}  // namespace

Entry grant(const Facts& facts, const BudgetChange& ask) {
    require(facts, Act::envelope_grant);
    require_reason(ask.why, "a grant");
    return grant_of(facts, Act::envelope_grant, ask);
}

Entry grant_of(const Facts& facts, Act act, const BudgetChange& ask) {
    require_positive(ask.amount);
    facts.review.category(ask.category);
    refuse_finished(facts);
    require_year_budget(facts, ask.year);
    const Date day = budget_day(facts, ask.year, ask.on, true);
    if (ask.expires && *ask.expires < day) {
        throw BadInput(
            "a grant of " + to_text(day) + " cannot have ended on " + to_text(*ask.expires),
            "--expires names the last day on which it can be used");
    }
    Entry result = entry(act, day, ask.why, ask.asked());
    purser::move(result.transfers, authority(ask.category), unallotted(ask.category), ask.amount);
    if (ask.year) {
        purser::move(result.transfers, unallotted(ask.category), place(ask.category, ask.year),
                     ask.amount);
    }
    return result;
}

Entry expire(const Facts& facts, const ExpiringGrant& grant) {
    const std::string id = event_id(facts.review.key(), grant.seq);
    const Money left = left_of(facts.balances, grant);
    Entry result = entry(Act::envelope_expire, next_day(grant.expires),
                         "the grant " + id + " could be used until " + to_text(grant.expires), {});
    result.body.set("category", grant.category);
    result.body.set("amount", left);
    result.body.set_number("grant", grant.seq);
    purser::move(result.transfers, unallotted(grant.category), authority(grant.category), left);
    return result;
}

Entry lower(const Facts& facts, const BudgetChange& ask) {
    require(facts, Act::envelope_lower);
    require_positive(ask.amount);
    facts.review.category(ask.category);
    require_year_budget(facts, ask.year);
    const Date day = budget_day(facts, ask.year, ask.on, true);
    require_reason(ask.why, "a lowering");
    Entry result = entry(Act::envelope_lower, day, ask.why, ask.asked());
    if (ask.year) {
        purser::move(result.transfers, place(ask.category, ask.year), unallotted(ask.category),
                     ask.amount);
    }
    purser::move(result.transfers, unallotted(ask.category), authority(ask.category), ask.amount);
    const Money there = facts.balances.lowest_from(place(ask.category, ask.year), day);
    if (ask.amount > there) {
        result.warnings.push_back(
            {std::string(name(Rule::more_than_there)),
             "lowering by " + ask.amount.with_code() + " leaves " + (there - ask.amount).grouped() +
                 " " + money_of(facts, ask.category, ask.year) +
                 (ask.year || !facts.review.fiscal_budget()
                      ? ": more is used than is approved"
                      : ": more is used or given to years than is approved")});
    }
    return result;
}

Entry allot(const Facts& facts, const BudgetChange& ask) {
    require(facts, Act::budget_allot);
    require_positive(ask.amount);
    facts.review.category(ask.category);
    refuse_finished(facts);
    if (!ask.year) throw BadInput("an allotment names its year", "add --fiscal-year FY17");
    require_year_budget(facts, ask.year);
    const Date day = budget_day(facts, ask.year, ask.on, false);
    require_there(facts, unallotted(ask.category), ask.amount, day,
                  money_of(facts, ask.category, {}));
    Entry result = entry(Act::budget_allot, day, ask.why, ask.asked());
    purser::move(result.transfers, unallotted(ask.category), place(ask.category, ask.year),
                 ask.amount);
    return result;
}

Entry unallot(const Facts& facts, const BudgetChange& ask) {
    require(facts, Act::budget_unallot);
    require_positive(ask.amount);
    facts.review.category(ask.category);
    if (!ask.year) throw BadInput("an allotment names its year", "add --fiscal-year FY17");
    require_year_budget(facts, ask.year);
    const Date day = budget_day(facts, ask.year, ask.on, false);
    require_there(facts, place(ask.category, ask.year), ask.amount, day,
                  money_of(facts, ask.category, ask.year));
    require_free(facts, Limit::fiscal_year, {{}, ask.year}, ask.amount, day, ask.year->text());
    Entry result = entry(Act::budget_unallot, day, ask.why, ask.asked());
    purser::move(result.transfers, place(ask.category, ask.year), unallotted(ask.category),
                 ask.amount);
    return result;
}

Entry move(const Facts& facts, const BudgetMove& ask) {
    require(facts, Act::budget_move);
    require_positive(ask.amount);
    facts.review.category(ask.from);
    facts.review.category(ask.to);
    if (ask.from == ask.to) throw BadInput("a move needs two categories, both are " + ask.from);
    refuse_finished(facts);
    require_year_budget(facts, ask.year);
    const Date day = budget_day(facts, ask.year, ask.on, false);
    require_reason(ask.why, "a move");
    require_there(facts, place(ask.from, ask.year), ask.amount, day,
                  money_of(facts, ask.from, ask.year));
    require_free(facts, Limit::category, {ask.from, {}}, ask.amount, day,
                 facts.review.category(ask.from).title);
    Entry result = entry(Act::budget_move, day, ask.why, ask.asked());
    purser::move(result.transfers, place(ask.from, ask.year), place(ask.to, ask.year), ask.amount);
    return result;
}

}  // namespace envelope

namespace {

// "travel:FY17:-1000.00", or "travel::-50.00" for the category as a whole.
Decision parse_decision(std::string_view text, const Event& event, Currency currency) {
    const auto first = text.find(':');
    const auto last = text.rfind(':');
    std::optional<FiscalYear> year;
    if (last > first + 1) year = FiscalYear::parse(text.substr(first + 1, last - first - 1));
    return {event.seq,
            std::string(name(event.act)),
            std::string(text.substr(0, first)),
            year,
            Money::parse(text.substr(last + 1), currency),
            event.posted_on};
}

// The sign of an act of authority that concerns one category; 0 for every other act.
int sign(Act act) {
    switch (act) {
        case Act::envelope_grant:
        case Act::request_decide:
        case Act::budget_allot: return 1;
        case Act::envelope_lower:
        case Act::envelope_expire:
        case Act::budget_unallot: return -1;
        default: return 0;
    }
}

}  // namespace

std::string decision_text(const std::string& category, std::optional<FiscalYear> year,
                          const Money& amount) {
    return category + ':' + (year ? year->text() : "") + ':' + amount.text();
}

std::vector<Decision> decisions(const Event& event, Currency currency) {
    std::vector<Decision> result;
    const Body& body = event.body;
    for (const auto& text : body.list("decisions")) {
        result.push_back(parse_decision(text, event, currency));
    }
    const int direction = sign(event.act);
    if (direction == 0 && event.act != Act::budget_move) return result;
    std::optional<FiscalYear> year;
    if (body.has("fiscal_year")) year = FiscalYear::parse(body.text("fiscal_year"));
    const auto decide = [&](std::string_view category, const Money& by) {
        const bool whole = event.act != Act::budget_allot && event.act != Act::budget_unallot;
        if (by.is_zero()) return;
        const std::string act(name(event.act));
        const std::string code(category);
        if (whole) result.push_back({event.seq, act, code, {}, by, event.posted_on});
        if (year) result.push_back({event.seq, act, code, year, by, event.posted_on});
    };
    const Money amount = body.money("amount", currency);
    if (event.act == Act::budget_move) {
        decide(body.text("from"), -amount);
        decide(body.text("to"), amount);
    } else {
        decide(body.text("category"), direction > 0 ? amount : -amount);
    }
    return result;
}

Money left_of(const Balances& balances, const ExpiringGrant& grant) {
    const Money free = balances.lowest_free({grant.category, {}}, next_day(grant.expires)).first;
    return std::max(std::min(grant.amount, free), Money::zero(free.currency()));
}

std::optional<ExpiringGrant> expiring(const Event& event, Currency currency) {
    const Body& body = event.body;
    const bool grants = event.act == Act::envelope_grant || event.act == Act::request_decide;
    if (!grants || !body.has("expires")) return {};
    return ExpiringGrant{event.seq, std::string(body.text("category")),
                         body.money("amount", currency), needed_day(body, "expires")};
}

}  // namespace purser
