#include "ledger/review.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

#include "ledger/thresholds.hpp"
#include "values/closest.hpp"
#include "values/decimal.hpp"
#include "values/error.hpp"

namespace purser {

std::string_view name(Control control) {
    switch (control) {
        case Control::stop: return "stop";
        case Control::warn: return "warn";
        case Control::off: return "off";
    }
    return {};
}

std::string_view name(Limit limit) {
    switch (limit) {
        case Limit::envelope: return "envelope";
        case Limit::category: return "category";
        case Limit::fiscal_year: return "fiscal-year";
    }
    return {};
}

namespace {

constexpr std::array limits{Limit::envelope, Limit::category, Limit::fiscal_year};

std::string control_setting(Limit limit) { return "control." + std::string(name(limit)); }

// 0, which is no month either, where it is no number.
int number_in(std::string_view text) {
    int number = 0;
    const char* const end = text.data() + text.size();
    return std::from_chars(text.data(), end, number).ptr == end ? number : 0;
}

std::optional<Control> find_control(std::string_view text) {
    for (const Control control : {Control::stop, Control::warn, Control::off}) {
        if (name(control) == text) return control;
    }
    return {};
}

}  // namespace

Rule rule_of(Limit limit) {
    switch (limit) {
        case Limit::envelope: return Rule::over_envelope;
        case Limit::category: return Rule::over_category;
        case Limit::fiscal_year: return Rule::over_fiscal_year;
    }
    return Rule::over_envelope;
}

std::string_view name(ReviewState state) {
    switch (state) {
        case ReviewState::running: return "running";
        case ReviewState::paused: return "paused";
        case ReviewState::finished: return "finished";
    }
    return {};
}

void Review::apply(const Setting& setting) {
    settings_.insert_or_assign(setting.name, setting);
    if (setting.name == "currency") currency_ = Currency::parse(setting.value);
    if (setting.name == "fiscal-year-start") calendar_ = FiscalCalendar(number_in(setting.value));
    if (setting.name == "fiscal-budget") fiscal_budget_ = setting.value == "on";
    if (setting.name == "closed-through") closed_through_ = parse_date(setting.value);
    for (const Limit limit : limits) {
        if (setting.name != control_setting(limit)) continue;
        controls_.at(static_cast<std::size_t>(limit)) = find_control(setting.value);
    }
}

const std::string& Review::text(std::string_view setting) const {
    static const std::string none;
    const auto at = settings_.find(setting);
    return at == settings_.end() ? none : at->second.value;
}

Control Review::control(Limit limit) const {
    if (const auto control = controls_.at(static_cast<std::size_t>(limit))) return *control;
    // A control that cannot be read refuses, it never passes silently (DOMAIN rule 2).
    const std::string which(purser::name(limit));
    const std::string& value = text(control_setting(limit));
    throw Refused(
        rule_of(limit),
        "the " + which + " control of " + key_.text() + " is '" + value + "', which cannot be read",
        "try: purser review set " + key_.text() + " --control " + which + "=stop");
}

bool Review::stops(Limit limit) const {
    return controls_.at(static_cast<std::size_t>(limit)).value_or(Control::stop) == Control::stop;
}

ReviewState Review::state() const {
    const std::string& value = text("state");
    if (value == "paused") return ReviewState::paused;
    return value == "finished" ? ReviewState::finished : ReviewState::running;
}

std::optional<Date> Review::state_since() const {
    const auto at = settings_.find("state");
    if (at == settings_.end()) return {};
    return at->second.on;
}

Date Review::first_open_day() const {
    return closed_through_ ? next_day(*closed_through_) : Date::min();
}

const Category& Review::category(std::string_view code) const {
    std::vector<std::string> codes;
    for (const auto& category : categories_) {
        if (category.code == code) return category;
        codes.push_back(category.code);
    }
    throw Refused(
        Rule::unknown_category, key_.text() + " has no category '" + std::string(code) + "'",
        codes.empty()
            ? "try: purser category add " + key_.text() + " " + std::string(code) + " \"Title\""
            : did_you_mean(code, codes));
}

namespace {

std::vector<SettingChoice> all_choices() {
    std::vector<SettingChoice> choices{
        {"name", {}},
        {"start", {}},
        {"expected", {}},
        {"control.envelope", {"stop", "warn", "off"}},
        {"control.category", {"stop", "warn", "off"}},
        {"control.fiscal-year", {"stop", "warn", "off"}},
        {"year-end.free", {"carry", "lapse", "return"}},
        {"year-end.commitments", {"carry", "lapse"}},
        {"layout", {"2017", "envelope"}},
        {"sheet-calendar", {"quarterly", "monthly", "none"}},
        {"fiscal-budget", {"on", "off"}},
        {"single-contract", {"print", "merge"}},
        {"public-page", {"off", "on"}},
        {"chair", {}},
        {"overview", {}},
        {"wiki", {}},
        {"input-address", {}},
        {"questions-address", {}},
        {"forecast.months", {}},
        {"forecast.cushion", {}},
    };
    static std::deque<std::string> names;
    for (const Threshold& one : thresholds()) {
        choices.push_back({names.emplace_back("alert." + std::string(one.name)), {}});
    }
    return choices;
}

// Of a setting that takes a number of some kind. Whether a cushion fits the review's currency is
// seen where that is known.
void check_number(std::string_view name, std::string_view value) {
    for (const Threshold& one : thresholds()) {
        if (name == "alert." + std::string(one.name)) check_threshold(one, value);
    }
    if (name != "forecast.months") return;
    const Decimal months = Decimal::parse(value);
    if (months.scale() > 0 || months.digits() < 1 || months.digits() > 60) {
        throw BadInput("a run rate is of 1 to 60 months, not " + std::string(value));
    }
}

}  // namespace

const std::vector<SettingChoice>& setting_choices() {
    static const std::vector<SettingChoice> choices = all_choices();
    return choices;
}

void check_setting(std::string_view name, std::string_view value) {
    std::vector<std::string> names;
    for (const auto& choice : setting_choices()) {
        names.emplace_back(choice.name);
        if (choice.name != name) continue;
        if (name == "start" || name == "expected") parse_date(value);
        check_number(name, value);
        if (choice.values.empty() ||
            std::find(choice.values.begin(), choice.values.end(), value) != choice.values.end()) {
            return;
        }
        std::string possible;
        for (const auto& one : choice.values) {
            possible += (possible.empty() ? "" : ", ") + std::string(one);
        }
        throw BadInput("'" + std::string(value) + "' is no value of " + std::string(name),
                       "one of " + possible);
    }
    throw BadInput("'" + std::string(name) + "' is not a setting", did_you_mean(name, names));
}

}  // namespace purser
