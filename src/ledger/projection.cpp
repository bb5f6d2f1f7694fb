#include "ledger/projection.hpp"

#include <algorithm>

#include "values/error.hpp"
#include "values/proportion.hpp"

namespace purser {
namespace {

std::int64_t days_between(Date from, Date until) { return (until - from).count() + 1; }

std::int64_t days_of(Month month) { return days_between(month.first_day(), month.last_day()); }

// Calls for each month of the rest with how many of its days lie there.
template <typename Each> void each_month(const Rest& rest, const Each& each) {
    if (rest.empty()) return;
    for (Month month = Month::of(rest.from); month.first_day() <= rest.until;
         month = month.next()) {
        each(month, days_between(std::max(month.first_day(), rest.from),
                                 std::min(month.last_day(), rest.until)));
    }
}

Money above_zero(const Money& amount) {
    return amount.is_negative() ? Money::zero(amount.currency()) : amount;
}

// What the run rate plans beyond what is committed and requested, for so many parts of months.
Money run_rate_plan(const Known& known, std::int64_t months, std::int64_t parts) {
    const Money projected =
        proportion(known.window, parts, months * parts_per_month, Rounding::half_even);
    return above_zero(projected - known.now.committed - known.now.requested);
}

}  // namespace

std::int64_t month_parts(const Rest& rest) {
    std::int64_t parts = 0;
    each_month(rest, [&](Month month, std::int64_t days) {
        parts += days * (parts_per_month / days_of(month));
    });
    return parts;
}

std::string months_text(const Rest& rest) {
    std::int64_t whole = 0;
    std::vector<std::string> texts;
    each_month(rest, [&](Month month, std::int64_t days) {
        if (days == days_of(month)) {
            ++whole;
        } else {
            texts.push_back(std::to_string(days) + " of " + std::to_string(days_of(month)) +
                            " days");
        }
    });
    if (whole > 0) {
        texts.insert(texts.begin(), std::to_string(whole) + (whole == 1 ? " month" : " months"));
    }
    if (texts.empty()) return "no time";
    std::string result = texts.front();
    for (std::size_t i = 1; i < texts.size(); ++i) {
        result += (i + 1 == texts.size() ? " and " : ", ") + texts[i];
    }
    return result;
}

ReviewState state_on(Date day, const std::vector<Setting>& states) {
    const Setting* latest = nullptr;
    for (const Setting& one : states) {
        if (one.on > day) continue;
        if (latest == nullptr || std::pair(latest->on, latest->seq) < std::pair(one.on, one.seq)) {
            latest = &one;
        }
    }
    if (latest == nullptr || latest->value == name(ReviewState::running)) {
        return ReviewState::running;
    }
    return latest->value == name(ReviewState::paused) ? ReviewState::paused : ReviewState::finished;
}

bool ran_in(Month month, const std::vector<Setting>& states) {
    if (state_on(month.first_day(), states) == ReviewState::running) return true;
    return std::any_of(states.begin(), states.end(), [&](const Setting& one) {
        return Month::of(one.on) == month && state_on(one.on, states) == ReviewState::running;
    });
}

std::vector<WindowMonth> window(const Review& review, Date as_of, std::int64_t months,
                                const std::vector<Setting>& states) {
    std::vector<WindowMonth> result;
    if (!review.closed_through()) return result;
    const Month begin = Month::of(review.start());
    const Month end = Month::of(next_day(std::min(as_of, *review.closed_through())));
    std::vector<Month> closed;
    for (Month month = begin; month < end; month = month.next()) closed.push_back(month);
    std::int64_t counted = 0;
    for (auto month = closed.rbegin(); month != closed.rend() && counted < months; ++month) {
        const bool counts = ran_in(*month, states);
        counted += counts ? 1 : 0;
        result.push_back({*month, counts});
    }
    while (!result.empty() && !result.back().counts) result.pop_back();
    std::reverse(result.begin(), result.end());
    return result;
}

Estimate Estimate::zero(Currency currency) {
    const Money none = Money::zero(currency);
    return {none, none, none, none};
}

Estimate& Estimate::operator+=(const Estimate& other) {
    spent += other.spent;
    committed += other.committed;
    requested += other.requested;
    plan += other.plan;
    return *this;
}

Estimate by_run_rate(const Known& known, std::int64_t months, const Rest& rest) {
    const Amounts& now = known.now;
    return {now.spent, now.committed, now.requested,
            run_rate_plan(known, months, month_parts(rest))};
}

Estimate by_schedule(const Known& known) {
    return {known.now.spent, known.now.committed, known.now.requested, known.planned};
}

std::string to_text(const FreeEnd& end) {
    if (end.already) return "used up";
    return end.month ? end.month->text() : "lasts";
}

FreeEnd run_rate_end(const std::vector<Known>& all, std::int64_t months, const Rest& rest) {
    if (all.empty()) return {};
    Money free = Money::zero(all.front().window.currency());
    for (const Known& known : all) free += known.now.free;
    if (!free.is_positive()) return {true, {}};
    FreeEnd end;
    std::int64_t parts = 0;
    each_month(rest, [&](Month month, std::int64_t days) {
        if (end.month) return;
        parts += days * (parts_per_month / days_of(month));
        Money planned = Money::zero(free.currency());
        for (const Known& known : all) planned += run_rate_plan(known, months, parts);
        if (planned > free) end.month = month;
    });
    return end;
}

FreeEnd scheduled_end(const Money& free, std::vector<Planned> planned) {
    if (!free.is_positive()) return {true, {}};
    std::stable_sort(planned.begin(), planned.end(),
                     [](const Planned& a, const Planned& b) { return a.on < b.on; });
    Money sum = Money::zero(free.currency());
    for (const Planned& one : planned) {
        sum += one.amount;
        if (sum > free) return {false, Month::of(one.on)};
    }
    return {};
}

Cushion Cushion::parse(std::string_view text, Currency currency) {
    if (text.empty()) return Cushion(Money::zero(currency));
    if (!text.ends_with('%')) {
        const Money amount = Money::parse(text, currency);
        if (amount.is_negative()) throw BadInput("a cushion is not below zero");
        return Cushion(amount);
    }
    text.remove_suffix(1);
    const Decimal percent = Decimal::parse(text);
    std::int64_t most = 100;
    for (int i = 0; i < percent.scale(); ++i) most *= 10;
    if (percent.digits() < 0 || percent.digits() > most) {
        throw BadInput("a cushion is 0% to 100% of what is still to come, not " + percent.text() +
                       "%");
    }
    return Cushion(percent);
}

Money Cushion::of(const Money& to_come) const {
    if (const auto* amount = std::get_if<Money>(&size_)) return *amount;
    const Decimal& percent = std::get<Decimal>(size_);
    std::int64_t divisor = 100;
    for (int i = 0; i < percent.scale(); ++i) divisor *= 10;
    return proportion(above_zero(to_come), percent.digits(), divisor, Rounding::half_even);
}

std::string Cushion::text() const {
    if (const auto* amount = std::get_if<Money>(&size_)) return amount->with_code();
    return std::get<Decimal>(size_).text() + " % of what is still to come";
}

bool Cushion::is_none() const {
    const auto* amount = std::get_if<Money>(&size_);
    return amount != nullptr ? amount->is_zero() : std::get<Decimal>(size_).digits() == 0;
}

}  // namespace purser
