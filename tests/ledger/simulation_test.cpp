// Random histories of a review: whatever people ask in whatever order, every invariant holds
// after every act that the rules allow, and a refused day's hint names a day that is taken.
// PURSER_SEED=N runs the one history of that seed, with its acts; PURSER_HISTORIES=N so many.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>

#include "values/error.hpp"
#include "world.hpp"

using namespace purser;
using namespace purser::test;

namespace {

constexpr std::uint64_t histories_by_default = 250;
constexpr int acts_each = 200;

// The rules that a day can break; a hinted day breaks none of them.
bool is_of_days(Rule rule) {
    return rule == Rule::in_the_future || rule == Rule::period_closed ||
           rule == Rule::before_document || rule == Rule::before_commitment ||
           rule == Rule::year_over;
}

class History {
public:
    explicit History(std::uint64_t seed) : random_(seed), world_(options()) {
        world_.today = parse_date("2017-03-01");
        if (below(2) == 0) {
            world_.policy = {
                {Date::min(), world_.money("500.00"), Role::chair, 1},
                {Date::min(), world_.money("2000.00"), Role::chair, 2},
                {Date::min(), {}, Role::chair, 1},
                {Date::min(), {}, Role::finance, 1},
            };
        }
    }

    void run() {
        for (int i = 0; i < acts_each; ++i) {
            world_.today += date::days{below(12)};
            step();
        }
    }

    const std::vector<std::string>& trace() const { return trace_; }
    const std::map<std::string, int>& allowed() const { return allowed_; }

private:
    using Act = std::function<void(const std::string& on)>;

    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n));
    }
    template <class... Texts> std::string one_of(Texts... texts) {
        const std::vector<std::string> all{texts...};
        return all[static_cast<std::size_t>(below(static_cast<std::int64_t>(all.size())))];
    }
    WorldOptions options() {
        WorldOptions result;
        result.settings = {
            {"control.envelope", one_of("stop", "stop", "warn", "off")},
            {"control.category", one_of("stop", "warn", "off")},
            {"control.fiscal-year", one_of("stop", "warn", "off")},
            {"year-end.free", one_of("carry", "lapse", "return")},
            {"year-end.commitments", one_of("carry", "lapse")},
        };
        result.fiscal_budget = below(4) != 0;
        result.fiscal_year_start = below(3) == 0 ? 1 : 7;
        result.start = one_of("2016-03-02", "2017-03-02", "2018-08-01");
        return result;
    }
    std::string amount(std::int64_t most) {
        return Money::of_minor(1 + below(most), world_.review().currency()).text();
    }
    Foreign foreign_price(const std::string& currency) {
        return {Money::of_minor(100 + below(60000), Currency::parse(currency)).text(), currency,
                one_of("0.90", "1.1034", "3.00")};
    }
    std::string category() { return one_of("travel", "experts"); }
    std::string near_day() {
        return below(2) == 0 ? "" : to_text(world_.today - date::days{below(150) - 2});
    }
    std::string expected_day() { return to_text(world_.today + date::days{below(600) - 150}); }
    std::string year() {
        const FiscalYear now = world_.review().year_of(world_.today);
        return FiscalYear(now.number() + static_cast<int>(below(3)) - 1).text();
    }
    std::string maybe_year() { return world_.review().fiscal_budget() ? one_of("", year()) : ""; }
    std::int64_t any_commitment() {
        return 1 + below(static_cast<std::int64_t>(world_.commitments().size()));
    }
    std::int64_t any_expense() {
        return 1 + below(static_cast<std::int64_t>(world_.expenses().size()));
    }

    // Tries the act on a day; where the day is refused with a hint, on that one too.
    void attempt(const std::string& what, const std::string& on, const Act& act) {
        trace_.push_back(to_text(world_.today) + " " + what + (on.empty() ? "" : " --on " + on));
        const Verdict said = verdict([&] { act(on); });
        trace_.back() += ": " + (said.rule ? std::string(name(*said.rule)) : world_.moved());
        if (!said.rule) ++allowed_[std::string(name(world_.last().act))];
        if (!said.rule || !is_of_days(*said.rule) || said.day().empty()) return;
        const Verdict again = verdict([&] { act(said.day()); });
        if (again.rule && is_of_days(*again.rule)) {
            throw Broken("the hint '" + said.hint + "' is refused: " + again.message);
        }
    }

    void step() {
        const auto kind = below(23);
        if (kind >= 20 && !world_.expenses().empty()) return correct(any_expense());
        if (kind < 3) return authority();
        if (kind < 5) return promise();
        if (kind < 11) return spend();
        if (kind < 15 && !world_.expenses().empty()) return decide(any_expense());
        if (kind < 19 && !world_.commitments().empty()) return commitment(any_commitment());
        close();
    }
    void authority() {
        const std::string of = category();
        const std::string sum = amount(300000);
        switch (below(6)) {
            case 0:
            case 1: {
                const std::string to = maybe_year();
                return attempt("grant " + of + " " + sum + " " + to, near_day(),
                               [&](auto& on) { world_.grant(of, sum, to, on); });
            }
            case 2: {
                if (below(5) != 0) return;
                const std::string from = maybe_year();
                return attempt("lower " + of + " " + sum + " " + from, near_day(),
                               [&](auto& on) { world_.lower(of, sum, from, on); });
            }
            case 3: {
                const std::string to = year();
                return attempt("allot " + of + " " + sum + " " + to, near_day(),
                               [&](auto& on) { world_.allot(of, sum, to, on); });
            }
            case 4: {
                const std::string from = year();
                return attempt("unallot " + of + " " + sum + " " + from, near_day(),
                               [&](auto& on) { world_.unallot(of, sum, from, on); });
            }
            default: {
                const std::string in = maybe_year();
                const std::string to = of == "travel" ? "experts" : "travel";
                return attempt("move " + of + " " + sum + " " + in, near_day(),
                               [&](auto& on) { world_.move(of, to, sum, in, on); });
            }
        }
    }
    void promise() {
        const std::string of = category();
        const std::string sum = amount(100000);
        const std::string expected = expected_day();
        const bool proposed = below(3) == 0;
        attempt((proposed ? "propose " : "open ") + of + " " + sum + " expected " + expected,
                near_day(), [&](auto& on) {
                    if (proposed) {
                        world_.propose(of, sum, expected, on);
                    } else {
                        world_.open(of, sum, expected, on);
                    }
                });
    }
    void spend() {
        std::int64_t against = 0;
        std::string of = category();
        if (!world_.commitments().empty() && below(3) != 0) {
            against = any_commitment();
            of = world_.commitment(against).category;
        }
        const std::string sum = amount(60000);
        if (against == 0 && below(3) == 0) {
            const Foreign price = foreign_price("EUR");
            return attempt("submit " + of + " " + price.amount + " EUR at " + price.rate,
                           near_day(), [&](auto& on) { world_.foreign(of, price, on); });
        }
        const bool settled = below(3) == 0;
        attempt((settled ? "settle " : "submit ") + of + " " + sum + " C" + std::to_string(against),
                near_day(), [&](auto& on) {
                    if (settled) {
                        world_.settle(of, sum, against, on, {"carl", "cora", "otto"});
                    } else {
                        world_.submit(of, sum, against, on);
                    }
                });
    }
    void decide(std::int64_t number) {
        const std::string document = " E" + std::to_string(number);
        const std::string by = one_of("carl", "cora", "otto");
        switch (below(6)) {
            case 0:
                return attempt("reject" + document, near_day(),
                               [&](auto& on) { world_.reject(number, by, on); });
            case 1:
                return attempt("withdraw" + document, near_day(),
                               [&](auto& on) { world_.withdraw(number, on); });
            default:
                return attempt("approve" + document + " by " + by, near_day(),
                               [&](auto& on) { world_.approve(number, by, on); });
        }
    }
    void correct(std::int64_t number) {
        const std::string document = " E" + std::to_string(number);
        const std::string sum = amount(60000);
        switch (below(4)) {
            case 0:
                return attempt("reverse" + document, near_day(),
                               [&](auto& on) { world_.reverse(number, on); });
            case 1: {
                const std::string code(world_.expense(number).own_amount.currency().code());
                if (code == "USD") {
                    return attempt("refund" + document + " " + sum, near_day(),
                                   [&](auto& on) { world_.refund(number, sum, on); });
                }
                const Foreign price = foreign_price(code);
                return attempt("refund" + document + " " + price.amount + " at " + price.rate,
                               near_day(), [&](auto& on) { world_.refund(number, price, on); });
            }
            case 2: {
                if (world_.commitments().empty()) return;
                const std::int64_t closed = any_commitment();
                const std::string of = world_.commitment(closed).category;
                return attempt("late " + of + " " + sum + " C" + std::to_string(closed), near_day(),
                               [&](auto& on) { world_.late(of, sum, closed, on); });
            }
            default: break;
        }
        Change ask;
        if (below(3) != 0) ask.amount = sum;
        if (below(4) == 0) ask.text = one_of("Hotel", "Taxi");
        if (below(3) == 0) ask.category = category();
        if (below(3) == 0 && !world_.commitments().empty()) {
            ask.commitment = below(3) == 0 ? 0 : any_commitment();
            if (ask.commitment > 0) ask.category = world_.commitment(ask.commitment).category;
        }
        attempt("amend" + document + " " + ask.amount + " " + ask.category + " C" +
                    std::to_string(ask.commitment) + " " + ask.text,
                near_day(), [&](auto& on) {
                    ask.on = on;
                    world_.amend_expense(number, ask);
                });
    }
    void commitment(std::int64_t number) {
        const std::string document = " C" + std::to_string(number);
        switch (below(6)) {
            case 0:
            case 1: {
                const std::string price = one_of("", amount(100000));
                return attempt("confirm" + document + " " + price, near_day(),
                               [&](auto& on) { world_.confirm(number, price, on); });
            }
            case 2:
                return attempt("reject" + document, near_day(),
                               [&](auto& on) { world_.reject_commitment(number, on); });
            case 3:
                return attempt("close" + document, near_day(),
                               [&](auto& on) { world_.close(number, on); });
            default: {
                Amendment ask;
                if (below(3) != 0) ask.amount = amount(120000);
                if (below(2) == 0) ask.expected = expected_day();
                ask.proposed = below(3) == 0;
                return attempt("amend" + document + " " + ask.amount + " " + ask.expected +
                                   (ask.proposed ? " proposed" : ""),
                               near_day(), [&](auto& on) {
                                   ask.on = on;
                                   world_.amend(number, ask);
                               });
            }
        }
    }
    void close() {
        if (below(2) == 0) return;
        const auto closed = world_.review().closed_through();
        if (closed && below(6) == 0) {
            const Month last = Month::of(*closed);
            return attempt("reopen " + last.text(), "", [&](auto&) {
                world_.apply("olga", closing::reopen_month(world_.facts("olga"), last, "late", {}));
            });
        }
        Month month = closed ? Month::of(next_day(*closed)) : Month::of(parse_date("2016-12-01"));
        for (auto more = below(7); more > 4; --more) month = month.next();
        std::vector<std::int64_t> keep;
        for (const auto& [number, document] : world_.commitments()) {
            if (below(4) == 0) keep.push_back(number);
        }
        attempt("close " + month.text(), "",
                [&](auto&) { world_.close_month(month.text(), keep); });
    }

    std::mt19937_64 random_;
    World world_;
    std::vector<std::string> trace_;
    std::map<std::string, int> allowed_;
};

// Runs one history; gives what went wrong, with the acts that led there.
std::string fault_of(std::uint64_t seed, bool loud, std::map<std::string, int>& allowed) {
    History history(seed);
    std::string fault;
    try {
        history.run();
    } catch (const std::exception& error) {
        fault = "PURSER_SEED=" + std::to_string(seed) + ": " + error.what();
    }
    for (const auto& line : history.trace()) {
        if (loud || !fault.empty()) std::cout << "  " << line << '\n';
    }
    for (const auto& [act, times] : history.allowed()) allowed[act] += times;
    return fault;
}

}  // namespace

TEST_CASE("Whatever is asked in whatever order, every invariant holds after each act",
          "[MODEL 6 zero][MODEL 6 not below zero][MODEL 6 closed year][MODEL 6 identity]") {
    std::map<std::string, int> allowed;
    if (const char* chosen = std::getenv("PURSER_SEED")) {
        CHECK(fault_of(std::stoull(chosen), true, allowed).empty());
        return;
    }
    const char* asked = std::getenv("PURSER_HISTORIES");
    const std::uint64_t histories = asked == nullptr ? histories_by_default : std::stoull(asked);
    for (std::uint64_t seed = 1; seed <= histories; ++seed) {
        const std::string fault = fault_of(seed, false, allowed);
        INFO(fault);
        REQUIRE(fault.empty());
    }
    for (const char* act :
         {"envelope.grant",   "envelope.lower",   "budget.allot",       "budget.unallot",
          "budget.move",      "commitment.open",  "commitment.confirm", "commitment.reject",
          "commitment.amend", "commitment.close", "expense.submit",     "expense.approve",
          "expense.reject",   "expense.withdraw", "expense.settle",     "expense.amend",
          "expense.refund",   "expense.reverse",  "period.close",       "period.reopen",
          "year.close"}) {
        CAPTURE(act);
        CHECK(allowed[act] >= 20);
    }
}
