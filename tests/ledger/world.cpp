#include "world.hpp"

#include <algorithm>

#include "values/error.hpp"

namespace purser::test {
namespace {

std::optional<Date> day(const std::string& text) {
    if (text.empty()) return {};
    return parse_date(text);
}

std::optional<FiscalYear> fiscal_year(const std::string& text) {
    if (text.empty()) return {};
    return FiscalYear::parse(text);
}

// "FY17 free", "unallotted".
std::string place(const Account& account) {
    return (account.year ? account.year->text() + ' ' : "") + std::string(name(account.bucket));
}

}  // namespace

World::World(const WorldOptions& options)
    : review_(ReviewKey::parse("SSR2")), balances_(Currency::parse(options.currency)) {
    add_user("ada", {Role::admin});
    add_user("olga", {Role::finance});
    add_user("otto", {Role::finance});
    add_user("sue", {Role::support});
    add_user("carl", {Role::chair});
    add_user("cora", {Role::chair});
    add_user("bob", {Role::board});
    add_user("vera", {Role::viewer});
    add_user("fay", {Role::finance, Role::chair});
    const Date start = parse_date(options.start);
    apply("ada", setup::open_review(users.at("ada"),
                                    {review_.key(),
                                     "Second review",
                                     start,
                                     start + date::days{364},
                                     Currency::parse(options.currency),
                                     options.fiscal_year_start,
                                     options.fiscal_budget,
                                     {}},
                                    today));
    category("travel", "Travel");
    category("experts", "Professional Services");
    for (const auto& [setting, value] : options.settings) {
        if (review_.text(setting) != value) set({{setting, value}});
    }
    for (const Limit limit : {Limit::envelope, Limit::category, Limit::fiscal_year}) {
        const std::string& control = review_.text("control." + std::string(name(limit)));
        if (control == "stop") stopped_.insert(limit);
    }
}

void World::add_user(const std::string& name, const std::vector<Role>& roles) {
    User user{name, false, {}};
    for (const Role role : roles) user.grants.push_back({role, {}});
    users.emplace(name, user);
}

Facts World::facts(const std::string& user) const {
    return {review_, balances_, users.at(user), policy, today};
}

Money World::money(const std::string& amount) const {
    return Money::parse(amount, review_.currency());
}

BudgetChange World::change(const std::string& category, const std::string& amount,
                           const std::string& year, const std::string& on) const {
    return {category, money(amount), "as decided", fiscal_year(year), day(on)};
}

void World::grant(const std::string& category, const std::string& amount, const std::string& year,
                  const std::string& on, const std::string& by) {
    apply(by, envelope::grant(facts(by), change(category, amount, year, on)));
}

void World::lower(const std::string& category, const std::string& amount, const std::string& year,
                  const std::string& on) {
    apply("olga", envelope::lower(facts("olga"), change(category, amount, year, on)));
}

void World::allot(const std::string& category, const std::string& amount, const std::string& year,
                  const std::string& on) {
    apply("olga", envelope::allot(facts("olga"), change(category, amount, year, on)));
}

void World::unallot(const std::string& category, const std::string& amount, const std::string& year,
                    const std::string& on) {
    apply("olga", envelope::unallot(facts("olga"), change(category, amount, year, on)));
}

void World::move(const std::string& from, const std::string& to, const std::string& amount,
                 const std::string& year, const std::string& on) {
    const BudgetMove ask{from, to, money(amount), "as decided", fiscal_year(year), day(on)};
    apply("olga", envelope::move(facts("olga"), ask));
}

std::int64_t World::open_as(const std::string& category, const std::string& amount,
                            const std::string& expected, const std::string& on, bool proposed,
                            const std::string& by) {
    const auto number = static_cast<std::int64_t>(commitments_.size()) + 1;
    const OpenCommitment ask{
        category, money(amount), "Madrid", CommitmentKind::meeting, parse_date(expected),
        proposed, day(on)};
    const DocumentId id{review_.key(), DocumentKind::commitment, number};
    apply(by, commitment::open(facts(by), ask, id));
    return number;
}

std::int64_t World::open(const std::string& category, const std::string& amount,
                         const std::string& expected, const std::string& on,
                         const std::string& by) {
    return open_as(category, amount, expected, on, false, by);
}

std::int64_t World::propose(const std::string& category, const std::string& amount,
                            const std::string& expected, const std::string& on,
                            const std::string& by) {
    return open_as(category, amount, expected, on, true, by);
}

void World::confirm(std::int64_t number, const std::string& amount, const std::string& on,
                    const std::string& by) {
    std::optional<Money> price;
    if (!amount.empty()) price = money(amount);
    apply(by, commitment::confirm(facts(by), commitment(number), price, {"", day(on)}));
}

void World::reject_commitment(std::int64_t number, const std::string& on, const std::string& by) {
    apply(by, commitment::reject(facts(by), commitment(number), {"too dear", day(on)}));
}

void World::amend(std::int64_t number, const Amendment& ask) {
    std::optional<Money> amount;
    if (!ask.amount.empty()) amount = money(ask.amount);
    const AmendCommitment change{amount, day(ask.expected), ask.proposed, "as agreed", day(ask.on)};
    apply(ask.by, commitment::amend(facts(ask.by), commitment(number), change));
}

void World::close(std::int64_t number, const std::string& on, const std::string& by) {
    const auto undecided =
        std::count_if(expenses_.begin(), expenses_.end(), [&](const auto& entry) {
            return entry.second.commitment == number &&
                   entry.second.state == ExpenseState::submitted;
        });
    apply(by, commitment::close(facts(by), commitment(number), undecided, {"", day(on)}));
}

ExpenseDraft World::draft(const std::string& category, const std::string& amount,
                          std::int64_t commitment, const std::string& on) const {
    ExpenseDraft draft{category, money(amount), "air fare", day(on), {}, {}, {}, {}, {}, {}, {},
                       {}};
    if (commitment != 0) {
        draft.commitment = DocumentId{review_.key(), DocumentKind::commitment, commitment};
    }
    return draft;
}

ExpenseContext World::context(std::int64_t commitment) const {
    const auto number = static_cast<std::int64_t>(expenses_.size()) + 1;
    return {{review_.key(), DocumentKind::expense, number},
            commitment == 0 ? nullptr : &commitments_.at(commitment),
            0,
            {},
            {}};
}

std::int64_t World::submit(const std::string& category, const std::string& amount,
                           std::int64_t commitment, const std::string& on, const std::string& by) {
    return submit_draft(draft(category, amount, commitment, on), context(commitment), by);
}

std::int64_t World::settle(const std::string& category, const std::string& amount,
                           std::int64_t commitment, const std::string& on,
                           const std::vector<std::string>& approved_by) {
    const ExpenseContext known = context(commitment);
    StatedApprovals stated;
    for (const auto& name : approved_by) stated.push_back(users.at(name));
    apply("olga",
          expense::settle(facts("olga"), draft(category, amount, commitment, on), known, stated));
    told_.emplace(known.id.number, draft(category, amount, commitment, on));
    return known.id.number;
}

const Commitment* World::of(const Expense& document) const {
    return document.commitment == 0 ? nullptr : &commitments_.at(document.commitment);
}

void World::approve(std::int64_t number, const std::string& by, const std::string& on) {
    const Expense& document = expense(number);
    apply(by, expense::approve(facts(by), document, of(document), {"", day(on)}));
}

void World::reject(std::int64_t number, const std::string& by, const std::string& on) {
    const Expense& document = expense(number);
    apply(by, expense::reject(facts(by), document, of(document), {"not ours", day(on)}));
}

void World::withdraw(std::int64_t number, const std::string& on, const std::string& by) {
    const Expense& document = expense(number);
    apply(by, expense::withdraw(facts(by), document, of(document), {"", day(on)}));
}

std::vector<Commitment> World::alive(FiscalYear year) const {
    std::vector<Commitment> result;
    for (const auto& [number, document] : commitments_) {
        const bool lives =
            document.state == CommitmentState::open || document.state == CommitmentState::proposed;
        if (lives && document.year == year) result.push_back(document);
    }
    return result;
}

void World::close_month(const std::string& month, const std::vector<std::int64_t>& keep) {
    const Month closed = Month::parse(month);
    closing::require_closable(facts("olga"), closed);
    for (const FiscalYear year : closing::years_ending(facts("olga"), closed)) {
        apply("olga", closing::close_year(facts("olga"), year, alive(year), keep, {}));
    }
    if (review_.is_closed(closed.last_day())) return;
    apply("olga", closing::close_month(facts("olga"), closed, {}));
}

void World::set(const SettingValues& values) {
    apply("ada", setup::set_review(facts("ada"), {values, {}}, !plain_.empty()));
}

void World::category(const std::string& code, const std::string& title) {
    apply("ada", setup::add_category(facts("ada"), {code, title, false, {}}));
}

std::string World::held(const std::string& category) const { return held(category, "9999-12-31"); }

std::string World::held(const std::string& category, const std::string& on) const {
    std::string result;
    for (const auto& [account, series] : balances_.accounts()) {
        const Money amount = balances_.at(account, parse_date(on));
        if (account.category != category || account.bucket == Bucket::authority) continue;
        if (amount.is_zero()) continue;
        result += (result.empty() ? "" : ", ") + place(account) + ' ' + amount.text();
    }
    return result;
}

std::string World::moved() const {
    std::string result;
    for (const auto& transfer : last().transfers) {
        result += (result.empty() ? "" : ", ") + transfer.amount.text() + ' ' +
                  place(transfer.from) + " > " + place(transfer.to);
    }
    return result;
}

std::string World::warned() const {
    std::string result;
    for (const auto& warning : last().warnings) {
        result += (result.empty() ? "" : " ") + warning.rule;
    }
    return result;
}

std::string Verdict::day() const {
    const auto at = hint.find("--on ");
    return at == std::string::npos ? "" : hint.substr(at + 5, 10);
}

}  // namespace purser::test
