#include "asker.hpp"

#include <algorithm>

namespace simulation {

using plain::Ask;
using plain::Day;
using plain::Minor;

Minor minor_per_unit(const std::string& currency) {
    Minor result = 1;
    for (int i = 0; i < plain::decimals(currency); ++i) result *= 10;
    return result;
}

// How often each act is asked, of all.
const std::vector<Asker::Kind>& Asker::kinds() {
    static const std::vector<Kind> all{
        {40, &Asker::grant},
        {14, &Asker::lower},
        {40, &Asker::allot},
        {15, &Asker::unallot},
        {25, &Asker::move},
        {90, &Asker::open_commitment},
        {40, &Asker::confirm_commitment},
        {15, &Asker::reject_commitment},
        {70, &Asker::amend_commitment},
        {35, &Asker::close_commitment},
        {190, &Asker::submit},
        {210, &Asker::approve},
        {35, &Asker::reject},
        {25, &Asker::withdraw},
        {70, &Asker::import},
        {55, &Asker::share},
        {70, &Asker::amend},
        {50, &Asker::refund},
        {45, &Asker::reverse},
        {35, &Asker::submit_request},
        {28, &Asker::decide_request},
        {7, &Asker::refuse_request},
        {6, &Asker::withdraw_request},
        {55, &Asker::close_month},
        {14, &Asker::reopen_month},
        {14, &Asker::delegate},
        {9, &Asker::end_delegation},
        {8, &Asker::set_payee_user},
        {2, &Asker::set_password},
        {16, &Asker::set_review},
        {8, &Asker::change_state},
        {3, &Asker::add_category},
        {6, &Asker::add_user},
        {3, &Asker::disable_user},
        {8, &Asker::add_policy},
        {2, &Asker::open_review},
    };
    return all;
}

Ask Asker::next() {
    if (!keyed_.empty() && random_.chance(4)) {  // the same key once more
        Ask ask = random_.one_of(keyed_);
        if (random_.chance(40)) make_other(ask);
        return ask;
    }
    if (!imports_.empty() && random_.chance(1)) return random_.one_of(imports_);
    int all = 0;
    for (const auto& kind : kinds()) all += kind.weight;
    int at = random_.below(all);
    auto kind = kinds().begin();
    for (; at >= kind->weight; ++kind) at -= kind->weight;
    Ask ask = (this->*kind->ask)();
    spoil(ask);
    give_key(ask);
    return ask;
}

void Asker::give_key(Ask& ask) {
    if (ask.dry_run || !random_.chance(12)) return;
    ask.key = "k" + std::to_string(++keys_);
    keyed_.push_back(ask);
}

// The same in all but one thing.
void Asker::make_other(Ask& ask) {
    if (ask.amount) {
        *ask.amount += 1;
    } else if (ask.act == "expense.import") {
        ask.late_open = !ask.late_open;
    } else if (ask.act.starts_with("period.")) {
        ++ask.month;
    } else if (ask.act == "delegate.end" || ask.act == "payee.user") {
        ask.other = ask.other == "eve" ? "dan" : "eve";
    } else if (ask.act == "delegate.add") {
        *ask.expected += 1;
    } else if (ask.act == "user.add" || ask.act == "user.disable") {
        ask.category = ask.category == "eve" ? "dan" : "eve";
    } else if (ask.act == "review.set" || ask.act == "policy.add") {
        ask.on = ask.on.value_or(model_.today) - 1;
    } else {
        ask.text += " again";
    }
}

// Mistakes that any act can have.
void Asker::spoil(Ask& ask) {
    if (random_.chance(1)) ask.user = "nobody";
    if (random_.chance(1) && !ask.review.empty() && ask.act != "review.open") ask.review = "XYZ";
    if (random_.chance(1) && !ask.category.empty() && !ask.act.starts_with("user.") &&
        ask.act != "review.open" && ask.act != "category.add") {
        ask.category = "ghost";
        if (!ask.shares.empty()) ask.shares.front().category = "ghost";
    }
    if (random_.chance(1) && !ask.other.empty() && ask.act != "review.set" &&
        ask.act != "policy.add" && ask.act != "user.add") {
        ask.other = "ghost";
    }
    if (random_.chance(1) && ask.amount) ask.amount = -random_.below(2);
    if (random_.chance(1) && ask.number != 0) ask.number = 100000;
    if (random_.chance(1) && ask.act != "review.set" && ask.act != "period.close") ask.text.clear();
}

// Somebody who has the role, who stands in for one who has it, or anybody.
std::string Asker::who(const std::string& role) {
    std::vector<std::string> able;
    std::vector<std::string> stand_ins;
    std::vector<std::string> all;
    for (const auto& [name, user] : model_.users) {
        all.push_back(name);
        if (!user.disabled && user.has(role, review_)) able.push_back(name);
        for (const auto& delegator : model_.delegators(name)) {
            if (model_.users.at(delegator).has(role, review_)) stand_ins.push_back(name);
        }
    }
    if (!stand_ins.empty() && random_.chance(20)) return random_.one_of(stand_ins);
    return able.empty() || random_.chance(7) ? random_.one_of(all) : random_.one_of(able);
}

const plain::Review& Asker::review() { return model_.reviews.at(review_); }

std::string Asker::category() {
    const auto& all = review().categories;
    return all.empty() ? "none" : random_.one_of(all);
}

Minor Asker::amount(int most_units) {
    const Minor unit = minor_per_unit(review().currency);
    if (random_.chance(30)) return unit * (1 + random_.below(most_units));
    return 1 + random_.below(static_cast<int>(unit * most_units));
}

// Now and then exactly what a limit leaves, or one cent more.
void Asker::to_the_limit(Ask& ask) {
    if (!ask.amount || !random_.chance(12)) return;
    const Day day = ask.on.value_or(model_.today);
    const int year = ask.year.value_or(review().year_of(day));
    const plain::Account place{ask.category, ask.year.value_or(0),
                               ask.year ? plain::Bucket::free : plain::Bucket::unallotted};
    const auto& accounts = review().accounts;
    const std::vector<Minor> limits{accounts.lowest(plain::free_of_envelope(), day),
                                    accounts.lowest(plain::free_of_category(ask.category), day),
                                    accounts.lowest(plain::free_of_year(year), day),
                                    accounts.lowest(place, day)};
    const Minor limit = random_.one_of(limits);
    if (limit > 0) ask.amount = limit + random_.below(2);
}

std::optional<Day> Asker::act_day() {
    const Day today = model_.today;
    const int kind = random_.below(20);
    if (kind < 10) return {};
    if (kind < 15) return today - random_.below(40);
    if (kind < 18) return today - random_.below(250);
    if (kind < 19) return today + 1 + random_.below(3);
    return review().first_open() < 0 ? today : review().first_open() - random_.below(4) + 1;
}

std::optional<Day> Asker::step_day(Day document) {
    const int kind = random_.below(10);
    if (kind < 6) return {};
    if (kind < 7) return document - random_.below(3);
    if (kind < 9) return document + random_.below(std::max(1, model_.today - document + 2));
    return act_day();
}

std::optional<int> Asker::maybe_year() {
    if (!review().budget && !random_.chance(4)) return {};
    if (random_.chance(40)) return {};
    return review().year_of(model_.today) + random_.below(3) - 1;
}

Ask Asker::begin(const char* act, const char* role) {
    std::vector<std::string> keys;
    for (const auto& [key, of] : model_.reviews) keys.push_back(key);
    review_ = random_.one_of(keys);
    Ask ask;
    ask.act = act;
    ask.review = review_;
    ask.user = who(role);
    ask.text = "why not";
    return ask;
}

// Authority.

Ask Asker::grant() {
    Ask ask = begin("envelope.grant", random_.chance(70) ? "finance" : "board");
    ask.category = category();
    ask.amount = amount(12000);
    ask.year = maybe_year();
    ask.on = act_day();
    ask.expires = maybe_last_day(ask.on);
    return ask;
}

// The last day of a grant: mostly none; sometimes over already, or before the grant.
std::optional<Day> Asker::maybe_last_day(std::optional<Day> on) {
    if (!random_.chance(25)) return {};
    const Day day = on.value_or(model_.today);
    if (random_.chance(6)) return day - 1;
    return day + random_.below(random_.chance(50) ? 30 : 200);
}

Ask Asker::lower() {
    Ask ask = grant();
    ask.act = "envelope.lower";
    ask.expires.reset();
    ask.amount = amount(6000);
    const Minor all = review().accounts.lowest(plain::free_of_envelope(), model_.today);
    if (all > 0 && random_.chance(40)) ask.amount = all - all * random_.below(20) / 100;
    return ask;
}

Ask Asker::allot() {
    Ask ask = begin("budget.allot", "finance");
    ask.category = category();
    ask.amount = amount(9000);
    ask.year = review().year_of(model_.today) + (random_.chance(70) ? 0 : random_.below(3) - 1);
    ask.on = act_day();
    to_the_limit(ask);
    return ask;
}

Ask Asker::unallot() {
    Ask ask = allot();
    ask.act = "budget.unallot";
    to_the_limit(ask);
    return ask;
}

Ask Asker::move() {
    Ask ask = begin("budget.move", "finance");
    ask.category = category();
    ask.other = category();
    ask.amount = amount(5000);
    ask.year = maybe_year();
    ask.on = act_day();
    to_the_limit(ask);
    return ask;
}

// Closing.

Ask Asker::close_month() {
    Ask ask = begin("period.close", "finance");
    const plain::Month now = plain::month_of(model_.today);
    const plain::Month next =
        review().closed ? plain::month_of(*review().closed + 1) : plain::month_of(review().start);
    ask.month = next + random_.below(3);
    if (random_.chance(50)) ask.month = std::max(next, now - 1 - random_.below(5));
    if (random_.chance(5)) ask.month = now;
    if (random_.chance(3)) ask.month = next - 1;
    for (std::size_t i = 0; i < review().commitments.size(); ++i) {
        if (random_.chance(10)) ask.keep.push_back(static_cast<int>(i) + 1);
    }
    if (random_.chance(1)) ask.keep.push_back(100000);
    ask.text.clear();
    return ask;
}

Ask Asker::reopen_month() {
    Ask ask = begin("period.reopen", "finance");
    const plain::Month last =
        plain::month_of(review().closed.value_or(plain::first_day(plain::month_of(model_.today))));
    ask.month = last - random_.below(random_.chance(70) ? 2 : 9) + (random_.chance(8) ? 1 : 0);
    if (random_.chance(30)) ask.on = act_day();
    return ask;
}

}  // namespace simulation
