#include "ledger/forecast.hpp"

#include <algorithm>
#include <map>

#include "ledger/duties.hpp"
#include "ledger/reading.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

// Neither a handle nor a code holds a slash.
std::string own_setting(const std::string& user, const std::string& category) {
    return std::string(own_forecast_prefix) + user + '/' + category;
}

std::string plan_setting(const std::string& code) { return std::string(planned_prefix) + code; }

std::string of_text(const Facts& facts, const std::string& category) {
    return category.empty() ? facts.review.key().text() : facts.review.category(category).title;
}

Entry entry(const Facts& facts, Act act, Body body, const std::string& setting,
            const std::string& reason, std::optional<Date> on) {
    body.set_list("settings", {setting});
    return {act, {}, decision_day(facts, on), {}, reason, std::move(body), {}, {}};
}

[[noreturn]] void refuse_no_change(const Facts& facts, const std::string& what) {
    throw Refused(Rule::nothing_changes, what, "see: purser forecast " + facts.review.key().text());
}

// The latest of each setting of that beginning that counts on the day, by name.
std::map<std::string, SaidSetting> latest(const std::vector<SaidSetting>& said,
                                          std::string_view prefix, Date day) {
    std::map<std::string, SaidSetting> result;
    for (const SaidSetting& one : said) {
        if (!one.setting.name.starts_with(prefix) || one.setting.on > day) continue;
        const auto [known, fresh] = result.try_emplace(one.setting.name, one);
        const auto order = [](const Setting& of) { return std::pair(of.on, of.seq); };
        if (!fresh && order(known->second.setting) < order(one.setting)) known->second = one;
    }
    std::erase_if(result, [](const auto& one) { return one.second.setting.value.empty(); });
    return result;
}

}  // namespace

Body SetForecast::asked() const {
    Body body;
    body.set("category", category);
    body.set("amount", amount);
    return body;
}

Body PlanMeeting::asked() const {
    Body body;
    body.set("meeting", code);
    body.set("category", category);
    body.set("amount", amount);
    body.set("expected", expected);
    return body;
}

namespace forecast {

Entry set(const Facts& facts, const SetForecast& ask) {
    require(facts, Act::forecast_set);
    const std::string of = of_text(facts, ask.category);
    refuse_finished(facts);
    if (ask.amount.is_negative()) {
        throw BadInput("what " + of +
                       " will have cost is not below zero: " + ask.amount.with_code());
    }
    const std::string reason = require_reason(ask.why, "a forecast of one's own");
    const std::string name = own_setting(facts.actor.name, ask.category);
    if (facts.review.text(name) == ask.amount.text()) {
        refuse_no_change(facts, facts.actor.name + " expects " + ask.amount.with_code() + " of " +
                                    of + " already");
    }
    return entry(facts, Act::forecast_set, ask.asked(), name + '=' + ask.amount.text(), reason,
                 ask.on);
}

Entry withdraw(const Facts& facts, const std::string& category, const Decide& ask) {
    require(facts, Act::forecast_withdraw);
    const std::string of = of_text(facts, category);
    const std::string name = own_setting(facts.actor.name, category);
    if (facts.review.text(name).empty()) {
        refuse_no_change(facts, facts.actor.name + " has recorded no figure for " + of);
    }
    Body body;
    body.set("category", category);
    return entry(facts, Act::forecast_withdraw, std::move(body), name + '=',
                 parse_text(ask.why, "reason"), ask.on);
}

Entry plan(const Facts& facts, const PlanMeeting& ask) {
    require(facts, Act::forecast_set);
    facts.review.category(ask.category);
    refuse_finished(facts);
    require_positive(ask.amount);
    const std::string reason = require_reason(ask.why, "a meeting to come");
    const std::string name = plan_setting(ask.code);
    const std::string value = ask.category + ' ' + to_text(ask.expected) + ' ' + ask.amount.text();
    if (facts.review.text(name) == value) {
        refuse_no_change(facts, ask.code + " is planned like that already");
    }
    return entry(facts, Act::forecast_set, ask.asked(), name + '=' + value, reason, ask.on);
}

Entry unplan(const Facts& facts, const std::string& code, const Decide& ask) {
    require(facts, Act::forecast_withdraw);
    const std::string name = plan_setting(code);
    if (facts.review.text(name).empty()) {
        refuse_no_change(facts, "no meeting " + code + " is planned");
    }
    Body body;
    body.set("meeting", code);
    return entry(facts, Act::forecast_withdraw, std::move(body), name + '=',
                 parse_text(ask.why, "reason"), ask.on);
}

}  // namespace forecast

std::vector<OwnForecast> own_forecasts(const std::vector<SaidSetting>& said, Date day,
                                       Currency currency) {
    std::vector<OwnForecast> result;
    for (const auto& [name, one] : latest(said, own_forecast_prefix, day)) {
        const auto slash = name.rfind('/');
        const auto user = own_forecast_prefix.size();
        const Money amount = reading([&] { return row_in("setting", name); },
                                     [&] { return Money::parse(one.setting.value, currency); });
        result.push_back({name.substr(user, slash - user), name.substr(slash + 1), amount,
                          one.setting.on, one.reason});
    }
    return result;
}

std::vector<PlannedMeeting> planned_meetings(const std::vector<SaidSetting>& said, Date day,
                                             Currency currency) {
    std::vector<PlannedMeeting> result;
    for (const auto& [name, one] : latest(said, planned_prefix, day)) {
        const std::string& value = one.setting.value;
        const auto first = value.find(' ');
        const auto second = value.find(' ', first + 1);
        result.push_back(reading([&] { return row_in("setting", name); },
                                 [&] {
                                     return PlannedMeeting{
                                         name.substr(planned_prefix.size()), value.substr(0, first),
                                         parse_date(value.substr(first + 1, second - first - 1)),
                                         Money::parse(value.substr(second + 1), currency)};
                                 }));
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const auto& a, const auto& b) { return a.expected < b.expected; });
    return result;
}

}  // namespace purser
