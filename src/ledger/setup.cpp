#include "ledger/setup.hpp"

#include <algorithm>

#include "ledger/duties.hpp"
#include "ledger/projection.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

std::vector<std::string> grant_texts(const std::vector<Grant>& grants) {
    std::vector<std::string> texts;
    for (const auto& grant : grants) texts.push_back(grant_text(grant));
    return texts;
}

std::vector<std::string> setting_texts(const SettingValues& values) {
    std::vector<std::string> texts;
    for (const auto& [name, value] : values) {
        texts.push_back(name);
        texts.back() += '=';
        texts.back() += value;
    }
    return texts;
}

Act act_to(ReviewState state) {
    switch (state) {
        case ReviewState::running: return Act::review_resume;
        case ReviewState::paused: return Act::review_pause;
        case ReviewState::finished: return Act::review_finish;
    }
    return Act::review_resume;
}

// A password is one's own, or an admin's to give.
void require_own(const User& actor, const User& user) {
    if (!actor.disabled && actor.name == user.name) return;
    require(actor, ReviewKey::book(), {Role::admin}, "set others' passwords");
}

Entry book_entry(Act act, std::string subject, Date today, Body body) {
    return {act, std::move(subject), today, {}, {}, std::move(body), {}, {}};
}

}  // namespace

std::string grant_text(const Grant& grant) {
    return std::string(name(grant.role)) + (grant.review ? '@' + grant.review->text() : "");
}

Grant parse_grant(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos) return {parse_role(text), {}};
    return {parse_role(text.substr(0, at)), ReviewKey::parse(text.substr(at + 1))};
}

std::vector<Setting> settings(const Event& event) {
    std::vector<Setting> result;
    for (const auto& text : event.body.list("settings")) {
        const auto equals = text.find('=');
        result.push_back(
            {text.substr(0, equals), text.substr(equals + 1), event.posted_on, event.seq});
    }
    return result;
}

Body AddUser::asked() const {
    Body body;
    body.set_list("grants", grant_texts(grants));
    return body;
}

Body AddPolicy::asked() const {
    Body body;
    body.set("review", review.text());
    body.set("from", from);
    if (up_to) body.set("up_to", *up_to);
    body.set("role", purser::name(role));
    body.set_number("count", count);
    return body;
}

Body OpenReview::asked() const {
    Body body;
    body.set_list("settings", setting_texts({
                                  {"name", name},
                                  {"start", to_text(start)},
                                  {"expected", to_text(expected)},
                                  {"currency", std::string(currency.code())},
                                  {"fiscal-year-start", std::to_string(fiscal_year_start)},
                                  {"fiscal-budget", fiscal_budget ? "on" : "off"},
                              }));
    return body;
}

Body SetReview::asked() const {
    Body body;
    body.set_list("settings", setting_texts(values));
    return body;
}

Body AddCategory::asked() const {
    Body body;
    body.set("code", code);
    body.set("title", title);
    if (overhead) body.set("overhead", "yes");
    return body;
}

namespace setup {

Entry init(const std::string& user, Date today) {
    Body body;
    body.set_list("grants", {"admin", "finance"});
    return book_entry(Act::book_init, user, today, std::move(body));
}

Entry add_user(const User& actor, const std::optional<User>& existing, const AddUser& ask,
               Date today) {
    require(actor, {}, ReviewKey::book(), Act::user_add);
    if (ask.grants.empty()) {
        throw BadInput("a user needs a role",
                       "add --role finance, support, chair, board, viewer "
                       "or admin");
    }
    AddUser fresh = ask;
    if (existing && !existing->disabled) {
        std::erase_if(fresh.grants, [&](const Grant& grant) {
            return std::find(existing->grants.begin(), existing->grants.end(), grant) !=
                   existing->grants.end();
        });
        if (fresh.grants.empty()) {
            throw Refused(Rule::already_exists, ask.name + " already has these roles",
                          "see: purser user list");
        }
    }
    return book_entry(Act::user_add, ask.name, today, fresh.asked());
}

Entry disable_user(const User& actor, const User& user, Date today) {
    require(actor, {}, ReviewKey::book(), Act::user_disable);
    if (user.disabled) {
        throw Refused(Rule::nothing_changes, user.name + " is disabled already");
    }
    if (user.name == actor.name) {
        throw Refused(Rule::not_permitted, actor.name + " cannot disable their own account",
                      "ask another admin, so that the book keeps one");
    }
    return book_entry(Act::user_disable, user.name, today, {});
}

Entry set_password(const User& actor, const User& user, const std::string& digest, Date today) {
    require_own(actor, user);
    Body body;
    body.set("digest", digest);
    return book_entry(Act::user_password, user.name, today, std::move(body));
}

Entry invite(const User& actor, const User& user, Instant until, Date today) {
    require_own(actor, user);
    if (user.disabled) {
        throw Refused(Rule::user_disabled, user.name + " is disabled, a link would open nothing",
                      "purser user add " + user.name + " --role ROLE");
    }
    Body body;
    body.set("until", to_text(until));
    return book_entry(Act::user_invite, user.name, today, std::move(body));
}

Entry sign_out(const User& actor, const User& user, const std::vector<std::string>& ended,
               Date today) {
    require(actor, {}, ReviewKey::book(), Act::user_sign_out);
    if (ended.empty()) {
        throw Refused(Rule::nothing_changes,
                      user.name + " is signed in nowhere and has no token, link or known browser",
                      "see: purser user sessions " + user.name);
    }
    Body body;
    body.set_list("ended", ended);
    return book_entry(Act::user_sign_out, user.name, today, std::move(body));
}

Entry add_policy(const User& actor, const AddPolicy& ask, Date today) {
    require(actor, {}, ReviewKey::book(), Act::policy_add);
    if (ask.count < 1 || ask.count > 9) throw BadInput("a policy asks for 1 to 9 persons");
    if (ask.up_to && !ask.up_to->is_positive()) {
        throw BadInput("a tier of a policy goes up to an amount above zero");
    }
    return book_entry(Act::policy_add, {}, today, ask.asked());
}

Entry open_review(const User& actor, const OpenReview& ask, Date today) {
    require(actor, {}, ReviewKey::book(), Act::review_open);
    const FiscalCalendar calendar(ask.fiscal_year_start);
    static_cast<void>(calendar);  // its constructor refuses a month that does not exist
    if (parse_text(ask.name, "name").empty()) throw BadInput("a review needs a name");
    if (ask.expected < ask.start) {
        throw BadInput("the expected completion " + to_text(ask.expected) +
                       " is before the start " + to_text(ask.start));
    }
    const Date day = ask.on.value_or(today);
    if (day > today) {
        throw Refused(Rule::in_the_future, to_text(day) + " is after today, " + to_text(today));
    }
    Body body = ask.asked();
    auto values = body.list("settings");
    for (const char* standard :
         {"control.envelope=stop", "control.category=warn", "control.fiscal-year=warn",
          "year-end.free=carry", "year-end.commitments=carry", "layout=2017", "state=running"}) {
        values.emplace_back(standard);
    }
    body.set_list("settings", std::move(values));
    return book_entry(Act::review_open, {}, day, std::move(body));
}

Entry set_review(const Facts& facts, const SetReview& ask, bool money_moved) {
    require(facts, Act::review_set);
    const Date day = decision_day(facts, ask.on);
    SetReview changes = ask;
    std::erase_if(changes.values, [&](const auto& value) {
        return facts.review.text(value.first) == value.second;
    });
    for (const auto& [name, value] : changes.values) {
        check_setting(name, value);
        if (name == "forecast.cushion") Cushion::parse(value, facts.review.currency());
        if (name == "fiscal-budget" && money_moved) {
            throw Refused(
                Rule::setting_fixed,
                name + " of " + facts.review.key().text() + " is fixed since money has moved",
                "open another review, or keep --" + name + ' ' + facts.review.text(name));
        }
    }
    if (changes.values.empty()) {
        throw Refused(Rule::nothing_changes, "every setting named already has that value",
                      "see: purser review show " + facts.review.key().text());
    }
    return {Act::review_set, {}, day, {}, {}, changes.asked(), {}, {}};
}

Entry change_state(const Facts& facts, ReviewState state, const std::string& why,
                   std::optional<Date> on) {
    const Act act = act_to(state);
    require(facts, act);
    const ReviewState now = facts.review.state();
    const std::string key = facts.review.key().text();
    if (state == ReviewState::paused && now == ReviewState::paused) {
        throw Refused(Rule::review_paused,
                      key + " is paused since " + to_text(*facts.review.state_since()));
    }
    if (state == ReviewState::running && now == ReviewState::running) {
        throw Refused(Rule::review_not_paused, key + " is running, there is nothing to resume");
    }
    if (state != ReviewState::running && now == ReviewState::finished) refuse_finished(facts);
    const Date day = decision_day(facts, on);
    if (day < *facts.review.state_since() && now != ReviewState::running) {
        throw Refused(Rule::before_document,
                      key + " is " + std::string(name(now)) + " since " +
                          to_text(*facts.review.state_since()) + ", it cannot change before",
                      "try: --on " + to_text(*facts.review.state_since()) + " or later");
    }
    Entry entry{act, {}, day, {}, parse_text(why, "reason"), {}, {}, {}};
    entry.body.set_list("settings", {"state=" + std::string(name(state))});
    return entry;
}

Entry add_category(const Facts& facts, const AddCategory& ask) {
    require(facts, Act::category_add);
    refuse_finished(facts);
    for (const auto& category : facts.review.categories()) {
        if (category.code == ask.code) {
            const std::string key = facts.review.key().text();
            throw Refused(Rule::already_exists,
                          key + " has a category " + ask.code + " already, " + category.title,
                          "see: purser category list " + key);
        }
    }
    if (parse_text(ask.title, "title").empty()) throw BadInput("a category needs a title");
    return {Act::category_add, {}, decision_day(facts, ask.on), {}, {}, ask.asked(), {}, {}};
}

Entry set_payee_user(const Facts& facts, const DocumentId& payee, const std::string& known,
                     const std::string& user) {
    require(facts, Act::payee_user);
    if (known == user) {
        throw Refused(Rule::nothing_changes, payee.text() + " is " + user + " already",
                      "see: purser payee list " + payee.review.text());
    }
    if (known == facts.actor.name) {
        throw Refused(Rule::not_permitted,
                      payee.text() + " is " + known + ", who cannot make it another",
                      "ask another person of finance or support");
    }
    Entry entry{Act::payee_user, payee.text(), facts.today, {}, {}, {}, {}, {}};
    entry.body.set("user", user);
    return entry;
}

}  // namespace setup
}  // namespace purser
