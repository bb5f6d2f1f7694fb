#include "ledger/recording.hpp"

#include <algorithm>

#include "ledger/duties.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::string_view complete_status = "complete";

Rule unknown_rule(RecordKind kind) {
    switch (kind) {
        case RecordKind::member: return Rule::unknown_member;
        case RecordKind::meeting: return Rule::unknown_meeting;
        case RecordKind::milestone: return Rule::unknown_milestone;
        case RecordKind::work_item: return Rule::unknown_work_item;
    }
    return Rule::unknown_member;
}

std::string words(RecordKind kind) {
    return kind == RecordKind::work_item ? "work item" : std::string(name(kind));
}

bool is_numbered(RecordKind kind) {
    return kind == RecordKind::member || kind == RecordKind::milestone;
}

const std::string& value_of(const RecordFold::Values& values, std::string_view name) {
    static const std::string none;
    const auto at = values.find(name);
    return at == values.end() ? none : at->second;
}

// The day of a meeting or milestone that is needed says so itself; these are all the rest.
std::vector<std::string_view> needed(RecordKind kind) {
    switch (kind) {
        case RecordKind::member: return {"member"};
        case RecordKind::meeting: return {"title", "kind", "from"};
        case RecordKind::milestone: return {"title"};
        case RecordKind::work_item: return {"title", "kind"};
    }
    return {};
}

void require_order(const RecordFold::Values& values, std::string_view from, std::string_view to) {
    const std::string& first = value_of(values, from);
    const std::string& last = value_of(values, to);
    if (first.empty() || last.empty() || first <= last) return;
    throw BadInput(
        "'" + std::string(to) + "', " + last + ", is before '" + std::string(from) + "', " + first,
        "give both days in their order");
}

}  // namespace

const std::string& RecordAsk::text(std::string_view name) const {
    static const std::string none;
    for (const auto& [said_name, text] : said) {
        if (said_name == name) return text;
    }
    return none;
}

Body RecordAsk::asked() const {
    Body body;
    std::vector<std::string> texts{code};
    for (const auto& [name, text] : said) {
        texts.push_back(name);
        texts.back() += '=';
        texts.back() += text;
    }
    body.set_list("values", std::move(texts));
    return body;
}

Recording::Recording(const Facts& facts, RecordFold known, RecordKind kind)
    : facts_(facts), known_(std::move(known)), kind_(kind) {
    require(facts, parse_act(std::string(name(kind)) + ".set"));
}

std::string Recording::shown(const std::string& code) const {
    return is_numbered(kind_) ? facts_.review.key().text() + '-' + code : code;
}

const RecordFold::Values& Recording::values(const std::string& code) const {
    const auto* const found = known_.find(kind_, code);
    if (found == nullptr) refuse_unknown(code);
    return *found;
}

void Recording::refuse_unknown(const std::string& code) const {
    const std::string key = facts_.review.key().text();
    const std::string near =
        is_numbered(kind_) ? std::string() : did_you_mean(code, known_.codes(kind_));
    throw Refused(unknown_rule(kind_), key + " has no " + words(kind_) + " " + shown(code),
                  near.empty() ? "see: purser " + std::string(name(kind_)) + " list " + key : near);
}

// By its code where it has one; else by the name or title that a file knows it by.
std::string Recording::identify(const RecordAsk& ask) const {
    if (!ask.code.empty()) return ask.code;
    const auto key = key_name(kind_);
    std::string code = known_.code_with(kind_, key, ask.text(key));
    if (!code.empty()) return code;
    return (kind_ == RecordKind::member ? "M" : "T") + std::to_string(known_.next_number(kind_));
}

void Recording::say(const std::string& code, const std::string& name, const std::string& value) {
    said_.push_back(code + '/' + name + '=' + value);
    known_.apply({0, 0, kind_, code, name, value});
}

// A name or title that another of them has is no way to tell them apart.
void Recording::require_free(const std::string& code, const RecordAsk& ask) const {
    if (!is_numbered(kind_)) return;
    const auto key = key_name(kind_);
    const std::string taken = known_.code_with(kind_, key, ask.text(key));
    if (taken.empty() || taken == code) return;
    throw Refused(Rule::already_exists, shown(taken) + " is '" + ask.text(key) + "' already",
                  "say what tells them apart, like the body: \"" + ask.text(key) + " (GNSO)\"");
}

// Says what differs from what is known; true when anything does.
bool Recording::say_changes(const std::string& code, const RecordAsk& ask, bool skip_empty) {
    bool changes = false;
    require_free(code, ask);
    for (const auto& [name, text] : ask.said) {
        const auto* const now = known_.find(kind_, code);
        const bool same = now == nullptr ? text.empty() : value_of(*now, name) == text;
        if (same || (skip_empty && text.empty())) continue;
        changes = true;
        if (kind_ == RecordKind::member && name == "member") {  // the name itself stays out
            say(code, "digest", ask.digest);
            known_.name_member(DocumentId::parse(shown(code)).number, text);
        } else {
            say(code, name, text);
        }
    }
    return changes;
}

// What follows from what was said, where nothing else was.
void Recording::complete(const std::string& code, const RecordAsk& ask) {
    const auto* const known = known_.find(kind_, code);
    if (known == nullptr) return;  // nothing was said of it
    const RecordFold::Values now = *known;
    const auto lacks = [&](std::string_view name) { return value_of(now, name).empty(); };
    const auto said = [&](std::string_view name) {
        return std::any_of(ask.said.begin(), ask.said.end(),
                           [&](const auto& one) { return one.first == name; });
    };
    if (kind_ == RecordKind::member && lacks("role")) say(code, "role", "member");
    if (kind_ == RecordKind::meeting && lacks("to") && !lacks("from")) {
        say(code, "to", value_of(now, "from"));
    }
    if (kind_ == RecordKind::work_item && !ask.text("state").empty() &&
        ask.text("state_on").empty()) {
        say(code, "state_on", to_text(facts_.today));
    }
    if (kind_ != RecordKind::milestone) return;
    const bool status_said = said("status") && !ask.text("status").empty();
    const bool is_complete = value_of(now, "status") == complete_status;
    if (!lacks("actual") && !is_complete && !status_said) {
        say(code, "status", std::string(complete_status));
    }
    if (lacks("actual") && (lacks("status") || (is_complete && !status_said))) {
        say(code, "status", lacks("before") ? "planned" : value_of(now, "before"));
    }
}

void Recording::check(const std::string& code) const {
    const RecordFold::Values& now = values(code);
    for (const auto& name : needed(kind_)) {
        if (!value_of(now, name).empty()) continue;
        throw BadInput("a " + words(kind_) + " needs '" + std::string(name) + "'",
                       "say it of " + shown(code));
    }
    if (kind_ == RecordKind::member) require_order(now, "from", "until");
    if (kind_ == RecordKind::meeting) require_order(now, "from", "to");
    if (kind_ != RecordKind::milestone) return;
    const std::string& actual = value_of(now, "actual");
    const bool is_complete = value_of(now, "status") == complete_status;
    if (is_complete && actual.empty()) {
        throw BadInput("a milestone that is complete has an actual day", "say 'actual'");
    }
    if (!is_complete && !actual.empty()) {
        throw BadInput("a milestone that was reached on " + actual + " is complete, not '" +
                           value_of(now, "status") + "'",
                       "leave out the status, or the actual day");
    }
    if (!actual.empty() && parse_date(actual) > facts_.today) {
        throw Refused(Rule::in_the_future,
                      actual + " is after today, " + to_text(facts_.today) +
                          ": nothing is reached before its day",
                      "say 'planned' or 'revised' instead");
    }
}

std::string Recording::add(const RecordAsk& ask) {
    const std::string code = identify(ask);
    if (const auto* const known = known_.find(kind_, code)) {
        const std::string& title =
            value_of(*known, key_name(kind_) == "code" ? "title" : key_name(kind_));
        throw Refused(Rule::already_exists,
                      facts_.review.key().text() + " has a " + words(kind_) + " " + shown(code) +
                          " already, '" + title + "'",
                      "purser " + std::string(name(kind_)) + " set " +
                          (is_numbered(kind_) ? "" : facts_.review.key().text() + ' ') +
                          shown(code) + " changes it");
    }
    say_changes(code, ask, true);
    complete(code, ask);
    if (known_.find(kind_, code) == nullptr) {
        throw BadInput("nothing is said of the " + words(kind_));
    }
    check(code);
    ++added_;
    return code;
}

void Recording::require_known(const std::string& code) const { values(code); }

std::string Recording::set(const RecordAsk& ask) {
    require_known(ask.code);
    if (!say_changes(ask.code, ask, false)) {
        throw Refused(
            Rule::nothing_changes, "all that is said of " + shown(ask.code) + " is so already",
            "see: purser " + std::string(name(kind_)) + " list " + facts_.review.key().text());
    }
    complete(ask.code, ask);
    check(ask.code);
    ++changed_;
    return ask.code;
}

std::string Recording::take(const RecordAsk& ask) {
    const std::string code = identify(ask);
    if (known_.find(kind_, code) == nullptr) {
        RecordAsk one = ask;
        one.code = code;
        return add(one);
    }
    if (!say_changes(code, ask, true)) {
        ++same_;
        return code;
    }
    complete(code, ask);
    check(code);
    ++changed_;
    return code;
}

void Recording::remove(const std::string& code, std::int64_t documents) {
    values(code);
    if (documents > 0) {
        throw Refused(Rule::in_use,
                      std::to_string(documents) +
                          (documents == 1 ? " document names " : " documents name ") + "the " +
                          words(kind_) + " " + code,
                      kind_ == RecordKind::meeting
                          ? "purser meeting cancel " + facts_.review.key().text() + ' ' + code +
                                ", where it does not take place"
                          : "amend them first: purser expense amend ID --work-item CODE");
    }
    say(code, "removed", "yes");
}

void Recording::attend(const std::string& meeting, const std::vector<Attendance>& people) {
    bool changes = false;
    for (const auto& one : people) {
        const std::string member = "M" + std::to_string(one.member);
        if (known_.find(RecordKind::member, member) == nullptr) {
            throw Refused(Rule::unknown_member,
                          "there is no member " + facts_.review.key().text() + '-' + member,
                          "see: purser member list " + facts_.review.key().text());
        }
        const std::string name = "attended." + member;
        const std::string value = one.attended ? "yes" : "no";
        if (value_of(values(meeting), name) == value) continue;
        changes = true;
        say(meeting, name, value);
    }
    values(meeting);  // refuses an unknown one, also when nobody is named
    if (changes) {
        ++changed_;
    } else {
        ++same_;
    }
}

Entry Recording::entry(Act act, std::string subject, const Decide& how) const {
    Entry result{act,
                 std::move(subject),
                 decision_day(facts_, how.on),
                 {},
                 parse_text(how.why, "reason"),
                 {},
                 {},
                 {}};
    result.body.set_list("values", said_);
    return result;
}

Act erasure_of(const DocumentId& person) {
    return person.kind == DocumentKind::member ? Act::member_erase : Act::payee_erase;
}

void require_erasable(const Facts& facts, const DocumentId& person,
                      const std::optional<std::string>& name) {
    require(facts, erasure_of(person));
    if (name) return;
    throw Refused(Rule::nothing_changes, "the name of " + person.text() + " is erased already");
}

Entry erase_name(const Facts& facts, const DocumentId& person,
                 const std::optional<std::string>& name, const std::vector<std::string>& texts,
                 const std::string& why) {
    require(facts, erasure_of(person));
    const std::string reason = require_reason(why, "an erasure");
    require_erasable(facts, person, name);
    if (reason.find(*name) != std::string::npos) {
        throw BadInput("the reason says the name that is to be erased",
                       "the log keeps the reason: say it without the name");
    }
    Entry entry{erasure_of(person), person.text(), facts.today, {}, reason, {}, {}, {}};
    entry.body.set_list("texts", texts);
    return entry;
}

std::int64_t member_number(const RecordFold& known, const ReviewKey& review,
                           std::string_view id_or_name) {
    const std::string wanted(id_or_name);
    std::string code = known.code_with(RecordKind::member, "member", wanted);
    std::vector<std::string> names;
    for (const auto& one : known.codes(RecordKind::member)) {
        names.push_back(value_of(*known.find(RecordKind::member, one), "member"));
        if (review.text() + '-' + one == wanted) code = one;
    }
    if (!code.empty()) return DocumentId::parse(review.text() + '-' + code).number;
    const std::string near = did_you_mean(wanted, names);
    throw Refused(Rule::unknown_member, review.text() + " has no member '" + wanted + "'",
                  near.empty() ? "see: purser member list " + review.text() : near);
}

}  // namespace purser
